import { chance } from '#units';
import { inFours, likenesses } from './kernel.ts';
import { solveSymmetric } from './matrix.ts';
import { learnScale, type Scale, scaled } from './scale.ts';
import type { Lesson } from './table.ts';

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
  const z = scaled(scale, lesson, columns);
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

  const seen = inFours(inducing, many);
  const system = new Float64Array(m * m);
  const likeness = new Float64Array(seen.square.length);
  for (let a = 0; a < m; a++) {
    likenesses(seen, settings, inducing, a * many, likeness);
    for (let b = 0; b <= a; b++) system[a * m + b] = noise * likeness[b]!;
  }
  const right = new Float64Array(m);
  const four = Array.from({ length: 4 }, () => new Float64Array(likeness.length));
  const by = new Float64Array(4);
  for (let i = 0; i < rows; i += 4) {
    by.fill(0);
    for (let k = 0; k < 4 && i + k < rows; k++) {
      likenesses(seen, settings, z, (i + k) * many, four[k]!);
      by[k] = (weight[i + k]! * rows) / all;
      const target = (by[k]! * (y[i + k]! - base)) / spread;
      for (let a = 0; a < m; a++) right[a]! += four[k]![a]! * target;
    }
    addSquares(system, m, four, by);
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

/** Adds by * likeness * likeness' of four rows to the lower half of the system: four at a time, it is read and written once. */
function addSquares(system: Float64Array, m: number, four: readonly Float64Array[], by: Float64Array): void {
  const [p, q, r, s] = [four[0]!, four[1]!, four[2]!, four[3]!];
  for (let a = 0; a < m; a++) {
    const [ap, aq, ar, as] = [by[0]! * p[a]!, by[1]! * q[a]!, by[2]! * r[a]!, by[3]! * s[a]!];
    const line = a * m;
    for (let b = 0; b <= a; b++) system[line + b]! += ap * p[b]! + aq * q[b]! + ar * r[b]! + as * s[b]!;
  }
}
