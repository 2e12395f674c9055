import { sql } from 'kysely';
import type { Work } from '#kernel';
import type { Instant, PackCode, PartyId } from '#units';

/** An offer that was delivered, and what became of it. */
export interface Row {
  readonly id: string;
  readonly packCode: PackCode;
  readonly giver: PartyId;
  readonly receiver: PartyId;
  readonly until: Instant;
  readonly note: string;
  readonly giverSigned: boolean;
  readonly receiverSigned: boolean;
  readonly deliveredAt: Instant;
  readonly certifiedAt: Instant | null;
  readonly no: number | null;
  /** What the receiver said against it. */
  readonly disputeId: string | null;
  readonly disputeNote: string | null;
  readonly disputeNo: number | null;
  readonly disputedAt: Instant | null;
}

const rows = sql.raw(`select h.*, d.id as dispute_id, d.note as dispute_note, d.no as dispute_no, d.at as disputed_at
  from exchange.handover h left join exchange.handover_dispute d on d.handover_id = h.id`);

export async function find(work: Work, id: string): Promise<Row | undefined> {
  return (await sql<Row>`${rows} where h.id = ${id}`.execute(work.db)).rows[0];
}

export async function findByDispute(work: Work, id: string): Promise<Row | undefined> {
  return (await sql<Row>`${rows} where d.id = ${id}`.execute(work.db)).rows[0];
}

/** All of one pack, the newest first. */
export async function ofPack(work: Work, code: PackCode): Promise<Row[]> {
  return (await sql<Row>`${rows} where h.pack_code = ${code} order by h.delivered_at desc, h.id`.execute(work.db)).rows;
}

/** How many certificates and disputes a pack has. */
export async function countOf(work: Work, code: PackCode): Promise<number> {
  const { rows } = await sql<{ many: number }>`select
    (select count(*) from exchange.handover where pack_code = ${code} and no is not null)::integer
    + (select count(*) from exchange.handover_dispute where pack_code = ${code})::integer as many`.execute(work.db);
  return rows[0]!.many;
}

type Offering = Pick<
  Row,
  'id' | 'packCode' | 'giver' | 'receiver' | 'note' | 'giverSigned' | 'receiverSigned' | 'no'
> & { readonly until: string };

/** Keeps an offer, or what it has become by the second signature. */
export const keep = (work: Work, it: Offering) => {
  const certifiedAt = it.no === null ? null : work.at.toString();
  return sql`insert into exchange.handover (id, pack_code, giver, receiver, until, note, giver_signed, receiver_signed,
      delivered_at, certified_at, no) values (${it.id}, ${it.packCode}, ${it.giver}, ${it.receiver}, ${it.until}, ${it.note},
      ${it.giverSigned}, ${it.receiverSigned}, ${work.at.toString()}, ${certifiedAt}, ${it.no})
    on conflict (id) do update set note = excluded.note, giver_signed = excluded.giver_signed,
      receiver_signed = excluded.receiver_signed, certified_at = excluded.certified_at, no = excluded.no
      where handover.certified_at is null`.execute(work.db);
};

interface Disputing {
  readonly id: string;
  readonly handoverId: string;
  readonly packCode: PackCode;
  readonly no: number;
  readonly by: PartyId;
  readonly note: string;
}

export const addDispute = (work: Work, it: Disputing) =>
  sql`insert into exchange.handover_dispute (id, handover_id, pack_code, no, by_party, note, at) values (${it.id},
    ${it.handoverId}, ${it.packCode}, ${it.no}, ${it.by}, ${it.note}, ${work.at.toString()})`.execute(work.db);
