import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Instant, type PackCode, type Percent, type SlotNo, type StationId, type W, Wh } from '#units';
import { type ChargingBooks, decideCharging } from './charging.ts';
import { slotLimit, unlimited } from './metering.ts';
import { mergedChanges } from './station.ts';
import type { ChargingEvent, Transaction } from './transaction.ts';

const stationId = 'SZ-01' as StationId;
const start = Temporal.Instant.from('2026-11-22T08:00:00Z');
const minutes = (count: number): Instant => start.add({ minutes: count });

const event = (seqNo: number, rest: Partial<ChargingEvent> = {}): ChargingEvent => ({
  stationId,
  transactionId: 'tx',
  kind: seqNo === 0 ? 'started' : 'updated',
  seqNo,
  at: minutes(seqNo),
  offline: false,
  slotNo: 3 as SlotNo,
  registerWh: { lowest: Wh(1000 + seqNo * 700), highest: Wh(1000 + seqNo * 700) },
  ...rest,
});

function books(): ChargingBooks {
  return {
    transactions: new Map(),
    openIn: new Map(),
    slots: new Map([['SZ-01 3', { state: 'occupied', stateAt: null, packCode: 'P-1' as PackCode }]]),
    limitOf: () => unlimited,
  };
}

/** What stands in the books after the events came in this order, each in a batch of its own. */
function after(events: readonly ChargingEvent[]) {
  const standing = books();
  let bookedWh = 0;
  const ids = new Set<string>();
  for (const it of events) {
    const decided = decideCharging(standing, [it], start);
    for (const done of decided.transactions) standing.transactions.set(`${done.stationId} ${done.id}`, done);
    for (const [booking] of decided.bookings) {
      assert.ok(booking?.kind === 'posted' && !ids.has(booking.id), 'an id is used once');
      ids.add(booking.id);
      bookedWh += booking.amount;
    }
  }
  return { transaction: standing.transactions.get('SZ-01 tx')!, bookedWh, all: standing.transactions };
}

const whole: readonly ChargingEvent[] = [
  ...Array.from({ length: 12 }, (_, seqNo) => event(seqNo)),
  event(12, { kind: 'ended', stoppedReason: 'EVDisconnected' }),
];
const facts = ({
  state,
  startedAt,
  endedAt,
  firstWh,
  lastWh,
  bookedWh,
  received,
  missing,
  lastSeqNo,
}: Transaction) => ({
  ...{ state, firstWh, lastWh, bookedWh, received, missing, lastSeqNo },
  ...{ startedAt: startedAt.toString(), endedAt: endedAt?.toString() },
});

test('however events are mixed up and repeated, the same transaction comes of them and its energy is booked once', () => {
  const inOrder = after(whole);
  assert.equal(inOrder.bookedWh, 12 * 700);
  const anyOrder = fc
    .shuffledSubarray([...whole], { minLength: whole.length })
    .chain((events) =>
      fc
        .array(fc.constantFrom(...events), { maxLength: 8 })
        .chain((again) => fc.shuffledSubarray([...events, ...again], { minLength: events.length + again.length })),
    );
  fc.assert(
    fc.property(anyOrder, (events) => {
      const mixed = after(events);
      assert.deepEqual(facts(mixed.transaction), facts(inOrder.transaction));
      assert.equal(mixed.bookedWh, inOrder.bookedWh);
    }),
  );
});

test('events that have not arrived are counted as missing, and a late one fills its gap', () => {
  const { transaction } = after([event(0), event(3), event(5)]);
  assert.deepEqual(transaction.missing, [
    { from: 1, to: 3 },
    { from: 4, to: 5 },
  ]);
  assert.equal(transaction.received, 3);
  assert.deepEqual(after([event(0), event(3), event(1), event(2)]).transaction.missing, []);
});

test('a Started that does not begin at 0 says that nothing came before it', () => {
  const { transaction } = after([event(9), event(7, { kind: 'started' })]);
  assert.equal(transaction.firstSeqNo, 7);
  assert.deepEqual(transaction.missing, [{ from: 8, to: 9 }]);
});

