// Where the data are: a PostgreSQL that somebody runs for us, or the embedded one.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Config } from './config.ts';
import { createDatabase, hasData, type Postgres, startPostgres } from './postgres.ts';

export interface DatabasePlace {
  readonly url: string;
  /** Starts an embedded server again that died. @throws ConfigWrong; absent when somebody else runs the server */
  readonly revive?: () => Promise<void>;
  /** Stops an embedded server unless somebody else still uses it. */
  release(): Promise<void>;
}

/** The database of a configuration; the embedded server is started, or found when another command runs it already. */
export async function databaseFor(
  config: Pick<Config, 'DATABASE_URL' | 'DATA_DIR'>,
  name = 'packloop',
): Promise<DatabasePlace> {
  if (config.DATABASE_URL) return { url: config.DATABASE_URL, release: async () => {} };
  const place = { dir: join(config.DATA_DIR, 'postgres') };
  const postgres = await startPostgres(place);
  const release = async () => {
    if (!(await isUsed(postgres))) postgres.stop();
  };
  try {
    const url = await createDatabase(postgres, name);
    return { url, revive: async () => void (await startPostgres(place)), release };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Whether the database of a configuration is there; nothing is made. One that somebody runs for us always is. */
export async function isThere(config: Pick<Config, 'DATABASE_URL' | 'DATA_DIR'>, name: string): Promise<boolean> {
  if (config.DATABASE_URL) return true;
  const dir = join(config.DATA_DIR, 'postgres');
  if (!hasData(dir)) return false;
  const postgres = await startPostgres({ dir });
  const client = new pg.Client(postgres.url('postgres'));
  await client.connect();
  const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
  await client.end();
  if (rowCount === 0 && !(await isUsed(postgres))) postgres.stop();
  return rowCount !== 0;
}

/** Empties an embedded database for good. @throws Error while somebody uses it */
export async function dropDatabase(config: Pick<Config, 'DATA_DIR'>, name: string): Promise<void> {
  const postgres = await startPostgres({ dir: join(config.DATA_DIR, 'postgres') });
  const client = new pg.Client(postgres.url('postgres'));
  await client.connect();
  try {
    await client.query(`drop database if exists ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

async function isUsed(postgres: Postgres): Promise<boolean> {
  const client = new pg.Client(postgres.url('postgres'));
  try {
    await client.connect();
    // PostgreSQL needs a moment to see that connections of this process were closed.
    for (let attempt = 0; ; attempt++) {
      const others = await client.query(
        `select from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
      );
      if (others.rowCount === 0) return false;
      if (attempt === 20) return true;
      await sleep(50);
    }
  } catch {
    return true; // somebody stops it already
  } finally {
    await client.end().catch(() => {});
  }
}
