// People as accounts: the rows that better-auth reads, written by us where no person asks for it himself.
import { sql } from 'kysely';
import { anyOf, Refused, type Work } from '#kernel';
import type { Instant } from '#units';

export interface Person {
  readonly id: string;
  readonly name: string;
  /** In small letters. */
  readonly email: string;
  /** Has a one-time password, to be changed before anything else works. */
  readonly passwordDue: boolean;
  readonly twoFactor: boolean;
  readonly lockedAt: Instant | null;
  readonly createdAt: Instant;
}

const fields = sql.raw(`u.id, u.name, u.email, u."passwordDue", coalesce(u."twoFactorEnabled", false) as two_factor,
  u."lockedAt", u."createdAt"`);

interface NewPerson {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** To be changed at the first sign-in. */
  readonly passwordDue: boolean;
}

/** @throws Refused `person-known` @returns the person's id */
export async function addPerson(work: Work, { name, email, password, passwordDue }: NewPerson): Promise<string> {
  const id = work.newId<string>();
  const { rows } = await sql<{
    id: string;
  }>`insert into account."user" (id, name, email, "emailVerified", "passwordDue")
    values (${id}, ${name}, ${email.toLowerCase()}, true, ${passwordDue})
    on conflict (email) do nothing returning id`.execute(work.db);
  if (rows.length === 0)
    throw new Refused('person-known', 'Somebody has an account with this email already', { field: 'email' });
  const hash = await hashed(password);
  await sql`insert into account.account (id, "accountId", "providerId", "userId", password, "updatedAt")
    values (${work.newId<string>()}, ${id}, 'credential', ${id}, ${hash}, now())`.execute(work.db);
  return id;
}

/** Gives somebody another password and ends all his sessions. One who only came by his company's service gets none. */
export async function setPassword(work: Work, id: string, password: string): Promise<void> {
  const hash = await hashed(password);
  const { numAffectedRows } = await sql`update account.account set password = ${hash}, "updatedAt" = now()
    where "userId" = ${id} and "providerId" = 'credential'`.execute(work.db);
  if (numAffectedRows === 0n)
    throw new Refused('person-without-password', 'This person signs in by the service of a company', { id });
  await sql`update account."user" set "passwordDue" = true, "updatedAt" = now() where id = ${id}`.execute(work.db);
  await endSessions(work, id);
}

/** Locks somebody out, at once and on every device, or lets him in again. */
export async function setLocked(work: Work, id: string, locked: boolean): Promise<void> {
  await sql`update account."user" set "lockedAt" = ${locked ? sql`now()` : sql`null`}, "updatedAt" = now()
    where id = ${id}`.execute(work.db);
  if (locked) await endSessions(work, id);
}

export const endSessions = (work: Work, id: string) =>
  sql`delete from account.session where "userId" = ${id}`.execute(work.db);

/** Notes that somebody does something here, once a minute at the most. */
export const seenNow = (work: Work, id: string) =>
  sql`insert into party.last_seen as seen (person_id, at) values (${id}, ${work.at.toString()})
    on conflict (person_id) do update set at = excluded.at where seen.at < excluded.at - interval '1 minute'`.execute(
    work.db,
  );

export const passwordSet = (work: Work, id: string) =>
  sql`update account."user" set "passwordDue" = false, "updatedAt" = now() where id = ${id}`.execute(work.db);

export async function personById(work: Work, id: string): Promise<Person | undefined> {
  const { rows } = await sql<Person>`select ${fields} from account."user" u where u.id = ${id}`.execute(work.db);
  return rows[0];
}

export async function personByEmail(work: Work, email: string): Promise<Person | undefined> {
  const { rows } = await sql<Person>`select ${fields} from account."user" u
    where u.email = ${email.toLowerCase().replaceAll('\0', '')}`.execute(work.db);
  return rows[0];
}

/** By email or by id. @throws Refused `person-unknown` */
export async function thePerson(work: Work, emailOrId: string): Promise<Person> {
  const { rows } = await sql<Person>`select ${fields} from account."user" u
    where u.email = ${emailOrId.toLowerCase()} or u.id = ${emailOrId}`.execute(work.db);
  if (!rows[0]) throw new Refused('person-unknown', `There is no person ${emailOrId}`, { person: emailOrId }, 404);
  return rows[0];
}

export async function people(work: Work): Promise<Person[]> {
  const { rows } = await sql<Person>`select ${fields} from account."user" u order by u.email`.execute(work.db);
  return rows;
}

export async function hasPeople(work: Work): Promise<boolean> {
  const { rows } = await sql<{ it: boolean }>`select exists (select from account."user") as it`.execute(work.db);
  return rows[0]!.it;
}

// Letters and digits that nobody confuses when he copies them from a screen or a sheet of paper.
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Five groups of five: 123 bits. */
export function oneTimePassword(random: (size: number) => Uint8Array): string {
  let text = '';
  while (text.length < 25)
    for (const byte of random(32)) if (byte < 248 && text.length < 25) text += ALPHABET[byte % ALPHABET.length];
  return text.match(/.{5}/g)!.join('-');
}

/** As better-auth checks it: scrypt, in a thread of its own. */
async function hashed(password: string): Promise<string> {
  const { hashPassword } = await import('@better-auth/utils/password');
  return await hashPassword(password);
}

export async function personNames(work: Work, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string }>`select id, name from account."user"
    where id = ${anyOf(ids, 'text')}`.execute(work.db);
  return new Map(rows.map((it) => [it.id, it.name]));
}

/** The membership that was chosen for a session. */
export async function actingOf(work: Work, sessionId: string): Promise<string | null> {
  const { rows } = await sql<{ actingFor: string | null }>`select "actingFor" from account.session
    where id = ${sessionId}`.execute(work.db);
  return rows[0]?.actingFor ?? null;
}

export const actFor = (work: Work, sessionId: string, membershipId: string) =>
  sql`update account.session set "actingFor" = ${membershipId} where id = ${sessionId}`.execute(work.db);
