import { solveSymmetric } from './members/matrix.ts';

/** Truth minus estimate, as a capacity test in this row found it. */
interface FoundError {
  readonly row: number;
  readonly error: number;
}

/** How errors of one cell hang together: all in units of the variance of what comes and goes. */
interface Kinship {
  /** After so many test intervals an error has mostly come and gone. */
  readonly memory: number;
  /** What a test finds that is of that charge only. */
  readonly chance: number;
}

/** With time a cell drifts away from what its estimates say: the variance of that drift after one test interval. */
const DRIFT = 0.3;

/** Two ways to believe tests: chosen on training cells left out, of nine groups, from 128. */
export const BELIEFS = {
  lasting: { memory: 1, chance: 0.2 },
  fleeting: { memory: 0.5, chance: 1 },
} as const satisfies Record<string, Kinship>;

/**
 * The error to be expected in later rows, from those that all tests so far found: kriging (Krige 1951; Rasmussen & Williams
 * 2006, eq. 2.25) over what fades with time and what drifts from new on. Nothing is expected before the first test.
 * @param every charges between tests
 */
export function expectedError(
  found: readonly FoundError[],
  { memory, chance }: Kinship,
  every: number,
): (row: number) => number {
  if (found.length === 0) return () => 0;
  const kin = (a: number, b: number) =>
    Math.exp(-Math.abs(a - b) / (memory * every)) + DRIFT * (a / every) * (b / every);
  const many = found.length;
  const system = new Float64Array(many * many);
  found.forEach((a, i) => {
    found.forEach((b, k) => {
      system[i * many + k] = kin(a.row, b.row) + (i === k ? chance : 0);
    });
  });
  const weight = solveSymmetric(
    system,
    many,
    Float64Array.from(found, (it) => it.error),
  );
  return (row) => found.reduce((sum, it, k) => sum + weight[k]! * kin(it.row, row), 0);
}
