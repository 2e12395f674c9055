import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { ownDatabase } from '../../test/database.ts';
import { holdings } from './holdings.ts';

test(
  'of every column in which text can stand it is decided what becomes of it when a person is erased',
  ownDatabase(async ({ db }) => {
    const { rows } = await sql<{ name: string }>`
      select n.nspname || '.' || c.relname || '.' || a.attname as name
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_type t on t.oid = a.atttypid left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
      where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
        and a.attnum > 0 and not a.attisdropped
        and coalesce(e.typname, t.typname) in ('text', 'varchar', 'bpchar', 'name', 'json', 'jsonb', 'bytea', 'xml', 'hstore')
      order by 1`.execute(db);
    const decided = Object.entries(holdings).flatMap(([table, columns]) =>
      Object.values(columns).flatMap((names) => names.split(' ').map((it) => `${table}.${it}`)),
    );
    assert.ok(rows.length > 200, `${rows.length} columns`);
    const there = new Set(rows.map((it) => it.name));
    assert.deepEqual(
      [...there].filter((it) => !decided.includes(it)),
      [],
      'undecided',
    );
    assert.deepEqual(
      decided.filter((it) => !there.has(it)),
      [],
      'not there',
    );
    assert.equal(new Set(decided).size, decided.length, 'each once');
  }),
);
