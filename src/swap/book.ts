// One report of a station on the desk: found is the swap it is about, and the file for what happened decides.
import { sameCase } from '#party';
import type { Fen, Instant, StationId } from '#units';
import { type Desk, put, swapsAt, tell } from './desk.ts';
import { handOut } from './handOut.ts';
import { aborted, checked, stepDone } from './inspect.ts';
import { strand } from './lapse.ts';
import { endedBeforeCheck, inProgress, swapFor, wasTold } from './match.ts';
import { codeOf, type PackReading, setFree } from './moves.ts';
import { withNumber } from './numbers.ts';
import { settleIfComplete } from './settle.ts';
import { hasBegun, isArrivalOnly, type Swap, withProblem } from './swap.ts';
import { takeIn } from './takeIn.ts';
import { arrival } from './unannounced.ts';
import type { CheckName, Step } from './words.ts';

/** What a station tells of a swap; `at` is when it happened, by the station. */
export type SwapReport = { readonly stationId: StationId; readonly requestId: number; readonly at: Instant } & (
  | { readonly kind: 'in' | 'out' | 'out-timeout'; readonly idToken: string; readonly packs: readonly PackReading[] }
  /** Stations that know the driver already say who it is; the number alone may be new to us. */
  | { readonly kind: 'step'; readonly step: Step; readonly idToken?: string }
  | { readonly kind: 'check'; readonly check: CheckName; readonly value: number }
  | { readonly kind: 'aborted'; readonly reason: string }
);

type OfPacks = SwapReport & { kind: 'in' | 'out' | 'out-timeout' };
type OfProgress = SwapReport & { kind: 'step' | 'check' | 'aborted' };

export function book(desk: Desk, report: SwapReport): void {
  if ('packs' in report) bookPacks(desk, report);
  else bookProgress(desk, report);
}

function bookPacks(desk: Desk, report: OfPacks): void {
  const { kind, packs, at, idToken } = report;
  const codes = kind === 'out-timeout' ? [] : packs.map(codeOf);
  const found = swapFor(desk, report, kind === 'in' ? 'returned' : 'given', codes, at);
  if (found === 'again') return;
  const swap = heeded(desk, found, idToken);
  if (kind === 'in') settleIfComplete(desk, takeIn(desk, swap, packs, at), at);
  else if (kind === 'out') settleIfComplete(desk, handOut(desk, swap, packs, at), at);
  else strand(desk, swap, at);
}

function bookProgress(desk: Desk, report: OfProgress): void {
  const { kind, at } = report;
  const found = lateFor(desk, report) ?? inProgress(desk, report) ?? arrived(desk, report);
  const swap = found && 'idToken' in report && report.idToken ? heeded(desk, found, report.idToken) : found;
  if (swap && kind === 'step') stepDone(desk, swap, report.step, at);
  else if (swap && kind === 'check') checked(desk, swap, report.check, report.value, at);
  else if (swap && kind === 'aborted') aborted(desk, swap, report.reason, at);
  else if (!isHarmless(desk, report)) tellUnknown(desk, report);
}

/** What was told of a request that nobody knows stands in the line: nothing else keeps it. */
function tellUnknown(desk: Desk, report: OfProgress): void {
  const { stationId, requestId } = report;
  const [told, facts, about] =
    report.kind === 'step'
      ? [`The step ${report.step}`, { step: report.step }, report.step]
      : report.kind === 'check'
        ? [
            `The check ${report.check}, which measured ${report.value},`,
            { check: report.check, value: report.value },
            report.check,
          ]
        : [`That it was given up (${report.reason})`, { reason: report.reason }, 'aborted'];
  const sentence = `${told} was told of request ${requestId}, which is not under way`;
  tell(desk, stationId, 'swap-unknown', sentence, { requestId, ...facts }, about);
}

/** The swap that ended a moment ago, when a check of it is told only now: a station that tells no steps is not waited for. */
const lateFor = (desk: Desk, report: OfProgress): Swap | undefined =>
  report.kind === 'check' ? endedBeforeCheck(desk, report) : undefined;

/** Somebody known to us arrived: he asks afterwards, or the station lets him swap without asking. */
function arrived(desk: Desk, report: OfProgress): Swap | undefined {
  if (report.kind !== 'step' || !isArrival(report.step)) return undefined;
  const { stationId, requestId, idToken, at } = report;
  if (idToken === undefined || !desk.swappers.has(sameCase(idToken)) || wasTold(desk, report)) return undefined;
  return withNumber(desk, arrival(desk, { stationId, idToken }, at), requestId);
}

const isArrival = (step: Step): boolean => step === 'arrived' || step === 'identified';

/** Somebody came and nothing is under way yet; or it is told again of a swap that has ended. */
function isHarmless(desk: Desk, report: OfProgress): boolean {
  if (report.kind === 'step') return isArrival(report.step) || wasTold(desk, report);
  const { kind, stationId, requestId } = report;
  return swapsAt(desk, stationId).some((it) => {
    if (it.endedAt === null || it.requestId !== requestId) return false;
    return kind === 'check' ? it.checks[report.check]?.value === report.value : it.state === 'aborted';
  });
}

/** A token that was blocked since it asked: as long as nothing has moved, nothing is set aside for it any more. */
function heeded(desk: Desk, swap: Swap, idToken: string): Swap {
  const who = desk.swappers.get(sameCase(idToken));
  const isTold = swap.problems.some((it) => it.code === 'token-not-valid');
  if (!who || who.status === 'active' || hasBegun(swap) || isArrivalOnly(swap) || isTold) return swap;
  const sentence = `The token is ${who.status} since the driver asked: what was set aside for him is free again`;
  tell(desk, swap.stationId, 'token-not-valid', sentence, { swapId: swap.id });
  const legs = setFree(desk, swap, `token ${who.status}`);
  if (legs.length > 0) desk.legs.push(legs);
  const withdrawn = [...swap.withdrawn, ...swap.promised.map((it) => it.code)];
  const now = { ...swap, held: 0 as Fen, promised: [], withdrawn };
  return put(desk, withProblem(now, 'token-not-valid', sentence, desk.at));
}
