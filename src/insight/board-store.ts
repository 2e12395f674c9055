// What a board reads: each is one statement over sets.
import { type RawBuilder, sql } from 'kysely';
import { anyOf, type Work } from '#kernel';
import type { StationPresetId } from '#pack';
import type { OutOfUse } from '#station';
import type { Instant, PartyId, StationId } from '#units';
import { READY } from './network.ts';

/** A station with what is counted over its slots. */
export interface Line {
  readonly id: StationId;
  readonly name: string;
  readonly operatorId: PartyId;
  readonly region: string | null;
  readonly presetId: StationPresetId;
  readonly latitude: number;
  readonly longitude: number;
  readonly outOfUseWhy: OutOfUse['why'] | null;
  readonly outOfUseSince: Instant | null;
  readonly online: boolean;
  readonly lastSeenAt: Instant | null;
  readonly slots: number;
  /** Slots with a pack of SoC >= 80 % that is neither quarantined nor recalled; none where the station is out of use. */
  readonly ready: number;
  /** Slots with power > 0 W. */
  readonly charging: number;
}

/** All stations, or those of these ids, in the order of ids. */
export async function linesOf(work: Work, ids?: readonly StationId[]): Promise<Line[]> {
  const only = (column: string): RawBuilder<unknown> =>
    ids ? sql`${sql.ref(column)} = ${anyOf(ids, 'text')}` : sql`true`;
  const { rows } = await sql<Line>`
    select t.id, t.name, t.operator_id, t.region, t.preset_id, t.latitude, t.longitude, t.online, t.last_seen_at,
      t.out_of_use_why, t.out_of_use_since, coalesce(l.slots, 0)::int as slots,
      case when t.out_of_use_why is null then coalesce(l.ready, 0)::int else 0 end as ready, coalesce(l.charging, 0)::int as charging
    from station.station t left join (
      select s.station_id, count(*) as slots, count(*) filter (where s.power_w > 0) as charging,
        count(*) filter (where s.state = 'occupied' and s.soc >= ${READY}
          and not coalesce(p.quarantined or p.recalled, false)) as ready
      from station.slot s left join pack.pack p on p.code = s.pack_code
      where ${only('s.station_id')} group by s.station_id) l on l.station_id = t.id
    where ${only('t.id')} order by t.id`.execute(work.db);
  return rows;
}

/** Stations in whose slots something changed since, and those registered since. */
export async function changedSince(work: Work, since: Instant): Promise<StationId[]> {
  const { rows } = await sql<{ id: StationId }>`select distinct station_id as id from station.slot
    where updated_at > ${since.toString()}`.execute(work.db);
  return rows.map((it) => it.id);
}

export interface Presence {
  readonly id: StationId;
  readonly online: boolean;
  readonly lastSeenAt: Instant | null;
}

/** Stations that were heard of since, and all that are connected: one that is in neither list is gone or was. */
export async function presences(work: Work, since: Instant): Promise<Presence[]> {
  const { rows } = await sql<Presence>`select id, online, last_seen_at from station.station
    where last_seen_at > ${since.toString()} or not online`.execute(work.db);
  return rows;
}

export interface Waiting {
  readonly queue: number;
  readonly openSwap: string | null;
}

/** Before the first pack moves a driver waits; a reservation has not even arrived. */
const BEFORE = ['reserved', 'arrived', 'identified', 'authorised'];

/** Where swaps are under way: the state of the one that is furthest along, and how many others wait. */
export async function waiting(work: Work): Promise<Map<StationId, Waiting>> {
  const { rows } = await sql<{ stationId: StationId; states: string[] }>`
    select station_id, array_agg(state order by updated_at desc) as states
    from swap.swap where ended_at is null group by station_id`.execute(work.db);
  return new Map(rows.map((it) => [it.stationId, waitingIn(it.states)]));
}

/** @param states of the swaps under way at one station, the one that changed last first */
export function waitingIn(states: readonly string[]): Waiting {
  const served = states.find((it) => !BEFORE.includes(it)) ?? states.find((it) => it !== 'reserved') ?? null;
  const before = states.filter((it) => BEFORE.includes(it)).length;
  const isServedBefore = served !== null && BEFORE.includes(served);
  return { openSwap: served, queue: before - (isServedBefore ? 1 : 0) };
}

/** Lines for the operator of the last 24 hours, by station. */
export async function anomalyCounts(work: Work): Promise<Map<StationId, number>> {
  const { rows } = await sql<{ stationId: StationId; lines: number }>`select station_id, count(*)::int as lines
    from station.anomaly where at > ${work.at.subtract({ hours: 24 }).toString()} and station_id <> ''
    group by station_id`.execute(work.db);
  return new Map(rows.map((it) => [it.stationId, it.lines]));
}
