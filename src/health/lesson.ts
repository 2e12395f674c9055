import type { Basis } from './basis.ts';
import type { Lesson } from './table.ts';

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
    for (const row of chosen[cell]!) {
      for (let column = 0; column < columns.length; column++)
        lesson.x[column * rows + to] = basis.x[column * basis.rows + row]!;
      lesson.y[to] = asTaught(target, y[row]!, basis.anchor[row]!);
      lesson.weight[to] = 1 / chosen[cell]!.length;
      lesson.cell[to] = cell;
      to++;
    }
  });
  return lesson;
}
