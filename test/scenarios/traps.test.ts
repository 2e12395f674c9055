// The eight traps of OCPP 2.1 block S (research/ocpp.md section 1), each as a station of some vendor would spring it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quarantine } from '#pack';
import { requestSwap } from '#swap';
import type { PackCode, StationId } from '#units';
import { FIRST, scene, twoWheelers } from './scene.ts';

const pair = <T>(all: readonly T[]): [T, T] => [all[0]!, all[1]!];

test(
  'trap 1: a pack cannot be refused on the wire; the answer is empty, and the release of the vehicle is blocked',
  scene({}, async ({ speak, vehicles, swaps, lines, built, doWork, paidBy }) => {
    const [vehicle] = pair(vehicles);
    const station = speak();
    await station.authorize(vehicle);
    const bad = built.stations[0]!.slots[2]!;
    await doWork((work) => quarantine(work, [{ code: bad as PackCode, why: 'dented' }]));
    assert.deepEqual(
      await station.say(station.battery('BatteryIn', 1, vehicle, [{ slot: 9, serial: vehicle.packs[0]!, soC: 9 }])),
      {},
    );
    assert.deepEqual(
      await station.say(station.battery('BatteryOut', 1, vehicle, [{ slot: 3, serial: bad, soC: 90 }])),
      {},
    );
    assert.equal((await swaps())[0]!.state, 'blocked');
    assert.ok((await lines()).includes('forbidden-pack-given'));
    assert.equal((await paidBy(vehicle.driverId)).times, 0);
  }),
);

test(
  'trap 2: names are the same in any case, and are written down in one spelling',
  scene({}, async ({ speak, slot, pool }) => {
    const station = speak();
    const variable = (component: object, name: string, actualValue: string) => ({
      component,
      variable: { name },
      actualValue,
    });
    await station.notify(
      variable({ name: 'BATTERYSWAPCTRLR' }, 'TargetSoc', '80'),
      variable({ name: 'connector', evse: { id: 5, connectorId: 1 } }, 'availabilitystate', 'occupied'),
    );
    await station.notify(variable({ name: 'batterySwapCtrlr' }, 'TARGETSOC', '85'));
    const { rows } = await pool.query(
      `select component, variable, value from station.variable where variable ilike 'targetsoc'`,
    );
    assert.deepEqual(rows, [{ component: 'BatterySwapCtrlr', variable: 'TargetSoC', value: '85' }]);
    assert.equal((await slot(5)).state, 'occupied');
  }),
);

test(
  'trap 3: Available means empty: a full pack in an occupied slot is given, one in an available slot is not',
  scene({ standing: 2 }, async ({ speak, vehicles }) => {
    const [one, two] = pair(vehicles);
    const station = speak();
    await station.availability(1, 'Available');
    await station.availability(2, 'Occupied');
    assert.deepEqual(await station.authorize(one), { status: 'Accepted', slots: [2] });
    assert.equal((await station.authorize(two)).status, 'NotAtThisTime');
  }),
);

test(
  'trap 4: sensors before BatterySwap or after it, out before in: which pack is where does not depend on it',
  scene({ stations: 3, vehicles: 3 }, async ({ speak, vehicles, swaps, slot, built, holderOf }) => {
    for (const [index, order] of [
      ['in', 'occupied', 'available', 'out'],
      ['occupied', 'in', 'out', 'available'],
      ['available', 'out', 'occupied', 'in'],
    ].entries()) {
      const vehicle = vehicles[index]!;
      const { id, slots } = built.stations[index]!;
      const station = speak(id);
      const [from] = (await station.authorize(vehicle)).slots as [number];
      const given = slots[from - 1]!;
      const acts: Record<string, () => Promise<unknown>> = {
        in: () =>
          station.say(station.battery('BatteryIn', 1, vehicle, [{ slot: 9, serial: vehicle.packs[0]!, soC: 9 }])),
        out: () => station.say(station.battery('BatteryOut', 1, vehicle, [{ slot: from, serial: given, soC: 90 }])),
        occupied: () => station.availability(9, 'Occupied'),
        available: () => station.availability(from, 'Available'),
      };
      for (const it of order) await acts[it]!();
      assert.deepEqual(await slot(9, id), { state: 'occupied', pack: vehicle.packs[0] }, order.join());
      assert.deepEqual(await slot(from, id), { state: 'empty', pack: null }, order.join());
      assert.equal(await holderOf(given), `vehicle:${vehicle.vin}`);
    }
    assert.deepEqual(
      (await swaps()).map((it) => [it.state, it.problems]),
      [
        ['released', []],
        ['released', []],
        ['released', []],
      ],
    );
  }),
);

