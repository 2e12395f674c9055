// What charges in the slots (OCPP 2.1 use case S04), decided from the events as they come: in order or not, late, twice.
import type { Linked } from '#ledger';
import type { Instant, PackCode, SlotNo, StationId, W, Wh } from '#units';
import { idAgain, renewal, standing, usedAgain } from './again.ts';
import type { Anomaly } from './anomaly.ts';
import { credible, type SlotLimit, unlimited } from './metering.ts';
import { type SlotChange, slotKey } from './station.ts';
import {
  begun,
  type ChargingEvent,
  isAfter,
  isCharging,
  isRepeated,
  merged,
  type Transaction,
  transactionKey,
} from './transaction.ts';

/** What the decision has to know. */
export interface ChargingBooks {
  /** The most that a slot of this station can do. */
  readonly limitOf: (stationId: StationId) => SlotLimit;
  /** By `transactionKey`: those the events name, and the open ones in the slots where events speak of a new one. */
  readonly transactions: Map<string, Transaction>;
  /** The open transaction of a slot, by `slotKey`. */
  readonly openIn: Map<string, string>;
  /** Slots of which events speak of a new transaction, by `slotKey`; a slot the station does not have is missing. */
  readonly slots: ReadonlyMap<string, KnownSlot>;
}

export interface KnownSlot {
  readonly state: string;
  readonly stateAt: Instant | null;
  readonly packCode: PackCode | null;
}

export interface Charging {
  readonly transactions: readonly Transaction[];
  /** Those of them in which no current flows any more, since just now: full, suspended, or over. */
  readonly stopped: readonly Transaction[];
  /** Those that are over since just now, and in which no current flowed any more before. */
  readonly rested: readonly Transaction[];
  readonly slots: readonly SlotChange[];
  readonly bookings: readonly Linked[];
  readonly anomalies: readonly Anomaly[];
}

/** While a pack charges, energy goes to the ledger in portions of at least this much; the rest goes when it ends. */
const PORTION_WH = 5000;

/** Takes the events in the order given. One that came before, by transaction and sequence number, changes nothing. */
export function decideCharging(books: ChargingBooks, events: readonly ChargingEvent[], at: Instant): Charging {
  const draft = newDraft(books, at);
  for (const event of events) takeOne(draft, event);
  return booked(draft);
}

/** Ends what charges in slots that are empty now; a late Ended will still be merged. */
export function cutCharging(
  open: readonly Transaction[],
  endedAt: (transaction: Transaction) => Instant,
  at: Instant,
): Charging {
  const transactions = new Map(open.map((it) => [transactionKey(it.stationId, it.id), it]));
  const limitOf = () => unlimited;
  const books: ChargingBooks = { transactions, openIn: new Map(), slots: new Map(), limitOf };
  const draft = newDraft(books, at);
  for (const it of open) {
    put(draft, { ...it, state: 'cut', endedAt: endedAt(it), updatedAt: at });
    if (it.slotNo !== null) draft.slots.push(freed(it.stationId, it.slotNo));
  }
  return booked(draft);
}

interface Draft {
  readonly books: ChargingBooks;
  readonly at: Instant;
  readonly changed: Set<string>;
  readonly stopped: Set<string>;
  readonly rested: Set<string>;
  readonly slots: SlotChange[];
  readonly anomalies: Anomaly[];
}

const newDraft = (books: ChargingBooks, at: Instant): Draft => ({
  ...{ books, at, changed: new Set(), stopped: new Set(), rested: new Set(), slots: [], anomalies: [] },
});

function put(draft: Draft, transaction: Transaction): void {
  const key = transactionKey(transaction.stationId, transaction.id);
  const before = draft.books.transactions.get(key);
  draft.books.transactions.set(key, transaction);
  draft.changed.add(key);
  if (before && isCharging(before) && !isCharging(transaction)) draft.stopped.add(key);
  if (before?.state === 'open' && !isCharging(before) && transaction.state !== 'open') draft.rested.add(key);
}

function takeOne(draft: Draft, told: ChargingEvent): void {
  const known = standing(draft.books.transactions, told);
  const { before, transactionId, slotNo } = goesOn(draft, known, told);
  if (before && isRepeated(before, told)) return;
  const named = { ...told, transactionId, ...(slotNo && { slotNo }) };
  const { event, doubts } = credible(before, named, draft.books.limitOf(told.stationId));
  draft.anomalies.push(...doubts);
  const after = before ? merged(before, event, draft.at) : begun(event, draft.at);
  const key = transactionKey(event.stationId, transactionId);
  put(draft, after);
  if (after.slotNo !== null) settleSlot(draft, { event, before, after, key, slotNo: after.slotNo });
  if (event.kind === 'ended' && after.missing.length > 0) noteMissing(draft, after);
}

/** Which transaction an event belongs to, under the id that we keep it by. */
function goesOn(draft: Draft, known: Transaction | undefined, event: ChargingEvent) {
  if (!known) return { before: undefined, transactionId: event.transactionId };
  const use = renewal(known, event);
  if (use === 'unclear') draft.anomalies.push(usedAgain(event, undefined));
  if (use !== 'anew') return { before: known, transactionId: known.id };
  // It was begun anew before, by an event that is later: this one belongs to that, and is told late.
  const next = draft.books.transactions.get(transactionKey(known.stationId, known.again ?? ''));
  if (next) return { before: next, transactionId: next.id };
  const again = idAgain(known.id);
  draft.anomalies.push(usedAgain(event, again));
  put(draft, { ...known, again, updatedAt: draft.at });
  return { before: undefined, transactionId: again, slotNo: event.slotNo ?? known.slotNo };
}

