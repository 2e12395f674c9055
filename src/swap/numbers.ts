// A request's number stands for one swap under way at a station. Used anew, it belongs to the newer swap.
import { type Desk, openAt, put, tell } from './desk.ts';
import { isArrivalOnly, type Swap, withProblem } from './swap.ts';

/** The swap goes by this number from now on; whichever other swap under way had it loses it, and that is told. */
export function withNumber(desk: Desk, swap: Swap, requestId: number): Swap {
  if (swap.requestId === requestId && desk.swaps.has(swap.id)) return swap;
  for (const other of openAt(desk, swap.stationId))
    if (other.requestId === requestId && other.id !== swap.id) loseNumber(desk, other);
  return put(desk, { ...swap, requestId });
}

function loseNumber(desk: Desk, swap: Swap): void {
  const sentence = `The station uses the number ${swap.requestId} of this swap for another one`;
  const now = { ...swap, requestId: null };
  if (isArrivalOnly(swap)) return void put(desk, now);
  tell(desk, swap.stationId, 'number-reused', sentence, { swapId: swap.id, requestId: swap.requestId });
  put(desk, withProblem(now, 'number-reused', sentence, desk.at));
}
