import assert from 'node:assert/strict';
import { test } from 'node:test';
import { everything, type Reach } from '#kernel/api';
import { quarantine } from '#pack';
import { anomaly } from '#station';
import { authorise, reported } from '#swap';
import { cardOf, packCode, reading, smallNetwork, st1 } from '../../test/seed.ts';
import { rolledBack, type TestWork } from '../../test/work.ts';
import { anomalyListing } from './reads/anomalies.ts';
import { swapListing } from './reads/swaps.ts';
import { daysSoFar, packsOnRoad } from './store.ts';
import { NetworkView } from './view.ts';

async function swapOnce(work: TestWork): Promise<void> {
  await authorise(work, [{ stationId: st1, idToken: cardOf(1) }]);
  const about = { stationId: st1, requestId: 7, idToken: cardOf(1), at: work.at } as const;
  await reported(work, [
    { ...about, kind: 'in', packs: [reading(20, 101, 10)] },
    { ...about, kind: 'out', packs: [reading(1, 1, 90)] },
  ]);
}

test(
  'the network shows where packs stand, how many are ready, and what the day brought',
  rolledBack(async (work) => {
    await smallNetwork(work);
    await swapOnce(work);
    await quarantine(work, [{ code: packCode(2), why: 'a dent' }]);
    const view = new NetworkView();
    const { stations, totals } = await view.network(work);
    const [station] = stations;
    assert.equal(station!.slots.length, 21);
    assert.deepEqual(
      station!.slots.filter((it) => it.packCode).map((it) => [it.no, it.packCode, it.modelId]),
      [
        [2, packCode(2), 'nio-75'],
        [3, packCode(3), 'nio-75'],
        [20, packCode(101), 'nio-75'],
      ],
    );
    assert.equal(station!.ready, 1, 'one is in quarantine, one is empty');
    assert.deepEqual([station!.swapsToday, station!.openSwap], [1, null]);
    assert.deepEqual(
      [totals.swapsToday, totals.swapsLastHour, totals.packsInStations, totals.packsOnRoad, totals.openSwaps],
      [1, 1, 3, 2, 0],
    );
    assert.ok(totals.revenueTodayFen! > 0 && totals.energyTodayWh! > 0);
    assert.equal(await packsOnRoad(work), 2);
  }),
);

test(
  'a day begins at midnight where the station stands',
  rolledBack(async (work) => {
    await smallNetwork(work);
    work.at = Temporal.Instant.from('2026-11-22T15:58:00Z'); // two minutes before midnight in Shenzhen
    await swapOnce(work);
    assert.equal((await daysSoFar(work)).get(st1)!.swaps, 1);
    work.later({ minutes: 5 });
    assert.equal((await daysSoFar(work)).size, 0);
  }),
);

test(
  'swaps are listed the newest first, page by page, and name no person',
  rolledBack(async (work) => {
    await smallNetwork(work);
    await swapOnce(work);
    work.later({ minutes: 1 });
    await authorise(work, [{ stationId: st1, idToken: cardOf(2) }]);
    const list = (most: number, filters = {}, after?: string) =>
      swapListing.page(work, { filters, reach: everything, after, most });
    const [newest] = await list(1);
    assert.equal(newest!.state, 'authorised');
    const [older, none] = await list(5, {}, newest!.id);
    assert.deepEqual([older!.state, none], ['released', undefined]);
    assert.doesNotMatch(JSON.stringify([newest, older]), /card-|driver-|LPL75/);
    assert.equal((await list(5, { station: 'ST-2' as typeof st1 })).length, 0);
  }),
);

test(
  'lines about strangers at the door are for the operator alone',
  rolledBack(async (work) => {
    await smallNetwork(work);
    await anomaly(work, [
      { stationId: '', kind: 'unknown-station', sentence: 'EVIL wanted to connect', facts: {} },
      { stationId: st1, kind: 'refused', sentence: 'a message was refused', facts: {} },
    ]);
    const list = (sees?: Reach) => anomalyListing.page(work, { filters: { sees }, reach: everything, most: 9 });
    assert.deepEqual(
      (await list()).map((it) => [it.kind, it.facts]),
      [['refused', null]],
    );
    assert.deepEqual(
      (await list(everything)).map((it) => it.facts),
      [{}, {}],
    );
  }),
);
