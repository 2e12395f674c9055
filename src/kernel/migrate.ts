import { readdir, readFile } from 'node:fs/promises';
import { runMigrations } from 'graphile-worker';
import type { Pool } from 'pg';

const folder = new URL('../../db/migrations/', import.meta.url);

/**
 * Runs the SQL files that have not run yet, in name order, all in one transaction; several processes may start at once.
 * @returns the names of the files that ran now
 */
export async function migrate(pool: Pool): Promise<string[]> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock(7212)');
    await client.query('create schema if not exists kernel');
    await client.query(
      'create table if not exists kernel.migration (name text primary key, at timestamptz not null default now())',
    );
    const done = new Set((await client.query('select name from kernel.migration')).rows.map((row) => row.name));
    const todo = (await readdir(folder)).filter((name) => name.endsWith('.sql') && !done.has(name)).sort();
    for (const name of todo) {
      await client.query(await readFile(new URL(name, folder), 'utf8'));
      await client.query('insert into kernel.migration (name) values ($1)', [name]);
    }
    await client.query('commit');
    if (todo.length > 0 || !(await hasJobs(pool))) await runMigrations({ pgPool: pool });
    return todo;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

const hasJobs = async (pool: Pool): Promise<boolean> =>
  (await pool.query("select to_regclass('graphile_worker.migrations') is not null as it")).rows[0].it;
