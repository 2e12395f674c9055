// The first start of a network: nobody is there yet who could let anybody in.
import { sql } from 'kysely';
import type { Work } from '#kernel';
import type { PartyId } from '#units';
import { join } from './members.ts';
import { addPerson, hasPeople, oneTimePassword } from './person.ts';
import { addParties } from './store.ts';

/** What is printed once, and nobody can read again. */
export interface FirstSignIn {
  readonly email: string;
  readonly password: string;
}

/**
 * Makes one administrator of the platform where there is no person yet, with a one-time password.
 * @returns how he signs in the first time; nothing when there are people
 */
export async function firstAdministrator(
  work: Work,
  { email, random }: { email: string; random: (size: number) => Uint8Array },
): Promise<FirstSignIn | undefined> {
  if (await hasPeople(work)) return undefined;
  // Several servers may start at once; people are few, so their table is what they wait for.
  await sql`lock table account."user" in share row exclusive mode`.execute(work.db);
  if (await hasPeople(work)) return undefined;
  const password = oneTimePassword(random);
  const personId = await addPerson(work, { name: 'Administrator', email, password, passwordDue: true });
  await join(work, personId, { partyId: await thePlatform(work), role: 'admin' }, { by: 'first start' });
  return { email, password };
}

/** The organisation of those who run Packloop itself; registered when there is none. */
export async function thePlatform(work: Work): Promise<PartyId> {
  const { rows } = await sql<{
    id: PartyId;
  }>`select id from party.party where kind = 'platform' order by id limit 1`.execute(work.db);
  if (rows[0]) return rows[0].id;
  const id = 'platform' as PartyId;
  await addParties(work, [{ id, name: 'Packloop', kind: 'platform' }]);
  return id;
}
