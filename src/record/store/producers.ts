// Producers of the log and their keys: who may seal, since when, and until when. Every act is an entry of the log; it is asked for
// here, and gets its place with the next batch.
import { sql } from 'kysely';
import { Refused, type Work } from '#kernel';
import { type SigningKey, verifierKey } from '#record/log';
import { type Admission, type Json, type Revocation, readKey, Unproven, type VerifierKey } from '#record/verify';
import type { House } from './place.ts';
import type { Secret } from './secret.ts';

export interface ProducerKey {
  readonly producer: string;
  readonly vkey: string;
  readonly admittedBy: string;
  readonly admittedAt: Temporal.Instant;
  /** Null while it waits for its place in the log. */
  readonly admittedIndex: number | null;
  readonly revokedAt: Temporal.Instant | null;
  readonly revokedIndex: number | null;
  /** The first event it is not to be believed for. */
  readonly from: number | null;
  readonly why: string | null;
  /** How many events the producer has sealed, with whichever key. */
  readonly sealed: number;
  readonly isHouse: boolean;
}

export async function producerKeys({ db }: Work): Promise<ProducerKey[]> {
  const { rows } = await sql<ProducerKey>`
    select a.producer, a.vkey, a.asked_by as admitted_by, a.asked_at as admitted_at, a.index as admitted_index,
      r.asked_at as revoked_at, r.index as revoked_index, r.from_seq as "from", r.why,
      coalesce(p.sealed, 0) as sealed, a.is_house
    from record.key_act a left join lateral (select * from record.key_act r where r.vkey = a.vkey and r.act = 'revoke'
        order by r.from_seq limit 1) r on true
      left join record.producer p on p.name = a.producer
    where a.act = 'admit' order by a.id`.execute(db);
  return rows;
}

/** Keys whose seals are taken now: placed in the log, and not revoked, nor about to be. */
export async function validKeys({ db }: Work): Promise<VerifierKey[]> {
  const { rows } = await sql<{
    vkey: string;
  }>`select vkey from record.key_act a where act = 'admit' and index is not null
    and not exists (select from record.key_act r where r.vkey = a.vkey and r.act = 'revoke')`.execute(db);
  return await Promise.all(rows.map((it) => readKey(it.vkey)));
}

/** @param vkey `name+id+key` as `packloop log key` prints it; the name is the producer's @throws Refused `producer-key-wrong`, `producer-is-house` */
export async function admitKey(work: Work, origin: string, vkey: string, by: string): Promise<void> {
  const key = await keyOf(vkey);
  if (key.name === origin || key.name.startsWith(`${origin}/house`))
    throw new Refused('producer-is-house', `${key.name} is a name of this network itself: choose another`, {}, 422);
  await sql`insert into record.key_act (act, producer, vkey, is_house, asked_by)
    values ('admit', ${key.name}, ${vkey}, false, ${by}) on conflict do nothing`.execute(work.db);
  const { rows } = await sql`select from record.key_act where vkey = ${vkey} and act = 'revoke'`.execute(work.db);
  if (rows.length > 0)
    throw new Refused('producer-key-revoked', 'This key was revoked and does not come back: make another', {}, 409);
}

export interface Revoking {
  readonly vkey: string;
  readonly why: string;
  /** The first event it is not to be believed for; the next one when absent. */
  readonly from?: number | undefined;
  readonly by: string;
}

/** Twice is once; again from an earlier event on puts more of it in doubt. @throws Refused `producer-unknown`, `producer-is-house`, `producer-from-wrong` */
export async function revokeKey(work: Work, { vkey, why, from, by }: Revoking): Promise<void> {
  const known = (await producerKeys(work)).find((it) => it.vkey === vkey);
  if (known === undefined) throw new Refused('producer-unknown', 'No producer has this key here', {}, 404);
  if (known.isHouse)
    throw new Refused(
      'producer-is-house',
      'The key of the house is not revoked but rotated: packloop log rotate',
      {},
      409,
    );
  if (from !== undefined && from > known.sealed)
    throw new Refused(
      'producer-from-wrong',
      `It has sealed ${known.sealed} events: begin with one of them, or leave it out`,
      { sealed: known.sealed },
      422,
    );
  if (known.from !== null && (from ?? known.from) === known.from) return;
  if (known.from !== null && from! > known.from)
    throw new Refused(
      'producer-from-wrong',
      `It is in doubt from event ${known.from} on already, and what was said of it is not taken back`,
      { from: known.from },
      422,
    );
  await revoke(work, known.producer, vkey, { why, by, from: from ?? known.sealed, isHouse: false });
}

