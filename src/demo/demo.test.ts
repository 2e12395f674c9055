import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, isSimulated } from '#kernel';
import { packModel, parseCode, parseVin, stationPreset } from '#pack';
import { reported } from '#swap';
import type { StationId } from '#units';
import { roster as rosterShape } from '../../simulator/roster.ts';
import { cardOf, reading, smallNetwork, st1 } from '../../test/seed.ts';
import { rolledBack, testStart } from '../../test/work.ts';
import { allInvariants } from '../audit.ts';
import { delta12 } from './delta12.ts';
import { importedWorld } from './imported.ts';
import { refreshed } from './refresh.ts';
import { registerWorld } from './register.ts';
import { rosterOf } from './roster.ts';
import type { World } from './world.ts';

const world = delta12(12, testStart);
const packsOf = (it: World) => [...it.stock.map((stock) => stock.pack), ...it.travellers.flatMap((one) => one.packs)];
const meeting = {
  ocppUrl: 'ws://127.0.0.1:8080/ocpp',
  httpUrl: 'http://127.0.0.1:8080',
  apiKey: 'pl_x',
  seed: 12,
  clock: { speed: 20, simulatedStart: testStart.toString(), realStartMs: 0 },
};
const random = (size: number) => new Uint8Array(size).fill(7);

test('delta-12 is the reference network: 12 stations, about 300 packs in them, 1,800 vehicles of four kinds', () => {
  const many = (use: string) => world.travellers.filter((it) => it.use === use).length;
  assert.equal(world.stations.length, 12);
  assert.ok(Math.abs(world.stock.length - 290) <= 20, `${world.stock.length} packs`);
  assert.equal(world.travellers.length, 1800);
  assert.deepEqual([many('taxi'), many('ride-hailing'), many('freight')], [300, 350, 50]);
  assert.equal(many('private') + many('delivery'), 1100);
  assert.ok(new Set(world.travellers.map((it) => it.vehicle.modelId)).size >= 14);
  assert.ok(new Set(packsOf(world).map((it) => packModel(it.model)!.family)).size >= 6);
  assert.ok(new Set(world.stations.map((it) => stationPreset(it.presetId)!.profile)).size >= 3);
});

test('the same seed makes the same network, another seed another one', () => {
  assert.deepEqual(delta12(12, testStart), world);
  assert.notDeepEqual(delta12(13, testStart).travellers[0], world.travellers[0]);
});

test('every made-up code and VIN is one that a reader accepts, and none comes twice', () => {
  const today = testStart.toZonedDateTimeISO('Asia/Shanghai').toPlainDate();
  const codes = packsOf(world).map((it) => it.code);
  for (const code of codes) assert.ok(parseCode(code, today).ok, code);
  for (const { vehicle } of world.travellers) assert.ok(parseVin(vehicle.vin).ok, vehicle.vin);
  assert.equal(new Set(codes).size, codes.length);
  assert.equal(new Set(world.travellers.map((it) => it.vehicle.vin)).size, 1800);
  assert.equal(new Set(world.travellers.map((it) => it.token.idToken)).size, 1800);
});

test('every vehicle has a station that serves it, and every station an empty slot for the pack that comes in', () => {
  assert.deepEqual(
    world.travellers.filter((it) => it.stationIds.length === 0).map((it) => it.vehicle.modelId),
    [],
  );
  for (const { id, presetId } of world.stations)
    assert.ok(world.stock.filter((it) => it.change.stationId === id).length < stationPreset(presetId)!.slots, id);
});

test('packs are owned by makers, by banks, and by several together', () => {
  const modes = Map.groupBy(packsOf(world), ({ owners }) =>
    owners.length > 1 ? 'joint' : owners[0]!.party.split('-')[0]!,
  );
  for (const mode of ['maker', 'bank', 'joint']) assert.ok(modes.get(mode)!.length > 200, mode);
});

test(
  'registered, it breaks no invariant, and a roster made from the books is the one it was made with',
  rolledBack(async (work) => {
    assert.equal(await isSimulated(work), false);
    const passwords = await registerWorld(work, world, random);
    assert.equal(await isSimulated(work), true);
    assert.equal(passwords.size, 12);
    const broken = (await check(work, allInvariants)).filter((it) => it.violations.length > 0);
    assert.deepEqual(broken, []);

    const roster = rosterShape.parse(rosterOf(world, passwords, meeting));
    const again = rosterShape.parse(await refreshed(work, roster));
    const serials = (it: typeof roster) => it.stations.map((station) => station.slots.map((slot) => slot.serial));
    assert.deepEqual(serials(again), serials(roster));
    assert.ok(again.stations.every((it) => it.lastRequestId === 0));
    assert.deepEqual(
      again.vehicles.map((it) => it.packs.map((pack) => pack.serial).toSorted()),
      roster.vehicles.map((it) => it.packs.map((pack) => pack.serial).toSorted()),
    );
  }),
);

test(
  'a simulated station counts its swaps on from where it was, so that no number comes twice',
  rolledBack(async (work) => {
    await smallNetwork(work);
    const roster = { ...rosterOf(world, new Map(), meeting), vehicles: [] };
    const [station] = roster.stations;
    const ours = { ...roster, stations: [{ ...station!, id: st1, lastRequestId: 2 }] };
    const last = async () => (await refreshed(work, ours)).stations[0]!.lastRequestId;
    assert.equal(await last(), 2);
    const packs = [reading(9, 101, 20)];
    for (const [requestId, driver] of [
      [7, 1],
      [1_000_000_003, 2],
    ] as const)
      await reported(work, [{ kind: 'in', stationId: st1, at: work.at, idToken: cardOf(driver), requestId, packs }]);
    assert.equal(await last(), 7);
  }),
);

test('stations of a list get slots by their size, stock and vehicles that they serve', () => {
  const listed = [
    { id: '1', latitude: 22.5, longitude: 114.1, chargers: 4 },
    { id: '2', latitude: 22.6, longitude: 114.2, chargers: 40 },
  ];
  const terms = { operator: 'op', vehicles: 30, stock: true, seed: 1, at: testStart, preset: undefined };
  const made = importedWorld(listed, terms);
  assert.deepEqual(
    made.stations.map((it) => it.presetId),
    ['choco-14', 'choco-30'],
  );
  assert.equal(made.stock.filter((it) => it.change.stationId === ('2' as StationId)).length, 28);
  assert.equal(made.travellers.length, 30);
  assert.ok(made.travellers.every((it) => it.stationIds.length === 2));
});
