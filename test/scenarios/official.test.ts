// The official test cases of block S for a CSMS (OCPP 2.1 part 6), in their order of messages.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requestSwap } from '#swap';
import type { StationId } from '#units';
import { checkRequest } from '../../src/ocpp/schema/check.ts';
import { FIRST, scene, twoWheelers, until } from './scene.ts';

test(
  'TC_S_102_CSMS: a station that has no pack rejects RequestBatterySwap; nothing stays set aside',
  scene({}, async ({ speak, vehicles, swaps, doWork, ocpp, pool }) => {
    const [vehicle] = vehicles as [(typeof vehicles)[0]];
    const station = speak();
    station.answering = () => ({ status: 'Rejected', statusInfo: { reasonCode: 'NoBatteryAvailable' } });
    const swap = await doWork((work) =>
      requestSwap(work, { stationId: FIRST as StationId, idToken: vehicle.idToken, by: 'test' }),
    );
    await until(
      async () => (await swaps())[0]!.state === 'aborted',
      () => ocpp.poke(),
    );
    const [{ action, payload }] = station.asked as [{ action: string; payload: Record<string, unknown> }];
    assert.equal(action, 'RequestBatterySwap');
    assert.equal(checkRequest(action, payload), undefined);
    assert.deepEqual(payload.idToken, { idToken: vehicle.idToken, type: 'Central' });
    assert.equal(payload.requestId, swap.requestId);
    const { rows } = await pool.query(
      `select sum(debits_pending)::int as held from ledger.account where holder in ($1, $2)`,
      [`driver:${vehicle.driverId}`, `station:${FIRST}`],
    );
    assert.equal(rows[0].held, 0);
    assert.equal((await station.authorize(vehicle)).status, 'Accepted', 'the driver may try again');
  }),
);

test(
  'TC_S_103_CSMS: two packs go into slots 1 and 2, two come out of slots 3 and 4, each slot told before the set',
  scene(twoWheelers, async ({ speak, vehicles, swaps, holderOf, slot, built, pool, clock }) => {
    const [rider] = vehicles as [(typeof vehicles)[0]];
    const station = speak();
    const { status, slots } = await station.authorize(rider);
    assert.deepEqual([status, slots], ['Accepted', [3, 4]]);
    const [a, b] = rider.packs as [string, string];
    const [c, d] = [built.stations[0]!.slots[2]!, built.stations[0]!.slots[3]!];

    for (const no of [1, 2]) {
      await station.availability(no, 'Occupied');
      await station.charging(no, `tx-${no}`, 0, {
        eventType: 'Started',
        triggerReason: 'CablePluggedIn',
        registerWh: 1000,
        soC: 12,
        info: { chargingState: 'Charging' },
        idToken: { idToken: '', type: 'NoAuthorization' },
      });
    }
    await station.say(
      station.battery('BatteryIn', 31, rider, [
        { slot: 1, serial: a, soC: 12 },
        { slot: 2, serial: b, soC: 13 },
      ]),
    );
    clock.now = clock.now.add({ seconds: 20 });
    for (const no of [3, 4]) {
      await station.charging(no, `tx-${no}`, 0, {
        eventType: 'Ended',
        triggerReason: 'EnergyLimitReached',
        registerWh: 5000,
        soC: 95,
        info: { stoppedReason: 'EVDisconnected' },
      });
      await station.availability(no, 'Available');
    }
    await station.say(
      station.battery('BatteryOut', 31, rider, [
        { slot: 3, serial: c, soC: 90 },
        { slot: 4, serial: d, soC: 90 },
      ]),
    );

    assert.deepEqual(
      (await swaps()).map((it) => [it.state, it.requestId, it.problems]),
      [['released', 31, []]],
    );
    assert.deepEqual(await Promise.all([a, b, c, d].map(holderOf)), [
      `station:${FIRST}`,
      `station:${FIRST}`,
      `vehicle:${rider.vin}`,
      `vehicle:${rider.vin}`,
    ]);
    assert.deepEqual(await Promise.all([1, 2, 3, 4].map((no) => slot(no))), [
      { state: 'occupied', pack: a },
      { state: 'occupied', pack: b },
      { state: 'empty', pack: null },
      { state: 'empty', pack: null },
    ]);
    const { rows } = await pool.query('select slot_no, state from station.transaction order by slot_no');
    assert.deepEqual(rows, [
      { slot_no: 1, state: 'open' },
      { slot_no: 2, state: 'open' },
      { slot_no: 3, state: 'ended' },
      { slot_no: 4, state: 'ended' },
    ]);
  }),
);
