// What early warning knows of packs, in the database.
import { sql } from 'kysely';
import { anyOf, type Columns, insertRows, type Work } from '#kernel';
import type { Instant, PackCode, SlotNo, StationId } from '#units';
import type { RiskLevel } from '../warning/risk.ts';
import type { Session } from '../warning/session.ts';
import type { Sign } from '../warning/sign.ts';
import type { Watch } from '../warning/watch.ts';

/** A charge whose current has stopped, or the rest after it, which is over. */
export interface Stopped {
  readonly kind: Session['kind'];
  readonly stationId: StationId;
  readonly transactionId: string;
  readonly slotNo: SlotNo;
  readonly packCode: PackCode;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
}

const resting: Columns<Stopped & { readonly dueAt: Instant }> = {
  kind: 'text',
  stationId: 'text',
  transactionId: 'text',
  slotNo: 'integer',
  packCode: 'text',
  startedAt: 'timestamptz',
  endedAt: 'timestamptz',
  dueAt: 'timestamptz',
};

/** To be looked at then; twice is once. */
export const lookAt = (work: Work, charges: readonly (Stopped & { readonly dueAt: Instant })[]) =>
  insertRows(work.db, 'health.resting', resting, charges, sql`on conflict do nothing`);

/** When packs are looked at, of those that wait for it: the last time of each. */
export async function lookedAtThen(work: Work, codes: readonly PackCode[]): Promise<Map<PackCode, Instant>> {
  const { rows } = await sql<{ packCode: PackCode; dueAt: Instant }>`select pack_code, max(due_at) as due_at
    from health.resting where pack_code = ${anyOf(codes, 'text')} group by 1`.execute(work.db);
  return new Map(rows.map((it) => [it.packCode, it.dueAt]));
}

/** Takes what is due, so many at most: they are looked at now, or in the next work if this one fails. */
export async function takeRested(work: Work, most: number): Promise<Stopped[]> {
  const { rows } = await sql<Stopped>`delete from health.resting where (station_id, transaction_id, ended_at, kind) in (
      select station_id, transaction_id, ended_at, kind from health.resting where due_at <= ${work.at.toString()}
      order by due_at limit ${most} for update skip locked)
    returning kind, station_id, transaction_id, slot_no, pack_code, started_at, ended_at`.execute(work.db);
  return rows;
}

interface Waiting extends Pick<Stopped, 'stationId' | 'slotNo'> {
  readonly transactionId: string | null;
}

/** Outside of a charge a slot's samples belong together. */
const keyOfAlarm = ({ transactionId, slotNo }: Waiting): string => transactionId ?? `slot ${slotNo}`;

/**
 * Whether nobody has looked at the samples of this charge within the last second: from now on somebody has. Else the alarm
 * waits until that second is over.
 */
export async function mayLook(work: Work, it: Waiting, alarm: object): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`insert into health.alarm as a (station_id, transaction_id, looked_at)
    values (${it.stationId}, ${keyOfAlarm(it)}, ${work.at.toString()})
    on conflict (station_id, transaction_id) do update set
      looked_at = case when excluded.looked_at > a.looked_at + interval '0.9 seconds' then excluded.looked_at else a.looked_at end,
      waiting = case when excluded.looked_at > a.looked_at + interval '0.9 seconds' then null else ${JSON.stringify(alarm)}::jsonb end
    returning waiting is null as may`.execute(work.db);
  return rows[0]!.may;
}

/** The alarms that have waited for their second: they are looked at now. */
export async function takeWaiting(work: Work): Promise<object[]> {
  const { rows } = await sql<{ waiting: object }>`with due as (
      select station_id, transaction_id, waiting from health.alarm
      where waiting is not null and looked_at <= ${work.at.toString()}::timestamptz - interval '0.9 seconds' for update)
    update health.alarm a set waiting = null, looked_at = ${work.at.toString()} from due
    where a.station_id = due.station_id and a.transaction_id = due.transaction_id returning due.waiting`.execute(
    work.db,
  );
  return rows.map((it) => it.waiting);
}

