// A station's numbers: each stands for one swap under way, however often the station begins to count anew.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { blocks, onTheStreet, problemsOf, type Street } from './testing.ts';

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

type Tell = (street: Street, numbers: readonly [number, number]) => Promise<void>;

/** One swap of one driver whose number changes on the way. */
const onTheWay: Record<string, Tell> = {
  'the promised pack goes out': async ({ vehicles: [it], slots, authorised, comesIn, goesOut }, [one, other]) => {
    await authorised(it!);
    await comesIn(one, it!, [20, it!.packs[0]!, 12]);
    await goesOut(other, it!, [1, slots[0]!, 90]);
  },
  'another pack goes out': async ({ vehicles: [it], slots, authorised, comesIn, goesOut }, [one, other]) => {
    await authorised(it!);
    await comesIn(one, it!, [20, it!.packs[0]!, 12]);
    await goesOut(other, it!, [2, slots[1]!, 90]);
  },
  'he came without asking': async ({ vehicles: [it], slots, comesIn, goesOut }, [one, other]) => {
    await comesIn(one, it!, [20, it!.packs[0]!, 12]);
    await goesOut(other, it!, [1, slots[0]!, 90]);
  },
  'out is told before in': async ({ vehicles: [it], slots, authorised, comesIn, goesOut }, [one, other]) => {
    await authorised(it!);
    await goesOut(one, it!, [1, slots[0]!, 90]);
    await comesIn(other, it!, [20, it!.packs[0]!, 12]);
  },
  'he gets his own pack back': async ({ vehicles: [it], authorised, comesIn, goesOut }, [one, other]) => {
    await authorised(it!);
    await comesIn(one, it!, [20, it!.packs[0]!, 12]);
    await goesOut(other, it!, [20, it!.packs[0]!, 12]);
  },
  'the station tells his arrival again, and another pack goes out': async (street, [one, other]) => {
    const { vehicles, slots, authorised, comesIn, goesOut, step } = street;
    await authorised(vehicles[0]!);
    await comesIn(one, vehicles[0]!, [20, vehicles[0]!.packs[0]!, 12]);
    if (one !== other) await step(other, 'arrived', { by: vehicles[0]! });
    await goesOut(other, vehicles[0]!, [2, slots[1]!, 90]);
    await street.checks(other); // after the end, where no step was told
    await step(other, 'released');
  },
};

for (const [what, tell] of Object.entries(onTheWay))
  test(`the number changes between in and out (${what}): one swap, one bill, as under one number`, async () => {
    const ends: object[] = [];
    for (const numbers of [
      [7, 7],
      [7, 1],
    ] as const)
      await onTheStreet({}, async (street) => {
        await tell(street, numbers);
        const moved = (await street.swaps()).filter((it) => it.moves > 0);
        const { 'numbers-differ': _, ...lines } = await street.lines();
        ends.push({
          swaps: moved.map((it) => [it.state, it.returned.length, it.given.length, it.bill?.total, problemsOf(it)]),
          lines,
          money: await street.money(`driver:${street.vehicles[0]!.driverId}`),
        });
        assert.equal(moved[0]!.requestId, numbers[1]);
      })();
    assert.deepEqual(ends[1], ends[0]);
    assert.match(JSON.stringify(ends[0]), /\["released",1,1,/);
  });

test(
  'two of three blocks come in under one number and the third under another: one swap',
  onTheStreet(blocks, async ({ vehicles: [it], slots, authorised, comesIn, goesOut, swaps, lines }) => {
    const [a, b, c] = it!.packs as [string, string, string];
    await authorised(it!);
    await comesIn(1, it!, [20, a, 60], [21, b, 60]);
    await comesIn(2, it!, [22, c, 60]);
    await goesOut(2, it!, [1, slots[0]!, 95], [2, slots[1]!, 95]);
    await goesOut(3, it!, [3, slots[2]!, 95]);
    assert.deepEqual(
      (await swaps()).map((swap) => [swap.state, swap.returned.length, swap.given.length, problemsOf(swap)]),
      [['released', 3, 3, []]],
    );
    assert.deepEqual(await lines(), {});
  }),
);

test(
  'the pack that he got comes in under another number while its swap still waits for his own: that is his next swap',
  onTheStreet({}, async ({ vehicles: [it], slots, authorised, comesIn, goesOut, swaps, work }) => {
    await authorised(it!);
    await goesOut(7, it!, [1, slots[0]!, 90]);
    work.later({ minutes: 20 });
    await comesIn(8, it!, [20, slots[0]!, 50]);
    await goesOut(8, it!, [2, slots[1]!, 90]);
    assert.deepEqual(
      (await swaps()).map((swap) => [swap.requestId, swap.returned.length, swap.given.length]),
      [
        [7, 0, 1],
        [8, 1, 1],
      ],
    );
  }),
);

test(
  'a whole swap under another number while one of his waits for a pack is another swap',
  onTheStreet({}, async ({ vehicles: [it, other], slots, authorised, comesIn, goesOut, swaps }) => {
    await authorised(it!);
    await comesIn(7, it!, [20, it!.packs[0]!, 12]);
    await comesIn(8, it!, [19, other!.packs[0]!, 12]);
    await goesOut(8, it!, [2, slots[1]!, 90]);
    assert.deepEqual(
      (await swaps()).map((swap) => [swap.requestId, swap.state]),
      [
        [7, 'stored'],
        [8, 'released'],
      ],
    );
  }),
);
