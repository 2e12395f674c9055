// One charging of one pack in one slot, as its events make it: in order or not, late, twice.
import type { Celsius, Instant, PackCode, Percent, SlotNo, StationId, W, Wh } from '#units';
import { type Gap, gapsFrom, isMissing, withoutGap } from './gaps.ts';

/** One TransactionEvent, in plain units. */
export interface ChargingEvent {
  readonly stationId: StationId;
  readonly transactionId: string;
  readonly kind: 'started' | 'updated' | 'ended';
  /** Counts the events of one transaction from 0. */
  readonly seqNo: number;
  /** When it happened at the station. */
  readonly at: Instant;
  /** The station's clock is wrong: `at` is when we heard of it. */
  readonly undated?: boolean;
  /** The station stored it while it had no connection. */
  readonly offline: boolean;
  readonly slotNo?: SlotNo;
  readonly chargingState?: string;
  readonly stoppedReason?: string;
  /** Lowest and highest reading of the slot's register of imported energy in this event; `since`: the first one's time, when it has several. */
  readonly registerWh?: { readonly lowest: Wh; readonly highest: Wh; readonly since?: Instant };
  /** A reading that no meter can show, in its own words. */
  readonly unread?: string;
  readonly soc?: Percent;
  readonly powerW?: W;
  /** Of the warmest of the pack's thermometers. */
  readonly temperatureC?: Celsius;
  /** The pack may be running away. */
  readonly isAlarming?: true;
}

export interface Transaction {
  readonly stationId: StationId;
  readonly id: string;
  readonly slotNo: SlotNo | null;
  /** The pack that was in the slot when it began, as swaps tell. */
  readonly packCode: PackCode | null;
  /** `cut`: no Ended came, but the pack is gone or charges under another transaction. */
  readonly state: 'open' | 'ended' | 'cut';
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly firstWh: Wh | null;
  readonly lastWh: Wh | null;
  /** Between which instants the register was read. */
  readonly meteredFrom: Instant | null;
  readonly meteredTo: Instant | null;
  /** How much of the energy the ledger has. */
  readonly bookedWh: Wh;
  readonly soc: Percent | null;
  readonly chargingState: string | null;
  readonly stoppedReason: string | null;
  readonly firstSeqNo: number;
  readonly lastSeqNo: number;
  readonly received: number;
  readonly missing: readonly Gap[];
  readonly offline: boolean;
  /** The id under which another transaction goes on, when the station used this one's again. */
  readonly again: string | null;
  readonly updatedAt: Instant;
}

export const transactionKey = (stationId: StationId, id: string): string => `${stationId} ${id}`;

/** Whether this event of the transaction has come before. */
export const isRepeated = (it: Transaction, { seqNo }: ChargingEvent): boolean =>
  seqNo >= it.firstSeqNo && seqNo <= it.lastSeqNo && !isMissing(it.missing, seqNo);

/** A transaction as its first event to arrive shows it. Sequence numbers begin at 0, or wherever a Started is. */
export function begun(event: ChargingEvent, at: Instant): Transaction {
  const firstSeqNo = event.kind === 'started' ? event.seqNo : 0;
  return {
    stationId: event.stationId,
    id: event.transactionId,
    slotNo: event.slotNo ?? null,
    packCode: null,
    state: event.kind === 'ended' ? 'ended' : 'open',
    startedAt: event.at,
    endedAt: event.kind === 'ended' ? event.at : null,
    firstWh: event.registerWh?.lowest ?? null,
    lastWh: event.registerWh?.highest ?? null,
    ...metered({ meteredFrom: null, meteredTo: null }, event),
    bookedWh: 0 as Wh,
    soc: event.soc ?? null,
    chargingState: event.chargingState ?? null,
    stoppedReason: event.stoppedReason ?? null,
    firstSeqNo,
    lastSeqNo: event.seqNo,
    received: 1,
    missing: firstSeqNo < event.seqNo ? [{ from: firstSeqNo, to: event.seqNo }] : [],
    offline: event.offline,
    again: null,
    updatedAt: at,
  };
}

/** The transaction after one more event. Only the newest event says how it stands; a late one fills in what it knows. */
export function merged(before: Transaction, event: ChargingEvent, at: Instant): Transaction {
  const isNewest = event.seqNo > before.lastSeqNo;
  const ends = event.kind === 'ended';
  const firstSeqNo = Math.min(before.firstSeqNo, event.seqNo);
  const gaps = isNewest
    ? event.seqNo > before.lastSeqNo + 1
      ? [...before.missing, { from: before.lastSeqNo + 1, to: event.seqNo }]
      : before.missing
    : event.seqNo < before.firstSeqNo - 1
      ? [{ from: event.seqNo + 1, to: before.firstSeqNo }, ...before.missing]
      : withoutGap(before.missing, event.seqNo);
  const startsHere = event.kind === 'started' && isInFirstGap(before, event.seqNo);
  return {
    ...before,
    slotNo: before.slotNo ?? event.slotNo ?? null,
    state: ends ? 'ended' : before.state,
    startedAt: earlier(before.startedAt, event.at),
    endedAt: ends ? event.at : before.endedAt,
    firstWh: least(before.firstWh, event.registerWh?.lowest),
    lastWh: most(before.lastWh, event.registerWh?.highest),
    ...metered(before, event),
    soc: isNewest ? (event.soc ?? before.soc) : (before.soc ?? event.soc ?? null),
    chargingState: isNewest ? (event.chargingState ?? before.chargingState) : before.chargingState,
    stoppedReason: event.stoppedReason ?? before.stoppedReason,
    firstSeqNo: startsHere ? event.seqNo : firstSeqNo,
    lastSeqNo: Math.max(before.lastSeqNo, event.seqNo),
    received: before.received + 1,
    missing: startsHere ? gapsFrom(gaps, event.seqNo) : gaps,
    offline: before.offline || event.offline,
    updatedAt: at,
  };
}

/** The time of the register's readings, with those of one event more. */
function metered(
  { meteredFrom, meteredTo }: Pick<Transaction, 'meteredFrom' | 'meteredTo'>,
  { registerWh, at, undated }: ChargingEvent,
): Pick<Transaction, 'meteredFrom' | 'meteredTo'> {
  if (!registerWh || undated) return { meteredFrom, meteredTo };
  const from = registerWh.since ? earlier(registerWh.since, at) : at;
  return {
    meteredFrom: meteredFrom ? earlier(meteredFrom, from) : from,
    meteredTo: meteredTo && isAfter(meteredTo, at) ? meteredTo : at,
  };
}

/** Whether a current flows: a station that tells no state of charging is taken to charge until it ends. */
export const isCharging = ({ state, chargingState }: Transaction): boolean =>
  state === 'open' && (chargingState === null || chargingState === 'Charging');

/** Nothing below a Started was ever sent, unless we have it. */
const isInFirstGap = ({ missing: [gap], firstSeqNo }: Transaction, seqNo: number): boolean =>
  gap !== undefined && gap.from === firstSeqNo && seqNo >= gap.from && seqNo < gap.to;

export const isAfter = (a: Instant, b: Instant): boolean => Temporal.Instant.compare(a, b) > 0;
const earlier = (a: Instant, b: Instant): Instant => (isAfter(a, b) ? b : a);
const least = (a: Wh | null, b: Wh | undefined): Wh | null =>
  a === null ? (b ?? null) : b === undefined || a < b ? a : b;
const most = (a: Wh | null, b: Wh | undefined): Wh | null =>
  a === null ? (b ?? null) : b === undefined || a > b ? a : b;
