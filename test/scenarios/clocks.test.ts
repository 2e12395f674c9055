// Stations whose clocks are wrong.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scene } from './scene.ts';

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
