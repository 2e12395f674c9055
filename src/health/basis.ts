import { type Cell, COMMISSIONING_ROWS, type Mode, SIGNALS } from './cycle.ts';
import { seenSoFar } from './features.ts';
import type { Table } from './table.ts';

/**
 * What an estimate of each row stands on: the columns, and the last capacity known before it (NaN where none is). The first
 * tests tell a row only what was measured in rows before it.
 */
export interface Basis extends Table {
  readonly anchor: Float64Array;
}

/** Without any test there is nothing to hold on to but the charges themselves. */
export const basisOfNone = (cell: Cell): Basis => ({
  ...seenSoFar(cell),
  anchor: new Float64Array(cell.rows).fill(Number.NaN),
});

/**
 * With tests: beside what was seen so far, the last known capacity, how long ago that was, what has changed since, and
 * what the estimate of the poorer mode says then and now.
 * @param poorer the estimates of the mode that knows less
 */
export function basisOfTests(cell: Cell, seen: Table, mode: Mode, testEvery: number, poorer: Float64Array): Basis {
  const { rows } = cell;
  const many = SIGNALS.length;
  const own = [
    'first capacity',
    'last capacity',
    'charges since the test',
    'capacity change between tests',
    'poorer estimate',
    'poorer estimate since the test',
    'poorer estimate corrected',
    'error at the test',
    'error at the test, fading',
    'poorer estimate, mean corrected',
    'poorer estimate, corrected beyond 0.4',
    'poorer estimate, corrected beyond 0.8',
    ...SIGNALS.map((it) => `${it}, since the test`),
  ];
  const x = new Float64Array((seen.columns.length + own.length) * rows);
  x.set(seen.x);
  const anchor = new Float64Array(rows).fill(Number.NaN);
  const into = (column: number, row: number, value: number) => {
    x[(seen.columns.length + column) * rows + row] = value;
  };
  const calm = (signal: number, row: number) => seen.x[(many + signal) * rows + row]!;
  const test = new Tests(cell, mode, testEvery, poorer);
  for (let i = 0; i < rows; i++) {
    const known = test.before(i);
    into(4, i, poorer[i]!);
    into(6, i, poorer[i]!);
    into(9, i, poorer[i]!);
    into(10, i, poorer[i]!);
    into(11, i, poorer[i]!);
    if (known.last === undefined) continue;
    const { first, last, previous } = known;
    anchor[i] = last.soh;
    into(0, i, first.soh);
    into(1, i, last.soh);
    into(2, i, i - last.row);
    into(3, i, previous ? (last.soh - previous.soh) / (last.row - previous.row) : 0);
    into(5, i, poorer[i]! - last.poorer);
    into(6, i, poorer[i]! + last.soh - last.poorer);
    into(7, i, last.soh - last.poorer);
    into(8, i, (last.soh - last.poorer) * Math.exp((last.row - i) / testEvery));
    into(9, i, poorer[i]! + known.meanError);
    into(10, i, poorer[i]! + beyond(last.soh - last.poorer, 0.004));
    into(11, i, poorer[i]! + beyond(last.soh - last.poorer, 0.008));
    for (let signal = 0; signal < many; signal++) into(12 + signal, i, calm(signal, i) - calm(signal, last.row));
  }
  return { columns: [...seen.columns, ...own], rows, x, anchor };
}

/**
 * How much of an error found by a test is believed to last: little of one as small as chance makes them, nearly all of a
 * large one. (The mean after the fact, when most cells are alike and some are far off.)
 */
const beyond = (error: number, usual: number): number => (error * error * error) / (error * error + usual * usual);

interface Test {
  readonly row: number;
  readonly soh: number;
  /** What the poorer mode estimated then. */
  readonly poorer: number;
}

interface Known {
  readonly first: Test;
  readonly last: Test;
  readonly previous: Test | undefined;
  /** Truth minus the poorer estimate, over the first test and all later ones. */
  readonly meanError: number;
}

/** Walks through a life and tells what was tested before each row. */
class Tests {
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
    return { first: this.first, last: this.last, previous: this.previous, meanError };
  }

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
    } else if (this.mode === 'retested' && row % this.every === 0 && row > 0) {
      this.previous = this.last;
      this.last = { row, soh, poorer };
      this.later.push(this.last);
      this.first ??= this.last;
    }
  }
}
