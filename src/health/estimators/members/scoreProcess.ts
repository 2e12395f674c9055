import { fading, inFours } from './kernel.ts';
import type { Process } from './process.ts';
import { scaled } from './scale.ts';
import type { Table } from './table.ts';

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
