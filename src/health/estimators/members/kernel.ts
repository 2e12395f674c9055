/** The inducing rows of a process, four by four, with its lengths. */
export interface Kernel {
  readonly fours: Float64Array;
  readonly many: number;
  readonly m: number;
  readonly length: number;
  readonly linear: number;
}

/** Likeness of the row of `z` that begins at `from` to every inducing row. */
export function likenesses(
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
export function inFours(inducing: ArrayLike<number>, many: number): Float64Array {
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
export function fading(x: number): number {
  if (!(x < FAR)) return 0;
  const n = Math.trunc(x * STEPS);
  const r = n / STEPS - x;
  return steps[n]! * (1 + r * (1 + r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120))))));
}
