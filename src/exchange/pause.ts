// How long to wait after something failed: growing, with jitter, so that thousands who failed together do not return together.

const FIRST_MS = 5_000;
const LONGEST_MS = 15 * 60_000;

/**
 * @param failures so many in a row, at least 1
 * @param dice in [0, 1)
 * @param askedMs how long the other side asked us to wait (Retry-After, RFC 9110 10.2.3); believed up to an hour
 * @returns milliseconds: half of the full pause at least
 */
export function pauseMs(failures: number, dice: number, askedMs = 0): number {
  const full = Math.min(FIRST_MS * 2 ** Math.min(failures - 1, 20), LONGEST_MS);
  return Math.max(Math.round(full * (0.5 + dice / 2)), Math.min(askedMs, 3_600_000));
}
