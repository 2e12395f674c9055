// One station as it stands: its slots, the swap under way, who waits, and what the day brought.
import { sql } from 'kysely';
import { isSimulated, Refused, type Work } from '#kernel';
import type { Reach } from '#kernel/api';
import { type StationPresetId, stationPreset } from '#pack';
import { find, type LockState, type SlotState, type Station } from '#station';
import { lookAt, type Swap } from '#swap';
import type { Fen, Instant, PackCode, Percent, SlotNo, StationId, SwapId, W, Wh } from '#units';
import { waitingIn } from '../board-store.ts';
import { isReady } from '../network.ts';
import { daysSoFar } from '../store.ts';
import { checksOf, timedStepsOf, waitingFor } from './steps.ts';

/** @throws Refused `station-unknown`, also for a station beyond reach */
export async function stationTwin(work: Work, id: StationId, reach: Reach, isDemo: boolean) {
  const station = (await find(work, [id], reach)).get(id);
  if (!station) throw new Refused('station-unknown', `There is no station ${id}`, { id }, 404);
  const slots = await slotsOf(work, id);
  const swaps = await lookAt(work, id);
  const running = runningOf(swaps);
  const day = (await daysSoFar(work, id)).get(id);
  return {
    at: work.at,
    simulated: isDemo || (await isSimulated(work)),
    station: shown(station),
    slots,
    ready: station.outOfUse ? 0 : slots.filter(isReady).length,
    charging: slots.filter((it) => it.powerW > 0).length,
    powerW: Math.round(slots.reduce((sum, it) => sum + it.powerW, 0)) as W,
    running: running ? inFull(running, station.presetId) : null,
    queue: swaps.filter((it) => it !== running && isWaiting(it)).map(inQueue),
    today: {
      swaps: day?.swaps ?? 0,
      swapsLastHour: day?.lastHour ?? 0,
      revenueFen: day?.revenueFen ?? (0 as Fen),
      energyWh: day?.energyWh ?? (0 as Wh),
      since: midnight(work.at, station.timeZone),
    },
    anomalies24h: await anomaliesOf(work, id),
  };
}

const midnight = (at: Instant, timeZone: string): Instant => at.toZonedDateTimeISO(timeZone).startOfDay().toInstant();

function shown({ id, name, operatorId, region, place, timeZone, presetId, ...it }: Station) {
  const preset = stationPreset(presetId);
  return {
    ...it,
    id,
    name,
    operatorId,
    region,
    place,
    timeZone,
    presetId,
    profile: preset?.profile ?? 'chassis-robot',
    bays: preset?.bays ?? 1,
    swapSeconds: preset?.swapSeconds ?? 0,
    powerLimitW: preset?.powerLimitW ?? (0 as W),
  };
}

interface SlotRow {
  readonly no: SlotNo;
  readonly state: SlotState;
  readonly stateAt: Instant | null;
  readonly packCode: PackCode | null;
  readonly modelId: string | null;
  readonly soc: Percent | null;
  readonly soh: Percent | null;
  readonly powerW: W;
  readonly measuredAt: Instant | null;
  readonly temperatureC: number | null;
  readonly temperatureAt: Instant | null;
  readonly lock: LockState | null;
  readonly lockAt: Instant | null;
  readonly quarantined: boolean;
  readonly recalled: boolean;
  readonly promisedTo: SwapId | null;
  readonly transactionId: string | null;
  readonly since: Instant | null;
  readonly energyWh: Wh | null;
  readonly chargingState: string | null;
  readonly updatedAt: Instant;
}

/** In the order of their numbers. */
export async function slotsOf(work: Work, id: StationId) {
  const { rows } = await sql<SlotRow>`
    select s.slot_no as no, s.state, s.state_at, s.pack_code, p.model as model_id, s.soc, s.soh, s.power_w, s.measured_at,
      s.temperature_c, s.temperature_at, s.lock, s.lock_at, coalesce(p.quarantined, false) as quarantined,
      coalesce(p.recalled, false) as recalled, r.swap_id as promised_to, t.id as transaction_id, t.started_at as since,
      t.last_wh - t.first_wh as energy_wh, t.charging_state, s.updated_at
    from station.slot s
      left join pack.pack p on p.code = s.pack_code
      left join swap.promise r on r.code = s.pack_code
      left join station.transaction t on t.station_id = s.station_id and t.id = s.transaction_id and t.state = 'open'
    where s.station_id = ${id} order by s.slot_no`.execute(work.db);
  return rows.map(({ transactionId, since, energyWh, chargingState, soc, soh, powerW, ...it }) => ({
    ...it,
    soc: it.packCode ? soc : null,
    soh: it.packCode ? soh : null,
    powerW: Math.round(powerW) as W,
    temperatureC: it.temperatureC === null ? null : Math.round(it.temperatureC * 10) / 10,
    charging:
      transactionId !== null && since !== null
        ? { transactionId, since, energyWh: energyWh ?? (0 as Wh), state: chargingState }
        : null,
  }));
}

const beforeAnyPack: readonly string[] = ['reserved', 'arrived', 'identified', 'authorised'];
const isWaiting = ({ state }: Swap): boolean => beforeAnyPack.includes(state);

/** The swap that the map calls open: the one that is furthest along. */
function runningOf(swaps: readonly Swap[]): Swap | undefined {
  const { openSwap } = waitingIn(swaps.map((it) => it.state));
  return swaps.find((it) => it.state === openSwap);
}

const inFull = (it: Swap, presetId: StationPresetId) => ({
  id: it.id,
  requestId: it.requestId,
  state: it.state,
  origin: it.origin,
  startedAt: it.startedAt,
  updatedAt: it.updatedAt,
  expiresAt: it.expiresAt,
  steps: timedStepsOf(it, presetId),
  waitingFor: waitingFor(it) ?? '',
  checks: checksOf(it),
  promised: it.promised.map(({ code, slotNo }) => ({ code, slotNo })),
  returned: it.returned.map(packThere),
  given: it.given.map(packThere),
  problems: [...it.problems],
});

const packThere = ({ code, slotNo, soc, soh }: Swap['given'][number]) => ({ code, slotNo, soc, soh });

const inQueue = (it: Swap) => ({
  swapId: it.id,
  state: it.state,
  origin: it.origin,
  since: it.startedAt,
  expiresAt: it.expiresAt,
  packs: it.promised.map(({ code, slotNo }) => ({ code, slotNo })),
});

async function anomaliesOf(work: Work, id: StationId): Promise<number> {
  const { rows } = await sql<{ lines: number }>`select count(*)::int as lines from station.anomaly
    where station_id = ${id} and at > ${work.at.subtract({ hours: 24 }).toString()}`.execute(work.db);
  return rows[0]!.lines;
}
