// What waits for a driver is judged again whenever he comes back to it, and is free when it cannot be his any more.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { quarantine } from '#pack';
import { setTokenStatus } from '#party';
import { setSlots } from '#station';
import { authorise, quoteFor, requestSwap, reserve, sweep, withdraw } from '#swap';
import type { PackCode, SlotNo } from '#units';
import { onTheStreet, problemsOf, type Street } from './testing.ts';

const pendingOn = async ({ work }: Street): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select coalesce(sum(debits_pending), 0)::int as n from ledger.account
    where unit in ('custody', 'money')`.execute(work.db);
  return rows[0]!.n;
};

const spoilings: Record<string, (street: Street, code: PackCode) => Promise<unknown>> = {
  recalled: ({ work }, code) => withdraw(work, code, 'recalled: fire'),
  'taken into quarantine behind our back': ({ work }, code) => quarantine(work, [{ code, why: 'dented' }]),
  'taken out of its slot': ({ work }) =>
    setSlots(work, [{ stationId: 'SZ-1' as never, slotNo: 1 as SlotNo, state: 'empty', packCode: null }]),
  'handed to somebody else': ({ vehicles, comesIn, goesOut }, code) =>
    comesIn(9, vehicles[1]!, [20, vehicles[1]!.packs[0]!, 12]).then(() => goesOut(9, vehicles[1]!, [1, code, 90])),
};

for (const [how, spoil] of Object.entries(spoilings))
  test(
    `a promised pack is ${how}: the driver who is back gets another one, and the operator a line`,
    onTheStreet({}, async (street) => {
      const { vehicles, authorised, swaps, lines, comesIn, goesOut, slots, work } = street;
      const [vehicle] = vehicles;
      const first = (await authorised(vehicle!)).promised![0]!;
      assert.equal(first.code, slots[0]);
      await spoil(street, first.code);
      if (how === 'recalled') await quarantine(work, [{ code: first.code, why: 'recalled: fire' }]);
      const { status, swapId, promised } = await authorised(vehicle!);
      assert.deepEqual([status, promised!.map((it) => it.code)], ['Accepted', [slots[1]]]);
      assert.equal((await lines())['promise-judged-again'], 1);
      await comesIn(1, vehicle!, [19, vehicle!.packs[0]!, 12]);
      await goesOut(1, vehicle!, [2, slots[1]!, 90]);
      const swap = (await swaps()).find((it) => it.id === swapId)!;
      assert.equal(swap.state, 'released');
      assert.ok(!problemsOf(swap).includes('promise-broken'));
    }),
  );

test(
  'a promised pack is recalled and there is no other: the driver is refused with the reason, and nothing stays set aside',
  onTheStreet({ standing: 1 }, async (street) => {
    const { vehicles, authorised, swaps, lines, work } = street;
    const { promised } = await authorised(vehicles[0]!);
    await withdraw(work, promised![0]!.code, 'recalled: fire');
    await quarantine(work, [{ code: promised![0]!.code, why: 'fire' }]);
    assert.equal((await lines())['promise-withdrawn'], 1);
    const refusal = await authorised(vehicles[0]!);
    assert.deepEqual([refusal.status, refusal.why!.code], ['NotAtThisTime', 'no-pack']);
    assert.deepEqual([(await swaps())[0]!.state, await pendingOn(street)], ['aborted', 0]);
    assert.equal((await lines())['promise-judged-again'], 1);
  }),
);

test(
  'of a set of blocks one is recalled: the others go on waiting, and a new one makes the set whole',
  onTheStreet(
    { preset: 'choco-30', vehicleModel: 'bestune-nat', packModel: 'choco-block-26', packsEach: 3, standing: 5 },
    async (street) => {
      const { vehicles, authorised, work } = street;
      const before = (await authorised(vehicles[0]!)).promised!.map((it) => it.code);
      await withdraw(work, before[1]!, 'recalled: fire');
      await quarantine(work, [{ code: before[1]!, why: 'fire' }]);
      const after = (await authorised(vehicles[0]!)).promised!.map((it) => it.code);
      assert.equal(after.length, 3);
      assert.ok(!after.includes(before[1]!));
      assert.equal(after.filter((it) => before.includes(it)).length, 2);
      await street.demandClean();
      work.later({ minutes: 16 });
      await sweep(work);
      assert.equal(await pendingOn(street), 0);
    },
  ),
);

test(
  'a reservation whose pack was withdrawn is judged again when it is asked for from afar',
  onTheStreet({}, async ({ vehicles: [it], slots, work }) => {
    const wish = { stationId: 'SZ-1' as never, idToken: it!.idToken };
    const reserved = await reserve(work, { ...wish, arriveBy: work.at.add({ minutes: 20 }) });
    await withdraw(work, slots[0] as PackCode, 'recalled: fire');
    await quarantine(work, [{ code: slots[0] as PackCode, why: 'fire' }]);
    const swap = await requestSwap(work, { ...wish, by: 'test' });
    assert.deepEqual([swap.id, swap.promised[0]!.code], [reserved.id, slots[1]]);
  }),
);

test(
  'a token that is blocked after Authorize: what was set aside is free at the next message, which says so',
  onTheStreet({ vehicles: 3 }, async (street) => {
    const { vehicles, authorised, comesIn, goesOut, step, slots, swaps, lines, work } = street;
    const [asks, swapsOn, arrives] = vehicles;
    for (const it of vehicles) await authorised(it);
    for (const it of vehicles) await setTokenStatus(work, it.idToken, 'blocked');

    assert.equal((await authorised(asks!)).status, 'Blocked');
    await step(3, 'arrived', { by: arrives! });
    await comesIn(2, swapsOn!, [20, swapsOn!.packs[0]!, 12]);
    assert.equal(await pendingOn(street), 0);
    assert.equal((await lines())['token-not-valid'], 3);
    await goesOut(2, swapsOn!, [2, slots[1]!, 90]);
    const byToken = new Map((await swaps()).map((it) => [it.idToken, it]));
    assert.equal(byToken.get(asks!.idToken)!.state, 'aborted');
    const swapped = byToken.get(swapsOn!.idToken)!;
    assert.deepEqual([swapped.state, problemsOf(swapped)], ['released', ['token-not-valid']]);
    assert.ok((await street.money(`outside:arrears/${swapsOn!.driverId}`)) < 0);
  }),
);

test(
  'a driver is let in although he is stuck elsewhere, but not at once; and an arrival that came to nothing binds nobody',
  onTheStreet(
    { stations: 2 },
    async ({ vehicles: [a, b], slots, authorised, comesIn, goesOut, checks, step, work, swaps }) => {
      await authorised(a!);
      await step(1, 'positioned');
      await comesIn(1, a!, [20, a!.packs[0]!, 12]);
      await goesOut(1, a!, [1, slots[0]!, 90]);
      await checks(1, { locks: 0 });
      assert.equal((await authorised(a!, 'SZ-2')).status, 'ConcurrentTx');
      work.later({ minutes: 61 });
      assert.equal((await authorised(a!, 'SZ-2')).status, 'Accepted');
      assert.equal((await swaps())[0]!.state, 'blocked');

      await step(2, 'arrived', { by: b! });
      assert.equal((await authorised(b!, 'SZ-2')).status, 'Accepted');
      const quote = await quoteFor(work, { stationId: 'SZ-2' as never, idToken: b!.idToken });
      assert.ok(quote.packs.length > 0);
      assert.equal(
        (await authorise(work, [{ stationId: 'SZ-1' as never, idToken: b!.idToken }]))[0]!.status,
        'ConcurrentTx',
      );
    },
  ),
);
