import { chance } from '#units';
import { solveSymmetric } from './matrix.ts';
import { learnScale, type Scale, scaled } from './scale.ts';
import type { Lesson, Table } from './table.ts';

/**
 * A Gaussian process seen through few rows (subset of regressors; Quiñonero-Candela & Rasmussen, JMLR 6:1939, 2005): its
 * mean is a weighted sum of likenesses to the `inducing` rows. The kernel is exp(-d^2 / (2 length^2)) over scaled columns,
 * d^2 being the mean of the squared differences, and a linear part.
 */
export interface Process {
  readonly kind: 'process';
  readonly columns: readonly string[];
  readonly scale: Scale;
  readonly base: number;
  readonly length: number;
  readonly linear: number;
  /** Scaled, row by row. */
  readonly inducing: readonly number[];
  readonly weight: readonly number[];
}

export interface ProcessSettings {
  readonly inducing: number;
  readonly length: number;
  readonly linear: number;
  /** Standard deviation of what the kernel does not explain, as a share of the spread of y; never below NOISE_FLOOR. */
  readonly noise: number;
  readonly seed: number;
}

/** Less noise than this makes the system singular on near-equal neighbouring charges. */
const NOISE_FLOOR = 0.008;

export function fitProcess(lesson: Lesson, settings: ProcessSettings): Process {
  const { rows, columns, y, weight } = lesson;
  const { length, linear } = settings;
  const scale = learnScale(lesson);
  const z = scaled(scale, lesson);
  const many = columns.length;
  const dice = chance(settings.seed);
  const chosen = Array.from({ length: Math.min(settings.inducing, rows) }, (_, k) => {
    const of = Math.min(settings.inducing, rows);
    return Math.min(rows - 1, Math.floor(((k + dice.next()) * rows) / of)); // one of each stretch: all cells, all ages
  });
  const inducing = Float64Array.from(chosen.flatMap((i) => Array.from(z.subarray(i * many, (i + 1) * many))));
  const m = chosen.length;
  const all = weight.reduce((a, b) => a + b, 0);
  let base = 0;
  for (let i = 0; i < rows; i++) base += (weight[i]! / all) * y[i]!;
  let variance = 0;
  for (let i = 0; i < rows; i++) variance += (weight[i]! / all) * (y[i]! - base) ** 2;
  const spread = Math.sqrt(variance) || 1;
  const noise = Math.max(settings.noise, NOISE_FLOOR) ** 2;

  const kernel = { fours: inFours(inducing, many), many, m, length, linear };
  const system = new Float64Array(m * m);
  const likeness = new Float64Array(kernel.fours.length / many);
  for (let a = 0; a < m; a++) {
    likenesses(kernel, inducing, a * many, likeness);
    for (let b = 0; b <= a; b++) system[a * m + b] = noise * likeness[b]!;
  }
  const right = new Float64Array(m);
  for (let i = 0; i < rows; i++) {
    likenesses(kernel, z, i * many, likeness);
    const share = (weight[i]! * rows) / all;
    const target = (share * (y[i]! - base)) / spread;
    for (let a = 0; a < m; a++) {
      const by = share * likeness[a]!;
      right[a]! += likeness[a]! * target;
      const line = a * m;
      for (let b = 0; b <= a; b++) system[line + b]! += by * likeness[b]!;
    }
  }
  const solution = solveSymmetric(system, m, right);
  return {
    kind: 'process',
    columns,
    scale,
    base,
    length,
    linear,
    inducing: Array.from(inducing),
    weight: Array.from(solution, (it) => it * spread),
  };
}

interface Kernel {
  readonly fours: Float64Array;
  readonly many: number;
  readonly m: number;
  readonly length: number;
  readonly linear: number;
}

/**
 * Likeness of the row of `z` that begins at `from` to every inducing row.
 */
function likenesses(
  { fours, many, m, length, linear }: Kernel,
  z: Float64Array,
  from: number,
  out: Float64Array,
): void {
  const by = 1 / (2 * length * length * many);
  const along = linear / many;
  distances(fours, many, z, from, out);
  for (let k = 0; k < m; k++) {
    let product = 0;
    const at = (k >> 2) * 4 * many + (k & 3);
    for (let column = 0; column < many; column++) product += z[from + column]! * fours[at + column * 4]!;
    out[k] = fading(by * out[k]!) + along * product;
  }
}

/** Inducing rows four by four, column by column within a four: four sums run side by side, which a processor likes. */
function inFours(inducing: ArrayLike<number>, many: number): Float64Array {
  const rows = inducing.length / many;
  const fours = new Float64Array(Math.ceil(rows / 4) * 4 * many);
  for (let k = 0; k < rows; k++)
    for (let column = 0; column < many; column++)
      fours[(k >> 2) * 4 * many + column * 4 + (k & 3)] = inducing[k * many + column]!;
  return fours;
}

