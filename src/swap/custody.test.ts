// Where packs are in the end, when stations tell things late, in reverse, or twice.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { find } from '#pack';
import { demandNoSwap, reported } from '#swap';
import type { PackCode } from '#units';
import { onTheStreet, problemsOf } from './testing.ts';

test(
  'two swaps of one driver told in reverse: every pack is where it really is, and each way of it is booked',
  onTheStreet({}, async ({ vehicles: [it], slots, comesIn, goesOut, swaps, holderOf, work }) => {
    const [first, second] = slots as [string, string];
    const own = it!.packs[0]!;
    await comesIn(12, it!, [20, first, 10]); // this came after …
    await goesOut(12, it!, [2, second, 95]);
    work.later({ seconds: 1 });
    await comesIn(11, it!, [21, own, 12]); // … what is told only now
    await goesOut(11, it!, [1, first, 95]);
    assert.equal(await holderOf(own), 'station:SZ-1');
    assert.equal(await holderOf(first), 'station:SZ-1');
    assert.equal(await holderOf(second), `vehicle:${it!.vin}`);
    assert.deepEqual(
      (await swaps()).map((swap) => [swap.requestId, swap.state]),
      [
        [12, 'released'],
        [11, 'released'],
      ],
    );
    assert.ok(problemsOf((await swaps())[1]!).includes('told-in-reverse'));
    const [pack] = await find(work, [first as PackCode]);
    assert.equal(pack!.soc, 10, 'as it was seen last');

    await goesOut(13, it!, [20, first, 80]); // and really out now, from where it stands
    assert.equal(await holderOf(first), `vehicle:${it!.vin}`);
  }),
);

test(
  'a pack in two places goes into quarantine, whichever side tells: the station it comes into or the one it goes out of',
  onTheStreet(
    { stations: 2, standing: 2 },
    async ({ vehicles: [a, b], slots, comesIn, goesOut, swaps, lines, work }) => {
      const [one, two] = slots as [PackCode, PackCode];
      const elsewhere = { stationId: 'SZ-2' as never, requestId: 3, at: work.at };
      const packs = (serial: string) => [{ slotNo: 9 as never, serial, soc: 90 as never, soh: 98 as never }];
      await reported(work, [{ ...elsewhere, kind: 'in', idToken: a!.idToken, packs: packs(one) }]);
      await reported(work, [{ ...elsewhere, kind: 'out', idToken: b!.idToken, packs: packs(two) }]);
      for (const code of [one, two]) {
        const [pack] = await find(work, [code]);
        assert.deepEqual([pack!.quarantined, /SZ-2 while at SZ-1/.test(pack!.quarantinedWhy!)], [true, true]);
      }
      assert.ok((await lines())['pack-in-two-places']);
      assert.ok((await lines())['pack-not-here']);
      await comesIn(4, a!, [8, a!.packs[0]!, 12]);
      await goesOut(4, a!, [2, two, 90]);
      assert.ok((await swaps()).some((it) => problemsOf(it).includes('forbidden-pack-given')));
    },
  ),
);

test(
  'whether a swap goes on with a pack: promised, come in or gone out, until it has ended',
  onTheStreet({}, async ({ vehicles: [it], slots, authorised, comesIn, goesOut, work }) => {
    const [first] = slots as [PackCode];
    const own = it!.packs[0] as PackCode;
    await demandNoSwap(work, first);
    await authorised(it!);
    await assert.rejects(demandNoSwap(work, first), { code: 'pack-in-swap' });
    await comesIn(1, it!, [20, own, 12]);
    await assert.rejects(demandNoSwap(work, own), { code: 'pack-in-swap' });
    await goesOut(1, it!, [1, first, 90]);
    for (const code of [first, own]) await demandNoSwap(work, code);
  }),
);

test(
  'a message told again after its swap has ended, under a number that was used again since, changes nothing',
  onTheStreet({}, async ({ vehicles: [it], slots, authorised, comesIn, goesOut, step, checks, swaps, lines, work }) => {
    const [first, second] = slots as [string, string];
    const at = work.at;
    const swapOnce = async (from: readonly [number, string], into: readonly [number, string]) => {
      await authorised(it!);
      await step(1, 'arrived', { by: it!, at: work.at });
      await comesIn(1, it!, [...into, 12]);
      await goesOut(1, it!, [...from, 90]);
      await checks(1);
      await step(1, 'released');
    };
    await swapOnce([1, first], [20, it!.packs[0]!]);
    work.later({ hours: 4 });
    await swapOnce([2, second], [19, first]);
    const before = await swaps();
    await comesIn(1, it!, [20, it!.packs[0]!, 12]);
    await goesOut(1, it!, [1, first, 90]);
    await goesOut(1, it!, [2, second, 90]);
    await step(1, 'arrived', { by: it!, at });
    await checks(1);
    await step(1, 'released');
    assert.deepEqual(await swaps(), before);
    assert.deepEqual(await lines(), {});
  }),
);
