// API keys: shown once, kept as a digest. A key has 256 random bits, so a plain SHA-256 is as good as a slow hash.
import { hash } from 'node:crypto';
import { type Caller, Refused, type Work } from '#kernel';
import type { Scope } from '#kernel/api';
import type { Instant } from '#units';

interface ApiKeyRow {
  id: string;
  name: string;
  digest: string;
  scopes: Scope[];
  madeAt: Instant;
  revokedAt: Instant | null;
}

export type ApiKey = Omit<ApiKeyRow, 'digest'>;

const tables = (work: Work) => work.db.withTables<{ 'party.api_key': ApiKeyRow }>();
const digestOf = (secret: string) => hash('sha256', secret);

/** Who asks without a key: may see what is public. */
export const nobody: Caller = { name: 'nobody', scopes: [] };

/** @returns the key itself; nobody can read it again */
export async function makeKey(
  work: Work,
  { name, scopes, random }: { name: string; scopes: readonly Scope[]; random: Uint8Array },
): Promise<string> {
  if (random.length < 32) throw new RangeError('an API key needs 32 random bytes');
  const secret = `pl_${random.toBase64({ alphabet: 'base64url', omitPadding: true })}`;
  const id = work.newId<string>();
  const row = { id, name, digest: digestOf(secret), scopes: [...scopes], madeAt: work.at, revokedAt: null };
  await tables(work).insertInto('party.api_key').values(row).execute();
  return secret;
}

/** @throws Refused `credential-wrong` for a key that was never made or has been revoked */
export async function callerOf(work: Work, authorization: string | undefined): Promise<Caller> {
  if (authorization === undefined) return nobody;
  const secret = authorization.match(/^Bearer (\S+)$/i)?.[1];
  const key =
    secret &&
    (await tables(work)
      .selectFrom('party.api_key')
      .select(['id', 'scopes'])
      .where('digest', '=', digestOf(secret))
      .where('revokedAt', 'is', null)
      .executeTakeFirst());
  if (!key) throw new Refused('credential-wrong', 'This API key is not valid: Authorization: Bearer <key>', {}, 401);
  return { name: `key:${key.id}`, scopes: key.scopes };
}

export const keys = (work: Work): Promise<ApiKey[]> =>
  tables(work)
    .selectFrom('party.api_key')
    .select(['id', 'name', 'scopes', 'madeAt', 'revokedAt'])
    .orderBy('id')
    .execute();

/** @throws Refused `key-unknown` */
export async function revokeKey(work: Work, id: string): Promise<void> {
  const done = await tables(work)
    .updateTable('party.api_key')
    .set({ revokedAt: work.at })
    .where('id', '=', id)
    .where('revokedAt', 'is', null)
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) throw new Refused('key-unknown', `There is no valid key ${id}`, { id }, 404);
}
