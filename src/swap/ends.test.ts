// Swaps that wait for somebody get an end: by an operator, or by themselves, and nothing stays set aside for good.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { sql } from 'kysely';
import { history } from '#record';
import { resolve, sweep } from '#swap';
import { onTheStreet, problemsOf, type Street } from './testing.ts';

const by = 'person:1';

/** A swap of the first driver under number 7 that waits for somebody. */
const waits: Record<string, (street: Street) => Promise<void>> = {
  blocked: async ({ vehicles: [it], slots, authorised, step, comesIn, goesOut, checks }) => {
    await authorised(it!);
    await step(7, 'positioned');
    await comesIn(7, it!, [20, it!.packs[0]!, 12]);
    await goesOut(7, it!, [1, slots[0]!, 90]);
    await checks(7, { interlock: 0 });
  },
  stranded: async ({ vehicles: [it], authorised, comesIn, notTaken }) => {
    await authorised(it!);
    await comesIn(7, it!, [20, it!.packs[0]!, 12]);
    await notTaken(7, it!);
  },
  unreturned: async ({ vehicles: [it], slots, authorised, goesOut, work }) => {
    await authorised(it!);
    await goesOut(7, it!, [1, slots[0]!, 90]);
    work.later({ minutes: 31 });
    await sweep(work);
  },
};

for (const [state, make] of Object.entries(waits)) {
  test(
    `${state}: an operator bills and releases it, with the reason in the record`,
    onTheStreet({}, async (street) => {
      await make(street);
      const [before] = await street.swaps();
      assert.equal(before!.state, state);
      const swap = await resolve(street.work, before!.id, { how: 'release', reason: 'looked at it', by });
      assert.deepEqual([swap.state, swap.held > 0], ['released', true]);
      assert.equal(swap.bill!.total > 0, state !== 'stranded');
      const told = (await history(street.work, `swap:${swap.id}`)).find((it) => it.type === 'swap.resolved')!;
      assert.deepEqual(told.body, { how: 'release', reason: 'looked at it', by, was: state });
      await assert.rejects(resolve(street.work, swap.id, { how: 'void', reason: 'again', by }), {
        code: 'swap-has-ended',
      });
    }),
  );

  test(
    `${state}: an operator ends it free of charge; hold and promise are free`,
    onTheStreet({}, async (street) => {
      const { vehicles, money, swaps, work } = street;
      const before = await money(`driver:${vehicles[0]!.driverId}`);
      await make(street);
      const swap = await resolve(work, (await swaps())[0]!.id, { how: 'void', reason: 'our fault', by });
      assert.deepEqual([swap.state, swap.bill, problemsOf(swap).at(-1)], ['aborted', null, 'resolved']);
      assert.equal(await money(`driver:${vehicles[0]!.driverId}`), before);
    }),
  );

  test(
    `${state}, and nobody looks: it ends by itself after a day, billed by what went out, and the operator is told`,
    onTheStreet({}, async ({ ...street }) => {
      await make(street);
      street.work.later({ hours: 23 });
      await sweep(street.work);
      assert.equal((await street.swaps())[0]!.state, state);
      street.work.later({ hours: 2 });
      await sweep(street.work);
      const [swap] = await street.swaps();
      assert.equal(swap!.state, 'aborted');
      assert.equal(swap!.bill !== null, state !== 'stranded');
      assert.equal((await street.lines())['ended-by-itself'], 1);
    }),
  );
}

test(
  'what has not begun is cancelled, not resolved; what is paid is only released',
  onTheStreet({}, async ({ vehicles: [a, b], slots, authorised, step, comesIn, goesOut, checks, swaps, work }) => {
    const { swapId } = await authorised(b!);
    await assert.rejects(resolve(work, swapId!, { how: 'void', reason: 'no', by }), { code: 'swap-has-not-begun' });
    await authorised(a!);
    await step(7, 'positioned', { by: a! });
    await comesIn(7, a!, [20, a!.packs[0]!, 12]);
    await goesOut(7, a!, [2, slots[1]!, 90]);
    await checks(7);
    const settled = (await swaps()).find((it) => it.idToken === a!.idToken)!;
    assert.equal(settled.state, 'settled');
    await assert.rejects(resolve(work, settled.id, { how: 'void', reason: 'no', by }), { code: 'swap-is-paid' });
    assert.equal((await resolve(work, settled.id, { how: 'release', reason: 'it left', by })).state, 'released');
  }),
);

test(
  'a driver who was left without a pack days ago still gets one, and packs that nobody took before any came in strand nobody',
  onTheStreet({}, async ({ vehicles: [a, b], slots, authorised, comesIn, goesOut, notTaken, swaps, lines, work }) => {
    await authorised(a!);
    await comesIn(7, a!, [20, a!.packs[0]!, 12]);
    await notTaken(7, a!);
    work.later({ hours: 20 });
    assert.equal((await authorised(a!)).status, 'Accepted');
    await goesOut(8, a!, [1, slots[0]!, 90]);
    assert.equal((await swaps())[0]!.state, 'released');
    await authorised(b!);
    await notTaken(9, b!);
    assert.equal((await lines())['packs-not-taken'], 1);
    work.later({ minutes: 20 });
    await sweep(work);
    assert.equal((await swaps())[1]!.state, 'expired');
  }),
);

test(
  'swaps of a database from before waits had an end get one when it is brought up to date',
  onTheStreet({}, async (street) => {
    const { work, swaps } = street;
    await waits.blocked!(street);
    await sql`update swap.swap set expires_at = null,
      body = (body::jsonb - 'count' - 'withdrawn' - 'stuckAt' || '{"expiresAt": null}')::json`.execute(work.db);
    const migration = readFileSync('db/migrations/0016-swap-ends.sql', 'utf8').replaceAll(/^--.*$/gm, '');
    for (const it of migration.split(';').filter((part) => part.trim() !== '')) await sql.raw(it).execute(work.db);
    const [swap] = await swaps();
    assert.deepEqual([swap!.count, swap!.withdrawn, swap!.stuckAt?.toString()], [1, [], work.at.toString()]);
    await street.demandClean();
    work.later({ hours: 25 });
    await sweep(work);
    assert.equal((await swaps())[0]!.state, 'aborted');
  }),
);
