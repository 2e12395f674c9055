// The acts around the pure decisions of charging.ts and reading.ts: read, decide, write, each in a few statements.

import { z } from 'zod';
import { event, type Work } from '#kernel';
import { mustPost } from '#ledger';
import type { Instant, SlotNo, StationId } from '#units';
import { wire } from '#units/api';
import { standing } from './again.ts';
import { noteAnomalies } from './anomalies-store.ts';
import { type Charging, cutCharging, decideCharging } from './charging.ts';
import * as store from './charging-store.ts';
import { slotLimit } from './metering.ts';
import { mergedChanges, type SlotChange, slotKey } from './station.ts';
import { changeSlots } from './store.ts';
import { type ChargingEvent, type Transaction, transactionKey } from './transaction.ts';

const chargeEnd = z.object({
  stationId: wire.stationId,
  transactionId: z.string(),
  slotNo: wire.slotNo,
  packCode: wire.packCode,
  startedAt: wire.instant,
  endedAt: wire.instant,
});
export type ChargeEnd = z.output<typeof chargeEnd>;

/**
 * A pack charges no more: it is full, or has to wait, or is gone. In OCPP its transaction may go on until it is taken out, and a
 * current flow again: then that is announced, too. What is told late changes the books and is not announced again.
 */
export const chargeEnded = event('station.chargeEnded', chargeEnd);

/** A pack that charged no more is taken out of its slot: so long it has rested. */
export const restEnded = event('station.restEnded', chargeEnd);

const packAlarm = chargeEnd.pick({ stationId: true, slotNo: true, packCode: true }).extend({
  /** The charge in which it showed; null when it told outside of any. */
  transactionId: z.string().nullable(),
  /** Of the alarming sample. */
  at: wire.instant,
  /** As its slot measures it, when that is what alarms. */
  celsius: z.number().nullable(),
});
export type PackAlarming = z.output<typeof packAlarm>;

/** What a pack in a slot showed may be thermal runaway: somebody has to judge at once. */
export const packAlarming = event('station.packAlarming', packAlarm);

interface Place {
  readonly stationId: StationId;
  readonly slotNo: SlotNo;
}

/** Takes charging events of any stations, each station's in their order; books the energy that flowed in. */
export async function chargingReported(work: Work, events: readonly ChargingEvent[]): Promise<void> {
  if (events.length === 0) return;
  const stationIds = [...new Set(events.map((it) => it.stationId))];
  const [transactions, presets] = await Promise.all([known(work, events), store.presetsOf(work, stationIds)]);
  const places = newPlaces(events, transactions);
  const slots = places.length > 0 ? await store.statesOf(work, places) : [];
  const open = places.length > 0 ? await store.lockOpenIn(work, places) : [];
  for (const it of open) transactions.set(transactionKey(it.stationId, it.id), it);
  const openIn = new Map(
    [...transactions].flatMap(([key, it]) =>
      it.state === 'open' && it.slotNo !== null ? [[slotKey(it.stationId, it.slotNo), key] as const] : [],
    ),
  );
  const limitOf = (stationId: StationId) => slotLimit(presets.get(stationId) ?? '');
  const books = {
    transactions,
    openIn,
    limitOf,
    slots: new Map(slots.map((it) => [slotKey(it.stationId, it.slotNo), it])),
  };
  await write(work, decideCharging(books, events, work.at));
  work.announce(packAlarming, ...events.flatMap((it) => alarmOf(it, transactions)));
}

/** Of a transaction whose pack is known. */
function alarmOf(event: ChargingEvent, transactions: ReadonlyMap<string, Transaction>): PackAlarming[] {
  if (!event.isAlarming) return [];
  const it = standing(transactions, event);
  if (!it?.packCode || it.slotNo === null) return [];
  const { stationId, id: transactionId, slotNo, packCode } = it;
  return [{ stationId, transactionId, slotNo, packCode, at: event.at, celsius: null }];
}

interface SlotAlarm extends Place {
  readonly at: Instant;
  readonly celsius: number | null;
}

