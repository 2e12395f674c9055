import assert from 'node:assert/strict';
import test from 'node:test';
import { valueAt } from '#twin';
import { chance } from '#units';
import { broken, packsIn } from '../breaking.ts';
import { parseFault } from '../faults.ts';
import { type Pack, packMaker } from '../pack.ts';
import { type Csms, conformity, rosterStation, scene } from '../testing.ts';

const events = (csms: Csms, slotNo: number) =>
  csms
    .of('TransactionEvent')
    .map((it) => it.payload)
    .filter((it) => it.evse.id === slotNo);

const register = (payload: Parameters<typeof sample>[0]) => sample(payload, 'Energy.Active.Import.Register');

/** What a pack's cells hold, at the voltage of rest. */
const atRestWh = ({ twin: { cells } }: Pack): number =>
  cells.soc.reduce((sum, soc, n) => {
    for (let part = 0; part < 100; part++)
      sum += (valueAt(cells.kind.ocvV, (soc * (part + 0.5)) / 100) * soc * cells.capacityAh[n]!) / 100;
    return sum;
  }, 0);

const sample = (
  payload: { meterValue: { sampledValue: { measurand: string; value: number }[] }[] },
  measurand: string,
) => payload.meterValue[0]!.sampledValue.find((it) => it.measurand === measurand)!.value;

test('a pack in a slot is charged in one transaction: started, measured every five minutes, resting when full, ended when taken (S04)', async () => {
  const { csms, scheduler, arrive } = await scene();
  await scheduler.turn(3600);
  const running = events(csms, 5);
  assert.equal(running[0].eventType, 'Started');
  assert.equal(running[0].triggerReason, 'CablePluggedIn');
  assert.deepEqual(running[0].idToken, { idToken: '', type: 'NoAuthorization' });
  const full = running.findIndex((it) => it.triggerReason === 'EnergyLimitReached');
  assert.ok(full > 4);
  assert.equal(running[full].transactionInfo.chargingState, 'SuspendedEVSE');
  assert.equal(sample(running[full], 'SoC'), 95);
  const rested = running.slice(full + 1);
  assert.deepEqual(
    rested.map((it) => [it.triggerReason, sample(it, 'Current.Import'), it.transactionInfo.chargingState]),
    [['MeterValuePeriodic', 0, undefined]],
    'it rests, is told once more after half an hour, and the transaction stays open',
  );
  const restedS = (Date.parse(rested[0].timestamp) - Date.parse(running[full].timestamp)) / 1000;
  assert.ok(restedS >= 1799 && restedS < 1900, `${restedS} s`);
  assert.deepEqual(
    running.map((it) => it.seqNo),
    running.map((_, index) => index),
  );
  const periodic = running.slice(0, full).filter((it) => it.triggerReason === 'MeterValuePeriodic');
  for (let i = 1; i < periodic.length; i++) {
    const gap = Temporal.Instant.from(periodic[i - 1].timestamp).until(Temporal.Instant.from(periodic[i].timestamp));
    assert.equal(gap.total('seconds'), 300);
    assert.ok(sample(periodic[i], 'SoC') > sample(periodic[i - 1], 'SoC'));
  }

  csms.clear();
  arrive();
  arrive();
  arrive();
  await scheduler.turn(600);
  const ended = events(csms, 5).find((it) => it.eventType === 'Ended');
  assert.equal(ended.triggerReason, 'EVCommunicationLost');
  assert.equal(ended.transactionInfo.stoppedReason, 'EVDisconnected');
  assert.equal(ended.transactionInfo.transactionId, running[0].transactionInfo.transactionId);
});

test('the register shows the energy that went into the packs: what they hold more at rest, and what it cost to get it in', async () => {
  const { csms, scheduler, station } = await scene();
  const heldWh = () => station.slots.reduce((sum, { pack }) => sum + (pack ? atRestWh(pack) : 0), 0);
  const before = heldWh();
  await scheduler.turn(3600);
  const shownWh = [3, 4, 5].reduce((sum, no) => sum + register(events(csms, no).at(-1)), 0);
  const atRest = heldWh() - before;
  assert.ok(shownWh > 20_000 && shownWh > 1.01 * atRest && shownWh < 1.06 * atRest, `${shownWh} Wh for ${atRest} Wh`);
  const exactly = station.slots.reduce((sum, it) => sum + it.registerWh, 0);
  assert.ok(Math.abs(shownWh - exactly) <= 2);
});

