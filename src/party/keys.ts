// API keys: shown once, kept as a digest. A key has 256 random bits, so a plain SHA-256 is as good as a slow hash.
import { hash } from 'node:crypto';
import { sql } from 'kysely';
import { anyOf, type Caller, nobody, Refused, unconfined, type Work, within } from '#kernel';
import type { Reach, Scope } from '#kernel/api';
import type { Instant, PartyId } from '#units';
import { accessChanged } from './access.ts';
import { keyGrants } from './policy.ts';
import type { PartyKind } from './words.ts';

interface ApiKeyRow {
  id: string;
  name: string;
  digest: string;
  scopes: Scope[];
  /** Whose it is; the platform's when null. */
  partyId: PartyId | null;
  madeAt: Instant;
  revokedAt: Instant | null;
  expiresAt: Instant | null;
  lastUsedAt: Instant | null;
}

export type ApiKey = Omit<ApiKeyRow, 'digest'>;

const tables = (work: Work) =>
  work.db.withTables<{ 'party.api_key': ApiKeyRow; 'party.party': { id: PartyId; kind: PartyKind } }>();
const digestOf = (secret: string) => hash('sha256', secret);

export interface NewKey {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly partyId?: PartyId | undefined;
  readonly expiresAt?: Instant | undefined;
  readonly random: Uint8Array;
}

/** @returns the key itself; nobody can read it again */
export async function makeKey(work: Work, { name, scopes, partyId, expiresAt, random }: NewKey): Promise<string> {
  if (random.length < 32) throw new RangeError('an API key needs 32 random bytes');
  const secret = `pl_${random.toBase64({ alphabet: 'base64url', omitPadding: true })}`;
  const row = {
    id: work.newId<string>(),
    name,
    digest: digestOf(secret),
    scopes: [...scopes],
    partyId: partyId ?? null,
    madeAt: work.at,
    revokedAt: null,
    expiresAt: expiresAt ?? null,
    lastUsedAt: null,
  };
  await tables(work).insertInto('party.api_key').values(row).execute();
  return secret;
}

/** @throws Refused `credential-wrong` for a key that was never made, has been revoked, or is over */
export async function callerOf(work: Work, authorization: string | undefined): Promise<Caller> {
  if (authorization === undefined) return nobody;
  const secret = authorization.match(/^Bearer (\S+)$/i)?.[1];
  const key =
    secret &&
    (await tables(work)
      .selectFrom('party.api_key as k')
      .leftJoin('party.party as p', 'p.id', 'k.partyId')
      .select(['k.id', 'k.scopes', 'k.partyId', 'p.kind'])
      .where('k.digest', '=', digestOf(secret))
      .where('k.revokedAt', 'is', null)
      .where((it) => it.or([it('k.expiresAt', 'is', null), it('k.expiresAt', '>', work.at)]))
      .executeTakeFirst());
  if (!key) throw new Refused('credential-wrong', 'This API key is not valid: Authorization: Bearer <key>', {}, 401);
  const { id, scopes, partyId, kind } = key;
  return {
    name: `key:${id}`,
    kind: 'key',
    ...(partyId && { tenant: partyId }),
    grants: keyGrants(scopes, partyId && kind ? { partyId, kind } : undefined),
  };
}

/** Notes that a key is in use, once a minute at the most. */
export const usedNow = (work: Work, id: string) =>
  sql`update party.api_key set last_used_at = ${work.at.toString()}
    where id = ${id} and (last_used_at is null or last_used_at < ${work.at.subtract({ minutes: 1 }).toString()})`.execute(
    work.db,
  );

/** In the order in which they were made. */
export const keys = (work: Work, reach: Reach): Promise<ApiKey[]> =>
  tables(work)
    .selectFrom('party.api_key')
    .select(['id', 'name', 'scopes', 'partyId', 'madeAt', 'revokedAt', 'expiresAt', 'lastUsedAt'])
    .where(within(unconfined(reach), { tenant: 'party_id' }))
    .orderBy('id')
    .execute();

/** @throws Refused `key-unknown` @returns whose it was; null for the platform's */
export async function revokeKey(work: Work, id: string, reach: Reach): Promise<PartyId | null> {
  const ended = await tables(work)
    .updateTable('party.api_key')
    .set({ revokedAt: work.at })
    .where('id', '=', id)
    .where('revokedAt', 'is', null)
    .where(within(unconfined(reach), { tenant: 'party_id' }))
    .returning('partyId')
    .executeTakeFirst();
  if (!ended) throw new Refused('key-unknown', `There is no valid key ${id}`, { id }, 404);
  work.announce(accessChanged, {});
  return ended.partyId;
}

export async function keyNames(work: Work, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string }>`select id, name from party.api_key
    where id = ${anyOf(ids, 'text')}`.execute(work.db);
  return new Map(rows.map((it) => [it.id, it.name]));
}
