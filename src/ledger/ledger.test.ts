import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from '#kernel';
import {
  type AccountName,
  accounts,
  available,
  balance,
  close,
  entries,
  expire,
  find,
  holdersOf,
  type Linked,
  ledgerInvariants,
  mustPost,
  open,
  post,
  type Transfer,
} from '#ledger';
import { chance } from '#units';
import { ownDatabase } from '../../test/database.ts';
import { rolledBack, testStart } from '../../test/work.ts';

const money = (holder: AccountName['holder']): AccountName => ({ unit: 'money', asset: 'CNY', holder });
const [bank, ann, bob] = [money('outside:bank'), money('driver:ann'), money('driver:bob')];
const reason = 'test';
const posted = (id: string, debit: AccountName, credit: AccountName, amount: number): Transfer => ({
  ...{ kind: 'posted', id, debit, credit, amount, reason },
});

test(
  'a pack is with one holder only: who does not have it cannot hand it out',
  rolledBack(async (work) => {
    const at = (holder: AccountName['holder']): AccountName => ({ unit: 'custody', asset: 'PACK1', holder });
    await mustPost(work, [[posted('made', at('outside:maker'), at('station:1'), 1)]]);
    await mustPost(work, [[posted('out', at('station:1'), at('vehicle:1'), 1)]]);
    await assert.rejects(mustPost(work, [[posted('again', at('station:1'), at('vehicle:2'), 1)]]), {
      code: 'exceeds-balance',
      message: 'again: custody|PACK1|station:1 has 0 to give, not 1',
    });
    assert.deepEqual(
      (await holdersOf(work, 'custody', ['PACK1'])).map((it) => it.holder),
      ['vehicle:1'],
    );
  }),
);

test(
  'a postpaid customer owes what he was opened for, a prepaid one cannot',
  rolledBack(async (work) => {
    await open(work, [{ ...ann, bound: 'none' }]);
    await open(work, [{ ...ann, bound: 'debits' }]); // keeps the terms it has
    const results = await post(work, [[posted('a', ann, bank, 5)], [posted('b', bob, bank, 5)]]);
    assert.deepEqual(
      results.map((it) => it.is),
      ['created', 'refused'],
    );
    assert.equal(balance((await accounts(work, [ann])).get('money|CNY|driver:ann')!), -5);
  }),
);

test(
  'a promise counts until its time is over; then what was promised is free and the answer comes too late',
  rolledBack(async (work) => {
    const hold = { debit: ann, credit: bob, amount: 80, reason, expiresAt: testStart.add({ minutes: 15 }) };
    await mustPost(work, [[posted('top-up', bank, ann, 100)], [{ kind: 'pending', id: 'hold', ...hold }]]);
    const left = async () => available((await find(work, [ann]))[0]!);
    assert.equal(await left(), 20);
    work.later({ minutes: 14 });
    assert.equal(await expire(work), 0);
    work.later({ minutes: 1 });
    assert.equal(await expire(work), 1);
    assert.equal(await expire(work), 0);
    assert.equal(await left(), 100);
    await assert.rejects(mustPost(work, [[{ kind: 'post', id: 'late', pendingId: 'hold', reason }]]), {
      code: 'pending-expired',
    });
    assert.equal((await entries(work, ['hold/expired']))[0]!.kind, 'expire');
  }),
);

test(
  'late promises are released oldest first, as many as asked',
  rolledBack(async (work) => {
    const hold = (minutes: number): Linked => [
      {
        ...{ kind: 'pending', id: `hold-${minutes}`, debit: bank, credit: ann, amount: 1, reason },
        expiresAt: testStart.add({ minutes }),
      },
    ];
    await mustPost(work, [hold(3), hold(1), hold(2)]);
    work.later({ hours: 1 });
    assert.equal(await expire(work, 2), 2);
    const ended = await entries(
      work,
      [1, 2, 3].map((it) => `hold-${it}/expired`),
    );
    assert.deepEqual(ended.map((it) => it.id).sort(), ['hold-1/expired', 'hold-2/expired']);
  }),
);

test(
  'a closed account takes part in nothing, and none is closed while a promise on it is open',
  rolledBack(async (work) => {
    await assert.rejects(close(work, ann), { code: 'account-unknown', status: 404 });
    await mustPost(work, [[{ kind: 'pending', id: 'hold', debit: bank, credit: ann, amount: 1, reason }]]);
    await assert.rejects(close(work, ann), { code: 'account-has-pending' });
    await mustPost(work, [[{ kind: 'void', id: 'void', pendingId: 'hold', reason }]]);
    await close(work, ann);
    work.later({ hours: 1 });
    await close(work, ann);
    assert.equal((await find(work, [ann]))[0]!.closedAt?.toString(), testStart.toString());
    await assert.rejects(mustPost(work, [[posted('a', bank, ann, 1)]]), { code: 'account-closed' });
  }),
);

test(
  'an account closed by a work that began earlier is closed after all that was booked on it',
  ownDatabase(async ({ doWorkAt }) => {
    const later = testStart.add({ seconds: 5 });
    await doWorkAt({ clock: () => later })((work) => mustPost(work, [[posted('a', bank, ann, 1)]]));
    await doWorkAt({ clock: () => testStart })(async (work) => {
      await close(work, ann);
      assert.equal((await find(work, [ann]))[0]!.closedAt?.toString(), later.toString());
      for (const { id, violations } of await check(work, ledgerInvariants)) assert.deepEqual(violations, [], id);
    });
  }),
);

test(
  'an asset whose name could be taken for the name of an account is refused',
  rolledBack(async (work) => {
    const odd = (holder: AccountName['holder']): AccountName => ({ unit: 'money', asset: 'CNY|driver:ann', holder });
    await assert.rejects(post(work, [[posted('a', odd('outside:bank'), odd('driver:bob'), 1)]]), { code: '23514' });
  }),
);

test(
  'ten thousand random transfers in batches leave every asset at zero and every invariant unbroken',
  ownDatabase(async ({ doWork }) => {
    const dice = chance(11);
    const holders = Array.from({ length: 200 }, (_, n) => money(`driver:${n}`));
    await doWork((work) => mustPost(work, [holders.map((it, n) => posted(`top-up-${n}`, bank, it, 500))]));
    let created = 0;
    for (let batch = 0; batch < 20; batch++) {
      const sets = Array.from({ length: 250 }, (_, n): Linked => {
        const [a, b, c] = [dice.pick(holders), dice.pick(holders), dice.pick([...holders.slice(0, 3), bank])];
        const id = `${dice.next() < 0.05 ? batch - 1 : batch}/${n}`;
        return [posted(`${id}/1`, a, b, dice.between(1, 80)), posted(`${id}/2`, b, c, dice.between(1, 80))];
      });
      created += (await doWork((work) => post(work, sets))).filter((it) => it.is === 'created').length;
    }
    assert.ok(created > 1000, `only ${created} sets were possible`);
    await doWork(async (work) => {
      const all = [...(await accounts(work, [bank, ...holders])).values()];
      assert.equal(
        all.reduce((sum, it) => sum + balance(it), 0),
        0,
      );
      for (const { id, violations } of await check(work, ledgerInvariants)) assert.deepEqual(violations, [], id);
    });
  }),
);