export interface Watched {
  readonly packCode: PackCode;
  readonly watch: Watch;
  /** Sessions after it teach; null: all. */
  readonly learnsFrom: Instant | null;
  readonly sessions: number;
  readonly at: Instant | null;
  readonly thresholds: string;
  readonly level: RiskLevel;
  readonly reasons: readonly Sign[];
  readonly since: Instant;
  readonly keepsBack: string | null;
  readonly consistency: number | null;
  readonly clearedAt: Instant | null;
  readonly finding: string | null;
  /** What was at fault then; null before the first time. */
  readonly cause: 'pack' | 'sensor' | 'cable' | null;
}

const watchColumns: Columns<Watched> = {
  packCode: 'text',
  watch: 'json',
  learnsFrom: 'timestamptz',
  sessions: 'integer',
  at: 'timestamptz',
  thresholds: 'text',
  level: 'text',
  reasons: 'jsonb',
  since: 'timestamptz',
  keepsBack: 'text',
  consistency: 'double precision',
  clearedAt: 'timestamptz',
  finding: 'text',
  cause: 'text',
};

export async function watchOf(work: Work, code: PackCode): Promise<Watched | undefined> {
  const { rows } = await sql<Watched>`select * from health.watch where pack_code = ${code}`.execute(work.db);
  return rows[0];
}

/** What stands against a pack, without all that the detectors know. */
export type Stands = Omit<Watched, 'watch' | 'learnsFrom'>;

export async function standsAgainst(work: Work, code: PackCode): Promise<Stands | undefined> {
  const { rows } = await sql<Stands>`select pack_code, sessions, at, thresholds, level, reasons, since, keeps_back,
      consistency, cleared_at, finding, cause from health.watch where pack_code = ${code}`.execute(work.db);
  return rows[0];
}

export async function putWatch(work: Work, it: Watched): Promise<void> {
  await insertRows(
    work.db,
    'health.watch',
    watchColumns,
    [it],
    sql`on conflict (pack_code) do update set watch = excluded.watch, learns_from = excluded.learns_from,
      sessions = excluded.sessions, at = excluded.at, thresholds = excluded.thresholds, level = excluded.level,
      reasons = excluded.reasons, since = excluded.since, keeps_back = excluded.keeps_back,
      consistency = excluded.consistency, cleared_at = excluded.cleared_at, finding = excluded.finding, cause = excluded.cause`,
  );
}

export interface KeptSession {
  readonly packCode: PackCode;
  readonly endedAt: Instant;
  readonly stationId: StationId;
  readonly transactionId: string;
  readonly session: Session;
  readonly refused: string | null;
}

const sessionColumns: Columns<KeptSession> = {
  packCode: 'text',
  endedAt: 'timestamptz',
  stationId: 'text',
  transactionId: 'text',
  session: 'jsonb',
  refused: 'text',
};

/** @returns whether it was new */
export async function keepSession(work: Work, it: KeptSession): Promise<boolean> {
  const tail = sql`on conflict do nothing returning pack_code`;
  return (await insertRows(work.db, 'health.session', sessionColumns, [it], tail)).length > 0;
}

/** The sessions of a pack that were used, oldest first, after an instant. */
export async function sessionsOf(work: Work, code: PackCode, after: Instant | null): Promise<KeptSession[]> {
  const { rows } = await sql<KeptSession>`select * from health.session where pack_code = ${code} and refused is null
      and (${after?.toString() ?? null}::timestamptz is null or ended_at > ${after?.toString() ?? null}::timestamptz)
    order by ended_at`.execute(work.db);
  return rows;
}

/** Packs that are not calm, the gravest and newest first. */
export async function worried(work: Work, most = 10_000): Promise<Watched[]> {
  const { rows } = await sql<Watched>`select * from health.watch where level <> 'calm'
    order by level desc, since desc limit ${most}`.execute(work.db);
  return rows;
}