test('a Started in a slot closes what was open there before, and the energy of both is booked', () => {
  const next = { transactionId: 'next', at: minutes(30) };
  const { all, bookedWh } = after([event(0), event(1), { ...event(0), ...next }]);
  assert.equal(all.get('SZ-01 tx')?.state, 'cut');
  assert.equal(all.get('SZ-01 tx')?.endedAt?.toString(), minutes(30).toString());
  assert.equal(all.get('SZ-01 next')?.state, 'open');
  assert.equal(bookedWh, 700);
});

test('a stored Started of an older transaction does not close the one that runs now', () => {
  const { all } = after([event(0, { transactionId: 'now', at: minutes(60) }), event(0, { offline: true })]);
  assert.equal(all.get('SZ-01 now')?.state, 'open');
  assert.equal(all.get('SZ-01 tx')?.state, 'cut');
});

test('a late Ended of a cut transaction tells when it really ended', () => {
  const { all } = after([
    event(0),
    { ...event(0), transactionId: 'next', at: minutes(30) },
    event(1, { kind: 'ended', at: minutes(20), registerWh: { lowest: Wh(5000), highest: Wh(5000) } }),
  ]);
  assert.equal(all.get('SZ-01 tx')?.endedAt?.toString(), minutes(20).toString());
  assert.equal(all.get('SZ-01 tx')?.bookedWh, 4000);
  assert.equal(all.get('SZ-01 next')?.state, 'open');
});

test('a slot whose sensor says empty since later is not charging', () => {
  const sensed: ChargingBooks = {
    ...books(),
    slots: new Map([['SZ-01 3', { state: 'empty', stateAt: minutes(10), packCode: null }]]),
  };
  const { transactions, slots } = decideCharging(sensed, [event(0)], start);
  assert.equal(transactions[0]?.state, 'cut');
  assert.deepEqual(slots, []);
});

test('a slot the station does not have, and a register that runs backwards, are lines for the operator', () => {
  const unknown = decideCharging(books(), [event(0, { slotNo: 99 as SlotNo })], start);
  assert.deepEqual(
    unknown.anomalies.map((it) => it.kind),
    ['unknown-slot'],
  );
  const back = event(1, { registerWh: { lowest: Wh(10), highest: Wh(10) } });
  assert.deepEqual(
    decideCharging(books(), [event(0), back], start).anomalies.map((it) => it.kind),
    ['register-backwards'],
  );
});

test('of several changes of one slot the newer state and the newer measurement count', () => {
  const slot = { stationId, slotNo: 3 as SlotNo };
  const [merged] = mergedChanges([
    { ...slot, state: 'occupied', stateAt: minutes(5) },
    { ...slot, state: 'empty', stateAt: minutes(1) },
    { ...slot, transactionId: null },
  ]);
  assert.deepEqual(merged, { ...slot, state: 'occupied', stateAt: minutes(5), transactionId: null });
});

/** Slots that can draw 60 kW, and charge packs of 100 kWh. */
const limited = () => ({ ...books(), limitOf: () => ({ powerW: 60_000 as W, chargeWh: Wh(200_000) }) });

test('a reading that no slot could have drawn is set aside with a line, and what it would have hidden is booked by the next', () => {
  const standing = limited();
  const absurd = { lowest: Wh(151_000), highest: Wh(151_000) };
  const events = [
    event(0),
    event(1),
    event(2, { registerWh: absurd, soc: 40 as Percent }),
    event(30),
    event(31, { kind: 'ended' }),
  ];
  const { transactions, bookings, anomalies } = decideCharging(standing, events, start);
  assert.deepEqual([transactions[0]?.bookedWh, transactions[0]?.soc, transactions[0]?.received], [31 * 700, 40, 5]);
  assert.equal(bookings.length, 1);
  const [line] = anomalies;
  assert.deepEqual(
    anomalies.map((it) => it.kind),
    ['meter-impossible', 'events-missing'],
  );
  assert.match(line!.sentence, /slot 3 would have counted 150000 Wh in 2\.0 min, and the slot can draw 60000 W/);
  assert.equal(line!.facts.highestWh, 151_000);
});

