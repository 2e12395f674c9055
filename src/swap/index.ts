import type { Work } from '#kernel';
import { Refused } from '#kernel';
import { successorsOf } from '#pack';
import type { StationId, SwapId } from '#units';
import { book, type SwapReport } from './book.ts';
import { aborted } from './inspect.ts';
import { giveUp, lapse } from './lapse.ts';
import { openDesk, writeDesk } from './load.ts';
import { inProgress } from './match.ts';
import { codeOf, type PackReading } from './moves.ts';
import { underNewCodes } from './recoded.ts';
import { resolve as decideResolution, type Resolution } from './resolve.ts';
import * as store from './store.ts';
import { hasBegun, type Swap } from './swap.ts';

export { swapChanged, swapCompleted } from './api.ts';
export { authorise, quoteFor, requestSwap, reserve } from './asking.ts';
export type { Authorisation, AuthorisationStatus } from './authorise.ts';
export { demandedChecks } from './checks.ts';
export { swapInvariants } from './invariants.ts';
export { inShort } from './load.ts';
export { type TimedStep, timedSteps } from './profile.ts';
export { look, lookAt } from './store.ts';
export type { Swap } from './swap.ts';
export { cancelAt, demandNoSwap, withdraw } from './withdraw.ts';
export { type CheckName, checkNames, type State, type Step, steps } from './words.ts';
export type { PackReading, SwapReport };

/**
 * Books what stations report, in the order given, in a fixed number of statements. Nothing physical is refused: what
 * does not fit is booked as it happened and told to the operator. A report that was booked before changes nothing.
 */
export async function reported(work: Work, told: readonly SwapReport[]): Promise<void> {
  if (told.length === 0) return;
  const stationIds = [...new Set(told.map((it) => it.stationId))];
  const [open, ended, successors] = await Promise.all([
    store.underWay(work, stationIds),
    store.endedUnder(work, told),
    successorsOf(
      work,
      told.flatMap((it) => ('packs' in it ? it.packs.map(codeOf) : [])),
    ),
  ]);
  const swaps = [...open, ...ended];
  const reports = told.map((it) => underNewCodes(it, successors));
  const idTokens = reports.flatMap((it) => ('idToken' in it && it.idToken !== undefined ? [it.idToken] : []));
  const codes = reports.flatMap((it) => ('packs' in it ? it.packs.map(codeOf) : []));
  const given = reports.flatMap((it) =>
    it.kind === 'out'
      ? it.packs.map((pack) => ({ code: codeOf(pack), stationId: it.stationId, slotNo: pack.slotNo }))
      : [],
  );
  const slots = reports.flatMap((it) =>
    'packs' in it ? it.packs.map(({ slotNo }) => ({ stationId: it.stationId, slotNo })) : [],
  );
  const desk = await openDesk(work, { stationIds, idTokens, codes, given, slots, successors, swaps });
  for (const report of reports) book(desk, report);
  await writeDesk(work, desk);
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
    const swap = inProgress(desk, { stationId, requestId, at: work.at });
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
  const done = giveUp(desk, swap, 'cancelled');
  await writeDesk(work, desk);
  return done;
}

/**
 * Ends a swap that waits for somebody: billed and released, or free of charge. It stands in the record with the reason.
 * @throws Refused `swap-unknown`, `swap-has-ended`, `swap-has-not-begun`, `swap-is-paid`
 */
export async function resolve(work: Work, id: SwapId, resolution: Resolution): Promise<Swap> {
  const swap = await get(work, id);
  const desk = await openDesk(work, { stationIds: [], idTokens: [], codes: [], swaps: [swap] });
  const done = decideResolution(desk, swap, resolution);
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
