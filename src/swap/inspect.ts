// What a station tells between the messages of block S: single steps, safety checks, and that it gave up.
import type { Instant } from '#units';
import { type Desk, put, tell } from './desk.ts';
import { judged, letGoAgain } from './judging.ts';
import { giveUp } from './lapse.ts';
import { release, settleIfComplete } from './settle.ts';
import { hasBegun, isSettled, type Swap, withProblem, withSteps } from './swap.ts';
import type { CheckName, Step } from './words.ts';

/** A step that the station did. `released` while we forbid it is an incident, not a release. */
export function stepDone(desk: Desk, swap: Swap, step: Step, at: Instant): Swap {
  const now = { ...swap, reporting: true };
  if (step !== 'released') return put(desk, withSteps(now, at, step));
  if (isSettled(swap)) return release(desk, now, at);
  if (!hasBegun(swap)) return put(desk, now); // it came and left: nothing was exchanged
  const sentence = 'The station let the vehicle go before the swap was settled';
  tell(desk, swap.stationId, 'released-against-block', sentence, { swapId: swap.id });
  return put(desk, withProblem(now, 'released-against-block', sentence, at));
}

/** A safety check that the station measured. When none of them is failed any more, the block they caused is lifted. */
export function checked(desk: Desk, swap: Swap, check: CheckName, value: number, at: Instant): Swap {
  if (swap.endedAt !== null && swap.checks[check]?.value === value) return swap; // told again
  const checks = { ...swap.checks, [check]: { value, passed: null, demand: '' } };
  const now = put(desk, judged(desk, { ...swap, reporting: true, checks }, at));
  if (!isSettled(swap) && swap.endedAt === null) return settleIfComplete(desk, now, at);
  letGoAgain(desk, swap, now);
  return now;
}

/** The station gave up. Before a pack moved that is the end; after, somebody has to look. */
export function aborted(desk: Desk, swap: Swap, reason: string, at: Instant): Swap {
  const sentence = `The station gave up: ${reason}`;
  tell(desk, swap.stationId, 'swap-aborted', sentence, { swapId: swap.id });
  const now = withProblem(swap, 'aborted', sentence, at);
  return hasBegun(swap) ? put(desk, now) : giveUp(desk, now, 'aborted');
}
