import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { ownDatabase } from '../test/database.ts';
import { Taken, take } from './tenure.ts';

const lost = (error: Error) => assert.fail(error);

test(
  'a database has one server: a second is refused until the first has ended',
  ownDatabase(async ({ url }) => {
    const terms = { url, revive: async () => {}, lost };
    const first = await take(terms);
    await assert.rejects(take(terms), Taken);
    await first.end();
    const second = await take(terms);
    await second.end();
  }),
);

test(
  'a server whose database connection is cut brings the database back and stays the only one',
  ownDatabase(async ({ url, db }) => {
    const revived = Promise.withResolvers<void>();
    const terms = { url, revive: async () => revived.resolve(), lost };
    const first = await take(terms);
    const held = async () =>
      (
        await sql`select from pg_locks where locktype = 'advisory' and objid = 7214 and granted
        and database = (select oid from pg_database where datname = current_database())`.execute(db)
      ).rows.length > 0;
    await sql`select pg_terminate_backend(pid, 5000) from pg_stat_activity
      where application_name = 'packloop tenure' and datname = current_database()`.execute(db);
    await revived.promise;
    while (!(await held())) await setTimeout(20);
    await assert.rejects(take(terms), Taken);
    await first.end();
  }),
);
