import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { chance } from '#units';
import { charge, circuitOf, currentAt } from './charger.ts';
import { drive } from './drive.ts';
import { type Pack, packMaker, ROAD_C, STATION_C } from './pack.ts';
import type { RosterPack } from './roster.ts';
import { rosterPack, scene } from './testing.ts';

const HOUR_MS = 3_600_000;
const made = (change: Partial<RosterPack> = {}, seed = 1): Pack =>
  packMaker(chance(seed), 0)({ ...rosterPack('P-1', 20), ...change }, 5);
const order = { powerW: 40_000, turnHours: 1, maxSoc: 95 };

test('the same roster and seed make the same pack, wherever and whenever it is made; no two are alike', () => {
  const maker = packMaker(chance(1), 0);
  const [other, one] = [maker(rosterPack('P-2', 20), 5), maker(rosterPack('P-1', 20), 5)];
  assert.deepEqual(one.twin.truth(), made().twin.truth());
  assert.deepEqual(one.twin.cells.capacityAh, made().twin.cells.capacityAh);
  assert.notDeepEqual(one.twin.cells.capacityAh, other.twin.cells.capacityAh);
  assert.notDeepEqual(one.twin.cells.capacityAh, made({}, 2).twin.cells.capacityAh);
});

test('a pack says what the roster says of it, and truly is near that', () => {
  fc.assert(
    fc.property(
      fc.record({
        serial: fc.string({ minLength: 1, maxLength: 20 }),
        chemistry: fc.constantFrom('LFP' as const, 'NMC' as const),
        series: fc.integer({ min: 1, max: 180 }),
        soc: fc.double({ min: 5, max: 95, noNaN: true }),
        soh: fc.double({ min: 60, max: 100, noNaN: true }),
        capacityWh: fc.integer({ min: 1000, max: 200_000 }),
      }),
      (plan) => {
        const pack = made(plan);
        assert.deepEqual([pack.soc, pack.soh, pack.capacityWh], [plan.soc, plan.soh, plan.capacityWh]);
        const { soc, soh } = pack.twin.truth();
        assert.ok(Math.abs(soc - plan.soc) < 5, `${soc} for ${plan.soc}`);
        assert.ok(Math.abs(soh / plan.soh - 1) < 0.06, `${soh} for ${plan.soh}`);
      },
    ),
    { numRuns: 40 },
  );
});

test('a pack of which the books say that it holds nothing can still be charged: a little', () => {
  const pack = made({ soh: 0, soc: 0 });
  assert.ok(charge(pack, { ...order, untilMs: HOUR_MS }).isFull);
  assert.ok(pack.soc >= 95 && Number.isFinite(pack.twin.truth().soc));
});

test('a worn pack has more resistance than a new one', () => {
  assert.ok(made({ soh: 82 }).twin.truth().ohms > made({ soh: 99.9 }).twin.truth().ohms + 0.1);
});

test('a charger keeps to its power and to the highest voltage of every cell, and gives as much as goes in', () => {
  for (const chemistry of ['LFP', 'NMC'] as const) {
    const pack = made({ chemistry, series: 96, soc: 30 });
    const { cells } = pack.twin;
    const before = cells.soc.map((it, n) => it * cells.capacityAh[n]!);
    let [wh, minutes] = [0, 0];
    for (let isFull = false; !isFull && minutes < 600; minutes++) {
      const flow = charge(pack, { ...order, maxSoc: 100, untilMs: pack.untilMs + 60_000 });
      ({ isFull } = flow);
      wh += flow.wh;
      const { voltageV } = pack.twin.truth();
      assert.ok(voltageV * (flow.currentA ?? 0) <= 40_000, `${voltageV} V, ${flow.currentA} A`);
      for (const it of cells.volts) assert.ok(it <= cells.kind.maxV + 0.003, `${it} V`);
    }
    assert.ok(minutes < 600, 'it is full at some time');
    const ah = cells.soc[0]! * cells.capacityAh[0]! - before[0]!;
    const atRestWh = openWh(pack, before);
    assert.ok(ah > 0 && wh > atRestWh && wh < 1.07 * atRestWh, `${chemistry}: ${wh} Wh for ${atRestWh} Wh`);
  }
});

/** The energy between where the cells stood, in Ah, and where they stand, at the voltage of rest. */
function openWh({ twin: { cells } }: Pack, before: Float64Array): number {
  const at = (soc: number) => cells.kind.ocvV[Math.round(soc * 512)]!;
  let wh = 0;
  for (let n = 0; n < before.length; n++) {
    const [from, to] = [before[n]! / cells.capacityAh[n]!, cells.soc[n]!];
    for (let part = 0; part < 200; part++)
      wh += (at(from + ((to - from) * (part + 0.5)) / 200) * (to - from) * cells.capacityAh[n]!) / 200;
  }
  return wh;
}

