// What is said of a person: sealed with a key of that person alone, so that erasing the key erases it everywhere, backups of the
// secret included. The log keeps a digest whose salt goes with it, and every proof stays what it was.
import { createCipheriv, createDecipheriv, hash } from 'node:crypto';
import { sql } from 'kysely';
import { type Database, insertRows, type Work } from '#kernel';
import { type Bytes, type Json, joined, saltFrom, utf8, writeDisclosure } from '#record/verify';
import type { Secret } from './secret.ts';

/** What of a fact is about a person. */
export interface Personal {
  /** An id that means nothing elsewhere: never a name, a plate, a card. */
  readonly person: string;
  readonly body: { readonly [field: string]: Json };
}

/** Whoever seals: `random` must be a cryptographic source. */
export interface Sealing {
  readonly secret: Secret;
  readonly random: (bytes: number) => Uint8Array;
}

const NONCE = 12;
const TAG = 16;

function sealed(key: Uint8Array, nonce: Uint8Array, text: Uint8Array): Bytes {
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  return joined(nonce, cipher.update(text), cipher.final(), cipher.getAuthTag());
}

/** @throws Error when the key is another, or a bit was flipped */
function unsealed(key: Uint8Array, bytes: Uint8Array): Bytes {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE));
  decipher.setAuthTag(bytes.subarray(-TAG));
  return joined(decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final());
}

const wrappingKey = (secret: Secret): Bytes => secret.derived('keys of persons');

/** Seals what is said of persons. @returns the digest of each, for its entry */
export async function sealAll({ db }: Work, { secret, random }: Sealing, all: readonly Personal[]): Promise<string[]> {
  const keys = await keysOf(db, { secret, random }, [...new Set(all.map((it) => it.person))].toSorted());
  const rows = all.map(({ person, body }) => {
    const disclosure = writeDisclosure({ salt: saltFrom(new Uint8Array(random(16))), name: 'personal', value: body });
    const { id, key } = keys.get(person)!;
    const bytes = sealed(key, random(NONCE), utf8(disclosure));
    return { personId: id, digest: hash('sha256', disclosure, 'base64url'), sealed: `\\x${bytes.toHex()}` };
  });
  await insertRows(db, 'record.sealed', { personId: 'bigint', digest: 'text', sealed: 'bytea' }, rows);
  return rows.map((it) => it.digest);
}

/** Keys that nobody erases until this work is over; new ones for those who have none. In one order, so that two works do not wait for each other. */
async function keysOf(db: Database, { secret, random }: Sealing, persons: readonly string[]) {
  const fresh = persons.map((person) => {
    return { person, key: `\\x${sealed(wrappingKey(secret), random(NONCE), random(32)).toHex()}` };
  });
  await insertRows(
    db,
    'record.person_key',
    { person: 'text', key: 'bytea' },
    fresh,
    sql`on conflict (person) do nothing`,
  );
  const { rows } = await sql<{ id: number; person: string; key: Buffer }>`select id, person, key from record.person_key
    where person = any(${persons}) order by person for key share`.execute(db);
  return new Map(rows.map(({ id, person, key }) => [person, { id, key: unsealed(wrappingKey(secret), key) }]));
}

/** All that is kept of a person, as he may ask for it, with the digest by which the log knows it. */
export async function personalOf(
  { db }: Work,
  secret: Secret,
  person: string,
): Promise<{ readonly digest: string; readonly disclosure: string }[]> {
  const { rows } = await sql<{ key: Buffer; digest: string; sealed: Buffer }>`
    select k.key, s.digest, s.sealed from record.person_key k join record.sealed s on s.person_id = k.id
    where k.person = ${person} order by s.seq`.execute(db);
  return rows.map((it) => {
    const key = unsealed(wrappingKey(secret), it.key);
    return { digest: it.digest, disclosure: new TextDecoder().decode(unsealed(key, it.sealed)) };
  });
}

/**
 * Forgets a person: the key and all that was sealed with it. Facts being written meanwhile are waited for, and erased too.
 * @returns how many were erased
 */
export async function erasePerson({ db }: Work, person: string): Promise<number> {
  await sql`select from record.person_key where person = ${person} for update`.execute(db);
  const { numAffectedRows } = await sql`delete from record.sealed
    where person_id in (select id from record.person_key where person = ${person})`.execute(db);
  await sql`delete from record.person_key where person = ${person}`.execute(db);
  return Number(numAffectedRows ?? 0);
}