test('power over time is the energy of the register', async () => {
  const { csms, scheduler } = await scene({ roster: { powerLimitW: 15_000, slots: rosterStation().slots.slice(4) } });
  await scheduler.turn(3600);
  const updates = events(csms, 5).filter((it) => it.triggerReason === 'MeterValuePeriodic');
  for (let i = 1; i < updates.length; i++) {
    const hours = (Date.parse(updates[i].timestamp) - Date.parse(updates[i - 1].timestamp)) / 3_600_000;
    const wh = register(updates[i]) - register(updates[i - 1]);
    const mean = (sample(updates[i], 'Power.Active.Import') + sample(updates[i - 1], 'Power.Active.Import')) / 2;
    assert.ok(Math.abs(wh - mean * hours) < 0.03 * wh + 2, `${wh} Wh at ${mean} W`);
  }
});

test('together the slots never draw more than the station may', async () => {
  const { csms, scheduler } = await scene({ roster: { powerLimitW: 20_000 } });
  await scheduler.turn(1800);
  const updates = csms.of('TransactionEvent').filter((it) => it.payload.triggerReason === 'MeterValuePeriodic');
  const byTime = Map.groupBy(updates, (it) => it.payload.timestamp);
  for (const at of byTime.values()) {
    const sum = at.reduce((total, it) => total + sample(it.payload, 'Power.Active.Import'), 0);
    assert.ok(sum > 0 && sum <= 20_002, `${sum} W`);
  }
});

test('a pack that came in starts charging at once', async () => {
  const { csms, scheduler, arrive } = await scene();
  csms.clear();
  arrive();
  await scheduler.turn(2400);
  const [started, ...rest] = events(csms, 1);
  assert.equal(started.eventType, 'Started');
  assert.equal(sample(started, 'SoC'), 20);
  assert.ok(sample(rest.at(-1), 'SoC') > 40);
});

test('it is told how a pack stands before a current flows, under the last one, and a minute after; the last ones again at the end', async () => {
  const { csms, scheduler, arrive } = await scene();
  await scheduler.turn(3600);
  for (let n = 0; n < 3; n++) arrive();
  await scheduler.turn(600);
  const told = events(csms, 5);
  const [started] = told;
  assert.deepEqual([sample(started, 'Current.Import'), sample(started, 'Power.Active.Import')], [0, 0]);
  const resting = told.find((it) => it.triggerReason === 'EnergyLimitReached').meterValue;
  const [last, settled] = resting.map((it: object) => ({ meterValue: [it] }));
  const gap = Date.parse(resting[1].timestamp) - Date.parse(resting[0].timestamp);
  assert.ok(gap >= 60_000, `${gap} ms`);
  assert.ok(sample(last, 'Current.Import') > 5 && sample(settled, 'Current.Import') === 0);
  assert.ok(sample(last, 'Voltage') > sample(settled, 'Voltage') && sample(settled, 'Voltage') > 300);
  assert.equal(
    sample(last, 'Power.Active.Import'),
    Math.round(sample(last, 'Power.Active.Import')), // in whole watts
  );
  const volts = sample(last, 'Voltage') * sample(last, 'Current.Import');
  assert.ok(Math.abs(volts / sample(last, 'Power.Active.Import') - 1) < 0.01);
  const ended = told.find((it) => it.eventType === 'Ended').meterValue;
  assert.deepEqual(ended.map((it: { timestamp: string }) => it.timestamp).slice(0, 1), [resting[0].timestamp]);
  assert.equal(ended.length, 2);
});

test('a pack that is taken while it charges ends with the sample under its last current', async () => {
  const { csms, scheduler } = await scene();
  await scheduler.turn(900);
  await csms.call('ChangeAvailability', { operationalStatus: 'Inoperative', evse: { id: 5 } });
  await scheduler.settled();
  const ended = events(csms, 5).at(-1);
  assert.equal(ended.eventType, 'Ended');
  assert.equal(ended.meterValue.length, 1);
  assert.ok(sample(ended, 'Current.Import') > 5);
});

type Told = { meterValue: { customData?: Record<string, unknown> & { cellMv: number[]; probesC: number[] } }[] };
const cellsOf = (payload: Told) => payload.meterValue.map((it) => it.customData);

test('cells are told with the first and the last samples of a charge and with every tenth between, within a frame of a few kilobytes', async () => {
  const slots = [
    { slotNo: 1, serial: 'P', soc: 5, soh: 90, capacityWh: 171_000, modelId: 'choco-75-lfp', series: 180 },
  ];
  const { csms, scheduler } = await scene({ roster: { slots, chargeTurnHours: 2 } });
  await scheduler.turn(3 * 3600);
  const told = events(csms, 1);
  const withCells = told.flatMap((it, index) => (cellsOf(it)[0] ? [index] : []));
  assert.deepEqual(withCells, [0, 10, 20, told.length - 2, told.length - 1]);
  const [first] = cellsOf(told[0]);
  assert.equal(first!.vendorId, 'org.packloop');
  assert.equal(first!.cellMv.length, 180);
  assert.ok(first!.cellMv.every((it) => Number.isInteger(it) && it > 2500 && it < 3700));
  assert.equal(first!.probesC.length, 30);
  assert.ok(Number.isInteger(first!.insulationOhmPerV) && (first!.insulationOhmPerV as number) > 5000);
  const sumV = first!.cellMv.reduce((sum, it) => sum + it, 0) / 1000;
  assert.ok(Math.abs(sumV - sample(told[0], 'Voltage')) < 0.5);
  for (const it of told) assert.ok(JSON.stringify(it).length < 6000);
});

