import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { check } from '#kernel';
import { packCode, smallNetwork } from '../../test/seed.ts';
import { rolledBack, type TestWork } from '../../test/work.ts';
import { giveKeys } from '../pack/title/testing.ts';
import { against, bring, offerTo, signedBy } from './handover/testing.ts';
import { exchangeInvariants } from './invariants.ts';
import { digestOf, receiptText } from './receipt.ts';
import { endLeases, lease } from './store.ts';
import { takeUpAll } from './testing.ts';

/** One report received, the others waiting. */
async function reported(work: TestWork): Promise<void> {
  await smallNetwork(work);
  await takeUpAll(work, ['national']);
  const [first] = await lease(work, 'national', 1, work.at.add({ seconds: 20 }));
  const { id, revision, message } = first!;
  const receipt = receiptText({ id, revision, digest: digestOf(message), receivedAt: `${work.at}`, number: 'P1' });
  await endLeases(work, [{ id, revision, is: 'received', receipt }]);
  await handedOver(work);
}

/** Pack 1 was handed over, and pack 2 was not taken as it was offered. */
async function handedOver(work: TestWork): Promise<void> {
  await giveKeys(work, 'op', 'bank');
  const [taken, disputed] = [packCode(1), packCode(2)];
  await bring(work, taken, await signedBy(await offerTo(work, taken, 'bank'), 'op', 'bank'));
  const { id } = await bring(work, disputed, await signedBy(await offerTo(work, disputed, 'bank'), 'op'));
  await bring(work, disputed, await signedBy(await against(work, disputed, id), 'bank'));
}

const brokenIn = async (work: TestWork) =>
  (await check(work, exchangeInvariants)).filter((it) => it.violations.length > 0).map((it) => it.id);

const corruptions: Readonly<Record<string, string>> = {
  'exchange.receipt-fits': `update exchange.report set message = replace(message, '75000', '76000') where state = 'received'`,
  'exchange.nothing-forgotten': `update exchange.report set next_at = '2030-01-01' where state = 'waiting'`,
  'exchange.in-order': `update exchange.report set subject = (select subject from exchange.report where state = 'received'),
    no = default where state = 'received'; update exchange.report set subject = (select subject from exchange.report
    where state = 'received') where no = (select min(no) from exchange.report where state = 'waiting')`,
  'exchange.handover-says-it': `update exchange.handover set note = replace(note, '"soc":90', '"soc":80')`,
  'exchange.dispute-of-an-offer': `update exchange.handover_dispute set pack_code = '${packCode(1)}'`,
  'exchange.says-what-it-is-of': `update exchange.report set subject = 'pack:another' where state = 'waiting'`,
};

test('every rule of reports can be broken, and is then found', async (t) => {
  assert.deepEqual(Object.keys(corruptions).toSorted(), exchangeInvariants.map((it) => it.id).toSorted());
  await t.test(
    'a network that reports keeps them all',
    rolledBack(async (work) => {
      await reported(work);
      assert.deepEqual(await brokenIn(work), []);
    }),
  );
  for (const [id, statement] of Object.entries(corruptions))
    await t.test(
      id,
      rolledBack(async (work) => {
        await reported(work);
        for (const it of statement.split(';')) await sql.raw(it).execute(work.db);
        assert.ok((await brokenIn(work)).includes(id), `${id} did not notice: ${statement}`);
      }),
    );
});
