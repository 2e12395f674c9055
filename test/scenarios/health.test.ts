// A pack comes in, charges, and is estimated by what its station told of that; beside what the twin truly is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { estimatesOf, replayed } from '#health';
import { transactionsOf } from '#station';
import type { PackCode, StationId } from '#units';
import { estimateHealth } from '../../src/estimateHealth.ts';
import { simulated } from './simulated.ts';

test(
  'every pack that charged has an estimate near what it truly holds, within its band, that can be made again',
  simulated({ vehicles: 3, standing: 8 }, async ({ scheduler, station, vehicles, doWork }) => {
    const returned = vehicles.map((it) => it.packs[0]!);
    for (const it of vehicles) {
      it.arrive(15);
      assert.ok(await scheduler.turnUntil(() => it.outcomes.length > 0, 3600));
    }
    await scheduler.turn(4 * 3600);

    const stationId = station.id as StationId;
    await doWork(async (work) => {
      const stopped = (await transactionsOf(work, stationId, 100)).filter((it) => it.chargingState !== 'Charging');
      const ends = stopped.flatMap(({ id, slotNo, packCode, startedAt, meteredTo }) =>
        packCode ? [{ stationId, transactionId: id, slotNo: slotNo!, packCode, startedAt, endedAt: meteredTo! }] : [],
      );
      await estimateHealth(work, ends);
      for (const pack of returned) {
        const [it] = await estimatesOf(work, pack.serial as PackCode);
        assert.equal(it?.standing, 'estimated', it?.why ?? 'no charge of it has ended');
        const { soh, ohms } = pack.twin.truth();
        assert.ok(it.sohLower! <= soh && soh <= it.sohUpper!, `${it.sohLower} to ${it.sohUpper}, truly ${soh}`);
        assert.ok(Math.abs(it.soh! - soh) < 3, `estimated ${it.soh}, truly ${soh}`);
        assert.ok(Math.abs(it.ohms! / ohms - 1) < 0.2, `resistance ${it.ohms}, truly ${ohms}`);
        assert.equal(await replayed(work, it), true);
      }
    });
  }),
);
