import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { chance } from '#units';
import type { App } from './app.ts';
import { startCity } from './city.ts';
import { laterByVisits } from './day.ts';
import { parseFault } from './faults.ts';
import { acceptsW, sharedW } from './pack.ts';
import { type Roster, roster as rosterShape } from './roster.ts';
import { Agenda } from './schedule.ts';
import { Tally } from './tally.ts';
import { Csms, conformity, pack, rosterPack, rosterStation, rosterVehicle } from './testing.ts';
import { TurnedScheduler } from './turned.ts';

const places = [
  { latitude: 22.54, longitude: 114.05 },
  { latitude: 22.6, longitude: 114.1 },
];

/** Two stations of eight packs and two empty slots, and taxis that swap four times a day. */
const small = (vehicles: number): Roster => ({
  ocppUrl: 'ws://127.0.0.1:1/ocpp',
  httpUrl: 'http://127.0.0.1:1',
  apiKey: 'key',
  clock: { speed: 20, simulatedStart: '2026-11-02T00:00:00Z', realStartMs: 0 },
  seed: 3,
  stations: ['A', 'B'].map((id, nth) =>
    rosterStation({
      id,
      place: places[nth]!,
      slots: Array.from({ length: 10 }, (_, i) =>
        i < 2
          ? { slotNo: i + 1, serial: null }
          : { slotNo: i + 1, serial: `${id}-${i}`, soc: 85, soh: 97, capacityWh: 42_000, modelId: 'choco-20' },
      ),
    }),
  ),
  vehicles: Array.from({ length: vehicles }, (_, i) =>
    rosterVehicle({
      vin: `VIN${i}`,
      idToken: `TOKEN-${i}`,
      place: places[i % 2]!,
      packs: [rosterPack(`V-${i}`, 80)],
      stationIds: i % 2 ? ['B', 'A'] : ['A', 'B'],
    }),
  ),
});

interface DayOptions {
  readonly seed?: number;
  readonly hours?: number;
  readonly faults?: readonly string[];
}

/** A day of a small city before servers of memory. */
async function day({ seed = 3, hours = 24, faults = [] }: DayOptions = {}) {
  const roster = rosterShape.parse(small(40));
  const scheduler = new TurnedScheduler({ patienceMs: 1000 });
  const servers = new Map(roster.stations.map((it) => [it.id, new Csms(scheduler)]));
  const seen: string[] = [];
  const tally = new Tally((it) =>
    seen.push(`${scheduler.now()} ${it.vin} ${it.how} ${it.stationId} ${it.outcome.kind}`),
  );
  let requests = 1_000_000_000;
  const app: App = {
    reserve: async () => ({ swapId: 'some-swap' }),
    async start(stationId, idToken) {
      const payload = { requestId: ++requests, idToken: { idToken, type: 'Central' } };
      const answer = await servers.get(stationId)!.call('RequestBatterySwap', payload);
      return answer.statusInfo?.reasonCode;
    },
    cancel: async () => {},
  };
  const city = startCity(roster, {
    scheduler,
    chance: chance(seed),
    app,
    tally,
    dial: (it) => servers.get(it.id)!.dial,
    faults: faults.map(parseFault),
  });
  const serials = () => city.stations.flatMap((it) => it.slots.flatMap((slot) => slot.pack?.serial ?? []));
  await scheduler.turn(hours * 3600);
  return { seen, tally, city, servers, serials, scheduler };
}

test('a day of demand comes to what the roster says, and every driver swaps', async () => {
  const { tally, servers } = await day();
  assert.ok(tally.swapped > 100 && tally.swapped < 200, `${tally.swapped} swaps of 160 expected`);
  const told = [...servers.values()]
    .flatMap((it) => it.of('BatterySwap'))
    .filter((it) => it.payload.eventType === 'BatteryOut');
  assert.ok(Math.abs(told.length - tally.swapped) <= 2);
});

test('the same roster and seed give the same decisions; another seed gives others', async () => {
  const [first, again, other] = [await day({ hours: 12 }), await day({ hours: 12 }), await day({ hours: 12, seed: 4 })];
  assert.ok(first.seen.length > 30);
  assert.deepEqual(again.seen, first.seen);
  assert.notDeepEqual(other.seen, first.seen);
});

