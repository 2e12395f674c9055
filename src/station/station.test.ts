import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { check, type Work } from '#kernel';
import { accounts, balance } from '#ledger';
import type { StationPresetId } from '#pack';
import * as station from '#station';
import type { PackCode, PartyId, Percent, SlotNo, StationId, W, Wh } from '#units';
import { rolledBack } from '../../test/work.ts';

const A = 'SZ-01' as StationId;
const B = 'SZ-02' as StationId;
const slot = (no: number) => no as SlotNo;
const bytes = (size: number) => new Uint8Array(size).fill(1);

export const newStation = (id: StationId, rest: Partial<station.NewStation> = {}): station.NewStation => ({
  id,
  name: `Station ${id}`,
  operatorId: 'op' as PartyId,
  presetId: 'upower-8' as StationPresetId,
  place: { latitude: 22.5, longitude: 114.1 },
  timeZone: 'Asia/Shanghai',
  swapOrder: 'In-Out',
  securityProfile: 1,
  ...rest,
});

const slots = async (work: Work, id = A) => (await station.slotsOf(work, [id])).get(id)!;
const holds = async (work: Work) =>
  assert.deepEqual(
    (await check(work, station.stationInvariants)).filter((it) => it.violations.length > 0),
    [],
  );

test(
  'registering stations again changes nothing and gives away no password',
  rolledBack(async (work) => {
    const first = await station.register(work, [newStation(A), newStation(B, { securityProfile: 3 })], bytes);
    assert.deepEqual([...first.keys()], [A]);
    assert.equal((await station.register(work, [newStation(A, { name: 'Other' })], bytes)).size, 0);
    assert.equal((await station.find(work, [A])).get(A)?.name, `Station ${A}`);
    assert.equal((await slots(work)).length, 8);
    const [right] = await station.admit(work, [
      { stationId: A, tls: false, basic: { user: A, password: first.get(A)! } },
    ]);
    assert.equal(right?.admitted, true);
  }),
);

test(
  'a station with a preset that is not in the catalogue is refused by its field',
  rolledBack(async (work) => {
    const odd = newStation(A, { presetId: 'none' as StationPresetId });
    await assert.rejects(station.register(work, [odd], bytes), { code: 'preset-unknown' });
  }),
);

test(
  'a pack that is set into a slot is in no other slot any more',
  rolledBack(async (work) => {
    await station.register(work, [newStation(A), newStation(B)], bytes);
    const packCode = 'P1' as PackCode;
    await station.setSlots(work, [{ stationId: A, slotNo: slot(1), state: 'occupied', packCode }]);
    await station.setSlots(work, [{ stationId: B, slotNo: slot(2), state: 'occupied', packCode, soc: 50 as Percent }]);
    assert.equal((await slots(work))[0]?.packCode, null);
    assert.equal((await slots(work, B))[1]?.packCode, packCode);
    await holds(work);
  }),
);

test(
  'a sensor that says empty too early does not lose which pack is there',
  rolledBack(async (work) => {
    await station.register(work, [newStation(A)], bytes);
    const packCode = 'P1' as PackCode;
    await station.setSlots(work, [{ stationId: A, slotNo: slot(1), state: 'occupied', packCode }]);
    const reading = { stationId: A, component: 'connector', slotNo: slot(1), variable: 'availabilitystate' };
    await station.variablesReported(work, [{ ...reading, value: 'Available', at: work.at }]);
    assert.equal((await slots(work))[0]?.state, 'empty');
    assert.equal((await slots(work))[0]?.packCode, packCode);
    await station.variablesReported(work, [
      { ...reading, value: 'Occupied', at: work.at.subtract({ seconds: 5 }) }, // older: changes nothing
    ]);
    assert.equal((await slots(work))[0]?.state, 'empty');
    const [variable] = await station.variablesOf(work, A);
    assert.equal(variable?.component, 'Connector');
    assert.equal(variable?.variable, 'AvailabilityState');
    assert.equal(variable?.value, 'Available');
  }),
);

test(
  'what a cartridge reports of its charge and health is what the slot shows',
  rolledBack(async (work) => {
    await station.register(work, [newStation(A)], bytes);
    const cartridge = { stationId: A, component: 'BatteryCartridge', slotNo: slot(2), at: work.at };
    await station.variablesReported(work, [
      { ...cartridge, variable: 'soc', value: '64.5' },
      { ...cartridge, variable: 'SoH', value: '97' },
      { ...cartridge, variable: 'Available', value: 'true' },
      { ...cartridge, variable: 'SoC', value: '120' }, // no percentage: kept as said, not believed
    ]);
    const [, second] = await slots(work);
    assert.deepEqual([second?.soc, second?.soh, second?.state], [64.5, 97, 'occupied']);
  }),
);

