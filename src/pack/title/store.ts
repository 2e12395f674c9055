import { sql } from 'kysely';
import { anyOf, type Work } from '#kernel';
import type { Instant, PackCode, PartyId } from '#units';
import { type Offer, restOf } from './offer.ts';
import { type Restrictions, unrestricted } from './restrict.ts';
import type { Lessened, Lien } from './title.ts';
import type { Vote } from './vote.ts';

export interface Key {
  readonly party: PartyId;
  /** Verifier key. */
  readonly key: string;
}

interface Act {
  readonly id: string;
  readonly no: number;
  readonly type: string;
}

/** @returns whether the key is new */
export async function addKey(work: Work, { party, key }: Key): Promise<boolean> {
  const { rows } =
    await sql`insert into pack.title_key (key, party_id, since) values (${key}, ${party}, ${work.at.toString()})
    on conflict do nothing returning key`.execute(work.db);
  return rows.length > 0;
}

/** Whether the organisation ever had a key. */
export async function hadKeys(work: Work, party: PartyId): Promise<boolean> {
  const { rows } = await sql`select from pack.title_key where party_id = ${party} limit 1`.execute(work.db);
  return rows.length > 0;
}

/** @returns whether the organisation signed with it until now */
export async function endKey(work: Work, { party, key }: Key): Promise<boolean> {
  const { rows } = await sql`update pack.title_key set ended_at = ${work.at.toString()}
    where key = ${key} and party_id = ${party} and ended_at is null returning key`.execute(work.db);
  return rows.length > 0;
}

/** With which keys these organisations sign now. */
export async function keysOf(work: Work, parties: readonly PartyId[]): Promise<Key[]> {
  const { rows } = await sql<Key>`select party_id as party, key from pack.title_key
    where party_id = ${anyOf(parties, 'text')} and ended_at is null order by party_id, key`.execute(work.db);
  return rows;
}

export async function findAct(work: Work, id: string): Promise<Act | undefined> {
  const { rows } = await sql<Act>`select id, no, type from pack.title_act where id = ${id}`.execute(work.db);
  return rows[0];
}

export async function actsOf(work: Work, code: PackCode): Promise<number> {
  const { rows } = await sql<{ many: number }>`select count(*)::integer as many from pack.title_act
    where pack_code = ${code}`.execute(work.db);
  return rows[0]!.many;
}

export const addAct = (work: Work, code: PackCode, { id, no, type, note }: Act & { readonly note: string }) =>
  sql`insert into pack.title_act (id, pack_code, no, type, note, at)
    values (${id}, ${code}, ${no}, ${type}, ${note}, ${work.at.toString()})`.execute(work.db);

/** All that was carried out, the newest first. */
export async function actsDone(work: Work, code: PackCode) {
  type Row = Act & { readonly note: string; readonly at: Instant };
  const { rows } = await sql<Row>`select id, no, type, note, at from pack.title_act
    where pack_code = ${code} order by no desc`.execute(work.db);
  return rows;
}

/** Every key that ever was one of these, by name and id, with whom it spoke for and when. */
export async function keysNamed(work: Work, names: readonly string[]) {
  type Row = Key & { readonly name: string; readonly since: Instant; readonly endedAt: Instant | null };
  const { rows } = await sql<Row>`select party_id as party, key, since, ended_at as "endedAt",
      split_part(key, '+', 1) || '+' || split_part(key, '+', 2) as name
    from pack.title_key where split_part(key, '+', 1) || '+' || split_part(key, '+', 2) = ${anyOf(names, 'text')}`.execute(
    work.db,
  );
  return rows;
}

/** Open liens, the oldest first. */
export async function liensOf(work: Work, code: PackCode): Promise<Lien[]> {
  const { rows } = await sql<Lien>`select id, owner, holder, millionths, purpose, since from pack.lien
    where pack_code = ${code} and ended_at is null order by since, id`.execute(work.db);
  return rows;
}

export const addLien = (work: Work, code: PackCode, it: Omit<Lien, 'since'>) =>
  sql`insert into pack.lien (pack_code, id, owner, holder, millionths, purpose, since) values (${code}, ${it.id}, ${it.owner},
    ${it.holder}, ${it.millionths}, ${it.purpose}, ${work.at.toString()})`.execute(work.db);

/** @returns whether the id was used on this pack before, by a lien that ended too */
export async function hadLien(work: Work, code: PackCode, id: string): Promise<boolean> {
  const { rows } = await sql`select from pack.lien where pack_code = ${code} and id = ${id}`.execute(work.db);
  return rows.length > 0;
}

export async function lessen(work: Work, code: PackCode, liens: readonly Lessened[]): Promise<void> {
  for (const { id, millionths } of liens)
    await sql`update pack.lien set millionths = millionths - ${millionths},
        ended_at = case when millionths = ${millionths} then ${work.at.toString()}::timestamptz end
      where pack_code = ${code} and id = ${id} and ended_at is null`.execute(work.db);
}

export async function lesseeOf(work: Work, code: PackCode): Promise<PartyId | null> {
  const { rows } = await sql<{ lessee: PartyId }>`select lessee from pack.lease where pack_code = ${code}`.execute(
    work.db,
  );
  return rows[0]?.lessee ?? null;
}

export const setLessee = (work: Work, code: PackCode, lessee: PartyId | null) =>
  (lessee === null
    ? sql`delete from pack.lease where pack_code = ${code}`
    : sql`insert into pack.lease (pack_code, lessee, since) values (${code}, ${lessee}, ${work.at.toString()})
        on conflict (pack_code) do update set lessee = excluded.lessee, since = excluded.since`
  ).execute(work.db);

