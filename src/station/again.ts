// Stations that use a transaction's id again after it has ended. The standard forbids it, and the energy flows all the same:
// what comes under the id from then on is another transaction, `<id>~2`.
import type { Anomaly } from './anomaly.ts';
import { type ChargingEvent, isAfter, isRepeated, type Transaction, transactionKey } from './transaction.ts';

/** Two good clocks may differ by so much; within it nobody can tell a new Started from an old one that came again. */
const CLOCKS_DIFFER_MS = 5 * 60_000;

/** The transaction that an event under this id is about, as far as we know it. */
export function standing(known: ReadonlyMap<string, Transaction>, event: ChargingEvent): Transaction | undefined {
  let found = known.get(transactionKey(event.stationId, event.transactionId));
  while (found?.again) {
    const next = known.get(transactionKey(found.stationId, found.again));
    if (!next || (!event.undated && isAfter(next.startedAt, event.at))) break;
    found = next;
  }
  return found;
}

/**
 * `anew`: it begins another transaction under an id that is used up. `unclear`: perhaps it does. Energy above all that
 * was ever counted is new; so is a Started that shows where the last one ended, or that happened well after its end.
 */
export function renewal(before: Transaction, event: ChargingEvent): 'anew' | 'unclear' | 'same' {
  const starts = event.kind === 'started';
  const repeats = isRepeated(before, event);
  const end = before.endedAt ?? (starts ? before.startedAt : null);
  if ((!starts && !repeats) || end === null) return 'same';
  if (!event.undated && !isAfter(event.at, end)) return 'same';
  const { firstWh, lastWh } = before;
  if (event.registerWh && firstWh !== null && lastWh !== null) {
    const { lowest } = event.registerWh;
    if (lowest > lastWh || (starts && lowest === lastWh && lastWh > firstWh)) return 'anew';
  }
  if (!starts || !repeats || event.undated || before.state === 'open') return 'same';
  return isAfter(event.at, end.add({ milliseconds: CLOCKS_DIFFER_MS })) ? 'anew' : 'unclear';
}

/** `tx`, `tx~2`, `tx~3` … */
export function idAgain(id: string): string {
  const [, stem = id, times = '1'] = /^(.*)~(\d+)$/.exec(id) ?? [];
  return `${stem}~${Number(times) + 1}`;
}

export const usedAgain = ({ stationId, transactionId, seqNo }: ChargingEvent, as: string | undefined): Anomaly => ({
  stationId,
  kind: as === undefined ? 'transaction-unclear' : 'transaction-again',
  sentence:
    as === undefined
      ? `Transaction ${transactionId} had ended and a Started came under its id a moment later: old or new, it was left aside`
      : `Transaction ${transactionId} had ended and its id is used again: what follows is kept as ${as}`,
  facts: { transactionId, seqNo, ...(as !== undefined && { as }) },
});
