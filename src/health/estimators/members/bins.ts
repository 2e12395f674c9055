import type { Table } from './table.ts';

/** A column is cut into at most so many bins. */
export const BINS = 64;

/** Cuts each column at the quantiles of its values, halfway between neighbours. */
export function binned({ x, rows, columns }: Table): { cuts: Float64Array[]; bin: Uint8Array } {
  const bin = new Uint8Array(columns.length * rows);
  const cuts = columns.map((_, column) => {
    const values = x.subarray(column * rows, (column + 1) * rows);
    const sorted = values.toSorted();
    const found: number[] = [];
    for (let b = 1; b < BINS; b++) {
      const above = Math.floor((b * rows) / BINS);
      if (above === 0 || sorted[above]! === sorted[above - 1]!) continue;
      const cut = Math.fround((sorted[above]! + sorted[above - 1]!) / 2);
      if (cut > (found.at(-1) ?? Number.NEGATIVE_INFINITY)) found.push(cut);
    }
    const its = Float64Array.from(found);
    for (let i = 0; i < rows; i++) {
      let low = 0;
      for (let high = its.length; low < high; ) {
        const middle = (low + high) >> 1;
        if (values[i]! > its[middle]!) low = middle + 1;
        else high = middle;
      }
      bin[column * rows + i] = low;
    }
    return its;
  });
  return { cuts, bin };
}
