// A station's numbers: each stands for one swap under way, however often the station begins to count anew.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { onTheStreet, problemsOf } from './testing.ts';

test(
  'a blocked swap is not released by the checks of the next driver under the same number, and his failed ones block his',
  onTheStreet(
    {},
    async ({ vehicles: [a, b], slots, authorised, comesIn, goesOut, step, checks, swaps, lines, work }) => {
      await authorised(a!);
      await step(1, 'arrived', { by: a! });
      await comesIn(1, a!, [20, a!.packs[0]!, 12]);
      await goesOut(1, a!, [1, slots[0]!, 90]);
      await checks(1, { interlock: 0 });
      work.later({ minutes: 5 });
      await authorised(b!); // the station has started anew meanwhile, and counts from 1
      await step(1, 'arrived', { by: b! });
      await step(1, 'positioned');
      await comesIn(1, b!, [19, b!.packs[0]!, 12]);
      await goesOut(1, b!, [2, slots[1]!, 90]);
      await checks(1, { insulation: 3 });
      const [first, second] = await swaps();
      assert.deepEqual([first!.state, first!.requestId, first!.checks.interlock!.passed], ['blocked', null, false]);
      assert.deepEqual([second!.state, second!.requestId], ['blocked', 1]);
      assert.deepEqual(problemsOf(first!), ['check-interlock', 'number-reused']);
      assert.equal((await lines())['number-reused'], 1);

      await checks(1);
      await step(1, 'released');
      assert.deepEqual(
        (await swaps()).map((it) => it.state),
        ['blocked', 'released'],
      );
    },
  ),
);

test(
  'without a token, steps under the number of a swap that is stuck belong to the one driver who was let in since',
  onTheStreet({}, async ({ vehicles: [a, b], authorised, comesIn, notTaken, step, swaps, work }) => {
    await authorised(a!);
    await comesIn(1, a!, [20, a!.packs[0]!, 12]);
    await notTaken(1, a!);
    work.later({ minutes: 5 });
    await authorised(b!);
    await step(1, 'positioned');
    const [stranded, next] = await swaps();
    assert.deepEqual([stranded!.state, stranded!.requestId], ['stranded', null]);
    assert.deepEqual([next!.state, next!.requestId], ['positioned', 1]);
  }),
);

test(
  'of six checks one fails: one line and one word to the station, however often they are told, and one when all pass',
  onTheStreet({}, async ({ vehicles: [a], slots, authorised, comesIn, goesOut, step, checks, lines, work }) => {
    const asked = async () =>
      (await sql<{ payload: object }>`select payload from station.command order by id`.execute(work.db)).rows;
    await authorised(a!);
    await step(7, 'positioned');
    await comesIn(7, a!, [20, a!.packs[0]!, 12]);
    await goesOut(7, a!, [1, slots[0]!, 90]);
    await checks(7, { locks: 0 });
    await checks(7, { locks: 0 });
    assert.deepEqual([(await asked()).length, (await lines())['release-blocked']], [1, 1]);
    await checks(7);
    const values = (await asked()).map((it) => JSON.stringify(it.payload).match(/"attributeValue":"(\w+)"/)![1]);
    assert.deepEqual(values.toSorted(), ['false', 'true']);
  }),
);

test(
  'the station never told that the vehicle left, and begins to count anew: what comes next under the number is the next swap',
  onTheStreet({}, async ({ vehicles: [it], slots, authorised, comesIn, goesOut, step, checks, swaps, work }) => {
    const [first, second] = slots as [string, string];
    await authorised(it!);
    await step(1, 'arrived', { by: it! });
    await comesIn(1, it!, [20, it!.packs[0]!, 12]);
    await goesOut(1, it!, [1, first, 90]);
    await checks(1);
    assert.equal((await swaps())[0]!.state, 'settled');
    work.later({ minutes: 20 });
    await authorised(it!);
    await comesIn(1, it!, [19, first, 60]);
    await goesOut(1, it!, [2, second, 90]);
    const [before, after] = await swaps();
    assert.deepEqual([before!.state, before!.requestId, before!.given.length], ['settled', null, 1]);
    assert.deepEqual([after!.state, after!.requestId, after!.returned.length], ['released', 1, 1]);
  }),
);
