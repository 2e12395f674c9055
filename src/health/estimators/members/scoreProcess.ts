import { fading, type Inducing, inFours, squareOf } from './kernel.ts';
import type { Process } from './process.ts';
import { scaled } from './scale.ts';
import type { Table } from './table.ts';

/** The mean of the process at every row. */
export function scoreProcess(model: Process, table: Table): Float64Array {
  const columns = model.columns.length;
  const its = readyOf(model);
  const rows = table.rows;
  const z = scaled(model.scale, table, model.columns, rows + (rows & 1)); // an even number: the last may be there for company only
  const by = 1 / (2 * model.length * model.length * columns);
  const out = new Float64Array(rows).fill(model.base);
  for (let i = 0; i < rows; i += 2) {
    const [first, second] = pairSums(its, by, z, i * columns);
    out[i]! += first;
    if (i + 1 < rows) out[i + 1]! += second;
  }
  for (let i = 0; i < rows; i++)
    for (let column = 0; column < columns; column++) out[i]! += its.slope[column]! * z[i * columns + column]!;
  return out;
}

/** What of a model is the same for every row it scores: made once for each model. */
interface Ready {
  readonly inducing: Inducing;
  readonly weight: Float64Array;
  readonly slope: Float64Array;
}
const ready = new WeakMap<Process, Ready>();

function readyOf(model: Process): Ready {
  const known = ready.get(model);
  if (known) return known;
  const columns = model.columns.length;
  // The linear part of all inducing rows is one slope: summed once, it costs a row no more than ridge does.
  const slope = new Float64Array(columns);
  model.weight.forEach((weight, k) => {
    for (let column = 0; column < columns; column++)
      slope[column]! += (weight * model.linear * model.inducing[k * columns + column]!) / columns;
  });
  const inducing = inFours(model.inducing, columns);
  const weight = new Float64Array(inducing.square.length); // whole fours, as those
  weight.set(model.weight);
  const made = { inducing, weight, slope };
  ready.set(model, made);
  return made;
}

/**
 * Weighted sum of the likenesses of two rows of `z`, the second right behind the first, to every inducing row. Two rows by
 * four inducing rows need the fewest looks into memory for each step of arithmetic.
 */
function pairSums({ inducing, weight }: Ready, by: number, z: Float64Array, from: number): [number, number] {
  const { fours, square, columns } = inducing;
  const two = by * 2;
  const own = by * squareOf(z, from, columns);
  const other = by * squareOf(z, from + columns, columns);
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
    for (let column = from; column < from + columns; column++, at += 4) {
      const one = z[column]!;
      const next = z[column + columns]!;
      const w = fours[at]!;
      const x = fours[at + 1]!;
      const y = fours[at + 2]!;
      const v = fours[at + 3]!;
      a += one * w;
      b += one * x;
      c += one * y;
      d += one * v;
      e += next * w;
      f += next * x;
      g += next * y;
      h += next * v;
    }
    const m = by * square[k]!;
    const n = by * square[k + 1]!;
    const o = by * square[k + 2]!;
    const p = by * square[k + 3]!;
    const q = weight[k]!;
    const r = weight[k + 1]!;
    const s = weight[k + 2]!;
    const t = weight[k + 3]!;
    first +=
      q * fading(own + m - two * a) +
      r * fading(own + n - two * b) +
      s * fading(own + o - two * c) +
      t * fading(own + p - two * d);
    second +=
      q * fading(other + m - two * e) +
      r * fading(other + n - two * f) +
      s * fading(other + o - two * g) +
      t * fading(other + p - two * h);
  }
  return [first, second];
}