/** Squared distance of the row of `z` that begins at `from` to every inducing row; `out` has room for whole fours. */
function distances(fours: Float64Array, many: number, z: Float64Array, from: number, out: Float64Array): void {
  for (let k = 0, at = 0; k < out.length; k += 4) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let column = 0; column < many; column++, at += 4) {
      const value = z[from + column]!;
      const offA = value - fours[at]!;
      const offB = value - fours[at + 1]!;
      const offC = value - fours[at + 2]!;
      const offD = value - fours[at + 3]!;
      a += offA * offA;
      b += offB * offB;
      c += offC * offC;
      d += offD * offD;
    }
    out[k] = a;
    out[k + 1] = b;
    out[k + 2] = c;
    out[k + 3] = d;
  }
}

const STEPS = 64;
const FAR = 40;
const steps = Float64Array.from({ length: FAR * STEPS + 1 }, (_, n) => Math.exp(-n / STEPS));

/**
 * exp(-x) for x >= 0 to 1e-13 of itself, and nothing from 40 on: a table of steps and five terms for the rest of a step. The
 * exponential is most of what an estimate costs, and the library's is four times slower.
 */
function fading(x: number): number {
  if (!(x < FAR)) return 0;
  const n = Math.trunc(x * STEPS);
  const r = n / STEPS - x;
  return steps[n]! * (1 + r * (1 + r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120))))));
}

/** What of a model is the same for every row it scores: made once for each model. */
interface Ready {
  readonly fours: Float64Array;
  readonly weight: Float64Array;
  readonly slope: Float64Array;
}
const ready = new WeakMap<Process, Ready>();

function readyOf(model: Process): Ready {
  const known = ready.get(model);
  if (known) return known;
  const many = model.columns.length;
  // The linear part of all inducing rows is one slope: summed once, it costs a row no more than ridge does.
  const slope = new Float64Array(many);
  model.weight.forEach((weight, k) => {
    for (let column = 0; column < many; column++)
      slope[column]! += (weight * model.linear * model.inducing[k * many + column]!) / many;
  });
  const fours = inFours(model.inducing, many);
  const weight = new Float64Array(fours.length / many); // whole fours, as those
  weight.set(model.weight);
  const made = { fours, weight, slope };
  ready.set(model, made);
  return made;
}

/**
 * Weighted sum of the likenesses of two rows of `z`, the second right behind the first, to every inducing row. Two rows by
 * four inducing rows need the fewest looks into memory for each step of arithmetic.
 */
function pairSums({ fours, weight }: Ready, many: number, by: number, z: Float64Array, from: number): [number, number] {
  let first = 0;
  let second = 0;
  for (let k = 0, at = 0; k < weight.length; k += 4) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    let e = 0;
    let f = 0;
    let g = 0;
    let h = 0;
    for (let column = 0; column < many; column++, at += 4) {
      const one = z[from + column]!;
      const two = z[from + many + column]!;
      const w = fours[at]!;
      const x = fours[at + 1]!;
      const y = fours[at + 2]!;
      const v = fours[at + 3]!;
      a += (one - w) * (one - w);
      b += (one - x) * (one - x);
      c += (one - y) * (one - y);
      d += (one - v) * (one - v);
      e += (two - w) * (two - w);
      f += (two - x) * (two - x);
      g += (two - y) * (two - y);
      h += (two - v) * (two - v);
    }
    const p = weight[k]!;
    const q = weight[k + 1]!;
    const r = weight[k + 2]!;
    const t = weight[k + 3]!;
    first += p * fading(by * a) + q * fading(by * b) + r * fading(by * c) + t * fading(by * d);
    second += p * fading(by * e) + q * fading(by * f) + r * fading(by * g) + t * fading(by * h);
  }
  return [first, second];
}

/** The mean of the process at every row. */
export function scoreProcess(model: Process, table: Table): Float64Array {
  const many = model.columns.length;
  const its = readyOf(model);
  const rows = table.rows;
  const z = scaled(model.scale, table, rows + (rows & 1)); // an even number: the last may be there for company only
  const by = 1 / (2 * model.length * model.length * many);
  const out = new Float64Array(rows).fill(model.base);
  for (let i = 0; i < rows; i += 2) {
    const [first, second] = pairSums(its, many, by, z, i * many);
    out[i]! += first;
    if (i + 1 < rows) out[i + 1]! += second;
  }
  for (let i = 0; i < rows; i++)
    for (let column = 0; column < many; column++) out[i]! += its.slope[column]! * z[i * many + column]!;
  return out;
}
