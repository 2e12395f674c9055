import { type Known, Tests } from './capacityTests.ts';
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
  const columns = [...seen.columns, ...OF_TESTS, ...SIGNALS.map((it) => `${it}, since the test`)];
  const x = new Float64Array(columns.length * rows);
  x.set(seen.x);
  const anchor = new Float64Array(rows).fill(Number.NaN);
  const first = seen.columns.length;
  const since = first + OF_TESTS.length;
  const calm = (signal: number, row: number) => seen.x[(SIGNALS.length + signal) * rows + row]!;
  const tests = new Tests(cell, mode, testEvery, poorer);
  for (let i = 0; i < rows; i++) {
    const known = tests.before(i);
    const told = known.last === undefined ? untested(poorer[i]!) : ofTests(known, i, poorer[i]!, testEvery);
    OF_TESTS.forEach((name, column) => {
      x[(first + column) * rows + i] = told[name];
    });
    if (known.last === undefined) continue;
    anchor[i] = known.last.soh;
    for (let signal = 0; signal < SIGNALS.length; signal++)
      x[(since + signal) * rows + i] = calm(signal, i) - calm(signal, known.last.row);
  }
  return { columns, rows, x, anchor };
}

const OF_TESTS = [
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
  'poorer estimate, lastingly corrected',
  'poorer estimate, fleetingly corrected',
  'rhythm since the test',
] as const;
type OfTests = Readonly<Record<(typeof OF_TESTS)[number], number>>;

const untested = (poorer: number): OfTests => ({
  'first capacity': 0,
  'last capacity': 0,
  'charges since the test': 0,
  'capacity change between tests': 0,
  'poorer estimate': poorer,
  'poorer estimate since the test': 0,
  'poorer estimate corrected': poorer,
  'error at the test': 0,
  'error at the test, fading': 0,
  'poorer estimate, mean corrected': poorer,
  'poorer estimate, lastingly corrected': poorer,
  'poorer estimate, fleetingly corrected': poorer,
  'rhythm since the test': 0,
});

function ofTests(
  { first, last, previous, meanError, expected, beat }: Known,
  row: number,
  poorer: number,
  every: number,
): OfTests {
  const error = last.soh - last.poorer;
  return {
    'first capacity': first.soh,
    'last capacity': last.soh,
    'charges since the test': row - last.row,
    'capacity change between tests': previous ? (last.soh - previous.soh) / (last.row - previous.row) : 0,
    'poorer estimate': poorer,
    'poorer estimate since the test': poorer - last.poorer,
    'poorer estimate corrected': poorer + error,
    'error at the test': error,
    'error at the test, fading': error * Math.exp((last.row - row) / every),
    'poorer estimate, mean corrected': poorer + meanError,
    'poorer estimate, lastingly corrected': poorer + expected.lasting(row),
    'poorer estimate, fleetingly corrected': poorer + expected.fleeting(row),
    // The commissioning test is a mean over whole rounds of beats; a later one was on one of them.
    'rhythm since the test': beat(row) - (last === first ? 0 : beat(last.row)),
  };
}
