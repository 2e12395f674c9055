// What the checks of a swap come to. They are measured on the packs that went out, and may be told before those are: so all
// of them are judged again whenever one is told or a pack goes out.
import { packModel } from '#pack';
import type { Instant } from '#units';
import { type CheckResult, failedChecks, judge } from './checks.ts';
import { type Desk, tell } from './desk.ts';
import { allowRelease, forbiddenOut } from './settle.ts';
import { isSettled, type Swap, withProblem } from './swap.ts';
import type { CheckName } from './words.ts';

/** The swap with its checks judged by the packs that are known to have gone out. What fails now and did not is a problem. */
export function judged(desk: Desk, swap: Swap, at: Instant): Swap {
  const rated = ratedMatings(desk, swap);
  const results = Object.entries(swap.checks) as [CheckName, CheckResult][];
  const checks = Object.fromEntries(results.map(([it, { value }]) => [it, judge(swap.profile, it, value, rated)]));
  let now: Swap = { ...swap, checks };
  for (const it of failedChecks(now.checks)) now = withFailure(desk, now, it, at);
  return now;
}

function withFailure(desk: Desk, swap: Swap, check: CheckName, at: Instant): Swap {
  const { value, demand } = swap.checks[check]!;
  const sentence = `${check}: measured ${value}, demanded ${demand}`;
  if (!isSettled(swap) && swap.endedAt === null) return withProblem(swap, `check-${check}`, sentence, at);
  const late = `${sentence}; told after the swap was ${isSettled(swap) ? 'settled' : swap.state}`;
  const now = withProblem(swap, LATE, late, at);
  if (now !== swap) tell(desk, swap.stationId, LATE, late, { swapId: swap.id, check, value, demand }, check);
  return now;
}

const LATE = 'check-failed-late';

/** A vehicle that was let go and still stands there is told when that changes. */
export function letGoAgain(desk: Desk, before: Swap, now: Swap): void {
  if (now.endedAt !== null) return;
  const mayLeave = (it: Swap) => failedChecks(it.checks).length === 0 && !forbiddenOut(it);
  if (mayLeave(before) !== mayLeave(now)) allowRelease(desk, now, mayLeave(now));
}

/** How many matings the worst-rated of the packs handed out stands; undefined while none is. A pack we do not know stands none. */
function ratedMatings(desk: Desk, { given }: Swap): number | undefined {
  if (given.length === 0) return undefined;
  const packs = given.map(({ code }) => desk.packs.get(code));
  return Math.min(...packs.map((it) => (it ? (packModel(it.model)?.ratedMatings ?? 0) : 0)));
}
