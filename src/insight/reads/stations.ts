// The table of stations, and of stations as devices.
import { sql } from 'kysely';
import { idCursor } from '#kernel';
import type { Instant, PartyId, StationId } from '#units';
import type { deviceFilters, stationFilters } from '../api.ts';
import type { BoardView, StationLine } from '../board.ts';
import { all, type FiltersOf, holds, type Listing, when } from '../listing.ts';
import { within } from '../map.ts';
import { stationWithin } from '../reach.ts';

export type StationFilters = FiltersOf<typeof stationFilters>;

/** From the board in memory: no filter costs a statement. */
export const stationListing = (board: BoardView): Listing<StationFilters, StationLine> => ({
  async page(work, { filters, reach, after, most }) {
    const { lines } = await board.get(work);
    const last = idCursor(after);
    const found: StationLine[] = [];
    for (const it of within(lines, reach)) {
      if (it.id <= last || !isWanted(it, filters)) continue;
      found.push(it);
      if (found.length === most) break;
    }
    return found;
  },
  cursorOf: (row) => row.id,
  columns: [
    { name: 'id', kind: 'text', of: (it) => it.id },
    { name: 'name', kind: 'text', of: (it) => it.name },
    { name: 'operator', kind: 'text', of: (it) => it.operatorId },
    { name: 'region', kind: 'text', of: (it) => it.region },
    { name: 'preset', kind: 'text', of: (it) => it.presetId },
    { name: 'profile', kind: 'text', of: (it) => it.profile },
    { name: 'latitude', kind: 'number', of: (it) => it.latitude },
    { name: 'longitude', kind: 'number', of: (it) => it.longitude },
    { name: 'online', kind: 'yes-no', of: (it) => it.online },
    { name: 'out_of_use', kind: 'text', of: (it) => it.outOfUseWhy },
    { name: 'last_seen_at', kind: 'instant', of: (it) => it.lastSeenAt },
    { name: 'slots', kind: 'whole', of: (it) => it.slots },
    { name: 'ready', kind: 'whole', of: (it) => it.ready },
    { name: 'charging', kind: 'whole', of: (it) => it.charging },
    { name: 'queue', kind: 'whole', of: (it) => it.queue },
    { name: 'open_swap', kind: 'text', of: (it) => it.openSwap },
    { name: 'anomalies_24h', kind: 'whole', of: (it) => it.anomalies24h },
    { name: 'swaps_last_hour', kind: 'whole', of: (it) => it.swapsLastHour },
    { name: 'swaps_today', kind: 'whole', of: (it) => it.swapsToday },
  ],
});

function isWanted(it: StationLine, asked: StationFilters): boolean {
  const { search, operator, region, preset, profile, online, state, hasReady, hasAnomalies } = asked;
  const words = search?.toLowerCase().split(/\s+/) ?? [];
  const named = `${it.id}\n${it.name}`.toLowerCase();
  return (
    words.every((word) => named.includes(word)) &&
    hasPart(it.name, asked.name) &&
    hasPart(it.id, asked.id) &&
    isAmong(it.operatorId, operator) &&
    isAmong(it.region ?? '', region) &&
    isAmong(it.presetId, preset) &&
    isAmong(it.profile, profile) &&
    isAmong(stateOf(it), state) &&
    (online === undefined || it.online === online) &&
    (hasReady === undefined || it.ready > 0 === hasReady) &&
    (hasAnomalies === undefined || it.anomalies24h > 0 === hasAnomalies) &&
    isWithin(it.slots, asked.slotsMin, asked.slotsMax) &&
    isWithin(it.ready, asked.readyMin, asked.readyMax) &&
    isWithin(it.charging, asked.chargingMin, asked.chargingMax) &&
    isWithin(it.queue, asked.queueMin, asked.queueMax) &&
    isWithin(it.swapsLastHour, asked.swapsLastHourMin, asked.swapsLastHourMax) &&
    isWithin(it.swapsToday, asked.swapsTodayMin, asked.swapsTodayMax) &&
    isWithin(it.anomalies24h, asked.anomaliesMin, asked.anomaliesMax)
  );
}

/** What an operator wants to know first of a station. */
function stateOf({ online, openSwap, ready, outOfUseWhy }: StationLine): string {
  if (outOfUseWhy) return 'out-of-use';
  if (!online) return 'offline';
  if (openSwap) return ['blocked', 'stranded', 'unreturned'].includes(openSwap) ? 'stuck' : 'swapping';
  return ready > 0 ? 'idle' : 'empty';
}

const hasPart = (text: string, part: string | undefined): boolean =>
  part === undefined || text.toLowerCase().includes(part.toLowerCase());

const isAmong = (value: string, several: string | undefined): boolean =>
  several === undefined || several.split(',').includes(value);

const isWithin = (value: number, least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY): boolean =>
  value >= least && value <= most;

export const shownStation = ({
  latitude,
  longitude,
  changedAt: _,
  outOfUseWhy: why,
  outOfUseSince: since,
  ...it
}: StationLine) => ({
  ...it,
  outOfUse: why && since && { why, since },
  place: { latitude, longitude },
});

export type DeviceFilters = FiltersOf<typeof deviceFilters>;

interface Device {
  readonly stationId: StationId;
  readonly name: string;
  readonly operatorId: PartyId;
  readonly securityProfile: number;
  readonly credentialMadeAt: Instant | null;
  readonly online: boolean;
  readonly lastSeenAt: Instant | null;
  readonly lastBootAt: Instant | null;
  readonly vendor: string | null;
  readonly model: string | null;
  readonly firmware: string | null;
}

export const deviceListing: Listing<DeviceFilters, Device> = {
  async page(work, { filters: { search, online, securityProfile }, reach, after, most }) {
    const { rows } = await sql<Device>`select s.id as station_id, s.name, s.operator_id, s.security_profile,
        c.made_at as credential_made_at, s.online, s.last_seen_at, s.last_boot_at, s.vendor, s.model, s.firmware
      from station.station s left join station.credential c on c.station_id = s.id
      where ${all(
        sql`s.id > ${idCursor(after)}`,
        !reach.all && stationWithin(reach),
        when(search, (it) => sql`(${holds('s.id', it)} or ${holds('s.name', it)} or ${holds('s.firmware', it)})`),
        when(online, (it) => sql`s.online = ${it}`),
        when(securityProfile, (it) => sql`s.security_profile = ${it}`),
      )} order by s.id limit ${most}`.execute(work.db);
    return rows;
  },
  cursorOf: (row) => row.stationId,
  columns: [
    { name: 'station', kind: 'text', of: (it) => it.stationId },
    { name: 'name', kind: 'text', of: (it) => it.name },
    { name: 'operator', kind: 'text', of: (it) => it.operatorId },
    { name: 'security_profile', kind: 'whole', of: (it) => it.securityProfile },
    { name: 'credential_made_at', kind: 'instant', of: (it) => it.credentialMadeAt },
    { name: 'online', kind: 'yes-no', of: (it) => it.online },
    { name: 'last_seen_at', kind: 'instant', of: (it) => it.lastSeenAt },
    { name: 'last_boot_at', kind: 'instant', of: (it) => it.lastBootAt },
    { name: 'vendor', kind: 'text', of: (it) => it.vendor },
    { name: 'model', kind: 'text', of: (it) => it.model },
    { name: 'firmware', kind: 'text', of: (it) => it.firmware },
  ],
};