interface Step {
  readonly event: ChargingEvent;
  readonly before: Transaction | undefined;
  readonly after: Transaction;
  readonly key: string;
  readonly slotNo: SlotNo;
}

/** At most one transaction is open in a slot: the one that started last. */
function settleSlot(draft: Draft, { event, before, after, key, slotNo }: Step): void {
  const { books } = draft;
  const slot = slotKey(after.stationId, slotNo);
  const isNewHere = before === undefined || before.slotNo === null;
  if (isNewHere && !books.slots.has(slot)) noteUnknownSlot(draft, after, slotNo);
  if (after.state !== 'open') {
    if (books.openIn.get(slot) !== key) return;
    books.openIn.delete(slot);
    draft.slots.push({ ...measured(event), ...freed(after.stationId, slotNo) });
    return;
  }
  if (isNewHere) {
    const endedAt = overtakenAt(books, slot, after);
    if (endedAt) {
      put(draft, { ...after, state: 'cut', endedAt });
      return;
    }
    const current = books.transactions.get(books.openIn.get(slot) ?? '');
    if (current) put(draft, { ...current, state: 'cut', endedAt: after.startedAt, updatedAt: draft.at });
    books.openIn.set(slot, key);
    const packCode = books.slots.get(slot)?.packCode ?? null;
    if (packCode) put(draft, { ...after, packCode });
    draft.slots.push({ stationId: after.stationId, slotNo, state: 'occupied', stateAt: event.at });
  }
  if (event.seqNo === after.lastSeqNo)
    draft.slots.push({ stationId: after.stationId, slotNo, transactionId: after.id, ...measured(event) });
}

/** When something newer is known of the slot than that this transaction runs in it: since when. */
function overtakenAt(books: ChargingBooks, slot: string, { startedAt }: Transaction): Instant | undefined {
  const current = books.transactions.get(books.openIn.get(slot) ?? '');
  if (current && isAfter(current.startedAt, startedAt)) return current.startedAt;
  const sensed = books.slots.get(slot);
  return sensed?.state === 'empty' && sensed.stateAt && isAfter(sensed.stateAt, startedAt) ? sensed.stateAt : undefined;
}

const freed = (stationId: StationId, slotNo: SlotNo): SlotChange => ({
  stationId,
  slotNo,
  transactionId: null,
  powerW: 0 as W,
});

const measured = ({ at, soc, powerW, temperatureC }: ChargingEvent) => ({
  measuredAt: at,
  ...(soc !== undefined && { soc }),
  ...(powerW !== undefined && { powerW }),
  ...(temperatureC !== undefined && { temperatureC, temperatureAt: at }),
});

/** Brings the ledger up to what the registers show. Its transfer's id is the total booked, so nothing is booked twice. */
function booked(draft: Draft): Charging {
  const bookings: Linked[] = [];
  const transactions = [...draft.changed].map((key) => {
    const it = draft.books.transactions.get(key)!;
    const totalWh = it.firstWh === null || it.lastWh === null ? 0 : it.lastWh - it.firstWh;
    const newWh = totalWh - it.bookedWh;
    if (newWh <= 0 || (it.state === 'open' && newWh < PORTION_WH)) return it;
    bookings.push([energyFromGrid(it, totalWh, newWh)]);
    return { ...it, bookedWh: totalWh as Wh };
  });
  const those = (keys: ReadonlySet<string>) =>
    transactions.filter((it) => keys.has(transactionKey(it.stationId, it.id)));
  const [stopped, rested] = [those(draft.stopped), those(draft.rested)];
  return { transactions, stopped, rested, slots: draft.slots, bookings, anomalies: draft.anomalies };
}

/** Each station has its own connection to the grid, and so an account that no other station's work waits for. */
const energyFromGrid = ({ stationId, id }: Transaction, totalWh: number, amount: number) =>
  ({
    kind: 'posted',
    id: `charge/${stationId}/${id}/${totalWh}`,
    debit: { unit: 'energy', asset: 'Wh', holder: `outside:grid/${stationId}` },
    credit: { unit: 'energy', asset: 'Wh', holder: `station:${stationId}` },
    amount,
    reason: 'charging in the slot',
  }) as const;

function noteMissing(draft: Draft, { stationId, id, missing }: Transaction): void {
  draft.anomalies.push({
    stationId,
    kind: 'events-missing',
    sentence: `Transaction ${id} ended, and ${missing.reduce((sum, it) => sum + it.to - it.from, 0)} of its events have not arrived`,
    facts: { transactionId: id, missing },
  });
}

function noteUnknownSlot(draft: Draft, { stationId, id }: Transaction, slotNo: SlotNo): void {
  draft.anomalies.push({
    stationId,
    kind: 'unknown-slot',
    sentence: `Transaction ${id} runs in slot ${slotNo}, which this station does not have`,
    facts: { transactionId: id, slotNo },
  });
}