const revoke = (
  work: Work,
  producer: string,
  vkey: string,
  it: Omit<Revoking, 'vkey'> & { from: number; isHouse: boolean },
) =>
  sql`insert into record.key_act (act, producer, vkey, is_house, from_seq, why, asked_by)
    values ('revoke', ${producer}, ${vkey}, ${it.isHouse}, ${it.from}, ${it.why}, ${it.by}) on conflict do nothing`.execute(
    work.db,
  );

/**
 * The house goes on with its next key, which comes from the same secret; the one before it is revoked from its next event on.
 * @returns the name of the new key
 */
export async function rotateHouse(work: Work, secret: Secret, why: string, by: string): Promise<string> {
  // Whoever writes the log holds this row, so nothing is sealed between the two.
  const { rows } = await sql<{ origin: string; house: number }>`
    update record.sequencer set house = house + 1 returning origin, house`.execute(work.db);
  const log = rows[0];
  if (log === undefined) throw new Refused('log-closed', 'This network has no log yet: start its server once', {}, 409);
  const old = secret.producerKey(log.origin, log.house - 1);
  await admitHouse(work, old);
  const { rows: sealed } = await sql<{ sealed: number }>`
    select sealed from record.producer where name = ${old.name}`.execute(work.db);
  const next = secret.producerKey(log.origin, log.house);
  await admitHouse(work, next, by);
  await revoke(work, old.name, await verifierKey(old, 'note'), {
    why,
    by,
    from: sealed[0]?.sealed ?? 0,
    isHouse: true,
  });
  return next.name;
}

/** The key with which the house seals now, and signs what it answers. */
export async function houseKey(
  { db }: Work,
  { secret, origin }: Pick<House, 'secret' | 'origin'>,
): Promise<SigningKey> {
  const { rows } = await sql<{ house: number }>`select house from record.sequencer`.execute(db);
  return secret.producerKey(origin, rows[0]?.house ?? 0);
}

/** The house's own key is told in the log as every other. */
export async function admitHouse(work: Work, key: SigningKey, by = 'the house'): Promise<void> {
  await sql`insert into record.key_act (act, producer, vkey, is_house, asked_by)
    values ('admit', ${key.name}, ${await verifierKey(key, 'note')}, true, ${by}) on conflict do nothing`.execute(
    work.db,
  );
}

/** What waits for its place in the log, in the order asked for. */
export async function waitingActs({ db }: Work): Promise<{ id: number; key: Admission | Revocation }[]> {
  const { rows } = await sql<{ id: number; key: Admission | (Revocation & Json) }>`
    select id, case act when 'admit' then json_build_object('act', act, 'producer', producer, 'vkey', vkey)
      else json_build_object('act', act, 'from', from_seq, 'producer', producer, 'vkey', vkey, 'why', why) end as key
    from record.key_act where index is null order by id limit 100`.execute(db);
  return rows;
}

export async function actsPlaced({ db }: Work, ids: readonly number[], first: number): Promise<void> {
  if (ids.length === 0) return;
  await sql`update record.key_act a set index = ${first} + p.n - 1
    from unnest(${sql.val([...ids])}::bigint[]) with ordinality as p(id, n) where a.id = p.id`.execute(db);
}

async function keyOf(vkey: string): Promise<VerifierKey> {
  try {
    const key = await readKey(vkey);
    if (key.kind === 'note') return key;
  } catch (error) {
    if (!(error instanceof Unproven)) throw error;
  }
  throw new Refused(
    'producer-key-wrong',
    'This is no key that batches are sealed with: name+id+key, as packloop log key prints it',
    { field: 'key' },
    422,
  );
}
