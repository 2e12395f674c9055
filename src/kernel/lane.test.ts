import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate, setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { sql } from 'kysely';
import { type DoWork, type HandleAll, Lane, type Work } from '#kernel';
import { type OwnDatabase, ownDatabase } from '../../test/database.ts';

/** A place where commits are seen: what was written in a work that failed is not in `seen`. */
async function shelf({ db, doWork }: OwnDatabase) {
  await sql`create table public.seen (n bigint generated always as identity, item integer primary key)`.execute(db);
  const put = async (work: Work, items: readonly number[]) =>
    void (await sql`insert into public.seen (item) select unnest(${items}::int[])`.execute(work.db));
  const seen = async () =>
    (await sql<{ item: number }>`select item from public.seen order by n`.execute(db)).rows.map((it) => it.item);
  return { put, seen, doWork };
}

test(
  'what arrives together shares one work, at most so many, in the order it came',
  ownDatabase(async (own) => {
    const { put, seen, doWork } = await shelf(own);
    const batches: number[] = [];
    const handle: HandleAll<number, string> = async (work, items) => {
      batches.push(items.length);
      await put(work, items);
      return items.map((it) => ({ answer: `did ${it}` }));
    };
    const lane = new Lane(doWork, handle, 4);
    const answers = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8, 9].map((it) => lane.submit(it)));
    assert.deepEqual(batches, [4, 4, 1]);
    assert.deepEqual(
      answers,
      [1, 2, 3, 4, 5, 6, 7, 8, 9].map((it) => `did ${it}`),
    );
    assert.deepEqual(await seen(), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  }),
);

test(
  'after many were answered at once, what they send next is awaited as a burst, not begun with its first',
  ownDatabase(async ({ doWork }) => {
    const batches: number[] = [];
    const lane = new Lane<number, number>(doWork, async (_, items) => {
      batches.push(items.length);
      await setTimeout(200);
      return items.map((it) => ({ answer: it }));
    });
    const numbers = Array.from({ length: 40 }, (_, index) => index);
    await Promise.all(numbers.map((it) => lane.submit(it)));
    const later: Promise<number>[] = [];
    for (const it of numbers) {
      later.push(lane.submit(it));
      await setImmediate();
    }
    assert.deepEqual(await Promise.all(later), numbers);
    assert.equal(batches[0], 40);
    assert.ok(batches[1]! > 1, `${batches}`);
  }),
);

test(
  'an answer is given after the commit, never before',
  ownDatabase(async (own) => {
    const { put, seen, doWork } = await shelf(own);
    const lane = new Lane<number, undefined>(doWork, async (work, items) => {
      await put(work, items);
      return items.map(() => ({ answer: undefined }));
    });
    await Promise.all(
      [1, 2, 3].map(async (it) => {
        await lane.submit(it);
        assert.ok((await seen()).includes(it), 'seen by another connection');
      }),
    );
  }),
);

test(
  'poisonous items fail alone; all others are done exactly once and in their order',
  ownDatabase(async (own) => {
    const { put, seen, doWork } = await shelf(own);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 40 }), async (poisonous) => {
        await sql`truncate public.seen`.execute(own.db);
        const lane = new Lane<number, number>(
          doWork,
          async (work, items) => {
            await put(work, items);
            if (items.some((it) => poisonous[it])) throw new Error(`poison in ${items}`);
            return items.map((answer) => ({ answer }));
          },
          16,
        );
        const results = await Promise.allSettled(poisonous.map((_, it) => lane.submit(it)));
        assert.deepEqual(
          results.map((it) => it.status === 'rejected'),
          poisonous,
        );
        for (const [index, it] of results.entries())
          if (it.status === 'rejected') assert.equal(it.reason.message, `poison in ${index}`);
        assert.deepEqual(
          await seen(),
          [...poisonous.keys()].filter((it) => !poisonous[it]),
        );
      }),
      { numRuns: 25 },
    );
  }),
);

test(
  'an item that is refused gets its error and the others keep their work',
  ownDatabase(async (own) => {
    const { put, seen, doWork } = await shelf(own);
    const lane = new Lane<number, number>(doWork, async (work, items) => {
      await put(work, items);
      return items.map((it) => (it === 2 ? { error: new Error('not you') } : { answer: it }));
    });
    const results = await Promise.allSettled([1, 2, 3].map((it) => lane.submit(it)));
    assert.deepEqual(
      results.map((it) => it.status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    assert.deepEqual(await seen(), [1, 2, 3]);
  }),
);

test(
  'a handler that forgets somebody commits nothing for anybody',
  ownDatabase(async (own) => {
    const { put, seen, doWork } = await shelf(own);
    const lane = new Lane<number, number>(doWork, async (work, items) => {
      await put(work, items);
      return [];
    });
    for (const it of await Promise.allSettled([1, 2].map((item) => lane.submit(item))))
      assert.equal(it.status, 'rejected');
    assert.deepEqual(await seen(), []);
  }),
);

test('what arrives while a work runs waits for the next one; two works of a lane never overlap', async () => {
  let running = 0;
  const batches: (readonly number[])[] = [];
  const later: Promise<number>[] = [];
  const doWork: DoWork = (job) => job({} as Work); // nothing here touches a database
  const lane: Lane<number, number> = new Lane(doWork, async (_, items: readonly number[]) => {
    assert.equal(++running, 1);
    batches.push(items);
    if (items[0] === 1) for (const it of [2, 3]) later.push(lane.submit(it));
    await setImmediate();
    running--;
    return items.map((answer) => ({ answer }));
  });
  await lane.submit(1);
  assert.deepEqual(await Promise.all(later), [2, 3]);
  assert.deepEqual(batches, [[1], [2, 3]]);
  assert.equal(await lane.submit(4), 4);
});
