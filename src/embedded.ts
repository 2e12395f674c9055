// Where the data are: a PostgreSQL that somebody runs for us, or the embedded one.
import { join } from 'node:path';
import pg from 'pg';
import type { Config } from './config.ts';
import { createDatabase, type Postgres, startPostgres } from './postgres.ts';

export interface DatabasePlace {
  readonly url: string;
  /** Stops an embedded server unless somebody else still uses it. */
  release(): Promise<void>;
}

/** The database of a configuration; the embedded server is started, or found when another command runs it already. */
export async function databaseFor(
  config: Pick<Config, 'DATABASE_URL' | 'DATA_DIR'>,
  name = 'packloop',
): Promise<DatabasePlace> {
  if (config.DATABASE_URL) return { url: config.DATABASE_URL, release: async () => {} };
  const postgres = await startPostgres({ dir: join(config.DATA_DIR, 'postgres') });
  const url = await createDatabase(postgres, name);
  return {
    url,
    release: async () => {
      if (!(await isUsed(postgres))) postgres.stop();
    },
  };
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
    const others = await client.query(
      `select from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
    );
    return (others.rowCount ?? 0) > 0;
  } catch {
    return true; // somebody stops it already
  } finally {
    await client.end().catch(() => {});
  }
}