test('a day full of faults loses no message and doubles no pack', async () => {
  const { tally, city, serials, scheduler, servers } = await day({
    faults: [
      'cut:after=7200,seconds=1800,every=14400',
      'resend:share=0.1',
      'resend:share=0.1,id=new',
      'reorder:share=0.2',
      'reorder:share=0.2,how=out-first',
      'damaged-pack:share=0.05',
      'no-stock:share=0.05',
      'out-timeout:share=0.05',
      'crash:share=0.03,step=stored',
      'crash:share=0.03,step=installed,forget=requests',
      'wrong-serial:share=0.02',
      'short:packs=3,ohm=0.5',
      'resistance:packs=3,seconds=3600',
      'insulation:packs=2,station=A',
      'coolant:packs=5,remains=0',
      'sensor:packs=3,does=dropout',
      'sensor:packs=3,of=current,by=-30',
    ],
  });
  assert.ok(tally.swapped > 80, `${tally.swapped} swaps`);
  for (const kind of ['left', 'interrupted'] as const) assert.ok(tally[kind] > 0, kind);
  assert.ok(tally.refused.get('NoBatteryAvailable')! > 0);
  const here = serials();
  assert.equal(new Set(here).size, here.length);
  for (const it of city.stations) it.faults.clear();
  assert.ok(await scheduler.turnUntil(() => city.stations.every((it) => it.unanswered === 0), 7200));
  const problems = [...servers.values()].flatMap((it) => it.problems).filter((it) => it.startsWith('crash'));
  assert.deepEqual(problems, []);
});

test('packs are only moved: stations and vehicles together hold the same ones at night as in the morning', async () => {
  const { tally, city, serials } = await day({ hours: 10 });
  const before = small(40).stations.flatMap((it) => it.slots.flatMap((slot) => slot.serial ?? [])).length;
  assert.ok(tally.swapped > 30);
  // A robot may have a pack in its hands; it still counts for the slot.
  const moving = city.stations.filter((it) => it.isSwapping).length;
  assert.ok(Math.abs(serials().length - before) <= moving);
});

test('visits come later when the gap is longer, and a day later when the gap is one', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1.7e12, max: 1.8e12 }),
      fc.double({ min: 0, max: 40, noNaN: true }),
      fc.double({ min: 0.01, max: 3, noNaN: true }),
      (from, gap, more) => {
        const at = laterByVisits(from, gap, 'taxi');
        assert.ok(at >= from - 1);
        assert.ok(laterByVisits(from, gap + more, 'taxi') >= at - 1);
        assert.ok(Math.abs(laterByVisits(from, gap + 1, 'taxi') - at - 86_400_000) < 10);
      },
    ),
  );
});

test('what is planned happens by time, then in the order of planning, unless it was cancelled', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.boolean()), { maxLength: 60 }), (plans) => {
      const agenda = new Agenda();
      const done: number[] = [];
      const cancels = plans.map(([at], nth) => agenda.add(at, () => done.push(nth)));
      plans.forEach(([, isKept], nth) => {
        if (!isKept) cancels[nth]!();
      });
      while (agenda.nextAt() !== undefined) agenda.take()();
      const kept = plans.map(([at, isKept], nth) => ({ at, isKept, nth })).filter((it) => it.isKept);
      assert.deepEqual(
        done,
        kept.toSorted((a, b) => a.at - b.at || a.nth - b.nth).map((it) => it.nth),
      );
    }),
  );
});

test('power is shared within the limit, and a pack takes less when it is nearly full', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1e6, noNaN: true })),
      fc.double({ min: 1, max: 1e6, noNaN: true }),
      (wanted, limit) => {
        const shared = sharedW(wanted, limit);
        assert.ok(shared.reduce((sum, it) => sum + it, 0) <= limit * (1 + 1e-9));
        assert.ok(shared.every((it, i) => it <= wanted[i]!));
      },
    ),
  );
  assert.ok(acceptsW(pack('x', 95), 1) < acceptsW(pack('x', 50), 1) / 2);
});

test('a fault that nobody knows, or with an unknown option, is refused with what is known', () => {
  assert.throws(() => parseFault('flood'), /no fault is called "flood"; known are cut, resend/);
  assert.throws(
    () => parseFault('cut:when=5'),
    /fault cut has no option "when"; it has after, seconds, every, station/,
  );
  assert.throws(() => parseFault('cut:seconds=long'), /option seconds of fault cut must be a number/);
  assert.deepEqual(parseFault('crash:step=picked,times=1,station=A|B'), {
    name: 'crash',
    options: { step: 'picked', reboot: '60', forget: '' },
    stations: ['A', 'B'],
    share: 1,
    times: 1,
  });
});

test('every frame of these days keeps to the official schemas', () => {
  assert.ok(conformity.checked > 5000);
  assert.deepEqual(conformity.faults, []);
});
