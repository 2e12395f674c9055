import type { Basis } from './basis.ts';
import { type Member, scoreMember } from './members/member.ts';
import type { Table } from './members/table.ts';

/**
 * How far off an estimate may be: `factor` x spread(row), so that the interval of a share LEVEL of charges holds the truth.
 * Split conformal prediction with a normalised score (Lei et al., JASA 113:1094, 2018), calibrated over whole cells: rows of
 * one cell err together, so a cell counts once, however long it lived.
 */
export interface Interval {
  /** Predicts the size of the error; never taken as less than `least`. */
  readonly spread: Member;
  readonly least: number;
  readonly factor: number;
  /** Cells it was calibrated on, and what share of their charges it covered: the mean over cells and the worst cell. */
  readonly cells: number;
  readonly covered: { readonly mean: number; readonly worst: number };
}

export const LEVEL = 0.9;

/** Columns that tell how far off an estimate may be, for the rows of a basis with their estimates. */
export function doubt(basis: Basis, estimate: Float64Array, apart: Float64Array): Basis {
  const names = [
    'charges since the test',
    'error at the test',
    'poorer estimate since the test',
    'cycles',
    'log cycles',
  ];
  const own = ['apart', 'log apart', 'estimate', 'constant'];
  const taken = names.filter((it) => basis.columns.includes(it));
  const { rows } = basis;
  const x = new Float64Array((taken.length + own.length) * rows);
  taken.forEach((name, to) => {
    const from = basis.columns.indexOf(name);
    for (let i = 0; i < rows; i++) x[to * rows + i] = Math.abs(basis.x[from * rows + i]!);
  });
  for (let i = 0; i < rows; i++) {
    const at = (column: number) => (taken.length + column) * rows + i;
    x[at(0)] = apart[i]!;
    x[at(1)] = Math.log(apart[i]! + 1e-4);
    x[at(2)] = estimate[i]!;
    x[at(3)] = 1;
  }
  return { columns: [...taken, ...own], rows, x, anchor: basis.anchor };
}

/** Half the width of the interval of every row. */
export function halfWidths({ spread, least, factor }: Interval, doubt: Table): Float64Array {
  return scoreMember(spread, doubt).map((it) => factor * Math.max(it, least));
}
