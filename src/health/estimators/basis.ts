import { Tests } from './capacityTests.ts';
import { type Cell, type Group, type Mode, SIGNALS } from './cells/cycle.ts';
import { seenSoFar } from './features.ts';
import type { Table } from './members/table.ts';

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

/** What every row of a cell stands on in a mode; `poorer` are the estimates of the mode that knows less. */
export const basisOfMode = (
  cell: Cell,
  mode: Mode,
  { testEveryCycles }: Group,
  poorer: Float64Array | undefined,
): Basis =>
  mode === 'none' ? basisOfNone(cell) : basisOfTests(cell, basisOfNone(cell), mode, testEveryCycles, poorer!);

/**
 * With tests: beside what was seen so far, the last known capacity, how long ago that was, what has changed since, and
 * what the estimate of the poorer mode says then and now.
 * @param poorer the estimates of the mode that knows less
 */
function basisOfTests(cell: Cell, seen: Table, mode: Mode, testEvery: number, poorer: Float64Array): Basis {
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
