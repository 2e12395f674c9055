import { sql } from 'kysely';
import { anyOf, insertRows, recordset, type Work } from '#kernel';
import type { Instant, PackCode, SlotNo, StationId } from '#units';
import { gapsText, readGaps } from './gaps.ts';
import type { Transaction } from './transaction.ts';

type TransactionRow = Omit<Transaction, 'missing'> & { readonly missing: string };

const columns = {
  stationId: 'text',
  id: 'text',
  slotNo: 'integer',
  packCode: 'text',
  state: 'text',
  startedAt: 'timestamptz',
  endedAt: 'timestamptz',
  firstWh: 'bigint',
  lastWh: 'bigint',
  meteredFrom: 'timestamptz',
  meteredTo: 'timestamptz',
  bookedWh: 'bigint',
  soc: 'double precision',
  chargingState: 'text',
  stoppedReason: 'text',
  firstSeqNo: 'bigint',
  lastSeqNo: 'bigint',
  received: 'bigint',
  missing: 'int8multirange',
  offline: 'boolean',
  again: 'text',
  updatedAt: 'timestamptz',
};

const fields = sql.raw(
  `t.station_id, t.id, t.slot_no, t.pack_code, t.state, t.started_at, t.ended_at, t.first_wh, t.last_wh, t.metered_from,
   t.metered_to, t.booked_wh, t.soc,
   t.charging_state, t.stopped_reason, t.first_seq_no, t.last_seq_no, t.received, t.missing, t.offline, t.again,
   t.updated_at`,
);

const read = ({ missing, ...row }: TransactionRow): Transaction => ({ ...row, missing: readGaps(missing) });

/** The known ones of these transactions, locked in the order of their keys. */
export async function lockTransactions(
  work: Work,
  ids: readonly { stationId: StationId; id: string }[],
): Promise<Transaction[]> {
  const { rows } = await sql<TransactionRow>`select ${fields} from station.transaction t
    where (t.station_id, t.id) in (select r."stationId", r.id from ${recordset({ stationId: 'text', id: 'text' }, ids)})
    order by t.station_id, t.id for update`.execute(work.db);
  return rows.map(read);
}

/** What is open in these slots, locked. */
export async function lockOpenIn(
  work: Work,
  slots: readonly { stationId: StationId; slotNo: SlotNo }[],
): Promise<Transaction[]> {
  const { rows } = await sql<TransactionRow>`select ${fields} from station.transaction t
    where t.state = 'open' and (t.station_id, t.slot_no) in (
      select r."stationId", r."slotNo" from ${recordset({ stationId: 'text', slotNo: 'integer' }, slots)})
    order by t.station_id, t.id for update`.execute(work.db);
  return rows.map(read);
}

interface StandingSlot {
  readonly stationId: StationId;
  readonly slotNo: SlotNo;
  readonly state: string;
  readonly stateAt: Instant | null;
  readonly packCode: PackCode | null;
}

export async function statesOf(
  work: Work,
  slots: readonly { stationId: StationId; slotNo: SlotNo }[],
): Promise<StandingSlot[]> {
  const { rows } = await sql<StandingSlot>`
    select s.station_id, s.slot_no, s.state, s.state_at, s.pack_code from station.slot s
    join ${recordset({ stationId: 'text', slotNo: 'integer' }, slots)}
      on s.station_id = r."stationId" and s.slot_no = r."slotNo"`.execute(work.db);
  return rows;
}

const changing = Object.keys(columns)
  .map((it) => it.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
  .filter((it) => it !== 'station_id' && it !== 'id')
  .map((it) => `${it} = excluded.${it}`);

export const putTransactions = (work: Work, transactions: readonly Transaction[]) =>
  insertRows(
    work.db,
    'station.transaction',
    columns,
    transactions.map((it) => ({ ...it, missing: gapsText(it.missing) })),
    sql`on conflict (station_id, id) do update set ${sql.raw(changing.join(', '))}`,
  );

/** Their stations have started anew: what was open may never end by itself. */
export const markRebooted = (work: Work, boots: readonly { stationId: StationId; at: Instant }[]) =>
  sql`update station.transaction t set rebooted_at = r.at
    from ${recordset({ stationId: 'text', at: 'timestamptz' }, boots)}
    where t.state = 'open' and t.station_id = r."stationId"`.execute(work.db);

export async function transactionsOf(work: Work, stationId: StationId, most: number): Promise<Transaction[]> {
  const { rows } = await sql<TransactionRow>`select ${fields} from station.transaction t
    where t.station_id = ${stationId} order by t.started_at desc, t.id limit ${most}`.execute(work.db);
  return rows.map(read);
}

/** Of which kind each of these stations is. */
export async function presetsOf(work: Work, ids: readonly StationId[]): Promise<Map<StationId, string>> {
  const { rows } = await sql<{ id: StationId; presetId: string }>`select id, preset_id from station.station
    where id = ${anyOf(ids, 'text')}`.execute(work.db);
  return new Map(rows.map((it) => [it.id, it.presetId]));
}
