import { type Cell, COMMISSIONING_ROWS, type Mode } from './cells/cycle.ts';
import { rhythmOf } from './rhythm.ts';

interface Test {
  readonly row: number;
  readonly soh: number;
  /** What the poorer mode estimated then. */
  readonly poorer: number;
}

export interface Known {
  readonly first: Test;
  readonly last: Test;
  readonly previous: Test | undefined;
  /** Truth minus the poorer estimate, over the first test and all later ones. */
  readonly meanError: number;
  /** What the capacity of a charge in this row has above the mean, if the commissioning test found a rhythm. */
  readonly beat: (row: number) => number;
}

/** Walks through a life and tells what was tested before each row. */
export class Tests {
  private first: Test | undefined;
  private last: Test | undefined;
  private previous: Test | undefined;
  private readonly later: Test[] = [];
  private readonly early: { row: number; soh: number; poorer: number }[] = [];
  private readonly cell: Cell;
  private readonly mode: Mode;
  private readonly every: number;
  private readonly poorer: Float64Array;
  private next = 0;
  private rhythm: readonly number[] | undefined;

  constructor(cell: Cell, mode: Mode, every: number, poorer: Float64Array) {
    this.cell = cell;
    this.mode = mode;
    this.every = every;
    this.poorer = poorer;
  }

  before(row: number): Known | { last: undefined } {
    for (; this.next < row; this.next++) this.measured(this.next);
    if (!this.first || !this.last) return { last: undefined };
    const errors = [...this.later, this.first].map((it) => it.soh - it.poorer);
    const meanError = errors.reduce((a, b) => a + b, 0) / errors.length;
    return { first: this.first, last: this.last, previous: this.previous, meanError, beat: this.beat };
  }

  private readonly beat = (row: number): number => this.rhythm?.[row % this.rhythm.length] ?? 0;

  private measured(row: number): void {
    const soh = this.cell.soh[row]!;
    if (!Number.isFinite(soh)) return;
    const poorer = this.poorer[row]!;
    if (row < COMMISSIONING_ROWS) {
      this.early.push({ row, soh, poorer });
      const mean = (of: (it: Test) => number) => this.early.reduce((sum, it) => sum + of(it), 0) / this.early.length;
      this.first = {
        row: Math.round(mean((it) => it.row)),
        soh: mean((it) => it.soh),
        poorer: mean((it) => it.poorer),
      };
      this.last = this.first;
      if (this.early.length === COMMISSIONING_ROWS) this.rhythm = rhythmOf(this.early.map((it) => it.soh));
    } else if (this.mode === 'retested' && row % this.every === 0 && row > 0) {
      this.previous = this.last;
      this.last = { row, soh, poorer };
      this.later.push(this.last);
      this.first ??= this.last;
    }
  }
}
