import type { Basis } from './basis.ts';
import type { Lesson } from './members/table.ts';

/** What a model learns: the level itself, the change since the last test, or the logarithm of cycles to come. */
export type Target = 'level' | 'change' | 'log';

/** Added before the logarithm, in cycles: below it a difference in ratio means nothing. */
const SOON = 20;
export const asTaught = (target: Target, y: number, anchor: number): number =>
  target === 'log' ? Math.log(y + SOON) : target === 'change' ? y - anchor : y;
export const asMeant = (target: Target, learnt: number, anchor: number): number =>
  target === 'log' ? Math.exp(learnt) - SOON : target === 'change' ? learnt + anchor : learnt;

/** A cell's basis with what is to be learnt of each row: its state of health or its remaining life; NaN where unknown. */
export interface Lived {
  readonly basis: Basis;
  readonly y: Float64Array;
}

/**
 * Puts the rows of many cells into one lesson, every cell with the same weight in all. Rows without a label, and for a
 * change those without an anchor, are left out; when there are too many, every cell gives evenly spaced ones.
 */
export function lessonOf(cells: readonly Lived[], target: Target, most: number): Lesson {
  const usable = cells.map(({ y, basis }) =>
    Array.from(y.keys()).filter(
      (i) => Number.isFinite(y[i]!) && (target !== 'change' || Number.isFinite(basis.anchor[i]!)),
    ),
  );
  const all = usable.reduce((sum, it) => sum + it.length, 0);
  const every = Math.max(1, all / most);
  const chosen = usable.map((rows) =>
    Array.from({ length: Math.ceil(rows.length / every) }, (_, k) => rows[Math.floor(k * every)]!),
  );
  const rows = chosen.reduce((sum, it) => sum + it.length, 0);
  const columns = cells[0]!.basis.columns;
  const lesson = {
    columns,
    rows,
    x: new Float64Array(rows * columns.length),
    y: new Float64Array(rows),
    weight: new Float64Array(rows),
    cell: new Int32Array(rows),
  };
  let to = 0;
  cells.forEach(({ basis, y }, cell) => {
    const its = chosen[cell]!;
    // Column by column, as both tables lie.
    for (let column = 0; column < columns.length; column++)
      for (let k = 0; k < its.length; k++) lesson.x[column * rows + to + k] = basis.x[column * basis.rows + its[k]!]!;
    for (const row of its) {
      lesson.y[to] = asTaught(target, y[row]!, basis.anchor[row]!);
      lesson.weight[to] = 1 / its.length;
      lesson.cell[to] = cell;
      to++;
    }
  });
  return lesson;
}

/** Of all rows of a lesson with siblings, so many are of them; and together they weigh so much beside the cells themselves. */
const SIBLING_ROWS = 0.4;
const SIBLING_WEIGHT = 0.5;

/** A lesson of cells and, with less weight, of their siblings. */
export function lessonWithSiblings(
  cells: readonly Lived[],
  siblings: readonly Lived[],
  target: Target,
  most: number,
): Lesson {
  const own = lessonOf(cells, target, most * (1 - SIBLING_ROWS));
  const its = lessonOf(siblings, target, most * SIBLING_ROWS);
  const rows = own.rows + its.rows;
  const x = new Float64Array(rows * own.columns.length);
  own.columns.forEach((_, column) => {
    x.set(own.x.subarray(column * own.rows, (column + 1) * own.rows), column * rows);
    x.set(its.x.subarray(column * its.rows, (column + 1) * its.rows), column * rows + own.rows);
  });
  const lighter = (SIBLING_WEIGHT * cells.length) / siblings.length;
  return {
    columns: own.columns,
    rows,
    x,
    y: Float64Array.of(...own.y, ...its.y),
    weight: Float64Array.of(...own.weight, ...its.weight.map((it) => it * lighter)),
    cell: Int32Array.of(...own.cell, ...its.cell.map((it) => it + cells.length)),
  };
}
