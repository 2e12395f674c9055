import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { check } from '#kernel';
import { append, history, recordInvariants } from '#record';
import { rolledBack } from '../../test/work.ts';

const born = { subject: 'pack:P1', type: 'pack.registered', body: { capacityWh: 42_000 } } as const;
const charged = { subject: 'pack:P1', type: 'pack.charged', body: { soc: 90.5 } } as const;

test(
  'the history of a pack comes back in the order it was written',
  rolledBack(async (work) => {
    await append(work, [born, { ...born, subject: 'pack:P2' }, charged]);
    assert.deepEqual(
      (await history(work, 'pack:P1')).map((it) => it.type),
      ['pack.registered', 'pack.charged'],
    );
    const [first] = await history(work, 'pack:P1');
    assert.deepEqual(
      (await history(work, 'pack:P1', { after: first!.seq })).map((it) => it.body),
      [{ soc: 90.5 }],
    );
  }),
);

for (const change of ["update record.entry set type = 'x'", 'delete from record.entry', 'truncate record.entry'])
  test(
    `the database refuses "${change}"`,
    rolledBack(async (work) => {
      await append(work, [born]);
      await assert.rejects(sql.raw(change).execute(work.db), /append-only/);
    }),
  );

test(
  'the audit finds an entry dated before the one it follows',
  rolledBack(async (work) => {
    work.later({ hours: 1 });
    await append(work, [born]);
    assert.deepEqual((await check(work, recordInvariants))[0]!.violations, []);
    work.later({ hours: -1 });
    await append(work, [charged]);
    assert.equal((await check(work, recordInvariants))[0]!.violations.length, 1);
  }),
);
