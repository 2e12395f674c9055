// Early warning in a simulated network: what its station tells of a pack with a short finds it, and calls no other pack bad.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chargesStopped, restsEnded, standsAgainst } from '#health';
import { transactionsOf } from '#station';
import type { PackCode, StationId } from '#units';
import { watchRested } from '../../src/watchHealth.ts';
import { type Simulated, simulated } from './simulated.ts';

const BEGINS_H = 36;
/** The vehicle's pack has a cell that loses charge through 3 ohm from the second day on. */
const plan = {
  ...{ vehicles: 1, standing: 2, packModel: 'nio-100' },
  broken: { vehicle: 0, faults: [{ kind: 'internal-short', fromS: 3600 * BEGINS_H, cell: 7, ohm: 3 }] },
} as const;

test(
  'a cell that loses charge through three ohm is found within a day, the other packs stay calm',
  simulated(plan, async (network) => {
    const { vehicles, scheduler, doWork, station } = network;
    const suspect = vehicles[0]!.packs[0]!.serial as PackCode;
    const all = [...vehicles.flatMap((it) => it.packs), ...station.slots.flatMap((it) => it.pack ?? [])];
    let foundAfterH = Number.NaN;
    for (let hour = 0; hour < BEGINS_H + 24; hour += 3) {
      for (const it of vehicles) {
        it.arrive(20);
        const swaps = it.outcomes.length;
        assert.ok(await scheduler.turnUntil(() => it.outcomes.length > swaps, 3600));
      }
      await scheduler.turn(3 * 3600 - 200);
      await look(network);
      const found = await doWork((work) => standsAgainst(work, suspect));
      if (found && found.level !== 'calm') {
        foundAfterH = hour + 3 - BEGINS_H;
        assert.equal(found.reasons[0]?.cell, 7);
        break;
      }
    }
    assert.ok(foundAfterH > 0 && foundAfterH <= 24, `found after ${foundAfterH} hours`);
    let watched = 0;
    for (const { serial } of all) {
      const it = await doWork((work) => standsAgainst(work, serial as PackCode));
      if (it) watched++;
      if (serial !== suspect) assert.equal(it?.level ?? 'calm', 'calm', `${serial}: ${JSON.stringify(it?.reasons)}`);
    }
    assert.equal(watched, all.length);
  }),
);

/** What the server does when a charge stops, and when time has passed: here by hand. */
async function look({ doWork, station }: Simulated): Promise<void> {
  const stationId = station.id as StationId;
  await doWork(async (work) => {
    const resting = (await transactionsOf(work, stationId, 500)).filter((it) => it.chargingState !== 'Charging');
    const endsOf = (those: typeof resting) =>
      those.flatMap(({ id, slotNo, packCode, startedAt, meteredTo }) =>
        packCode ? [{ stationId, transactionId: id, slotNo: slotNo!, packCode, startedAt, endedAt: meteredTo! }] : [],
      );
    await chargesStopped(work, endsOf(resting));
    await restsEnded(work, endsOf(resting.filter((it) => it.state === 'ended')));
  });
  await doWork(watchRested);
}