test('readings are judged by when they were taken, in whichever order they come, and not at all by a wrong clock', () => {
  const kinds = (...events: ChargingEvent[]) => decideCharging(limited(), events, start).anomalies.map((it) => it.kind);
  const long = event(100, {
    at: minutes(100),
    registerWh: { lowest: Wh(1000), highest: Wh(71_000), since: minutes(0) },
  });
  assert.deepEqual(kinds({ ...long, kind: 'started' }), []);
  assert.deepEqual(kinds({ ...long, kind: 'started', registerWh: { ...long.registerWh!, since: minutes(99) } }), [
    'meter-impossible',
  ]);
  assert.deepEqual(kinds(event(60), event(0), event(30)), []);
  const late = event(90, { at: minutes(1) });
  assert.deepEqual(kinds(event(0), late), ['meter-impossible']);
  assert.deepEqual(kinds(event(0), { ...late, undated: true }), []);
});

test('more than a pack can take in one transaction is not booked, whatever the clock says and however long it is told to last', () => {
  const undated = { undated: true };
  const absurd = [event(0, { ...undated, ...reading(0) }), event(1, { ...reading(9e10), kind: 'ended' })];
  const long = [
    event(0, { at: start.subtract({ hours: 29 * 24 }), ...reading(0) }),
    event(1, { ...reading(5_000_000), kind: 'ended' }),
  ];
  for (const events of [absurd, long]) {
    const limitOf = () => slotLimit('nio-g3');
    const { bookings, anomalies, transactions } = decideCharging({ ...books(), limitOf }, events, start);
    assert.deepEqual([bookings, transactions[0]!.state, transactions[0]!.bookedWh], [[], 'ended', 0]);
    const [line] = anomalies;
    assert.equal(line!.kind, 'meter-impossible');
    assert.match(line!.sentence, /would have counted \d+ Wh in one transaction.* takes less than \d+ Wh/);
    assert.deepEqual([line!.facts.lowestWh, line!.facts.highestWh], Array(2).fill(events[1]!.registerWh!.highest));
  }
  const [whole] = decideCharging(limited(), [event(0, reading(0)), event(300, reading(110_000))], start).transactions;
  assert.equal(whole!.bookedWh, 110_000, 'a full pack with its losses is');
});

test('a meter that shows what none can is a line, and so is power that no slot draws', () => {
  const told = event(0, { unread: 'Energy.Active.Import.Register -5 Wh', powerW: 900_000 as W });
  const { anomalies, slots } = decideCharging(limited(), [told], start);
  assert.deepEqual(
    anomalies.map((it) => it.kind),
    ['meter-impossible', 'meter-impossible'],
  );
  assert.match(anomalies[0]!.sentence, /what no meter can show: Energy\.Active\.Import\.Register -5 Wh/);
  assert.ok(slots.every((it) => it.powerW === undefined));
});

test('a register that runs backwards is not booked as if it had counted from there', () => {
  const last = event(12, { registerWh: { lowest: Wh(10), highest: Wh(10) }, kind: 'ended' });
  assert.deepEqual([after([event(0), event(10), last]).bookedWh], [7000]);
});

const reading = (wh: number) => ({ registerWh: { lowest: Wh(wh), highest: Wh(wh) } });

