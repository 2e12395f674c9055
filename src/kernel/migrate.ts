import { readdir, readFile } from 'node:fs/promises';
import { runMigrations } from 'graphile-worker';
import type { Pool, PoolClient } from 'pg';

const folder = new URL('../../db/migrations/', import.meta.url);

/**
 * Runs the SQL files that have not run yet, in name order, all in one transaction, then those of the job queue. Several
 * processes may start at once: each waits until all is done. Needs two connections of the pool.
 * @returns the names of the files that ran now
 */
export async function migrate(pool: Pool): Promise<string[]> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock(7212)');
    const done = await runFiles(client);
    if (done.length > 0 || !(await hasJobs(pool))) await runMigrations({ pgPool: pool });
    return done;
  } finally {
    client.release(true); // closing it ends the lock, whatever happened
  }
}

async function runFiles(client: PoolClient): Promise<string[]> {
  await client.query('create schema if not exists kernel');
  await client.query(
    'create table if not exists kernel.migration (name text primary key, at timestamptz not null default now())',
  );
  const done = new Set((await client.query('select name from kernel.migration')).rows.map((row) => row.name));
  const todo = (await readdir(folder)).filter((name) => name.endsWith('.sql') && !done.has(name)).sort();
  await client.query('begin'); // closing the connection would undo it
  for (const name of todo) {
    await client.query(await readFile(new URL(name, folder), 'utf8'));
    await client.query('insert into kernel.migration (name) values ($1)', [name]);
  }
  await client.query('commit');
  return todo;
}

const hasJobs = async (pool: Pool): Promise<boolean> =>
  (await pool.query("select to_regclass('graphile_worker.migrations') is not null as it")).rows[0].it;
