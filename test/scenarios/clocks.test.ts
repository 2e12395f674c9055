// Stations whose clocks are wrong.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysSoFar } from '../../src/insight/store.ts';
import { type Scene, type Speaker, scene } from './scene.ts';

const NEVER = '9999-12-31T23:59:59Z';

test(
  'a station that once dated something in the year 9999 is heard again as soon as its clock is right',
  scene({}, async ({ speak, vehicles: [vehicle], clock, slot, built, pool }) => {
    const station = speak();
    const status = { connectorStatus: 'Available', evseId: 9, connectorId: 1 };
    await station.call('StatusNotification', { ...status, timestamp: NEVER });
    await station.call('TransactionEvent', {
      eventType: 'Started',
      timestamp: NEVER,
      triggerReason: 'CablePluggedIn',
      seqNo: 0,
      transactionInfo: { transactionId: 'tx-1' },
      evse: { id: 1, connectorId: 1 },
    });
    clock.now = clock.now.add({ minutes: 1 });
    await station.availability(9, 'Occupied');
    assert.equal((await slot(9)).state, 'occupied');

    assert.deepEqual((await station.authorize(vehicle!)).slots, [1]);
    await station.say(station.battery('BatteryIn', 1, vehicle!, [{ slot: 10, serial: vehicle!.packs[0]!, soC: 9 }]));
    const given = built.stations[0]!.slots[0]!;
    await station.say(station.battery('BatteryOut', 1, vehicle!, [{ slot: 1, serial: given, soC: 90 }]));
    const { rows } = await pool.query('select state, started_at <= ended_at as in_order from station.transaction');
    assert.deepEqual(rows, [{ state: 'cut', in_order: true }]);
  }),
);

const checks = { Locks: 1, Torque: 100, Interlock: 1, Insulation: 900, Coolant: 0, Mating: 6 };

/** What a station tells of a swap under number 7, by its own clock. */
function telling(station: Speaker, at: () => string) {
  station.answering = (_, { setVariableData }: { setVariableData: { component: object; variable: object }[] }) => ({
    setVariableResult: setVariableData.map(({ component, variable }) => ({
      attributeStatus: 'Accepted',
      component,
      variable,
    })),
  });
  const event = (variable: object, actualValue: string, more = {}) => ({
    component: { name: 'BatterySwapCtrlr', instance: '7' },
    variable,
    actualValue,
    timestamp: at(),
    ...more,
  });
  return {
    arrives: (idToken: string) => station.notify(event({ name: 'SwapStep' }, 'Arrived', { techInfo: idToken })),
    says: (step: string) => station.notify(event({ name: 'SwapStep' }, step)),
    checks: () =>
      station.notify(
        ...Object.entries(checks).map(([instance, value]) => event({ name: 'SafetyCheck', instance }, String(value))),
      ),
  };
}

async function exchange({ built, vehicles: [vehicle] }: Scene, station: Speaker): Promise<void> {
  const given = built.stations[0]!.slots[0]!;
  await station.say(station.battery('BatteryIn', 7, vehicle!, [{ slot: 9, serial: vehicle!.packs[0]!, soC: 9 }]));
  await station.say(station.battery('BatteryOut', 7, vehicle!, [{ slot: 1, serial: given, soC: 90 }]));
}

const swappedToday = async ({ doWork }: Scene): Promise<number> =>
  [...(await doWork(daysSoFar)).values()].reduce((sum, it) => sum + it.swaps, 0);

test(
  'a station that thinks it is 1970: its swap counts today, told again changes nothing, and its clock is one line',
  scene({}, async (it) => {
    const { speak, vehicles, swaps, clock, lines, pool, paidBy } = it;
    const station = speak();
    const { arrives, says, checks } = telling(station, () => '1970-01-01T00:10:00Z');
    await station.authorize(vehicles[0]!);
    await arrives(vehicles[0]!.idToken);
    await exchange(it, station);
    await checks();
    await says('Released');
    clock.now = clock.now.add({ minutes: 2 });
    await exchange(it, station);
    assert.deepEqual(
      (await swaps()).map((swap) => [swap.state, swap.origin, swap.problems]),
      [['released', 'local', []]],
    );
    assert.equal((await paidBy(vehicles[0]!.driverId)).times, 1);
    assert.equal(await swappedToday(it), 1);
    assert.deepEqual(await lines(), ['clock-wrong']);
    const { rows } = await pool.query('select ended_at, updated_at from swap.swap');
    assert.deepEqual(rows[0].ended_at, rows[0].updated_at);
  }),
);

for (const minutes of [-20, -2, -1, 3])
  test(
    `a station whose clock is ${Math.abs(minutes)} minutes ${minutes < 0 ? 'slow' : 'fast'} tells of an arrival before it asks: one swap, with pack and money`,
    scene({}, async (it) => {
      const { speak, vehicles, swaps, clock, lines, paidBy } = it;
      const station = speak();
      const { arrives, says, checks } = telling(station, () => clock.now.add({ minutes }).toString());
      await arrives(vehicles[0]!.idToken);
      assert.deepEqual((await station.authorize(vehicles[0]!)).slots, [1]);
      await exchange(it, station);
      await checks();
      await says('Released');
      assert.deepEqual(
        (await swaps()).map((swap) => [swap.state, swap.origin, swap.problems]),
        [['released', 'local', []]],
      );
      assert.equal((await paidBy(vehicles[0]!.driverId)).times, 1);
      assert.equal(await swappedToday(it), 1);
      assert.deepEqual(await lines(), []);
    }),
  );