test('the current for a power gives that power when its time is over', () => {
  const pack = made({ soc: 40 });
  const currentA = currentAt(circuitOf(pack.twin.cells, 60), 30_000);
  const { voltageV } = pack.carry(-currentA, 60, STATION_C);
  assert.ok(Math.abs(voltageV * currentA - 30_000) < 30, `${voltageV * currentA} W`);
});

test('a pack at rest comes to the temperature of the station, and a charged one stays above it', () => {
  const pack = made({ soc: 10 });
  charge(pack, { ...order, untilMs: HOUR_MS / 2 });
  pack.look();
  assert.ok(pack.temperatureC > STATION_C + 3 && pack.temperatureC < STATION_C + 15, `${pack.temperatureC}`);
  pack.rest(12 * HOUR_MS, STATION_C);
  pack.look();
  assert.ok(Math.abs(pack.temperatureC - STATION_C) < 0.1);
});

test('a drive takes out of a pack what it needs, warms it, and ages it', () => {
  const pack = made({ soc: 90, chemistry: 'NMC', series: 96 });
  const { soh } = pack.twin.truth();
  drive(pack, { wh: 20_000, powerW: 5400, untilMs: 10 * HOUR_MS });
  assert.equal(pack.untilMs, 10 * HOUR_MS);
  const expected = 90 - (100 * 20_000) / (42_000 * 0.95);
  assert.ok(Math.abs(pack.soc - expected) < 4, `${pack.soc} for ${expected}`);
  assert.ok(Math.abs(pack.soc - pack.twin.truth().soc) < 3);
  assert.ok(pack.temperatureC > ROAD_C - 2);
  pack.rest(60 * 24 * HOUR_MS, ROAD_C);
  assert.ok(pack.twin.truth().soh < soh);
});

test('what a BMS believes of its health follows the truth slowly, and never quite gets there', () => {
  const pack = made({ soc: 20, soh: 90 });
  const told = new Set<number>();
  for (let day = 1; day <= 400; day++) {
    pack.standAt(20);
    charge(pack, { ...order, untilMs: day * 24 * HOUR_MS });
    pack.rest(day * 24 * HOUR_MS, STATION_C);
    told.add(pack.soh);
  }
  const off = pack.soh - pack.twin.truth().soh;
  assert.ok(told.size > 300);
  assert.ok(off !== 0 && Math.abs(off) < 4, `${off} %`);
});

test('a current sensor that is off misleads the BMS, not the pack', () => {
  const faults = new Map([
    ['P-1', [{ kind: 'sensor', fromS: 0, of: 'current', does: { is: 'offset', by: 20 } } as const]],
  ]);
  const wrong = packMaker(chance(1), 0, faults)(rosterPack('P-1', 20), 5);
  const right = made();
  for (const it of [wrong, right]) {
    for (let n = 0; n < 15; n++) it.carry(-60, 60, STATION_C);
    it.look();
  }
  assert.equal(wrong.twin.truth().soc, right.twin.truth().soc);
  assert.ok(right.soc - wrong.soc > 3, `${right.soc} ${wrong.soc}`);
});

test('a station tells how warm a pack is when it comes in, and each degree by which charging warms it', async () => {
  const { csms, scheduler, arrive } = await scene();
  await scheduler.turn(1800);
  const told = (slot: number) =>
    csms
      .of('NotifyEvent')
      .flatMap((it) => it.payload.eventData)
      .filter((it: { component: { evse?: { id: number } } }) => it.component.evse?.id === slot)
      .filter((it: { variable: { name: string } }) => it.variable.name === 'Temperature')
      .map((it: { actualValue: string }) => Number(it.actualValue));
  const warming = told(5);
  assert.equal(warming[0], STATION_C);
  assert.ok(warming.length > 2);
  for (let i = 1; i < warming.length - 1; i++) assert.ok(Math.abs(warming[i]! - warming[i - 1]!) >= 0.9);

  arrive();
  await scheduler.turn(300);
  const locks = csms.events('SlotStatus').slice(5); // what each slot said at the boot comes first
  assert.deepEqual(
    locks.map((it) => it.replace(/@\d+$/, '')),
    ['SlotStatus=Locked', 'SlotStatus=Open'],
  );
});
