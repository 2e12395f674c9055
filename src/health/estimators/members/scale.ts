import { placesOf, type Table } from './table.ts';

/**
 * Brings columns to a like size: (value - median) / spread, then no farther out than the training rows ever were. All of
 * it is learnt from training rows; spread is the interquartile range, or the standard deviation where that is nothing.
 */
export interface Scale {
  readonly middle: readonly number[];
  readonly spread: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

export function learnScale({ x, rows, columns }: Table): Scale {
  const each = columns.map((_, column) => {
    const sorted = x.slice(column * rows, (column + 1) * rows).sort();
    const at = (share: number) => sorted[Math.min(rows - 1, Math.floor(share * rows))]!;
    const middle = at(0.5);
    const deviation = Math.sqrt(sorted.reduce((sum, it) => sum + (it - middle) ** 2, 0) / rows);
    // 1.349 standard deviations lie between the quartiles of a normal distribution.
    const spread = Math.max((at(0.75) - at(0.25)) / 1.349, deviation / 4) || 1;
    return { middle, spread, low: sorted[0]!, high: sorted[rows - 1]! };
  });
  return {
    middle: each.map((it) => it.middle),
    spread: each.map((it) => it.spread),
    low: each.map((it) => it.low),
    high: each.map((it) => it.high),
  };
}

/** The scaled rows of some columns, row by row: the order in which distances and products run. `room` is for how many rows, if more. */
export function scaled(
  { middle, spread, low, high }: Scale,
  table: Table,
  columns: readonly string[],
  room = table.rows,
): Float64Array {
  const { x, rows } = table;
  const many = middle.length;
  const place = placesOf(table, columns);
  const out = new Float64Array(room * many);
  for (let column = 0; column < many; column++) {
    const [least, most, centre, by] = [low[column]!, high[column]!, middle[column]!, 1 / spread[column]!];
    const from = place[column]!;
    for (let i = 0, to = column; i < rows; i++, to += many) {
      const value = x[from + i]!;
      out[to] = (Math.min(most, Math.max(least, value)) - centre) * by;
    }
  }
  return out;
}
