import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import type { Work } from '#kernel';
import { ownDatabase } from '../../test/database.ts';

const put = (work: Work, item: string) => sql`insert into public.seen values (${item})`.execute(work.db);
const seen = async (work: Pick<Work, 'db'>) =>
  (await sql<{ item: string }>`select item from public.seen order by 1`.execute(work.db)).rows.map((it) => it.item);

const shelf = (body: Parameters<typeof ownDatabase>[0]) =>
  ownDatabase(async (own) => {
    await sql`create table public.seen (item text primary key)`.execute(own.db);
    await body(own);
  });

test(
  'statements that are given at once are executed in the order they were given',
  shelf(async ({ doWork }) => {
    const found = await doWork((work) =>
      Promise.all([
        seen(work),
        put(work, 'a').then(() => 'put'),
        seen(work),
        put(work, 'b').then(() => 'put'),
        seen(work),
      ]),
    );
    assert.deepEqual(found, [[], 'put', ['a'], 'put', ['a', 'b']]);
  }),
);

test(
  'when one of them fails nothing stays, and the work is told why, not that it was aborted',
  shelf(async (own) => {
    const failing = own.doWork((work) => Promise.all([put(work, 'a'), put(work, 'a'), put(work, 'b')]));
    await assert.rejects(failing, { code: '23505' });
    assert.deepEqual(await seen(own), []);
  }),
);

test(
  'what a sibling of the failed one would do later is refused: it would be committed all by itself',
  shelf(async (own) => {
    let later: Promise<unknown> | undefined;
    const slow = async (work: Work) => {
      await seen(work);
      later = new Promise((resolve) => setTimeout(resolve, 50)).then(() => put(work, 'stray'));
      await later;
    };
    await assert.rejects(
      own.doWork((work) => Promise.all([slow(work), sql`select 1 / 0`.execute(work.db)])),
      { code: '22012' },
    );
    await assert.rejects(later!, /after its work was over/);
    assert.deepEqual(await seen(own), []);
  }),
);
