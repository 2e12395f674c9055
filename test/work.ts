import pg from 'pg';
import { pino } from 'pino';
import { type Announced, type Database, openDatabase, type Work } from '#kernel';
import { chance, type Instant, uuidV7 } from '#units';

/** One database for all tests of a process that are rolled back. */
let app: Promise<Database> | undefined;

/** When tests happen. */
export const testStart: Instant = Temporal.Instant.from('2026-11-22T08:00:00Z');

export const databaseUrl = (name: string): string => process.env.TEST_PG!.replace('DATABASE', name);

export const silent = pino({ level: 'silent' });

/** Ids that are the same in every run. */
export function idsFrom(seed: number, at = testStart): () => string {
  const dice = chance(seed);
  return () =>
    uuidV7(
      at.epochMilliseconds,
      Uint8Array.from({ length: 10 }, () => dice.between(0, 255)),
    );
}

/** What a test works with: time stands still until `later` is called. */
export interface TestWork extends Work {
  at: Instant;
  readonly announced: Announced[];
  later(by: Temporal.DurationLike): void;
}

/** A test body that gets real work on a real database, of which nothing remains. */
export const rolledBack = (body: (work: TestWork) => Promise<void>) => async () => {
  app ??= appDatabase();
  const trx = await (await app).startTransaction().execute();
  const newId = idsFrom(1);
  const work: TestWork = {
    db: trx,
    at: testStart,
    log: silent,
    newId: <Id extends string>() => newId() as Id,
    announced: [],
    announce: (type, ...facts) => void work.announced.push({ type: type.name, at: work.at, facts }),
    later(by) {
      work.at = work.at.add(by);
    },
  };
  try {
    await body(work);
  } finally {
    await trx.rollback().execute();
  }
};

async function appDatabase(): Promise<Database> {
  const name = `packloop_app_${process.pid}`;
  await asAdmin(`create database ${name} template packloop_template`);
  return openDatabase(databaseUrl(name), { allowExitOnIdle: true }).db;
}

export async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client(databaseUrl('postgres'));
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
