// For tests that need commits: several connections at once, jobs, crashes. Most tests need only `rolledBack`.
import type pg from 'pg';
import { type Database, type DoWork, Listeners, openDatabase, type WorkPlace, workIn } from '#kernel';
import { asAdmin, databaseUrl, idsFrom, silent, testStart } from './work.ts';

export interface OwnDatabase {
  readonly url: string;
  readonly db: Database;
  readonly pool: pg.Pool;
  /** Work at `testStart` with nobody listening. */
  readonly doWork: DoWork;
  /** The same with parts of its place changed. */
  readonly doWorkAt: (place: Partial<WorkPlace>) => DoWork;
}

let made = 0;

/** A test body that gets a migrated database of its own, with `connections` at the most; dropped at the end. */
export const ownDatabase =
  (body: (own: OwnDatabase) => Promise<void>, { connections = 10, template = 'packloop_template' } = {}) =>
  async () => {
    const name = `packloop_test_${process.pid}_${made++}`;
    await asAdmin(`create database ${name} template ${template}`);
    const { db, pool } = openDatabase(databaseUrl(name), { max: connections });
    const place = { db, listeners: new Listeners(), clock: () => testStart, newId: idsFrom(made), log: silent };
    const doWorkAt = (other: Partial<WorkPlace>) => workIn({ ...place, ...other });
    try {
      await body({ url: databaseUrl(name), db, pool, doWork: doWorkAt({}), doWorkAt });
    } finally {
      await db.destroy();
      await asAdmin(`drop database ${name} with (force)`);
    }
  };
