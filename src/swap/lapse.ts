// A swap that does not go on: nobody came, nobody took the pack, nobody told us that the vehicle left.
import type { Transfer } from '#ledger';
import type { Instant } from '#units';
import { type Desk, put, tell } from './desk.ts';
import { breakPromise, holdId } from './moves.ts';
import { release } from './settle.ts';
import { ended, type Failure, isSettled, type Swap, withProblem } from './swap.ts';

/** Ends a swap in which no pack moved: what was held and promised is free again. */
export function giveUp(desk: Desk, swap: Swap, state: Failure, at: Instant): Swap {
  const legs: Transfer[] = swap.promised.flatMap(({ code }) =>
    desk.promises.get(code) === swap.id ? breakPromise(desk, code, `swap ${state}`) : [],
  );
  if (swap.held > 0)
    legs.push({ kind: 'void', id: `${holdId(swap.id)}/void`, pendingId: holdId(swap.id), reason: `swap ${state}` });
  if (legs.length > 0) desk.legs.push(legs);
  return put(desk, ended(swap, at, state));
}

/** The station offered a pack and nobody took it (BatteryOutTimeout, S03.FR.06): the returned pack is an orphan. */
export function strand(desk: Desk, swap: Swap, at: Instant): Swap {
  if (swap.state === 'stranded' || isSettled(swap)) return swap;
  const sentence = `${swap.returned.length} pack(s) came in and ${swap.given.length} went out: the driver has none`;
  tell(desk, swap.stationId, 'orphan-pack', sentence, { swapId: swap.id });
  return put(desk, { ...withProblem(swap, 'orphan-pack', sentence, at), state: 'stranded', expiresAt: null });
}

/** What becomes of a swap when its time is over. */
export function lapse(desk: Desk, swap: Swap, at: Instant): Swap {
  if (isSettled(swap))
    return release(desk, withProblem(swap, 'release-not-told', 'The station never told that the vehicle left', at), at);
  if (swap.returned.length > swap.given.length) return strand(desk, swap, at);
  if (swap.given.length === 0) return giveUp(desk, swap, 'expired', at);
  if (swap.returned.length === 0) {
    const sentence = `${swap.given.length} pack(s) went out and none came in`;
    tell(desk, swap.stationId, 'pack-not-returned', sentence, { swapId: swap.id });
    return put(desk, { ...withProblem(swap, 'pack-not-returned', sentence, at), state: 'unreturned', expiresAt: null });
  }
  const sentence = 'The packs were exchanged, but the station never told how the checks went';
  tell(desk, swap.stationId, 'checks-not-told', sentence, { swapId: swap.id });
  return put(desk, { ...withProblem(swap, 'checks-not-told', sentence, at), state: 'blocked', expiresAt: null });
}