test('a station whose chargers hear no cells tells none', async () => {
  const { csms, scheduler } = await scene({ roster: { tellsCells: false } });
  await scheduler.turn(3600);
  assert.ok(csms.of('TransactionEvent').every((it) => cellsOf(it.payload).every((cells) => cells === undefined)));
});

/** What a station tells of slot 5 in an hour with a fault of a pack there. */
async function broke(fault: string): Promise<{ cells: NonNullable<ReturnType<typeof cellsOf>[0]>[]; tempC: number }> {
  const roster = rosterStation({ powerLimitW: 30_000 });
  const dice = chance(5);
  const faults =
    fault === '' ? undefined : broken([parseFault(fault)], packsIn({ stations: [roster], vehicles: [] }), dice);
  const makePack = packMaker(dice, Date.parse('2026-11-02T00:00:00Z'), faults);
  const { csms, scheduler, station } = await scene({ roster, makePack });
  await scheduler.turn(3 * 3600);
  const cells = events(csms, 5).flatMap((it) => cellsOf(it).filter((one) => one !== undefined));
  const temperatures = csms.events('Temperature').filter((it) => it.endsWith('@5'));
  const tempC = Math.max(...temperatures.map((it) => Number(it.replace(/^.*=|@.*$/g, ''))));
  assert.ok(station.slots[4]!.pack);
  return { cells, tempC };
}

const spreadMv = (cells: readonly number[]) => Math.max(...cells) - Math.min(...cells);

test('each fault of a pack shows in what its station tells: short, resistance, insulation, sensor, coolant', async () => {
  const sound = await broke('');
  const end = (it: typeof sound) => it.cells.at(-1)!;
  const shorted = await broke('short:pack=PACK-5,cell=7,ohm=0.05,after=60');
  assert.ok(end(shorted).cellMv[7]! < Math.min(...end(shorted).cellMv.filter((_, n) => n !== 7)) - 20);
  const resists = await broke('resistance:pack=PACK-5,cell=7,factor=6,after=0,seconds=0');
  const under = (it: typeof sound) => it.cells.at(-3)!.cellMv; // then it settles, then it has rested
  assert.ok(spreadMv(under(resists)) > spreadMv(under(sound)) + 20);
  const leaks = await broke('insulation:pack=PACK-5,kohm=20,seconds=600,after=0');
  assert.ok((end(leaks).insulationOhmPerV as number) < 100 && (end(sound).insulationOhmPerV as number) > 5000);
  const misread = await broke('sensor:pack=PACK-5,at=3,by=-0.2,after=0');
  assert.ok(end(misread).cellMv[3]! < end(sound).cellMv[3]! - 150);
  const silent = await broke('sensor:pack=PACK-5,at=3,does=dropout,after=0');
  assert.ok(silent.cells.every((it) => it.cellMv === undefined && it.probesC.length > 0));
  const hot = await broke('coolant:pack=PACK-5,remains=0,after=0');
  assert.ok(hot.tempC > sound.tempC + 1, `${hot.tempC} ${sound.tempC}`);
});

test('a pack that heats itself while it rests is told by its temperature', async () => {
  const roster = rosterStation({ slots: rosterStation().slots.slice(3, 4) });
  const dice = chance(5);
  const faults = broken([parseFault('short:ohm=0.02,after=3600')], packsIn({ stations: [roster], vehicles: [] }), dice);
  const makePack = packMaker(dice, Date.parse('2026-11-02T00:00:00Z'), faults);
  const { csms, scheduler } = await scene({ roster, makePack });
  await scheduler.turn(3600);
  const before = csms.events('Temperature').length;
  await scheduler.turn(3600);
  const after = csms.events('Temperature').slice(before);
  assert.ok(after.length > 2 && Number(after.at(-1)!.replace(/^.*=|@.*$/g, '')) > 30, after.join());
});

test('every frame of these tests keeps to the official schemas', () => {
  assert.ok(conformity.checked > 200);
  assert.deepEqual(conformity.faults, []);
});