/** Alarming readings that no transaction tells: of packs that rest in their slots, which is most of the day. */
export async function slotsAlarming(work: Work, alarms: readonly SlotAlarm[]): Promise<void> {
  if (alarms.length === 0) return;
  const charging = new Map(
    (await store.lockOpenIn(work, alarms)).map((it) => [slotKey(it.stationId, it.slotNo!), it.id]),
  );
  const packs = new Map(
    (await store.statesOf(work, alarms)).map((it) => [slotKey(it.stationId, it.slotNo), it.packCode]),
  );
  work.announce(
    packAlarming,
    ...alarms.flatMap((it) => {
      const key = slotKey(it.stationId, it.slotNo);
      const packCode = packs.get(key);
      return packCode ? [{ ...it, packCode, transactionId: charging.get(key) ?? null }] : [];
    }),
  );
}

/** The transactions of these events, and those that go on under ids used again. */
async function known(work: Work, events: readonly ChargingEvent[]): Promise<Map<string, Transaction>> {
  const found = new Map<string, Transaction>();
  let ids = events.map((it) => ({ stationId: it.stationId, id: it.transactionId }));
  while (ids.length > 0) {
    const rows = await store.lockTransactions(work, ids);
    for (const it of rows) found.set(transactionKey(it.stationId, it.id), it);
    ids = rows.flatMap(({ stationId, again }) => (again === null ? [] : [{ stationId, id: again }]));
  }
  return found;
}

/** Slots in which something may be new: events with a slot whose transaction we do not know, or not where it runs, or whose id may be used again. */
function newPlaces(events: readonly ChargingEvent[], known: ReadonlyMap<string, Transaction>): Place[] {
  const places = new Map<string, Place>();
  for (const event of events) {
    const { stationId, kind } = event;
    const it = standing(known, event);
    const slotNo = event.slotNo ?? it?.slotNo ?? undefined;
    const mayBeNew = it === undefined || it.slotNo === null || it.state !== 'open' || kind === 'started';
    if (slotNo !== undefined && mayBeNew) places.set(slotKey(stationId, slotNo), { stationId, slotNo });
  }
  return [...places.values()];
}

/** Writes slots, and ends what charged in those that are empty now. Its Ended may still come. */
export async function writeSlots(work: Work, changes: readonly SlotChange[]): Promise<void> {
  const merged = mergedChanges(changes);
  const emptied = merged.filter((it) => it.state === 'empty');
  const sensedAt = new Map(emptied.map((it) => [slotKey(it.stationId, it.slotNo), it.stateAt]));
  const sinceOf = (it: Transaction) => sensedAt.get(slotKey(it.stationId, it.slotNo!));
  const open = emptied.length > 0 ? await store.lockOpenIn(work, emptied) : [];
  const cut = open.filter((it) => !startedAfter(it, sinceOf(it)));
  await changeSlots(work, merged);
  if (cut.length > 0)
    await write(
      work,
      cutCharging(cut, (it) => sinceOf(it) ?? work.at, work.at),
    );
}

/** Never after a slot that is empty now. */
const startedAfter = (it: Transaction, at: Instant | undefined): boolean =>
  at !== undefined && Temporal.Instant.compare(it.startedAt, at) > 0;

async function write(
  work: Work,
  { transactions, stopped, rested, slots, bookings, anomalies }: Charging,
): Promise<void> {
  if (transactions.length > 0) await store.putTransactions(work, transactions);
  await changeSlots(work, mergedChanges(slots));
  if (bookings.length > 0) await mustPost(work, bookings);
  await noteAnomalies(work, anomalies);
  work.announce(chargeEnded, ...stopped.flatMap((it) => endOf(it, work.at)));
  work.announce(restEnded, ...rested.flatMap((it) => endOf(it, work.at)));
}

/** Of a charge whose pack is known. */
function endOf(
  { stationId, id, slotNo, packCode, startedAt, endedAt, meteredTo }: Transaction,
  at: Instant,
): ChargeEnd[] {
  if (!packCode || slotNo === null) return [];
  return [{ stationId, transactionId: id, slotNo, packCode, startedAt, endedAt: endedAt ?? meteredTo ?? at }];
}
