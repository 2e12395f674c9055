// Reads across the rooms' tables, and writes none. Each is one statement over sets.
import { type RawBuilder, sql } from 'kysely';
import type { Work } from '#kernel';
import { everything, type Reach } from '#kernel/api';
import { type StationPresetId, stationPreset } from '#pack';
import type { OutOfUse, SlotState } from '#station';
import { type Fen, type Instant, type StationId, type SwapId, uuidV7, type W, type Wh } from '#units';
import { type Day, isReady, type SlotNow, type StationNow } from './network.ts';
import { packWithin } from './reach.ts';

interface StationRow {
  id: StationId;
  name: string;
  presetId: StationPresetId;
  latitude: number;
  longitude: number;
  outOfUseWhy: OutOfUse['why'] | null;
  outOfUseSince: Instant | null;
  online: boolean;
  lastSeenAt: Instant | null;
  anomalies: number;
}

interface SlotRow extends Omit<SlotNow, 'no' | 'quarantined'> {
  stationId: StationId;
  slotNo: SlotNow['no'];
  state: SlotState;
  quarantined: boolean | null;
  transactionId: string | null;
}

/** Stations as they are now; all of them when no ids are given. */
export async function stationsNow(
  work: Work,
  days: ReadonlyMap<StationId, Day>,
  ids?: readonly StationId[],
): Promise<StationNow[]> {
  const only = (column: string): RawBuilder<unknown> => (ids ? sql`${sql.ref(column)} = any(${ids})` : sql`true`);
  const { rows: stations } = await sql<StationRow>`
    select s.id, s.name, s.preset_id, s.latitude, s.longitude, s.online, s.out_of_use_why, s.out_of_use_since, s.last_seen_at, coalesce(a.lines, 0) as anomalies
    from station.station s
    left join (select station_id, count(*) as lines from station.anomaly
      where at > ${work.at.subtract({ hours: 24 }).toString()} group by station_id) a on a.station_id = s.id
    where ${only('s.id')} order by s.id`.execute(work.db);
  const { rows: slots } = await sql<SlotRow>`
    select l.station_id, l.slot_no, l.state, l.pack_code, p.model as model_id, p.quarantined or p.recalled as quarantined, l.soc, l.soh, l.power_w,
      l.transaction_id
    from station.slot l left join pack.pack p on p.code = l.pack_code
    where ${only('l.station_id')} order by l.station_id, l.slot_no`.execute(work.db);
  const { rows: open } = await sql<{ stationId: StationId; id: SwapId; state: string; startedAt: Instant }>`
    select distinct on (station_id) station_id, id, state, started_at from swap.swap
    where ended_at is null and state <> 'reserved' and ${only('station_id')}
    order by station_id, updated_at desc`.execute(work.db);

  const slotsOf = Map.groupBy(slots, (it) => it.stationId);
  const openAt = new Map(open.map(({ stationId, ...it }) => [stationId, it]));
  return stations.map(({ latitude, longitude, anomalies, outOfUseWhy: why, outOfUseSince: since, ...it }) => {
    const mine = slotsOf.get(it.id) ?? [];
    return {
      ...it,
      place: { latitude, longitude },
      outOfUse: why && since && { why, since },
      profile: stationPreset(it.presetId)?.profile ?? 'chassis-robot',
      slots: mine.map(slotNow),
      ready: why ? 0 : mine.filter(isReady).length,
      charging: mine.filter((slot) => slot.powerW > 0).length,
      swapsToday: days.get(it.id)?.swaps ?? 0,
      openSwap: openAt.get(it.id) ?? null,
      anomalies24h: anomalies,
    };
  });
}

const slotNow = ({ slotNo: no, state, packCode, modelId, soc, soh, powerW, quarantined }: SlotRow): SlotNow => ({
  no,
  state,
  packCode,
  modelId,
  soc: packCode ? soc : null,
  soh: packCode ? soh : null,
  powerW: Math.round(powerW) as W,
  quarantined: quarantined === true,
});