test(
  'a slot shows how warm its pack is and whether its lock holds, each with its time; an older report undoes neither',
  rolledBack(async (work) => {
    await station.register(work, [newStation(A)], bytes);
    const cartridge = { stationId: A, component: 'BatteryCartridge', slotNo: slot(2), at: work.at };
    const connector = { ...cartridge, component: 'Connector', connectorId: 1 };
    const earlier = work.at.subtract({ minutes: 5 });
    await station.variablesReported(work, [
      { ...cartridge, variable: 'Temperature', value: '31.5' },
      { ...cartridge, variable: 'Temperature', value: '4000' }, // a broken sensor says nothing
      { ...connector, variable: 'SlotStatus', value: 'locked' },
    ]);
    await station.variablesReported(work, [
      { ...cartridge, at: earlier, variable: 'Temperature', value: '20' },
      { ...connector, at: earlier, variable: 'SlotStatus', value: 'Open' },
    ]);
    const [, second] = await slots(work);
    assert.deepEqual([second?.temperatureC, second?.lock], [31.5, 'locked']);
    assert.ok(second?.temperatureAt?.equals(work.at) && second.lockAt?.equals(work.at));

    await station.variablesReported(work, [{ ...cartridge, variable: 'Available', value: 'false' }]);
    assert.equal((await slots(work))[1]?.temperatureC, null, 'a slot that holds no pack has no temperature');
  }),
);

const started = (
  at: station.ChargingEvent['at'],
  rest: Partial<station.ChargingEvent> = {},
): station.ChargingEvent => ({
  stationId: A,
  transactionId: 'tx',
  kind: 'started',
  seqNo: 0,
  at,
  offline: false,
  slotNo: slot(1),
  registerWh: { lowest: 100 as Wh, highest: 100 as Wh },
  ...rest,
});

test(
  'energy that a slot took from the grid is in the ledger once, in portions while it charges and wholly at the end',
  rolledBack(async (work) => {
    await station.register(work, [newStation(A)], bytes);
    const stored = async () => {
      const found = await accounts(work, [{ unit: 'energy', asset: 'Wh', holder: `station:${A}` }]);
      return [...found.values()].map(balance)[0] ?? 0;
    };
    const update = (seqNo: number, wh: number): station.ChargingEvent =>
      started(work.at.add({ minutes: seqNo }), {
        kind: 'updated',
        seqNo,
        soc: 40 as Percent,
        powerW: 30_000 as W,
        registerWh: { lowest: wh as Wh, highest: wh as Wh },
      });
    await station.chargingReported(work, [started(work.at)]);
    await station.chargingReported(work, [update(1, 600)]);
    assert.equal(await stored(), 0, 'less than a portion waits');
    await station.chargingReported(work, [update(2, 6100), update(1, 600)]);
    assert.equal(await stored(), 6000);
    const [charging] = await slots(work);
    assert.deepEqual(
      [charging?.transactionId, charging?.soc, charging?.powerW, charging?.state],
      ['tx', 40, 30_000, 'occupied'],
    );
    await station.chargingReported(work, [{ ...update(3, 6300), kind: 'ended', stoppedReason: 'EVDisconnected' }]);
    await station.chargingReported(work, [{ ...update(3, 6300), kind: 'ended' }]);
    assert.equal(await stored(), 6200);
    const [ended] = await slots(work);
    assert.deepEqual([ended?.transactionId, ended?.powerW], [null, 0]);
    await holds(work);
  }),
);

test(
  'a pack that is taken out before its Ended arrives stops charging, and its energy is booked',
  rolledBack(async (work) => {
    await station.register(work, [newStation(A)], bytes);
    await station.setSlots(work, [{ stationId: A, slotNo: slot(1), state: 'occupied', packCode: 'P1' as PackCode }]);
    await station.chargingReported(work, [
      started(work.at),
      started(work.at, { kind: 'updated', seqNo: 1, registerWh: { lowest: 600 as Wh, highest: 600 as Wh } }),
    ]);
    await station.setSlots(work, [{ stationId: A, slotNo: slot(1), state: 'empty', packCode: null }]);
    await holds(work);
    const [cut] = await station.transactionsOf(work, A, 10);
    assert.deepEqual([cut?.state, cut?.bookedWh], ['cut', 500]);
    await station.chargingReported(work, [
      started(work.at, { kind: 'ended', seqNo: 2, registerWh: { lowest: 650 as Wh, highest: 650 as Wh } }),
    ]);
    const [ended] = await station.transactionsOf(work, A, 10);
    assert.deepEqual([ended?.state, ended?.bookedWh], ['ended', 550]);
    await holds(work);
  }),
);

