// Opening the log of a network: at its first start it gets a name, and from then on only the secret that made it opens it.
import { sql } from 'kysely';
import type { Work } from '#kernel';
import type { House } from './place.ts';
import { admitHouse } from './producers.ts';
import type { Secret } from './secret.ts';

/** The secret at hand is not that of the log in the database. */
export class WrongSecret extends Error {
  override readonly name = 'WrongSecret';
}

export interface Opening {
  readonly secret: Secret;
  /** For a log that is new. */
  readonly origin: string;
  readonly holder: string;
  /** Whether checkpoints carry a line in SM2, too. */
  readonly sm2?: boolean;
}

/** @throws WrongSecret when the database has a log that another secret made */
export async function openLog(work: Work, { secret, origin, holder, sm2 = false }: Opening): Promise<House> {
  const { db } = work;
  await sql`insert into record.sequencer (origin, secret_mark) values (${origin}, ${secret.mark(origin)})
    on conflict do nothing`.execute(db);
  const { rows } = await sql<{ origin: string; secretMark: string; house: number }>`
    select origin, secret_mark, house from record.sequencer`.execute(db);
  const log = rows[0]!;
  if (secret.mark(log.origin) !== log.secretMark)
    throw new WrongSecret(
      `The log ${log.origin} in this database was made with another secret: bring back the file record.secret of its data folder`,
    );
  await admitHouse(work, secret.producerKey(log.origin, log.house));
  const logKeys = [secret.logKey(log.origin), ...(sm2 ? [secret.sm2LogKey(log.origin)] : [])] as const;
  return { origin: log.origin, secret, log: logKeys[0], logKeys, holder };
}

/** How many entries the log has; undefined where none was ever opened. */
export async function sizeOf({ db }: Work): Promise<number | undefined> {
  const { rows } = await sql<{ size: number }>`select size from record.sequencer`.execute(db);
  return rows[0]?.size;
}

/** The name of the log in this database; undefined when none was opened yet. */
export async function originOf({ db }: Work): Promise<string | undefined> {
  const { rows } = await sql<{ origin: string }>`select origin from record.sequencer`.execute(db);
  return rows[0]?.origin;
}
