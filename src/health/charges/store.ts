import { sql } from 'kysely';
import { type Columns, insertRows, recordset, type Work } from '#kernel';
import type { Instant, PackCode, StationId } from '#units';
import type { Abstention } from '../api/charge.ts';
import type { Inputs, Known } from './estimate.ts';

/** What one charge showed of one pack. In percent of the plate, and times the resistance of a new pack. */
export interface ChargeEstimate {
  readonly stationId: StationId;
  readonly transactionId: string;
  readonly packCode: PackCode;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  readonly estimatedAt: Instant;
  readonly method: string;
  readonly standing: 'estimated' | 'abstained';
  readonly why: Abstention | null;
  readonly soh: number | null;
  readonly sohLower: number | null;
  readonly sohUpper: number | null;
  readonly ohms: number | null;
  readonly ohmsLower: number | null;
  readonly ohmsUpper: number | null;
}

/** With all it was made from, and what is believed from here on. */
export interface KeptEstimate extends ChargeEstimate {
  readonly inputs: Inputs | null;
  readonly known: Known | null;
}

const columns: Columns<KeptEstimate> = {
  stationId: 'text',
  transactionId: 'text',
  packCode: 'text',
  startedAt: 'timestamptz',
  endedAt: 'timestamptz',
  estimatedAt: 'timestamptz',
  method: 'text',
  standing: 'text',
  why: 'text',
  soh: 'double precision',
  sohLower: 'double precision',
  sohUpper: 'double precision',
  ohms: 'double precision',
  ohmsLower: 'double precision',
  ohmsUpper: 'double precision',
  inputs: 'jsonb',
  known: 'jsonb',
};

/** Keeps what is new; a charge is estimated once. @returns whether it was new */
export async function keep(work: Work, estimate: KeptEstimate): Promise<boolean> {
  const tail = sql`on conflict do nothing returning station_id`;
  return (await insertRows(work.db, 'health.charge', columns, [estimate], tail)).length > 0;
}

/** In one transaction a pack may charge several times. */
export interface ChargeKey {
  readonly stationId: StationId;
  readonly transactionId: string;
  readonly endedAt: Instant;
}

/** Those of these charges that were looked at already. */
export async function looked(work: Work, keys: readonly ChargeKey[]): Promise<ChargeKey[]> {
  const shape = { stationId: 'text', transactionId: 'text', endedAt: 'timestamptz' };
  const { rows } = await sql<ChargeKey>`select c.station_id, c.transaction_id, c.ended_at from health.charge c
    join ${recordset<ChargeKey>(shape, keys.map(keyIn))}
      on c.station_id = r."stationId" and c.transaction_id = r."transactionId" and c.ended_at = r."endedAt"`.execute(
    work.db,
  );
  return rows;
}

/** The newest charge that told anything of a pack, of those that ended before an instant. */
export async function lastBefore(work: Work, code: PackCode, before: Instant): Promise<KeptEstimate | undefined> {
  const { rows } = await sql<KeptEstimate>`select * from health.charge
    where pack_code = ${code} and known is not null and ended_at < ${before.toString()}
    order by ended_at desc limit 1`.execute(work.db);
  return rows[0];
}

export const keyIn = ({ stationId, transactionId, endedAt }: ChargeKey): ChargeKey => ({
  stationId,
  transactionId,
  endedAt,
});

const shown = sql.raw(
  `station_id, transaction_id, pack_code, started_at, ended_at, estimated_at, method, standing, why,
   soh, soh_lower, soh_upper, ohms, ohms_lower, ohms_upper`,
);

/** What the charges of a pack showed, the newest first, abstentions included. */
export async function estimatesOf(work: Work, code: PackCode, most = 1000): Promise<ChargeEstimate[]> {
  const { rows } = await sql<ChargeEstimate>`select ${shown} from health.charge where pack_code = ${code}
    order by ended_at desc limit ${most}`.execute(work.db);
  return rows;
}

/** What was known of packs at those instants: the newest estimate of each until then. */
export async function newestUntil(
  work: Work,
  asked: readonly { code: PackCode; at: Instant }[],
): Promise<Map<PackCode, ChargeEstimate>> {
  const { rows } = await sql<ChargeEstimate>`select c.* from ${recordset({ code: 'text', at: 'timestamptz' }, asked)},
    lateral (select ${shown} from health.charge where pack_code = r.code and standing = 'estimated' and ended_at <= r.at
      order by ended_at desc limit 1) c`.execute(work.db);
  return new Map(rows.map((it) => [it.packCode, it]));
}

/** The newest charge of each pack that told something, by pack, after one of them. */
export async function newestOfAll(
  work: Work,
  after: string,
  most: number,
): Promise<(ChargeKey & { readonly packCode: PackCode })[]> {
  const { rows } = await sql<ChargeKey & { packCode: PackCode }>`select distinct on (pack_code)
      pack_code, station_id, transaction_id, ended_at from health.charge
    where known is not null and pack_code > ${after} order by pack_code, ended_at desc limit ${most}`.execute(work.db);
  return rows;
}

/** What the last charges of a pack said of its capacity, oldest first. */
export async function courseOf(work: Work, code: PackCode, most: number): Promise<{ at: Instant; soh: number }[]> {
  const { rows } = await sql<{ at: Instant; soh: number }>`select ended_at as at, soh from health.charge
    where pack_code = ${code} and standing = 'estimated' order by ended_at desc limit ${most}`.execute(work.db);
  return rows.toReversed();
}

export async function keptOf(work: Work, { stationId, transactionId, endedAt }: ChargeKey) {
  const { rows } = await sql<KeptEstimate>`select * from health.charge where station_id = ${stationId}
    and transaction_id = ${transactionId} and ended_at = ${endedAt.toString()}`.execute(work.db);
  return rows[0];
}