test(
  'trap 5: a charging ends with EVCommunicationLost as the specification says, or EnergyLimitReached as its test case',
  scene({}, async ({ speak, pool }) => {
    const station = speak();
    const triggers = ['EVCommunicationLost', 'EnergyLimitReached'];
    for (const [index, triggerReason] of triggers.entries()) {
      const [slot, tx] = [index + 1, `tx-${index + 1}`];
      const common = { registerWh: 1000, soC: 20 };
      await station.charging(slot, tx, 0, { eventType: 'Started', triggerReason: 'CablePluggedIn', ...common });
      await station.charging(slot, tx, 1, { eventType: 'Ended', triggerReason, registerWh: 9000, soC: 40 });
    }
    const { rows } = await pool.query('select state, booked_wh::int as wh from station.transaction order by slot_no');
    assert.deepEqual(rows, [
      { state: 'ended', wh: 8000 },
      { state: 'ended', wh: 8000 },
    ]);
  }),
);

test(
  'trap 6: StatusNotification says of a slot what NotifyEvent says',
  scene({}, async ({ speak, slot, clock }) => {
    const station = speak();
    for (const [evseId, connectorStatus] of [
      [1, 'Available'],
      [9, 'Occupied'],
      [3, 'Faulted'],
    ])
      await station.call('StatusNotification', {
        timestamp: clock.now.toString(),
        connectorStatus,
        evseId,
        connectorId: 1,
      });
    const states = await Promise.all([1, 9, 3].map(async (no) => (await slot(no)).state));
    assert.deepEqual(states, ['empty', 'occupied', 'faulted']);
  }),
);

test(
  'trap 7: one number at two stations, and the number of a swap we started used by the station for another driver',
  scene({ stations: 2, vehicles: 3 }, async ({ speak, vehicles, swaps, built, doWork, paidBy }) => {
    const [one, two, three] = vehicles as [(typeof vehicles)[0], (typeof vehicles)[0], (typeof vehicles)[0]];
    const [here, there] = [speak('SZ-1'), speak('SZ-2')];
    const remote = await doWork((work) =>
      requestSwap(work, { stationId: FIRST as StationId, idToken: one.idToken, by: 'test' }),
    );
    const number = remote.requestId!;
    const [promised] = remote.promised;
    const local = await here.authorize(two);
    const other = await there.authorize(three);
    const exchange = async (
      station: typeof here,
      vehicle: typeof one,
      requestId: number,
      into: number,
      from: number,
    ): Promise<void> => {
      const given = built.stations.find((it) => it.id === station.id)!.slots[from - 1]!;
      await station.say(
        station.battery('BatteryIn', requestId, vehicle, [{ slot: into, serial: vehicle.packs[0]!, soC: 9 }]),
      );
      await station.say(station.battery('BatteryOut', requestId, vehicle, [{ slot: from, serial: given, soC: 90 }]));
    };
    await exchange(here, two, number, 9, local.slots[0]!);
    await exchange(there, three, number, 9, other.slots[0]!);
    await exchange(here, one, number, 10, promised!.slotNo);
    assert.deepEqual(
      (await swaps()).map((it) => [it.state, it.requestId]),
      Array(3).fill(['released', number]),
    );
    assert.deepEqual(
      (await swaps()).flatMap((it) => it.problems),
      ['number-reused'], // ours: while another driver had it, no step of his could have been taken for one of that swap
    );
    for (const { driverId } of [one, two, three]) assert.equal((await paidBy(driverId)).times, 1);
  }),
);

test(
  'trap 8: a retry has the same message id or a new one; the id may also be used again for another message',
  scene(twoWheelers, async ({ speak, vehicles, swaps, built, paidBy, pool }) => {
    const [rider, next] = pair(vehicles);
    const station = speak();
    const { slots } = await station.authorize(rider);
    const packs = (nos: readonly number[], serials: readonly string[], soC: number) =>
      nos.map((slot, index) => ({ slot, serial: serials[index]!, soC }));
    const given = slots.map((no) => built.stations[0]!.slots[no - 1]!);
    const cameIn = packs([1, 2], rider.packs, 12);
    await station.say(station.battery('BatteryIn', 1, rider, cameIn, 'A'));
    await station.say(station.battery('BatteryIn', 1, rider, cameIn, 'A'));
    await station.say(station.battery('BatteryIn', 1, rider, cameIn, 'B'));
    await station.say(station.battery('BatteryOut', 1, rider, packs(slots, given, 90), 'A'));
    await station.say(station.battery('BatteryOut', 1, rider, packs(slots, given, 90).toReversed(), 'C'));
    assert.deepEqual(
      (await swaps()).map((it) => [it.state, it.problems]),
      [['released', []]],
    );
    assert.equal((await paidBy(rider.driverId)).times, 1);
    assert.equal((await pool.query('select from swap.move')).rowCount, 4);
    assert.equal((await station.authorize(next)).status, 'Accepted');
  }),
);