test('an id that is used again after its transaction has ended stands for another one, whose energy is booked as well', () => {
  const first = [event(0), event(5), event(6, { kind: 'ended' })];
  const series = (from: number, at: number) => [
    event(0, { at: minutes(at), ...reading(from) }),
    event(1, { at: minutes(at + 10), ...reading(from + 5000) }),
    event(2, { at: minutes(at + 20), ...reading(from + 9000), kind: 'ended' }),
  ];
  for (const again of [series(1000 + 4200, 7), series(20_000, 7), series(0, 60)]) {
    const { all, bookedWh, transaction } = after([...first, ...again, again[1]!, first[0]!]);
    assert.deepEqual([transaction.again, transaction.bookedWh], ['tx~2', 4200]);
    assert.deepEqual(
      [all.get('SZ-01 tx~2')?.state, all.get('SZ-01 tx~2')?.slotNo, bookedWh],
      ['ended', 3, 4200 + 9000],
    );
  }
  const thrice = after([...first, ...series(20_000, 7), ...series(30_000, 60)]);
  assert.deepEqual([thrice.all.size, thrice.bookedWh], [3, 4200 + 18_000]);
  const { anomalies } = decideCharging(books(), [...first, ...series(20_000, 7)], start);
  assert.deepEqual(
    anomalies.map((it) => it.kind),
    ['events-missing', 'transaction-again'],
  );
});

test('events that come again are no new transaction, whatever a wrong clock dates them', () => {
  const first = [event(0), event(1), event(2, { kind: 'ended' })];
  const again = first.map((it) => ({ ...it, at: minutes(90), undated: true }));
  const { all, bookedWh } = after([...first, ...first, ...again]);
  assert.deepEqual([all.size, bookedWh], [1, 1400]);
  const soon = event(0, { at: minutes(3) });
  const unclear = decideCharging(books(), [...first, soon], start);
  assert.deepEqual(
    unclear.anomalies.map((it) => it.kind),
    ['transaction-unclear'],
  );
});

test('of an id that is used again, what is told late of the second use belongs to it and opens no third in its place', () => {
  const used = [event(0, { slotNo: 3 as SlotNo, ...reading(0) }), event(1, { kind: 'ended', ...reading(1000) })];
  const later = event(60, { kind: 'started', seqNo: 0, slotNo: 3 as SlotNo, ...reading(9000) });
  const between = event(30, { kind: 'started', seqNo: 1, slotNo: 4 as SlotNo, ...reading(8000) });
  const { transactions, slots } = decideCharging(books(), [...used, later, between], start.add({ hours: 2 }));
  const again = transactions.filter((it) => it.id.endsWith('~2'));
  assert.deepEqual([transactions.length, again.length, again[0]!.slotNo], [2, 1, 3]);
  assert.deepEqual([...new Set(slots.filter((it) => it.transactionId?.endsWith('~2')).map((it) => it.slotNo))], [3]);
});

test('a charge names the pack that was in the slot when it began, and stops once: when it ends, or when another one begins', () => {
  const standing = books();
  const told = (it: ChargingEvent) =>
    decideCharging(standing, [it], minutes(60)).stopped.map(({ id, packCode }) => [id, packCode]);
  assert.deepEqual(told(event(0)), []);
  assert.deepEqual(told(event(2, { kind: 'ended' })), [['tx', 'P-1']]);
  assert.deepEqual(told(event(1)), [], 'what is told late ends nothing again');
  assert.deepEqual(told(event(0, { transactionId: 'next', at: minutes(10) })), []);
  assert.deepEqual(told(event(0, { transactionId: 'third', at: minutes(20) })), [['next', 'P-1']]);
});

test('a charge that is heard of only when it is over names no pack: who was in the slot then, nobody knows', () => {
  const { stopped } = decideCharging(books(), [event(3, { kind: 'ended' })], minutes(60));
  assert.deepEqual(
    stopped.map((it) => it.packCode),
    [],
  );
});

test('a pack that is full charges no more, though its transaction goes on; when a current flows again, it stops again', () => {
  const standing = books();
  const told = (seqNo: number, chargingState: string, kind: ChargingEvent['kind'] = 'updated') =>
    decideCharging(standing, [event(seqNo, { chargingState, kind })], minutes(60)).stopped.length;
  assert.deepEqual(
    [told(0, 'Charging', 'started'), told(1, 'SuspendedEVSE'), told(2, 'Charging'), told(3, 'SuspendedEVSE')],
    [0, 1, 0, 1],
  );
  assert.equal(told(4, 'Idle', 'ended'), 0, 'it had stopped before');
});
