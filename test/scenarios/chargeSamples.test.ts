// A simulated pack charges in a slot, over the real gateway: what is kept of it is enough to judge its health by.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chargeOf } from '#ocpp';
import { anomalies, transactionsOf } from '#station';
import type { StationId } from '#units';
import { fault } from '../../simulator/faults.ts';

import { simulated } from './simulated.ts';

test(
  'the charge of a pack that came in is kept with its voltage at rest, under current and after, though every message came twice',
  simulated({ vehicles: 1, standing: 6 }, async (it) => {
    const { scheduler, station, vehicles, doWork } = it;
    station.faults.add(fault('resend', { id: 'new' }, { share: 0.5 }));
    const [vehicle] = vehicles as [(typeof vehicles)[0]];
    const [pack] = vehicle.packs as [(typeof vehicle.packs)[0]];
    vehicle.arrive(20);
    assert.ok(await scheduler.turnUntil(() => vehicle.outcomes.length > 0, 3600));
    await scheduler.turn(3 * 3600);
    const slot = station.slots.find((one) => one.pack === pack)!;
    station.faults.clear();
    assert.ok(await scheduler.turnUntil(() => station.unanswered === 0, 3600));

    const stationId = station.id as StationId;
    const samples = await doWork(async (work) => {
      const all = await transactionsOf(work, stationId, 50);
      const { id, startedAt } = all.find((one) => one.slotNo === slot.no)!;
      return chargeOf(work, { stationId, transactionId: id, from: startedAt, to: scheduler.now() });
    });
    const [first, second, ...rest] = samples;
    const [last, settled] = samples.slice(-3);
    assert.deepEqual([first!.currentA, first!.soc], [0, 20]);
    assert.ok(second!.currentA! > 50 && rest.length > 8);
    assert.ok(last!.currentA! > 5 && settled!.currentA === 0 && settled!.voltageV! < last!.voltageV!);
    for (const one of [first!, last!, settled!]) {
      assert.equal(one.cellMv!.length, 120);
      assert.ok(Math.abs(one.cellMv!.reduce((sum, mv) => sum + mv, 0) / 1000 - one.voltageV!) < 1);
    }
    const times = samples.map((one) => one.at.epochMilliseconds);
    assert.equal(new Set(times).size, times.length);
    assert.equal(last!.energyWh, Math.round(slot.registerWh));
    // The coulombs between these samples are those that went into the cells, but for the few minutes between them.
    let ah = 0;
    for (let i = 1; i < samples.length - 1; i++)
      ah += (samples[i]!.currentA! * (times[i]! - times[i - 1]!)) / 3_600_000;
    const { soc, capacityAh } = pack.twin.cells;
    assert.ok(Math.abs(ah / ((soc[0]! - 0.2) * capacityAh[0]!) - 1) < 0.05, `${ah} Ah`);
    await it.ocpp.flush();
    const wrong = (await doWork((work) => anomalies(work, { most: 50 }))).filter((one) => one.kind.includes('meter'));
    assert.deepEqual(wrong, []);
  }),
);