test(
  'a flood of the same trouble is one line with a count',
  rolledBack(async (work) => {
    const line = { stationId: A, kind: 'bad-credentials', sentence: 'wrong', facts: { n: 1 } };
    await station.anomaly(work, [line, line, { ...line, times: 40 }]);
    await station.anomaly(work, [{ ...line, sentence: 'wrong again' }]);
    const lines = await station.anomalies(work, { most: 10 });
    assert.deepEqual(
      lines.map((it) => [it.times, it.sentence]),
      [[43, 'wrong again']],
    );
    work.later({ minutes: 10 });
    await station.anomaly(work, [line]);
    assert.equal((await station.anomalies(work, { stationId: A, most: 10 })).length, 2);
  }),
);

test(
  'a line that quotes what no text can hold is written all the same',
  rolledBack(async (work) => {
    const facts = { message: 'half a pair \ud83d', inside: ['\0'] };
    await station.anomaly(work, [{ stationId: '', kind: 'refused', sentence: 'NUL \0', facts }]);
    const [line] = await station.anomalies(work, { most: 1 });
    assert.deepEqual([line?.sentence, line?.facts.message], ['NUL \ufffd', 'half a pair \ufffd']);
  }),
);

test(
  'commands go out one a station, in the order they were asked, and end when their time is over',
  rolledBack(async (work) => {
    await station.register(work, [newStation(A), newStation(B)], bytes);
    const ask = { action: 'GetVariables' as const, payload: {}, by: 'tester' };
    const first = await station.command(work, { stationId: A, ...ask });
    work.later({ seconds: 1 });
    await station.command(work, { stationId: A, ...ask, notAfter: work.at.add({ minutes: 1 }) });
    await station.command(work, { stationId: B, ...ask });
    assert.equal(work.announced.length, 3);
    const taken = await station.takeOldest(work, await station.stationsWaitedFor(work));
    assert.deepEqual(taken.map((it) => it.stationId).sort(), [A, B]);
    assert.ok(taken.some((it) => it.id === first && it.tries === 1));
    await station.finish(work, [{ id: first, state: 'answered', answer: { ok: 1 } }]);
    assert.deepEqual((await station.commandById(work, first))?.answer, { ok: 1 });
    work.later({ minutes: 5 });
    const ended = await station.endOverdue(work, station.repeatableActions);
    assert.deepEqual(ended.map((it) => it.state).sort(), ['expired', 'queued']);
    await holds(work);
  }),
);

test(
  'a boot is a first one, or one with new firmware, or just a boot',
  rolledBack(async (work) => {
    await station.register(work, [newStation(A)], bytes);
    const boot = { stationId: A, vendor: 'V', model: 'M', firmware: '1', at: work.at };
    assert.deepEqual(await station.booted(work, [boot]), [A]);
    assert.deepEqual(await station.booted(work, [boot]), []);
    assert.deepEqual(await station.booted(work, [{ ...boot, firmware: '2' }]), [A]);
  }),
);

test(
  'each invariant of the stations finds the damage it is for',
  rolledBack(async (work) => {
    await station.register(work, [newStation(A)], bytes);
    const damage = {
      'station.pack-in-one-slot': sql`update station.slot set pack_code = 'P' where slot_no < 3`,
      'station.charging-needs-a-pack': sql`insert into station.transaction (station_id, id, slot_no, state, started_at,
        first_seq_no, last_seq_no, received, updated_at) values (${A}, 'x', 5, 'open', now(), 0, 0, 1, now())`,
      'station.one-charging-a-slot': sql`insert into station.transaction (station_id, id, slot_no, state, started_at,
        first_seq_no, last_seq_no, received, updated_at) values (${A}, 'y', 5, 'open', now(), 0, 0, 1, now())`,
      'station.slot-knows-its-charging': sql`update station.slot set transaction_id = 'none' where slot_no = 7`,
      'station.events-counted': sql`update station.transaction set received = 4 where id = 'x'`,
      'station.energy-booked': sql`update station.transaction set booked_wh = 4 where id = 'x'`,
      'station.commands-end': sql`insert into station.command (id, station_id, action, payload, asked_by, state,
        most_tries, timeout_ms, asked_at, due_at, sent_at) values (gen_random_uuid(), ${A}, 'Reset', '{}', 'x', 'sent', 1,
        1000, '2026-01-01', '2026-01-01', '2026-01-01')`,
    };
    const broken = async () =>
      (await check(work, station.stationInvariants)).filter((it) => it.violations.length > 0).map((it) => it.id);
    for (const [id, statement] of Object.entries(damage)) {
      assert.ok(!(await broken()).includes(id));
      await statement.execute(work.db);
      assert.ok((await broken()).includes(id), id);
    }
    assert.equal(Object.keys(damage).length, station.stationInvariants.length);
  }),
);
