import { type Cell, COMMISSIONING_ROWS, type Mode } from './cells/cycle.ts';
import { BELIEFS, expectedError } from './expectedError.ts';
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
  /** The same in a later row, as all tests so far let expect it: see `expectedError`. */
  readonly expected: Readonly<Record<keyof typeof BELIEFS, (row: number) => number>>;
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
  private meanError = 0;
  private expected: Known['expected'] = { lasting: () => 0, fleeting: () => 0 };
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
    const { first, last, previous, meanError, expected, beat } = this;
    return { first, last, previous, meanError, expected, beat };
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
    } else return;
    this.learn();
  }

  private learn(): void {
    const tests = this.first && this.later[0] !== this.first ? [this.first, ...this.later] : this.later;
    const found = tests.map((it) => ({ row: it.row, error: it.soh - it.poorer }));
    this.meanError = found.reduce((sum, it) => sum + it.error, 0) / found.length;
    this.expected = {
      lasting: expectedError(found, BELIEFS.lasting, this.every),
      fleeting: expectedError(found, BELIEFS.fleeting, this.every),
    };
  }
}
