import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { forgetOldKeys, Refused } from '#kernel';
import { ownDatabase } from '../../test/database.ts';
import { rolledBack } from '../../test/work.ts';
import { once } from './idempotency.ts';

const asked = { caller: 'app', key: 'k1', request: { stationId: 'SZ-01' } };
const mustNotAct = async () => assert.fail('done a second time');

test(
  'the same request again gets the first reply and is not done again',
  rolledBack(async (work) => {
    assert.deepEqual(await once(work, asked, async () => ({ reservation: 7 })), { reservation: 7 });
    assert.deepEqual(await once(work, asked, mustNotAct), { reservation: 7 });
  }),
);

test(
  'a reply that holds a secret is shown once: it is kept nowhere, and who asks again is told the way out',
  rolledBack(async (work) => {
    const secret = { ...asked, secret: true };
    assert.deepEqual(await once(work, secret, async () => ({ password: 'hunter2' })), { password: 'hunter2' });
    const { rows } = await sql`select * from kernel.idempotency`.execute(work.db);
    assert.equal(rows.length, 1);
    assert.doesNotMatch(JSON.stringify(rows), /hunter2/);
    const again = { code: 'secret-shown-once', status: 409, message: /another key.*renew the password/ };
    await assert.rejects(once(work, secret, mustNotAct), again);
    await assert.rejects(once(work, { ...secret, request: 'other' }, mustNotAct), { code: 'idempotency-key-reused' });
  }),
);

test(
  'callers have their own keys, and another key is another request',
  rolledBack(async (work) => {
    assert.equal(await once(work, asked, async () => 1), 1);
    assert.equal(await once(work, { ...asked, caller: 'other' }, async () => 2), 2);
    assert.equal(await once(work, { ...asked, key: 'k2' }, async () => 3), 3);
  }),
);

test(
  'a key that comes with another request is refused, and so is a missing or endless one',
  rolledBack(async (work) => {
    await once(work, asked, async () => 1);
    await assert.rejects(once(work, { ...asked, request: { stationId: 'SZ-02' } }, mustNotAct), {
      code: 'idempotency-key-reused',
      status: 422,
    });
    for (const key of [undefined, '', 'x'.repeat(201)])
      await assert.rejects(once(work, { ...asked, key }, mustNotAct), { code: 'idempotency-key-missing', status: 400 });
  }),
);

test(
  'a refused request may be tried again with the same key',
  ownDatabase(async ({ doWork }) => {
    const refuse = async () => {
      throw new Refused('no-battery-ready', 'none is charged');
    };
    await assert.rejects(
      doWork((work) => once(work, asked, refuse)),
      { code: 'no-battery-ready' },
    );
    assert.equal(await doWork((work) => once(work, asked, async () => 'now')), 'now');
  }),
);

test(
  'of many that send the same request at the same time one acts and all get its reply',
  ownDatabase(async ({ db, doWork }) => {
    await sql`create table public.seen (at timestamptz)`.execute(db);
    const replies = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        doWork((work) =>
          once(work, asked, async () => {
            await sql`insert into public.seen values (${work.at})`.execute(work.db);
            return n;
          }),
        ),
      ),
    );
    assert.equal(new Set(replies).size, 1);
    assert.equal((await sql`select from public.seen`.execute(db)).rows.length, 1);
  }),
);

test(
  'keys are remembered for two days',
  rolledBack(async (work) => {
    await once(work, asked, async () => 1);
    work.later({ hours: 48 });
    await forgetOldKeys(work);
    assert.equal(await once(work, asked, mustNotAct), 1);
    work.later({ seconds: 1 });
    await forgetOldKeys(work);
    assert.equal(await once(work, asked, async () => 2), 2);
  }),
);
