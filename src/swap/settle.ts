// The end of the exchange: checks done, bill made, money moved, vehicle released.
import type { Instant } from '#units';
import { failedChecks, missingChecks } from './checks.ts';
import { type Desk, put, tell } from './desk.ts';
import { billFor, moneyLegs } from './money.ts';
import { patience } from './profile.ts';
import { ended, furthest, goingOn, handedOutAt, isSettled, type Swap, stuck, withProblem, withSteps } from './swap.ts';

/**
 * Goes on as far as the facts allow: blocks on a failed check, waits for missing ones and for packs that are still to move,
 * else settles. A station that tells no steps and checks cannot be waited for; the swap then says that nothing was measured.
 */
export function settleIfComplete(desk: Desk, swap: Swap, at: Instant): Swap {
  if (isSettled(swap) || swap.returned.length === 0 || swap.given.length === 0) return swap;
  const wrong = failedChecks(swap.checks);
  if (wrong.length > 0 || forbiddenOut(swap)) return block(desk, swap, wrong);
  const now = swap.state === 'blocked' ? put(desk, unblocked(desk, swap)) : swap;
  if (now.reporting && missingChecks(now.profile, now.checks).length > 0) return now;
  if (isComplete(now)) return settle(desk, now, at);
  const allOut = now.given.length >= now.count;
  if (!now.reporting && !allOut) return now;
  const isOdd = allOut && desk.stations.get(now.stationId)?.swapOrder === 'In-Out'; // they should have come in before
  const told = isOdd ? withNumbersTold(desk, now, at) : now;
  return put(desk, goingOn(told, desk.at, patience.remaining)); // a vehicle waits in the bay, or has left with all packs
}

/** As many packs came in and went out as the swap is for, one by one or at once; or the driver has his own back. */
function isComplete({ returned, given, count }: Swap): boolean {
  if (Math.min(returned.length, given.length) >= count) return true;
  return given.length >= returned.length && returned.every((it) => given.some((own) => own.code === it.code));
}

/** Packs that must not be on the road: a swap that handed one out is not released. */
export const forbiddenOut = (swap: Swap): boolean => swap.given.some((it) => it.forbidden);

function block(desk: Desk, swap: Swap, wrong: readonly string[]): Swap {
  if (swap.state === 'blocked') return swap;
  const why = wrong.length > 0 ? `failed: ${wrong.join(', ')}` : 'a pack that must not be on the road went out';
  tell(desk, swap.stationId, 'release-blocked', `The vehicle is not released: ${why}`, { swapId: swap.id });
  allowRelease(desk, swap, false);
  return put(desk, stuck(swap, 'blocked', desk.at));
}

const unblocked = (desk: Desk, swap: Swap): Swap =>
  goingOn({ ...swap, state: furthest(swap.steps) }, desk.at, patience.exchanging);

/** Makes the bill of what has happened and books it. A station that tells its steps is asked to let the vehicle go. */
export function settle(desk: Desk, swap: Swap, at: Instant): Swap {
  const settled = charged(desk, swap, at);
  if (!settled.reporting) return release(desk, settled, at);
  allowRelease(desk, settled, true);
  return put(desk, goingOn(settled, desk.at, patience.leaving));
}

/** The same without a word to the station. */
export function charged(desk: Desk, swap: Swap, at: Instant): Swap {
  const now = withNumbersTold(desk, swap, at);
  const bill = billFor(now);
  const ownedAt = handedOutAt(now, desk.at);
  desk.legs.push(...moneyLegs(desk, now, bill, ownedAt));
  const { stationId, checks } = now;
  const [returned, given] = [now.returned, now.given].map((moves) => moves.map((it) => it.code));
  desk.happenings.push({
    subject: `swap:${now.id}`,
    type: 'swap.settled',
    body: { stationId, returned, given, bill, checks },
  });
  const steps = now.reporting ? (['checked', 'settled'] as const) : (['settled'] as const);
  return withSteps({ ...now, bill, ownedAt, state: 'installed' }, at, ...steps);
}

/** What came in, what went out and what was promised should be the same many packs. */
function withNumbersTold(desk: Desk, swap: Swap, at: Instant): Swap {
  const { returned, given, count } = swap;
  const others = swap.problems.filter((it) => it.code !== 'numbers-differ');
  if (returned.length === given.length && given.length >= count) return { ...swap, problems: others };
  const sentence = `${returned.length} pack(s) came in and ${given.length} went out; the swap was for ${count}`;
  if (swap.problems.some((it) => it.sentence === sentence)) return swap;
  tell(desk, swap.stationId, 'numbers-differ', sentence, { swapId: swap.id });
  return withProblem({ ...swap, problems: others }, 'numbers-differ', sentence, at);
}

/** The vehicle has left, or the station told no steps and it is taken to have left. */
export const release = (desk: Desk, swap: Swap, at: Instant): Swap =>
  put(desk, ended(withSteps(swap, at, 'released'), desk.at, 'released'));

/**
 * Tells a station that waits for us whether the vehicle may leave. Part of our documented extension of BatterySwapCtrlr. A
 * swap whose number the station has used anew cannot be named to it any more.
 */
export function allowRelease(desk: Desk, swap: Swap, allowed: boolean): void {
  if (!swap.reporting || swap.requestId === null) return;
  const component = { name: 'BatterySwapCtrlr', instance: String(swap.requestId) };
  const setVariableData = [{ component, variable: { name: 'ReleaseAllowed' }, attributeValue: String(allowed) }];
  desk.commands.push({
    stationId: swap.stationId,
    action: 'SetVariables',
    payload: { setVariableData },
    by: `swap:${swap.id}`,
    tries: 20, // a vehicle waits for it, whatever crashes meanwhile
  });
}
