// Credentials that were issued, and what makes them untrue: their packs become worse than promised, or leave vehicles.
import { sql } from 'kysely';
import { gradesOf, newestUntil } from '#health';
import { insertRows, Refused, type Work } from '#kernel';
import { find, successorsOf } from '#pack';
import type { Instant, PackCode } from '#units';
import { PLACES } from './statusList.ts';

export interface Issued {
  readonly place: number;
  readonly code: PackCode;
  /** Percent. */
  readonly promised: number;
  readonly issuedAt: Instant;
  readonly until: Instant;
}

/** Why a credential holds no more. */
export type Revocation = 'below' | 'retired' | 'asked';

const DRAWS = 20;

/**
 * Gives a credential its place in the status list. @param random so many random bytes
 * @throws Refused `status-list-full` when so many places are taken that drawing one takes long
 */
export async function enterCredential(
  work: Work,
  it: Omit<Issued, 'place'>,
  random: (size: number) => Uint8Array,
): Promise<number> {
  const columns = {
    place: 'integer',
    code: 'text',
    promised: 'integer',
    issuedAt: 'timestamptz',
    until: 'timestamptz',
  };
  for (let draw = 0; draw < DRAWS; draw++) {
    const place = new DataView(random(4).buffer).getUint32(0) % PLACES;
    const again = sql`on conflict do nothing returning place`;
    if ((await insertRows(work.db, 'passport.credential', columns, [{ place, ...it }], again)).length > 0) return place;
  }
  throw new Refused('status-list-full', 'The status list has no place left', {}, 409);
}

/** Because its holder asks. @returns whether it stood until now; a second time changes nothing */
export async function revokeCredential(work: Work, place: number, why: Revocation = 'asked'): Promise<boolean> {
  const { rows } = await sql`update passport.credential set revoked_at = ${work.at.toString()}, why = ${why}
    where place = ${place} and revoked_at is null returning place`.execute(work.db);
  return rows.length > 0;
}

/** All that were revoked and would still be valid: those that are over need no list. */
export async function revokedPlaces(work: Work): Promise<number[]> {
  const { rows } = await sql<{ place: number }>`select place from passport.credential
    where revoked_at is not null and until > ${work.at.toString()} order by place`.execute(work.db);
  return rows.map((it) => it.place);
}

/** Revokes what is no longer true. With the edition of a day, so that a change of the list does not tell when a pack was charged. */
export async function reviseCredentials(work: Work): Promise<void> {
  const { rows: standing } = await sql<Issued>`select place, code, promised, issued_at, until from passport.credential
    where revoked_at is null and until > ${work.at.toString()}`.execute(work.db);
  const codes = [...new Set(standing.map((it) => it.code))];
  if (codes.length === 0) return;
  const packs = new Map((await find(work, codes)).map((it) => [it.code, it]));
  const estimates = await newestUntil(
    work,
    codes.map((code) => ({ code, at: work.at })),
  );
  const successors = await successorsOf(work, codes);
  for (const { place, code, promised } of standing) {
    const isRetired = successors.has(code) || (await gradesOf(work, code))[0]?.grade === 'recycle';
    const lower = estimates.get(code)?.sohLower ?? packs.get(code)?.soh ?? 0;
    if (isRetired || lower < promised) await revokeCredential(work, place, isRetired ? 'retired' : 'below');
  }
}
