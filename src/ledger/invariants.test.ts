// An audit that cannot fail proves nothing: each invariant finds the corruption it is for, and calm books break none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { check, type Work } from '#kernel';
import { type AccountName, close, ledgerInvariants, mustPost } from '#ledger';
import { rolledBack, testStart } from '../../test/work.ts';

const money = (holder: AccountName['holder']): AccountName => ({ unit: 'money', asset: 'CNY', holder });
const [bank, ann, bob, eve] = [money('outside:bank'), money('driver:ann'), money('driver:bob'), money('driver:eve')];
const reason = 'test';

/** Some of everything: a linked pair, an open promise, a kept one, a closed account. */
async function calmBooks(work: Work): Promise<void> {
  const expiresAt = testStart.add({ hours: 1 });
  await mustPost(work, [
    [
      { kind: 'posted', id: 'link-1', debit: bank, credit: ann, amount: 100, reason },
      { kind: 'posted', id: 'link-2', debit: bank, credit: eve, amount: 100, reason },
    ],
    [{ kind: 'pending', id: 'open', debit: ann, credit: bob, amount: 5, reason, expiresAt }],
    [{ kind: 'pending', id: 'kept', debit: ann, credit: bob, amount: 10, reason, expiresAt }],
    [{ kind: 'post', id: 'keep', pendingId: 'kept', amount: 7, reason }],
  ]);
  await close(work, eve);
}

const broken = async (work: Work) =>
  (await check(work, ledgerInvariants)).filter((it) => it.violations.length > 0).map((it) => it.id);

const ofHolder = (name: AccountName) => `(select id from ledger.account where holder = '${name.holder}')`;
const columns = '(id, kind, pending_id, debit_id, credit_id, amount, reason, link, legs, at, expires_at)';

const booking = (fields: { id: string; kind?: string; debit?: string; credit?: string; link?: string; at?: string }) =>
  `insert into ledger.transfer ${columns} values ('${fields.id}', '${fields.kind ?? 'posted'}', null,
    ${fields.debit ?? ofHolder(bank)}, ${fields.credit ?? ofHolder(ann)}, 0, 'forged', '${fields.link ?? fields.id}', 1,
    '${fields.at ?? testStart}', null)`;

/** What somebody with the password of the database could do, and what the audit must then say. */
const corruptions: readonly { readonly breaks: string; readonly by: string }[] = [
  { breaks: 'ledger.balanced', by: "update ledger.account set credits_posted = 101 where holder = 'driver:ann'" },
  {
    breaks: 'ledger.promises-balanced',
    by: "update ledger.account set debits_pending = 6 where holder = 'driver:ann'",
  },
  {
    breaks: 'ledger.totals-follow-transfers',
    by: "update ledger.account set debits_posted = debits_posted + 1, credits_posted = credits_posted + 1 where holder = 'driver:ann'",
  },
  {
    breaks: 'ledger.promises-follow-transfers',
    by: "update ledger.account set debits_pending = debits_pending + 1, credits_pending = credits_pending + 1 where holder = 'driver:ann'",
  },
  { breaks: 'ledger.bounds-kept', by: "update ledger.account set bound = 'credits' where holder = 'driver:ann'" },
  {
    breaks: 'ledger.resolved-once',
    by: `insert into ledger.transfer ${columns} select 'keep-again', kind, pending_id, debit_id, credit_id, 0, reason,
      'keep-again', 1, at, null from ledger.transfer where id = 'keep'`,
  },
  { breaks: 'ledger.resolution-fits', by: "update ledger.transfer set amount = 11 where id = 'keep'" },
  { breaks: 'ledger.linked-whole', by: "delete from ledger.transfer where id = 'link-2'" },
  { breaks: 'ledger.one-unit', by: "update ledger.account set asset = 'EUR' where holder = 'driver:ann'" },
  {
    breaks: 'ledger.closed-is-closed',
    by: booking({ id: 'late', credit: ofHolder(eve), at: testStart.add({ seconds: 1 }).toString() }),
  },
  {
    breaks: 'ledger.expiry-in-time',
    by: `update ledger.transfer set expires_at = '${testStart.subtract({ minutes: 16 })}' where id = 'open'`,
  },
];

test(
  'calm books break no invariant',
  rolledBack(async (work) => {
    await calmBooks(work);
    assert.deepEqual(await broken(work), []);
  }),
);

for (const { breaks, by } of corruptions)
  test(
    `the audit finds ${breaks} broken`,
    rolledBack(async (work) => {
      await calmBooks(work);
      await withoutGuards(work);
      await sql.raw(by).execute(work.db);
      const found = await broken(work);
      assert.ok(found.includes(breaks), `found only ${found}`);
    }),
  );

test('each invariant of the ledger has a corruption that it alone is shown to find', () => {
  assert.deepEqual(
    corruptions.map((it) => it.breaks),
    ledgerInvariants.map((it) => it.id),
  );
});

test(
  'the audit finds a transfer whose account is gone',
  rolledBack(async (work) => {
    await calmBooks(work);
    await withoutGuards(work);
    await sql.raw(`delete from ledger.account where holder = 'driver:eve'`).execute(work.db);
    assert.ok((await broken(work)).includes('ledger.one-unit'));
  }),
);

test(
  'the audit finds a resolution of what was never promised',
  rolledBack(async (work) => {
    await calmBooks(work);
    await withoutGuards(work);
    await sql.raw("update ledger.transfer set pending_id = 'link-1' where id = 'keep'").execute(work.db);
    assert.ok((await broken(work)).includes('ledger.resolution-fits'));
  }),
);

for (const change of [
  "update ledger.transfer set amount = amount + 1 where id = 'keep'",
  "delete from ledger.transfer where id = 'keep'",
  'truncate ledger.transfer',
  "delete from ledger.account where holder = 'driver:eve'",
])
  test(
    `the database refuses "${change}"`,
    rolledBack(async (work) => {
      await calmBooks(work);
      await assert.rejects(sql.raw(change).execute(work.db), /append-only|never deleted/);
    }),
  );

test(
  'the database refuses totals beyond the bound, whatever program writes them',
  rolledBack(async (work) => {
    await calmBooks(work);
    await assert.rejects(
      sql`update ledger.account set debits_posted = 101 where holder = 'driver:ann'`.execute(work.db),
      { code: '23514' },
    );
  }),
);

/** Takes away, until the test is rolled back, all by which PostgreSQL itself would refuse the corruption. */
async function withoutGuards(work: Work): Promise<void> {
  await sql`set local session_replication_role = replica`.execute(work.db);
  await sql`alter table ledger.account drop constraint account_bound`.execute(work.db);
  await sql`drop index ledger.transfer_resolves_once`.execute(work.db);
}
