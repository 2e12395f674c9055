// Packs that were re-coded for a second use, and that stations still name by the code on their old label.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { find, succeed, successorsOf } from '#pack';
import { relabel } from '#station';
import { authorise } from '#swap';
import type { PackCode } from '#units';
import { withServer } from '../../test/app.ts';
import { cardOf, packCode, smallNetwork, st1 } from '../../test/seed.ts';
import { rolledBack, type TestWork } from '../../test/work.ts';
import { blocks, onTheStreet, problemsOf } from './testing.ts';

async function recoded(work: TestWork, code: PackCode): Promise<PackCode> {
  const made = await succeed(work, code, 'test');
  await relabel(work, code, made);
  return made;
}

test(
  'a pack that goes out by its old code is the one under its new code: booked, told, and not let go',
  onTheStreet({}, async ({ vehicles: [it], slots, comesIn, goesOut, swaps, lines, holderOf, work }) => {
    const old = slots[0] as PackCode;
    const made = await recoded(work, old);
    await comesIn(7, it!, [20, it!.packs[0]!, 12]);
    for (const _ of ['once', 'again']) await goesOut(7, it!, [1, old, 90]);
    const [swap, ...others] = await swaps();
    assert.deepEqual([others, swap!.state], [[], 'blocked']);
    assert.deepEqual(
      swap!.given.map((pack) => pack.code),
      [made],
    );
    assert.deepEqual([await holderOf(made), await holderOf(old)], [`vehicle:${it!.vin}`, undefined]);
    assert.deepEqual(problemsOf(swap!), ['unannounced', 'pack-recoded', 'forbidden-pack-given']);
    assert.match(swap!.problems[1]!.sentence, new RegExp(`${made}.*old code ${old}`));
    assert.equal((await lines())['pack-recoded'], 1);
  }),
);

test(
  'it comes in by its old code: the station has it under the new one, and no driver is promised it',
  onTheStreet({ standing: 1 }, async ({ vehicles: [a, b], slots, comesIn, goesOut, authorised, holderOf, work }) => {
    const old = slots[0] as PackCode;
    const made = await recoded(work, old);
    await comesIn(7, a!, [20, old, 50]);
    assert.deepEqual([await holderOf(made), await holderOf(old)], ['station:SZ-1', undefined]);
    const [pack] = await find(work, [made]);
    assert.equal(pack!.soc, 50);
    assert.notEqual((await authorised(b!)).status, 'Accepted');
    await goesOut(7, a!, [20, old, 50]);
    assert.equal(await holderOf(made), `vehicle:${a!.vin}`);
  }),
);

test(
  'of two blocks that go out in one message one was re-coded: both are booked',
  onTheStreet(blocks, async ({ vehicles: [it], slots, comesIn, goesOut, swaps, holderOf, work }) => {
    const made = await recoded(work, slots[0] as PackCode);
    await comesIn(7, it!, [20, it!.packs[0]!, 60], [21, it!.packs[1]!, 60]);
    await goesOut(7, it!, [1, slots[0]!, 95], [2, slots[1]!, 95]);
    const [swap] = await swaps();
    assert.deepEqual(
      swap!.given.map((pack) => pack.code),
      [made, slots[1]],
    );
    for (const code of [made, slots[1]!]) assert.equal(await holderOf(code), `vehicle:${it!.vin}`);
  }),
);

test(
  'what came in before it was re-coded is told again by its old code after the end: nothing changes',
  onTheStreet({}, async ({ vehicles: [it], slots, authorised, comesIn, goesOut, swaps, lines, holderOf, work }) => {
    const own = it!.packs[0] as PackCode;
    await authorised(it!);
    await comesIn(7, it!, [20, own, 12]);
    await goesOut(7, it!, [1, slots[0]!, 90]);
    const made = await recoded(work, own);
    const before = await swaps();
    await comesIn(7, it!, [20, own, 12]);
    assert.deepEqual([await swaps(), await lines(), await holderOf(made)], [before, {}, 'station:SZ-1']);
  }),
);

test(
  'the last code of a chain is the code that counts',
  rolledBack(async (work) => {
    await sql`insert into pack.succession (original, successor, at)
      values ('A', 'B', now()), ('B', 'C', now()), ('X', 'Y', now())`.execute(work.db);
    const codes = ['A', 'B', 'C', 'N'] as PackCode[];
    assert.deepEqual(await successorsOf(work, codes), new Map(Object.entries({ A: 'C', B: 'C' })));
  }),
);

test(
  'a pack with which a swap goes on is not re-coded',
  withServer(async ({ app, as }) => {
    await app.doWork((work) => smallNetwork(work));
    const [answer] = await app.doWork((work) => authorise(work, [{ stationId: st1, idToken: cardOf(1) }]));
    const caller = await as('register', 'read', 'operate');
    const refused = await caller.post(`/v1/packs/${answer!.promised![0]!.code}/successor`, {});
    assert.deepEqual([refused.status, refused.body.type], [409, '/problems/pack-in-swap']);
    assert.equal((await caller.post(`/v1/packs/${packCode(2)}/successor`, {})).status, 200);
  }),
);