/** All votes there ever were, the oldest first. */
export async function votesOf(work: Work, code: PackCode): Promise<Vote[]> {
  const { rows } = await sql<
    Omit<Vote, 'shares' | 'ballots'> & { shares: Record<PartyId, number>; ballots: Record<PartyId, 'yes' | 'no'> }
  >`select id, question, asked_by, asked_at, closes_at, shares, proposal, three_quarters, enacted_at, coalesce((select json_object_agg(b.party_id, b.choice)
      from pack.ballot b where b.pack_code = v.pack_code and b.vote_id = v.id), '{}') as ballots
    from pack.vote v where pack_code = ${code} order by asked_at, id`.execute(work.db);
  return rows.map((it) => ({ ...it, shares: mapOf(it.shares), ballots: mapOf(it.ballots) }));
}

const mapOf = <T>(it: Record<PartyId, T>): Map<PartyId, T> => new Map(Object.entries(it) as [PartyId, T][]);

export const addVote = (
  work: Work,
  code: PackCode,
  it: Omit<Vote, 'askedAt' | 'ballots' | 'closesAt' | 'enactedAt'> & { closesAt: Instant | string },
) =>
  sql`insert into pack.vote (pack_code, id, question, asked_by, asked_at, closes_at, shares, proposal, three_quarters)
    values (${code}, ${it.id}, ${it.question}, ${it.askedBy}, ${work.at.toString()}, ${String(it.closesAt)},
    ${JSON.stringify(Object.fromEntries(it.shares))}, ${it.proposal && JSON.stringify(it.proposal)}, ${it.threeQuarters})`.execute(
    work.db,
  );

export const voteEnacted = (work: Work, code: PackCode, id: string) =>
  sql`update pack.vote set enacted_at = ${work.at.toString()} where pack_code = ${code} and id = ${id}`.execute(
    work.db,
  );

export const addBallot = (
  work: Work,
  code: PackCode,
  it: { readonly vote: string; readonly by: PartyId; readonly choice: 'yes' | 'no' },
) =>
  sql`insert into pack.ballot (pack_code, vote_id, party_id, choice, at)
    values (${code}, ${it.vote}, ${it.by}, ${it.choice}, ${work.at.toString()})`.execute(work.db);

export async function restrictionsOf(work: Work, code: PackCode): Promise<Restrictions> {
  const { rows } = await sql<{ body: Restrictions }>`select body from pack.restriction
    where pack_code = ${code}`.execute(work.db);
  return rows[0]?.body ?? unrestricted;
}

export const setRestrictions = (work: Work, codes: readonly PackCode[], it: Restrictions) =>
  sql`insert into pack.restriction (pack_code, body, since)
    select code, ${JSON.stringify(it)}::json, ${work.at.toString()} from unnest(${codes}::text[]) code
    on conflict (pack_code) do update set body = excluded.body, since = excluded.since`.execute(work.db);

/** All offers there ever were, the oldest first. */
export async function offersOf(work: Work, code: PackCode): Promise<Offer[]> {
  const { rows } = await sql<
    Omit<Offer, 'shares' | 'takes'> & Record<'shares' | 'takes', Record<PartyId, number>>
  >`select id, seller, buyer, millionths, fen, since, closes_at, lapses_at, shares, takes, ended_at from pack.offer
    where pack_code = ${code} order by since, id`.execute(work.db);
  return rows.map((it) => ({ ...it, shares: mapOf(it.shares), takes: mapOf(it.takes) }));
}

export const addOffer = (work: Work, code: PackCode, it: Omit<Offer, 'takes' | 'endedAt'>) =>
  sql`insert into pack.offer (pack_code, id, seller, buyer, millionths, fen, since, closes_at, lapses_at, shares)
    values (${code}, ${it.id}, ${it.seller}, ${it.buyer}, ${it.millionths}, ${it.fen}, ${it.since.toString()},
    ${it.closesAt.toString()}, ${it.lapsesAt.toString()}, ${JSON.stringify(Object.fromEntries(it.shares))})`.execute(
    work.db,
  );

/** One of the other owners has taken so much of it; with the last of it the offer ends. */
export function offerTaken(
  work: Work,
  code: PackCode,
  offer: Offer,
  { by, millionths }: { readonly by: PartyId; readonly millionths: number },
) {
  const takes = new Map(offer.takes).set(by, (offer.takes.get(by) ?? 0) + millionths);
  const ended = restOf({ ...offer, takes }) === 0 ? work.at.toString() : null;
  return sql`update pack.offer set takes = ${JSON.stringify(Object.fromEntries(takes))}, ended_at = ${ended}
    where pack_code = ${code} and id = ${offer.id}`.execute(work.db);
}

export const endOffer = (work: Work, code: PackCode, id: string) =>
  sql`update pack.offer set ended_at = ${work.at.toString()} where pack_code = ${code} and id = ${id}`.execute(work.db);

/** A pack lives on under another code: what is pledged and rented stays so. Offers and votes end with the old one. */
export async function carry(work: Work, from: PackCode, to: PackCode): Promise<void> {
  await sql`update pack.lien set pack_code = ${to} where pack_code = ${from} and ended_at is null`.execute(work.db);
  await sql`update pack.lease set pack_code = ${to} where pack_code = ${from}`.execute(work.db);
}
