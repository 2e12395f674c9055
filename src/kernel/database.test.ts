import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { Lane } from '#kernel';
import { ownDatabase } from '../../test/database.ts';
import { rolledBack } from '../../test/work.ts';

test(
  'instants, days and whole numbers come back in the types the domain speaks, and go down again',
  rolledBack(async (work) => {
    const at = Temporal.Instant.from('2026-11-22T08:00:00.123456Z');
    const day = Temporal.PlainDate.from('2026-02-28');
    const { rows } = await sql<Record<string, unknown>>`select ${at}::timestamptz as some_instant, ${day}::date as day,
      9007199254740991::bigint as big, '{"snake_case": {"camelCase": 1}}'::jsonb as nested`.execute(work.db);
    const { someInstant, day: back, big, nested } = rows[0]!;
    assert.ok(someInstant instanceof Temporal.Instant && someInstant.equals(at));
    assert.ok(back instanceof Temporal.PlainDate && back.equals(day));
    assert.equal(big, Number.MAX_SAFE_INTEGER);
    assert.deepEqual(nested, { snake_case: { camelCase: 1 } });
  }),
);

test(
  'a number too large to be exact is an error, never rounded',
  rolledBack(async (work) => {
    await assert.rejects(sql`select 9007199254740993::bigint as it`.execute(work.db), RangeError);
  }),
);

test(
  'while the database is away a lane tells all at once and does not try each alone; later it works again',
  ownDatabase(async ({ doWork, pool }) => {
    let tries = 0;
    const lane = new Lane<number, number>(doWork, async (work, items) => {
      tries++;
      if (tries === 1) await sql`select pg_terminate_backend(pg_backend_pid())`.execute(work.db);
      return items.map((answer) => ({ answer }));
    });
    const results = await Promise.allSettled([1, 2, 3, 4].map((it) => lane.submit(it)));
    assert.deepEqual(
      results.map((it) => it.status),
      ['rejected', 'rejected', 'rejected', 'rejected'],
    );
    assert.equal(tries, 1);
    assert.equal(await lane.submit(5), 5);
    assert.equal((await pool.query('select 1 as it')).rows[0].it, 1);
  }),
);
