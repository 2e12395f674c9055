import type { Work } from '#kernel';
import { Refused } from '#kernel';
import type { Instant, StationId, SwapId } from '#units';
import type { CheckName } from './checks.ts';
import { type Desk, tell } from './desk.ts';
import { handOut } from './handOut.ts';
import { aborted, checked, inProgress, stepDone } from './inspect.ts';
import { giveUp, lapse, strand } from './lapse.ts';
import { openDesk, writeDesk } from './load.ts';
import { begunOffline, swapFor } from './match.ts';
import { codeOf, type PackReading } from './moves.ts';
import { settleIfComplete } from './settle.ts';
import * as store from './store.ts';
import { hasBegun, type Step, type Swap } from './swap.ts';
import { takeIn } from './takeIn.ts';

export { swapChanged, swapCompleted } from './api.ts';
export { authorise, quoteFor, requestSwap, reserve } from './asking.ts';
export type { Authorisation, AuthorisationStatus } from './authorise.ts';
export { type CheckName, checkNames, demandedChecks } from './checks.ts';
export { swapInvariants } from './invariants.ts';
export { inShort } from './load.ts';
export { type TimedStep, timedSteps } from './profile.ts';
export { look, lookAt } from './store.ts';
export { type State, type Step, type Swap, steps } from './swap.ts';

/** What a station tells of a swap; `at` is when it happened, by the station. */
export type SwapReport = { readonly stationId: StationId; readonly requestId: number; readonly at: Instant } & (
  | { readonly kind: 'in' | 'out' | 'out-timeout'; readonly idToken: string; readonly packs: readonly PackReading[] }
  /** Stations that know the driver already say who it is; the number alone may be new to us. */
  | { readonly kind: 'step'; readonly step: Step; readonly idToken?: string }
  | { readonly kind: 'check'; readonly check: CheckName; readonly value: number }
  | { readonly kind: 'aborted'; readonly reason: string }
);
export type { PackReading };

/**
 * Books what stations report, in the order given, in a fixed number of statements. Nothing physical is refused: what
 * does not fit is booked as it happened and told to the operator. A report that was booked before changes nothing.
 */
export async function reported(work: Work, reports: readonly SwapReport[]): Promise<void> {
  if (reports.length === 0) return;
  const stationIds = [...new Set(reports.map((it) => it.stationId))];
  const idTokens = reports.flatMap((it) => ('idToken' in it ? [it.idToken] : []));
  const codes = reports.flatMap((it) => ('packs' in it ? it.packs.map(codeOf) : []));
  const given = reports.flatMap((it) => (it.kind === 'out' ? it.packs.map(codeOf) : []));
  const slots = reports.flatMap((it) =>
    'packs' in it ? it.packs.map(({ slotNo }) => ({ stationId: it.stationId, slotNo })) : [],
  );
  const swaps = (await Promise.all([store.underWay(work, stationIds), store.endedUnder(work, reports)])).flat();
  const desk = await openDesk(work, { stationIds, idTokens, codes, given, slots, swaps });
  for (const report of reports) book(desk, report);
  await writeDesk(work, desk);
}

function book(desk: Desk, report: SwapReport): void {
  if ('packs' in report) bookPacks(desk, report);
  else bookProgress(desk, report);
}

function bookPacks(desk: Desk, report: SwapReport & { kind: 'in' | 'out' | 'out-timeout' }): void {
  const { kind, packs, at } = report;
  const swap = swapFor(
    desk,
    report,
    kind === 'in' ? 'returned' : 'given',
    kind === 'out-timeout' ? [] : packs.map(codeOf),
    at,
  );
  if (swap === 'again') return;
  if (kind === 'in') settleIfComplete(desk, takeIn(desk, swap, packs, at), at);
  else if (kind === 'out') settleIfComplete(desk, handOut(desk, swap, packs, at), at);
  else strand(desk, swap, at);
}

function bookProgress(desk: Desk, report: SwapReport & { kind: 'step' | 'check' | 'aborted' }): void {
  const { kind, stationId, requestId, at } = report;
  const swap = inProgress(desk, report);
  if (!swap) {
    if (kind === 'step' && (report.step === 'arrived' || report.step === 'identified')) {
      const begun = begunOffline(desk, report);
      if (begun) stepDone(desk, begun, report.step, at);
      return; // else he may ask afterwards, or not at all: nothing is under way yet, and nothing is wrong
    }
    tell(desk, stationId, 'swap-unknown', `A ${kind} was told of request ${requestId}, which is not under way`);
  } else if (kind === 'step') stepDone(desk, swap, report.step, at);
  else if (kind === 'check') checked(desk, swap, report.check, report.value, at);
  else aborted(desk, swap, report.reason, at);
}

/** The answer of a station to RequestBatterySwap: a swap that it rejects is over before it began. */
export async function requestAnswered(
  work: Work,
  answers: readonly {
    readonly stationId: StationId;
    readonly requestId: number;
    readonly accepted: boolean;
    readonly reasonCode?: string;
  }[],
): Promise<void> {
  const rejected = answers.filter((it) => !it.accepted);
  if (rejected.length === 0) return;
  const stationIds = rejected.map((it) => it.stationId);
  const desk = await openDesk(work, {
    stationIds,
    idTokens: [],
    codes: [],
    swaps: await store.underWay(work, stationIds),
  });
  for (const { stationId, requestId, reasonCode } of rejected) {
    const swap = inProgress(desk, { stationId, requestId });
    if (swap && !hasBegun(swap)) aborted(desk, swap, reasonCode ?? 'rejected', work.at);
  }
  await writeDesk(work, desk);
}

/**
 * Gives a swap back in which no pack has moved: packs and money are free again.
 * @throws Refused `swap-unknown`, `swap-has-begun`
 */
export async function cancel(work: Work, id: SwapId): Promise<Swap> {
  const swap = await get(work, id);
  if (swap.endedAt !== null) return swap;
  if (hasBegun(swap))
    throw new Refused('swap-has-begun', 'A pack has moved already: finish the swap at the station', { id });
  const desk = await openDesk(work, { stationIds: [], idTokens: [], codes: [], swaps: [swap] });
  const done = giveUp(desk, swap, 'cancelled', work.at);
  await writeDesk(work, desk);
  return done;
}

/** One swap, locked until the work ends. @throws Refused `swap-unknown` */
export async function get(work: Work, id: SwapId): Promise<Swap> {
  const swap = await store.get(work, id);
  if (!swap) throw new Refused('swap-unknown', `There is no swap ${id}`, { id }, 404);
  return swap;
}

/** Ends what does not go on. @returns how many swaps lapsed */
export async function sweep(work: Work, most = 500): Promise<number> {
  const swaps = await store.overdue(work, most);
  if (swaps.length > 0) {
    const desk = await openDesk(work, { stationIds: [], idTokens: [], codes: [], swaps });
    for (const swap of swaps) lapse(desk, swap, work.at);
    await writeDesk(work, desk);
  }
  return swaps.length;
}
