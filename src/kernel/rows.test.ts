import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { type Columns, insertRows, recordset, updateRows, type Work } from '#kernel';
import { rolledBack } from '../../test/work.ts';

interface Reading {
  readonly id: number;
  readonly slotNo: number;
  readonly packCode: string | null;
  readonly soc: number;
  readonly isOnline: boolean;
  readonly seenAt: Temporal.Instant;
  readonly tags: readonly string[];
  readonly raw: unknown;
}

const columns: Columns<Reading> = {
  id: 'bigint',
  slotNo: 'integer',
  packCode: 'text',
  soc: 'double precision',
  isOnline: 'boolean',
  seenAt: 'timestamptz',
  tags: 'text[]',
  raw: 'jsonb',
};

const makeTable = (work: Work) =>
  sql`create table reading (id bigint primary key, slot_no integer, pack_code text, soc double precision,
    is_online boolean, seen_at timestamptz, tags text[], raw jsonb)`.execute(work.db);

const anyText = fc.string({ unit: 'grapheme' }).filter((it) => !it.includes('\u0000'));
const anyReading: fc.Arbitrary<Reading> = fc.record({
  id: fc.maxSafeInteger(),
  slotNo: fc.integer(),
  packCode: fc.option(anyText),
  soc: fc.double({ noNaN: true, noDefaultInfinity: true }).map((it) => it + 0), // JSON has no -0
  isOnline: fc.boolean(),
  seenAt: fc.integer({ min: 0, max: 4_000_000_000_000 }).map((ms) => Temporal.Instant.fromEpochMilliseconds(ms)),
  tags: fc.array(anyText, { maxLength: 3 }),
  raw: fc.record({ camelCase: anyText, snake_case: fc.integer() }, { noNullPrototype: true }),
});
const anyReadings = fc.uniqueArray(anyReading, { selector: (it) => it.id, maxLength: 40 });

const inOrder = <Row extends { id: number }>(rows: readonly Row[]) => rows.toSorted((a, b) => a.id - b.id);
const plain = (rows: readonly Reading[]) => inOrder(rows).map((it) => ({ ...it, seenAt: it.seenAt.toString() }));
const stored = async (work: Work) => plain((await sql<Reading>`select * from reading`.execute(work.db)).rows);

test('rows of any content come back as they were inserted', async () => {
  await fc.assert(
    fc.asyncProperty(anyReadings, async (readings) => {
      await rolledBack(async (work) => {
        await makeTable(work);
        await insertRows(work.db, 'reading', columns, readings);
        assert.deepEqual(await stored(work), plain(readings));
      })();
    }),
    { numRuns: 60 },
  );
});

test('an update changes the rows with the given keys and no others', async () => {
  await fc.assert(
    fc.asyncProperty(anyReadings, fc.array(anyReading, { maxLength: 5 }), async (readings, others) => {
      await rolledBack(async (work) => {
        await makeTable(work);
        await insertRows(work.db, 'reading', columns, readings);
        const changed = readings.slice(0, others.length).map((it, n) => ({ ...others[n]!, id: it.id }));
        await updateRows(work.db, 'reading', columns, ['id'], changed);
        assert.deepEqual(await stored(work), plain([...changed, ...readings.slice(others.length)]));
      })();
    }),
    { numRuns: 60 },
  );
});

test(
  'some columns may be written, the others keep what they have',
  rolledBack(async (work) => {
    await makeTable(work);
    await insertRows(work.db, 'reading', { id: 'bigint', soc: 'double precision' }, [{ id: 1, soc: 20 }]);
    await updateRows(work.db, 'reading', { id: 'bigint', slotNo: 'integer' }, ['id'], [{ id: 1, slotNo: 4 }]);
    const [row] = (await sql<Reading>`select * from reading`.execute(work.db)).rows;
    assert.deepEqual([row!.soc, row!.slotNo, row!.packCode], [20, 4, null]);
  }),
);

test(
  'a key of two fields is matched in both',
  rolledBack(async (work) => {
    await makeTable(work);
    const slots: Columns<{ id: number; slotNo: number }> = { id: 'bigint', slotNo: 'integer' };
    await insertRows(work.db, 'reading', slots, [
      { id: 1, slotNo: 1 },
      { id: 2, slotNo: 1 },
      { id: 3, slotNo: 3 },
    ]);
    const change = { id: 1, slotNo: 1, packCode: 'PACK1' };
    await updateRows(work.db, 'reading', { ...slots, packCode: 'text' }, ['id', 'slotNo'], [change]);
    const { rows } = await sql`select id, pack_code from reading order by id`.execute(work.db);
    assert.deepEqual(rows, [
      { id: 1, packCode: 'PACK1' },
      { id: 2, packCode: null },
      { id: 3, packCode: null },
    ]);
  }),
);

test(
  'no rows need no statement, and a conflict is settled by the tail',
  rolledBack(async (work) => {
    await makeTable(work);
    const only: Columns<{ id: number }> = { id: 'bigint' };
    assert.deepEqual(await insertRows(work.db, 'reading', only, []), []);
    await updateRows(work.db, 'reading', columns, ['id'], []);
    await insertRows(work.db, 'reading', only, [{ id: 1 }]);
    const tail = sql`on conflict do nothing returning id`;
    assert.deepEqual(await insertRows(work.db, 'reading', only, [{ id: 1 }, { id: 2 }], tail), [{ id: 2 }]);
  }),
);

test(
  'rows can be read as a table with the names of their fields',
  rolledBack(async (work) => {
    const { rows } = await sql`select r."slotNo" * 2 as twice from
      ${recordset({ slotNo: 'integer' }, [{ slotNo: 3 }, { slotNo: 4 }])}`.execute(work.db);
    assert.deepEqual(rows, [{ twice: 6 }, { twice: 8 }]);
  }),
);