/** Swaps longer than this that end today are not counted: what is older need not be looked at. */
const LONGEST_HOURS = 6;

/** The least id of a swap that began at this instant or later: ids sort by time, so a day is one range of the index. */
const leastId = (from: Instant): string => uuidV7(from.epochMilliseconds, new Uint8Array(10));

/** What each station, or this one, did since midnight in its own time zone. A station that did nothing is left out. */
export async function daysSoFar(work: Work, only?: StationId): Promise<Map<StationId, Day>> {
  const at = work.at.toString();
  const from = leastId(work.at.subtract({ hours: 24 + LONGEST_HOURS }));
  const { rows } = await sql<{ stationId: StationId; swaps: number; lastHour: number; revenueFen: Fen; energyWh: Wh }>`
    with today as (
      select s.id, s.station_id, s.total_fen, coalesce(s.ended_at, s.updated_at) as done_at
      from swap.swap s join station.station t on t.id = s.station_id
      where s.id >= ${from} and s.total_fen is not null ${only === undefined ? sql`` : sql`and s.station_id = ${only}`}
        and coalesce(s.ended_at, s.updated_at)
          >= date_trunc('day', ${at}::timestamptz at time zone t.time_zone) at time zone t.time_zone),
    moved as (
      select swap_id, sum(case direction when 'out' then energy_wh else -energy_wh end) as net_wh
      from swap.move where swap_id >= ${from} and swap_id in (select id from today) group by swap_id)
    select station_id, count(*) as swaps, sum(total_fen)::bigint as revenue_fen,
      count(*) filter (where done_at > ${at}::timestamptz - interval '1 hour') as last_hour,
      sum(greatest(coalesce(net_wh, 0), 0))::bigint as energy_wh
    from today left join moved on swap_id = id group by station_id`.execute(work.db);
  return new Map(rows.map(({ stationId, ...day }) => [stationId, day]));
}

/** Packs that vehicles hold by the ledger. */
export async function packsOnRoad(work: Work, reach: Reach = everything): Promise<number> {
  const ours = reach.all ? sql`` : sql`and asset in (select p.code from pack.pack p where ${packWithin(reach)})`;
  const { rows } = await sql<{ packs: number }>`select coalesce(sum(credits_posted - debits_posted), 0)::bigint as packs
    from ledger.account where unit = 'custody' and holder like 'vehicle:%' ${ours}`.execute(work.db);
  return rows[0]!.packs;
}

/** Swaps under way at these stations. */
export async function openSwapsAt(work: Work, ids: readonly StationId[]): Promise<number> {
  const { rows } = await sql<{ swaps: number }>`select count(*) as swaps from swap.swap
    where ended_at is null and station_id = any(${ids})`.execute(work.db);
  return rows[0]!.swaps;
}

/** Swaps under way, by state. */
export async function openSwaps(work: Work): Promise<Map<string, number>> {
  const { rows } = await sql<{ state: string; swaps: number }>`select state, count(*) as swaps from swap.swap
    where ended_at is null group by state`.execute(work.db);
  return new Map(rows.map((it) => [it.state, it.swaps]));
}

export interface AnomalyRow {
  id: string;
  stationId: string;
  kind: string;
  since: Instant;
  at: Instant;
  times: number;
  sentence: string;
  facts: Record<string, unknown>;
}

/** Lines about stations of ours that came or were counted again since, the newest first. */
export async function anomaliesAfter(work: Work, after: Instant, most = 100): Promise<AnomalyRow[]> {
  const { rows } = await sql<AnomalyRow>`select id, station_id, kind, since, at, times, sentence, facts
    from station.anomaly where at > ${after.toString()} and station_id <> ''
    order by at desc, id desc limit ${most}`.execute(work.db);
  return rows;
}

/** Stations in whose slots something changed since. */
export async function stationsChangedSince(work: Work, since: Instant): Promise<StationId[]> {
  const { rows } = await sql<{ stationId: StationId }>`select distinct station_id from station.slot
    where updated_at > ${since.toString()}`.execute(work.db);
  return rows.map((it) => it.stationId);
}
