// A swap that does not go on: nobody came, nobody took the pack, nobody told us that the vehicle left.
import type { Instant } from '#units';
import { missingChecks } from './checks.ts';
import { type Desk, put, tell } from './desk.ts';
import { setFree } from './moves.ts';
import { charged, release, settle } from './settle.ts';
import { ended, isSettled, isStuck, type Swap, stuck, withProblem } from './swap.ts';
import type { Failure, Stuck } from './words.ts';

/** Ends a swap without a bill: what was held and promised is free again. */
export function giveUp(desk: Desk, swap: Swap, state: Failure): Swap {
  const legs = setFree(desk, swap, `swap ${state}`);
  if (legs.length > 0) desk.legs.push(legs);
  return put(desk, ended(swap, desk.at, state));
}

/** The station offered packs and nobody took them (BatteryOutTimeout, S03.FR.06): those that came in are orphans. */
export function strand(desk: Desk, swap: Swap, at: Instant): Swap {
  if (swap.state === 'stranded' || isSettled(swap)) return swap;
  if (swap.returned.length > swap.given.length)
    return waiting(desk, swap, at, {
      state: 'stranded',
      kind: 'orphan-pack',
      sentence: `${moved(swap)}: the driver has none`,
    });
  const sentence = `Nobody took the packs that were offered; ${moved(swap)}`;
  tell(desk, swap.stationId, 'packs-not-taken', sentence, { swapId: swap.id });
  return put(desk, withProblem(swap, 'packs-not-taken', sentence, at));
}

const moved = ({ returned, given }: Swap) => `${returned.length} pack(s) came in and ${given.length} went out`;

/** What becomes of a swap when its time is over. */
export function lapse(desk: Desk, swap: Swap, at: Instant): Swap {
  if (isSettled(swap))
    return release(desk, withProblem(swap, 'release-not-told', 'The station never told that the vehicle left', at), at);
  if (isStuck(swap)) return endStuck(desk, swap, at);
  const { returned, given } = swap;
  if (given.length === 0 && returned.length === 0) return giveUp(desk, swap, 'expired');
  if (given.length === 0) return strand(desk, swap, at);
  if (returned.length === 0)
    return waiting(desk, swap, at, { state: 'unreturned', kind: 'pack-not-returned', sentence: moved(swap) });
  if (!swap.reporting || missingChecks(swap.profile, swap.checks).length === 0) return settle(desk, swap, at);
  const sentence = 'The packs were exchanged, but the station never told how the checks went';
  return waiting(desk, swap, at, { state: 'blocked', kind: 'checks-not-told', sentence });
}

/** Somebody has to look: a line for the operator, who can resolve it. */
function waiting(
  desk: Desk,
  swap: Swap,
  at: Instant,
  { state, kind, sentence }: { readonly state: Stuck; readonly kind: string; readonly sentence: string },
): Swap {
  tell(desk, swap.stationId, kind, sentence, { swapId: swap.id });
  return put(desk, stuck(withProblem(swap, kind, sentence, at), state, desk.at));
}

/** Nobody resolved it: what went out is billed, who got nothing pays nothing. The station is not told that anybody may leave. */
function endStuck(desk: Desk, swap: Swap, at: Instant): Swap {
  const sentence = `Nobody resolved it while it was ${swap.state}: it ended by itself`;
  tell(desk, swap.stationId, 'ended-by-itself', sentence, { swapId: swap.id });
  const now = withProblem(swap, 'ended-by-itself', sentence, at);
  if (swap.given.length === 0) return giveUp(desk, now, 'aborted');
  return put(desk, ended(charged(desk, now, at), desk.at, 'aborted'));
}
