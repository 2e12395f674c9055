/**
 * The rows that a process is seen through, four by four, column by column within a four: four sums run side by side, which a
 * processor likes. The last four may hold rows of zeros.
 */
export interface Inducing {
  readonly fours: Float64Array;
  /** The squared length of every row. */
  readonly square: Float64Array;
  readonly columns: number;
}

/** @param rows scaled, row by row */
export function inFours(rows: ArrayLike<number>, columns: number): Inducing {
  const many = rows.length / columns;
  const square = new Float64Array(Math.ceil(many / 4) * 4);
  const fours = new Float64Array(square.length * columns);
  for (let k = 0; k < many; k++)
    for (let column = 0; column < columns; column++) {
      const value = rows[k * columns + column]!;
      fours[(k >> 2) * 4 * columns + column * 4 + (k & 3)] = value;
      square[k]! += value * value;
    }
  return { fours, square, columns };
}

/** The squared length of the row of `z` that begins at `from`. */
export function squareOf(z: Float64Array, from: number, columns: number): number {
  let sum = 0;
  for (let at = from; at < from + columns; at++) sum += z[at]! * z[at]!;
  return sum;
}

export interface Lengths {
  readonly length: number;
  readonly linear: number;
}

/** Likeness of the row of `z` that begins at `from` to every inducing row: see `Process`. */
export function likenesses(
  inducing: Inducing,
  { length, linear }: Lengths,
  z: Float64Array,
  from: number,
  out: Float64Array,
): void {
  const { columns, square } = inducing;
  const by = 1 / (2 * length * length * columns);
  const along = linear / columns;
  const own = squareOf(z, from, columns);
  products(inducing, z, from, out);
  // |a - b|^2 = |a|^2 + |b|^2 - 2ab: the product is needed anyway, and costs less than a difference.
  for (let k = 0; k < out.length; k++) out[k] = fading(by * (own + square[k]! - 2 * out[k]!)) + along * out[k]!;
}

function products({ fours, columns }: Inducing, z: Float64Array, from: number, out: Float64Array): void {
  for (let k = 0, at = 0; k < out.length; k += 4) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let column = from; column < from + columns; column++, at += 4) {
      const value = z[column]!;
      a += value * fours[at]!;
      b += value * fours[at + 1]!;
      c += value * fours[at + 2]!;
      d += value * fours[at + 3]!;
    }
    out[k] = a;
    out[k + 1] = b;
    out[k + 2] = c;
    out[k + 3] = d;
  }
}

const STEPS = 256;
const FAR = 40;
const steps = Float64Array.from({ length: FAR * STEPS + 1 }, (_, n) => Math.exp(-n / STEPS));

/**
 * exp(-x) to 1e-12 of itself, one below nothing and nothing from 40 on: a table of steps and three terms for half a step
 * either way. The exponential is most of what an estimate costs, and the library's is four times slower.
 */
export function fading(x: number): number {
  if (!(x < FAR)) return 0;
  if (x < 0) return 1; // rounding, where a row meets itself
  const n = (x * STEPS + 0.5) | 0;
  const r = n / STEPS - x;
  return steps[n]! * (1 + r * (1 + r * (1 / 2 + r * (1 / 6))));
}
