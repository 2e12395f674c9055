// Whether anything in this network is made up. Once it is, its figures must not be taken for real ones.
import { sql } from 'kysely';
import type { Work } from './work.ts';

/** From now on everything that is shown of this network is called simulated. */
export async function markSimulated(work: Work, what: string): Promise<void> {
  await sql`insert into kernel.simulated (since, what) values (${work.at.toString()}, ${what})`.execute(work.db);
}

export async function isSimulated(work: Work): Promise<boolean> {
  const { rows } = await sql<{ it: boolean }>`select exists (select from kernel.simulated) as it`.execute(work.db);
  return rows[0]!.it;
}
