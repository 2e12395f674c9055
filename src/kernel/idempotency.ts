import { hash } from 'node:crypto';
import { Refused } from './refused.ts';
import type { Work } from './work.ts';

interface IdempotencyRow {
  caller: string;
  key: string;
  fingerprint: string;
  reply: string;
  at: Temporal.Instant;
}

const tables = (work: Work) => work.db.withTables<{ 'kernel.idempotency': IdempotencyRow }>();

interface Asked {
  readonly caller: string;
  readonly key: string | undefined;
  readonly request: unknown;
  /** The reply holds a key or a password: only that it was given is stored, not what it was. */
  readonly secret?: boolean;
}

/**
 * Does `act` once for each caller and key, however often it is asked: the same request again gets the first reply.
 * The key is stored in the same work, so after a crash either both happened or neither. A refusal stores nothing.
 * @throws Refused `idempotency-key-missing`, `idempotency-key-reused` when the key came with another request, or
 * `secret-shown-once` when it came before and the reply held a secret
 */
export async function once(
  work: Work,
  { caller, key, request, secret = false }: Asked,
  act: () => Promise<unknown>,
): Promise<unknown> {
  if (!key || key.length > 200)
    throw new Refused(
      'idempotency-key-missing',
      'Send the header Idempotency-Key: any text up to 200 characters, new for each new request',
      {},
      400,
    );
  const fingerprint = hash('sha256', JSON.stringify(request, withoutPassword));
  const claimed = await tables(work)
    .insertInto('kernel.idempotency')
    .values({ caller, key, fingerprint, reply: '', at: work.at })
    .onConflict((it) => it.doNothing())
    .executeTakeFirst();
  if (claimed.numInsertedOrUpdatedRows === 0n) return await replayed(work, { caller, key, fingerprint, secret });

  const reply = await act();
  if (secret) return reply;
  await tables(work)
    .updateTable('kernel.idempotency')
    .set({ reply: JSON.stringify(reply) ?? 'null' })
    .where('caller', '=', caller)
    .where('key', '=', key)
    .execute();
  return reply;
}

/** A plain hash of a request is no place for what somebody could guess. */
const withoutPassword = (name: string, value: unknown) => (name === 'password' ? undefined : value);

async function replayed(
  work: Work,
  { caller, key, fingerprint, secret }: { caller: string; key: string; fingerprint: string; secret: boolean },
): Promise<unknown> {
  const first = await tables(work)
    .selectFrom('kernel.idempotency')
    .select(['fingerprint', 'reply'])
    .where('caller', '=', caller)
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  if (first.fingerprint !== fingerprint)
    throw new Refused(
      'idempotency-key-reused',
      'This Idempotency-Key came before with another request: use a new key',
      { key },
      422,
    );
  if (secret)
    throw new Refused(
      'secret-shown-once',
      'This was done, and the secret in the reply was shown once: make another key, or renew the password',
      { key },
    );
  return JSON.parse(first.reply);
}

/** Forgets keys older than two days; nobody retries for that long. */
export const forgetOldKeys = (work: Work) =>
  tables(work)
    .deleteFrom('kernel.idempotency')
    .where('at', '<', work.at.subtract({ hours: 48 }))
    .execute();
