// Vehicles that run on several packs: one ask is one swap and one bill, however the packs are moved and told.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authorise, sweep } from '#swap';
import type { BuiltVehicle } from '../../test/network.ts';
import { blocks, onTheStreet, problemsOf, type Street } from './testing.ts';

const charges = [95, 95, 95] as const;

async function oneByOne({ comesIn, goesOut, slots }: Street, requestId: number, it: BuiltVehicle): Promise<void> {
  for (const [index, pack] of it.packs.entries()) {
    await comesIn(requestId, it, [20 + index, pack, 60]);
    await goesOut(requestId, it, [1 + index, slots[index]!, charges[index]!]);
  }
}

async function atOnce({ comesIn, goesOut, slots }: Street, requestId: number, it: BuiltVehicle): Promise<void> {
  await comesIn(requestId, it, ...it.packs.map((pack, index) => [20 + index, pack, 60] as const));
  await goesOut(requestId, it, ...charges.map((soc, index) => [1 + index, slots[index]!, soc] as const));
}

for (const asked of [true, false])
  test(`three blocks that go in and out one by one are one swap with one minimum, ${asked ? 'asked for' : 'told afterwards'}`, async () => {
    const totals: number[] = [];
    for (const exchange of [oneByOne, atOnce])
      await onTheStreet(blocks, async (street) => {
        const [vehicle] = street.vehicles as [BuiltVehicle];
        if (asked) assert.equal((await street.authorised(vehicle)).promised!.length, 3);
        await exchange(street, 5, vehicle);
        const swaps = await street.swaps();
        assert.deepEqual(
          swaps.map((it) => [it.state, it.returned.length, it.given.length]),
          [['released', 3, 3]],
        );
        assert.deepEqual(problemsOf(swaps[0]!), asked ? [] : ['unannounced']);
        assert.deepEqual(await street.lines(), asked ? {} : { unannounced: 1 });
        totals.push(swaps[0]!.bill!.total);
      })();
    assert.equal(totals[0], totals[1]);
  });

test(
  'a station that tells its checks lets the vehicle go as soon as they pass, and within minutes when packs are missing',
  onTheStreet(blocks, async (street) => {
    const { vehicles, authorised, step, comesIn, goesOut, checks, slots, swaps, lines, work } = street;
    const [whole, part] = vehicles as [BuiltVehicle, BuiltVehicle];
    await authorised(whole);
    await step(5, 'arrived', { by: whole });
    await oneByOne(street, 5, whole);
    await checks(5);
    assert.equal((await swaps())[0]!.state, 'settled');
    await step(5, 'released');
    work.later({ minutes: 10 });
    await authorised(part);
    await step(6, 'arrived', { by: part });
    await comesIn(6, part, ...part.packs.map((pack, index) => [10 + index, pack, 60] as const));
    await goesOut(6, part, [4, slots[3]!, 90], [5, slots[4]!, 90]);
    await checks(6);
    assert.equal((await swaps())[1]!.state, 'installed');
    work.later({ minutes: 4 });
    await sweep(work);
    const swap = (await swaps())[1]!;
    assert.deepEqual([swap.state, problemsOf(swap)], ['settled', ['numbers-differ']]);
    assert.equal((await lines())['numbers-differ'], 1);
    await step(6, 'released');
  }),
);

test(
  'one block comes in and three go out: told as what it is, and settled when nothing more comes; then he is out of step',
  onTheStreet(blocks, async ({ vehicles: [it], authorised, comesIn, goesOut, slots, swaps, lines, work }) => {
    await authorised(it!);
    await comesIn(5, it!, [20, it!.packs[0]!, 12]);
    await goesOut(5, it!, ...[0, 1, 2].map((index) => [1 + index, slots[index]!, 90] as const));
    assert.deepEqual(await lines(), { 'numbers-differ': 1 }, 'the operator hears of it at once');
    work.later({ minutes: 4 });
    await sweep(work);
    const [swap] = await swaps();
    assert.deepEqual([swap!.state, problemsOf(swap!)], ['released', ['numbers-differ']]);
    assert.match(swap!.problems[0]!.sentence, /1 pack.* in .*3 .*out.* for 3/);
    const [refusal] = await authorise(work, [{ stationId: swap!.stationId, idToken: it!.idToken }]);
    assert.equal(refusal!.why!.code, 'packs-out-of-step');
    assert.match(refusal!.why!.sentence, /5 packs.* takes 3.* operator/);
    assert.deepEqual(await lines(), { 'numbers-differ': 1, 'packs-out-of-step': 1 });
  }),
);

test(
  'fewer go out than were promised: what has happened is settled when patience is over, and the rest is free again',
  onTheStreet(blocks, async ({ vehicles: [it, next], authorised, comesIn, goesOut, slots, swaps, work }) => {
    await authorised(it!);
    await comesIn(5, it!, [20, it!.packs[0]!, 12]);
    await goesOut(5, it!, [1, slots[0]!, 90]);
    assert.equal((await swaps())[0]!.state, 'installed');
    work.later({ minutes: 31 });
    await sweep(work);
    const [swap] = await swaps();
    assert.deepEqual([swap!.state, problemsOf(swap!)], ['released', ['numbers-differ']]);
    assert.ok(swap!.bill!.total > 0);
    for (const vehicle of [it!, next!]) assert.equal((await authorised(vehicle)).status, 'Accepted');
  }),
);

test(
  'a pack more than came in goes out, at once or a moment after the end: the same swap, charged by its energy',
  onTheStreet({}, async ({ vehicles: [a, b], authorised, comesIn, goesOut, slots, swaps, lines, money }) => {
    await authorised(a!);
    await comesIn(1, a!, [20, a!.packs[0]!, 10]);
    await goesOut(1, a!, [1, slots[0]!, 90]);
    const once = (await swaps())[0]!.bill!;
    await goesOut(1, a!, [2, slots[1]!, 90]);
    await goesOut(1, a!, [2, slots[1]!, 90]);
    const [swap, ...others] = await swaps();
    assert.deepEqual(others, []);
    assert.deepEqual([swap!.state, swap!.given.length, problemsOf(swap!)], ['released', 2, ['extra-pack-given']]);
    assert.equal(swap!.bill!.netWh - once.netWh, swap!.given[1]!.energyWh);
    assert.ok(swap!.bill!.total > once.total);
    const got = (await money('party:op')) + (await money('party:bank')) + (await money('party:maker'));
    assert.equal(got, swap!.bill!.total);
    assert.deepEqual(await lines(), { 'extra-pack-given': 1 });

    await authorised(b!);
    await comesIn(2, b!, [19, b!.packs[0]!, 10]);
    await goesOut(2, b!, [3, slots[2]!, 90], [4, slots[3]!, 90]);
    const [, second] = await swaps();
    assert.deepEqual([second!.state, problemsOf(second!)], ['released', ['numbers-differ']]);
  }),
);

test(
  'the driver who gets his own blocks back, one by one, pays nothing',
  onTheStreet(blocks, async ({ vehicles: [it], authorised, comesIn, goesOut, notTaken, swaps, money }) => {
    await authorised(it!);
    const before = await money(`driver:${it!.driverId}`);
    await comesIn(5, it!, ...it!.packs.map((pack, index) => [20 + index, pack, 60] as const));
    await notTaken(5, it!);
    for (const [index, pack] of it!.packs.entries()) await goesOut(5, it!, [20 + index, pack, 60]);
    const [swap] = await swaps();
    assert.deepEqual([swap!.state, swap!.bill!.total], ['released', 0]);
    assert.equal(await money(`driver:${it!.driverId}`), before);
  }),
);
