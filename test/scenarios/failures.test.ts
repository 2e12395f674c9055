// F1 to F6: what goes wrong with a swap, told over OCPP frames. After each of them the audit is clean (see scene.ts).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FIRST, scene } from './scene.ts';

test(
  'F1 no stock: the driver is told so before anything moves, and nothing is set aside',
  scene({ standing: 0 }, async ({ speak, vehicles: [vehicle], swaps, paidBy }) => {
    const station = speak();
    const { status, says } = await station.authorize(vehicle!);
    assert.equal(status, 'NotAtThisTime');
    assert.match(says!, /no pack/);
    assert.deepEqual(await swaps(), []);
    assert.deepEqual(await paidBy(vehicle!.driverId), { times: 0, fen: 0 });
  }),
);

test(
  'F2 out-timeout: the pack that came in is an orphan the operator sees; the driver pays nothing until he has a pack',
  scene({}, async ({ speak, vehicles, swaps, lines, holderOf, paidBy, built }) => {
    const [vehicle] = vehicles as [(typeof vehicles)[0]];
    const station = speak();
    const { slots } = await station.authorize(vehicle);
    const [from] = slots as [number];
    const offered = { slot: from, serial: built.stations[0]!.slots[from - 1]!, soC: 90 };
    await station.say(station.battery('BatteryIn', 1, vehicle, [{ slot: 9, serial: vehicle.packs[0]!, soC: 11 }]));
    await station.say(station.battery('BatteryOutTimeout', 1, vehicle, [offered]));
    assert.equal((await swaps())[0]!.state, 'stranded');
    assert.ok((await lines()).includes('orphan-pack'));
    assert.equal(await holderOf(vehicle.packs[0]!), `station:${FIRST}`);
    assert.equal(await holderOf(offered.serial), `station:${FIRST}`);
    assert.equal((await paidBy(vehicle.driverId)).times, 0);

    assert.equal((await station.authorize(vehicle)).status, 'Accepted', 'he comes back for a pack');
    await station.say(station.battery('BatteryOut', 1, vehicle, [offered]));
    assert.deepEqual(
      (await swaps()).map((it) => it.state),
      ['released'],
    );
    assert.equal((await paidBy(vehicle.driverId)).times, 1);
  }),
);

test(
  'F3 unknown pack: it is booked where it stands, told to the operator, and given to nobody',
  scene({ standing: 1 }, async ({ speak, vehicles, swaps, lines, holderOf }) => {
    const [one, two] = vehicles as [(typeof vehicles)[0], (typeof vehicles)[0]];
    const station = speak();
    await station.authorize(one);
    const answer = await station.say(
      station.battery('BatteryIn', 1, one, [{ slot: 9, serial: '999XX00000000000000000009', soC: 95 }]),
    );
    assert.deepEqual(answer, {});
    assert.equal(await holderOf('999XX00000000000000000009'), `station:${FIRST}`);
    assert.ok((await lines()).includes('pack-unknown'));
    assert.ok((await swaps())[0]!.problems.includes('pack-unknown'));
    assert.equal((await station.authorize(two)).status, 'NotAtThisTime', 'it is the only other pack here');
  }),
);

test(
  'F4 a duplicate with a new message id, of each message, before and after the end: booked and charged once',
  scene({}, async ({ speak, vehicles, swaps, paidBy, built, pool }) => {
    const [vehicle] = vehicles as [(typeof vehicles)[0]];
    const station = speak();
    const { slots } = await station.authorize(vehicle);
    const given = { slot: slots[0]!, serial: built.stations[0]!.slots[slots[0]! - 1]!, soC: 90 };
    const cameIn = () => station.battery('BatteryIn', 1, vehicle, [{ slot: 9, serial: vehicle.packs[0]!, soC: 11 }]);
    const wentOut = () => station.battery('BatteryOut', 1, vehicle, [given]);
    for (const frame of [cameIn(), cameIn(), wentOut(), wentOut(), cameIn(), wentOut()]) await station.say(frame);
    assert.deepEqual(
      (await swaps()).map((it) => it.state),
      ['released'],
    );
    assert.equal((await paidBy(vehicle.driverId)).times, 1);
    const { rows } = await pool.query('select count(*)::int as moves from swap.move');
    assert.equal(rows[0].moves, 2);
  }),
);

test(
  'F5 a swap without authorisation: booked as it happened, and owed by the driver',
  scene({}, async ({ speak, vehicles, swaps, holderOf, built, pool }) => {
    const [vehicle] = vehicles as [(typeof vehicles)[0]];
    const given = built.stations[0]!.slots[1]!;
    const station = speak();
    await station.say(station.battery('BatteryIn', 7, vehicle, [{ slot: 9, serial: vehicle.packs[0]!, soC: 11 }]));
    await station.say(station.battery('BatteryOut', 7, vehicle, [{ slot: 2, serial: given, soC: 90 }]));
    const [swap] = await swaps();
    assert.deepEqual([swap!.state, swap!.origin], ['released', 'unannounced']);
    assert.ok(swap!.problems.includes('unannounced'));
    assert.equal(await holderOf(given), `vehicle:${vehicle.vin}`);
    const { rows } = await pool.query(
      `select debits_posted::int as fen from ledger.account where holder = 'outside:arrears/${vehicle.driverId}'`,
    );
    assert.equal(rows[0].fen, swap!.totalFen);
  }),
);

test(
  'F6 the network is cut before the answer, and the station says the identical message again: one swap, one charge',
  scene({}, async ({ speak, vehicles, swaps, paidBy, built, pool }) => {
    const [vehicle] = vehicles as [(typeof vehicles)[0]];
    const station = speak();
    const { slots } = await station.authorize(vehicle);
    const given = { slot: slots[0]!, serial: built.stations[0]!.slots[slots[0]! - 1]!, soC: 90 };
    for (const frame of [
      station.battery('BatteryIn', 1, vehicle, [{ slot: 9, serial: vehicle.packs[0]!, soC: 11 }]),
      station.battery('BatteryOut', 1, vehicle, [given]),
    ]) {
      station.send(frame);
      await new Promise((resolve) => setTimeout(resolve, 5)); // it is on its way into the books
      station.cut();
      station.reconnect();
      assert.deepEqual(await station.say(frame), {});
    }
    assert.deepEqual(
      (await swaps()).map((it) => it.state),
      ['released'],
    );
    assert.equal((await paidBy(vehicle.driverId)).times, 1);
    const { rows } = await pool.query(`select action, count(*)::int as n from ocpp.message group by 1 order by 1`);
    assert.deepEqual(rows, [
      { action: 'Authorize', n: 1 },
      { action: 'BatterySwap', n: 2 },
    ]);
  }),
);
