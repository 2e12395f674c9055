import { solveSymmetric } from './matrix.ts';
import { learnScale, type Scale, scaled } from './scale.ts';
import { type Lesson, placesOf, type Table } from './table.ts';

/** A weighted sum of scaled columns (Hoerl & Kennard 1970). */
export interface Ridge {
  readonly kind: 'ridge';
  readonly columns: readonly string[];
  readonly scale: Scale;
  readonly base: number;
  readonly slope: readonly number[];
}

/** @param strength the penalty, as a share of the weight of all rows */
export function fitRidge(lesson: Lesson, strength: number): Ridge {
  const { rows, columns, y, weight } = lesson;
  const scale = learnScale(lesson);
  const z = scaled(scale, lesson, columns);
  const many = columns.length + 1; // the last is the constant, which nobody penalises
  const normal = new Float64Array(many * many);
  const right = new Float64Array(many);
  const all = weight.reduce((a, b) => a + b, 0);
  const row = new Float64Array(many);
  for (let i = 0; i < rows; i++) {
    row.set(z.subarray(i * (many - 1), (i + 1) * (many - 1)));
    row[many - 1] = 1;
    const share = weight[i]! / all;
    for (let a = 0; a < many; a++) {
      const by = share * row[a]!;
      right[a]! += by * y[i]!;
      for (let b = 0; b <= a; b++) normal[a * many + b]! += by * row[b]!;
    }
  }
  for (let a = 0; a < many - 1; a++) normal[a * many + a]! += strength;
  const solution = solveSymmetric(normal, many, right);
  return {
    kind: 'ridge',
    columns,
    scale,
    base: solution[many - 1]!,
    slope: Array.from(solution.subarray(0, many - 1)),
  };
}

/** Column by column, as the table lies: each is scaled as `scaled` does, and added. */
export function scoreRidge({ scale, base, slope, columns }: Ridge, table: Table): Float64Array {
  const { x, rows } = table;
  const place = placesOf(table, columns);
  const out = new Float64Array(rows).fill(base);
  for (let column = 0; column < slope.length; column++) {
    const [least, most, centre] = [scale.low[column]!, scale.high[column]!, scale.middle[column]!];
    const by = slope[column]! / scale.spread[column]!;
    const from = place[column]!;
    for (let i = 0; i < rows; i++) {
      const value = x[from + i]!;
      out[i]! += (Math.min(most, Math.max(least, value)) - centre) * by;
    }
  }
  return out;
}
