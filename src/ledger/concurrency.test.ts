import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Pool } from 'pg';
import { check, type DoWork } from '#kernel';
import {
  type AccountName,
  accounts,
  expire,
  type Linked,
  ledgerInvariants,
  mustPost,
  post,
  type Result,
} from '#ledger';
import { type Chance, chance } from '#units';
import { ownDatabase } from '../../test/database.ts';
import { testStart } from '../../test/work.ts';

const money = (holder: AccountName['holder']): AccountName => ({ unit: 'money', asset: 'CNY', holder });
const bank = money('outside:bank');
const drivers = Array.from({ length: 6 }, (_, n) => money(`driver:${n}`));
const reason = 'test';

const topUps: readonly Linked[] = drivers.map((it, n) => [
  { kind: 'posted', id: `top-up-${n}`, debit: bank, credit: it, amount: 1000, reason },
]);

test(
  'works that book on the same accounts at the same time lose nothing and double nothing',
  ownDatabase(async ({ doWork }) => {
    await doWork((work) => mustPost(work, topUps));
    const created = new Map<string, number>();
    const worker = async (number: number) => {
      const dice = chance(number);
      for (let round = 0; round < 12; round++) {
        const sets = Array.from({ length: 20 }, () => payment(dice));
        const results = await doWork((work) => post(work, sets));
        for (const [index, { is }] of results.entries())
          if (is === 'created') created.set(sets[index]![0]!.id, (created.get(sets[index]![0]!.id) ?? 0) + 1);
      }
    };
    await Promise.all([1, 2, 3, 4, 5, 6].map(worker));

    for (const [id, times] of created) assert.equal(times, 1, `${id} was made ${times} times`);
    const expected = new Map(drivers.map((it) => [it.holder, 1000]));
    for (const id of created.keys()) {
      const { from, to, amount } = meaning(id);
      expected.set(from, expected.get(from)! - amount);
      expected.set(to, expected.get(to)! + amount);
    }
    assert.deepEqual(await balances(doWork), expected);
    await demandCleanBooks(doWork);
    assert.ok(created.size > 100);
  }),
);

test(
  'of many who keep, take back or let expire the same promise at the same time exactly one succeeds',
  ownDatabase(async ({ doWork, doWorkAt }) => {
    await doWork((work) => mustPost(work, topUps));
    for (let n = 0; n < 10; n++) {
      const expiresAt = testStart.add({ minutes: 1 });
      const hold = { ...{ debit: drivers[0]!, credit: drivers[1]!, amount: 10, reason, expiresAt }, id: `hold-${n}` };
      await doWork((work) => mustPost(work, [[{ kind: 'pending', ...hold }]]));
      const later = doWorkAt({ clock: () => testStart.add({ minutes: 2 }) });
      const answers = await Promise.all([
        doWork((work) => post(work, [[{ kind: 'post', id: `keep-${n}`, pendingId: hold.id, reason }]])),
        doWork((work) => post(work, [[{ kind: 'post', id: `part-${n}`, pendingId: hold.id, amount: 3, reason }]])),
        doWork((work) => post(work, [[{ kind: 'void', id: `void-${n}`, pendingId: hold.id, reason }]])),
        later(async (work): Promise<Result[]> => ((await expire(work)) === 1 ? [{ is: 'created' }] : [])),
      ]);
      assert.equal(answers.flat().filter((it) => it.is === 'created').length, 1);
    }
    await demandCleanBooks(doWork);
  }),
);

test(
  'works that name the same new accounts at the same time, in any order, share them',
  ownDatabase(async ({ doWork }) => {
    const sets = (from: string): Linked[] =>
      Array.from({ length: 30 }, (_, n) => [
        { kind: 'posted', id: `${from}-${n}`, debit: bank, credit: money(`party:${n}`), amount: 1, reason },
      ]);
    await Promise.all([
      doWork((work) => mustPost(work, sets('a'))),
      doWork((work) => mustPost(work, sets('b').toReversed())),
      doWork((work) => mustPost(work, sets('c'))),
    ]);
    const found = await doWork((work) => accounts(work, [bank]));
    assert.equal([...found.values()][0]!.debitsPosted, 90);
    await demandCleanBooks(doWork);
  }),
);

test(
  'a promise that another work makes while we wait for its accounts can be kept at once',
  ownDatabase(async ({ doWork, pool }) => {
    await doWork((work) => mustPost(work, topUps));
    const [ann, bob, eve] = [drivers[0]!, drivers[1]!, drivers[2]!];
    const made = Promise.withResolvers<void>();
    const mayCommit = Promise.withResolvers<void>();
    const first = doWork(async (work) => {
      await mustPost(work, [
        [{ kind: 'pending', id: 'hold', debit: ann, credit: bob, amount: 10, reason }],
        [{ kind: 'posted', id: 'a', debit: bank, credit: eve, amount: 1, reason }],
      ]);
      made.resolve();
      await mayCommit.promise;
    });
    await made.promise;
    const second = doWork((work) =>
      post(work, [
        [{ kind: 'posted', id: 'b', debit: bank, credit: eve, amount: 1, reason }],
        [{ kind: 'post', id: 'keep', pendingId: 'hold', reason }],
      ]),
    );
    await somebodyWaits(pool);
    mayCommit.resolve();
    await first;
    assert.deepEqual(await second, [{ is: 'created' }, { is: 'created' }]);
    await demandCleanBooks(doWork);
  }),
);

async function somebodyWaits(pool: Pool): Promise<void> {
  const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  while ((await pool.query(waiting)).rowCount === 0) await setTimeout(5);
}

/** Its id tells what it moves, and few ids are possible, so that the works race for the same ones. */
function payment(dice: Chance): Linked {
  const from = dice.between(0, 5);
  const to = (from + dice.between(1, 5)) % 6;
  const id = `${from}>${to}:${dice.between(1, 12)}`;
  return [{ kind: 'posted', id, debit: drivers[from]!, credit: drivers[to]!, amount: meaning(id).amount, reason }];
}

function meaning(id: string) {
  const [, from, to, amount] = /^(\d)>(\d):(\d+)$/.exec(id)!;
  return { from: drivers[Number(from)]!.holder, to: drivers[Number(to)]!.holder, amount: Number(amount) };
}

const balances = (doWork: DoWork) =>
  doWork(async (work) => {
    const found = await accounts(work, drivers);
    return new Map(drivers.map((it) => [it.holder, balanceIn(found, it)]));
  });

function balanceIn(found: Awaited<ReturnType<typeof accounts>>, { unit, asset, holder }: AccountName): number {
  const account = found.get(`${unit}|${asset}|${holder}`)!;
  return account.creditsPosted - account.debitsPosted;
}

const demandCleanBooks = (doWork: DoWork) =>
  doWork(async (work) => {
    for (const { id, violations } of await check(work, ledgerInvariants)) assert.deepEqual(violations, [], id);
  });
