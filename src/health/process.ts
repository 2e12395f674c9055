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
  const by = -1 / (2 * length * length * many);
  const along = linear / many;
  distances(fours, many, z, from, out);
  for (let k = 0; k < m; k++) {
    let product = 0;
    const at = (k >> 2) * 4 * many + (k & 3);
    for (let column = 0; column < many; column++) product += z[from + column]! * fours[at + column * 4]!;
    out[k] = Math.exp(by * out[k]!) + along * product;
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
  const made = { fours: inFours(model.inducing, many), weight: Float64Array.from(model.weight), slope };
  ready.set(model, made);
  return made;
}

/** The mean of the process at every row. */
export function scoreProcess(model: Process, table: Table): Float64Array {
  const many = model.columns.length;
  const { fours, weight, slope } = readyOf(model);
  const z = scaled(model.scale, table);
  const by = -1 / (2 * model.length * model.length * many);
  const apart = new Float64Array(fours.length / many);
  const out = new Float64Array(table.rows).fill(model.base);
  for (let i = 0; i < table.rows; i++) {
    const from = i * many;
    let sum = 0;
    for (let column = 0; column < many; column++) sum += slope[column]! * z[from + column]!;
    distances(fours, many, z, from, apart);
    for (let k = 0; k < weight.length; k++) sum += weight[k]! * Math.exp(by * apart[k]!);
    out[i]! += sum;
  }
  return out;
}
