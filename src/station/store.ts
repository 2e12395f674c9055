import { sql } from 'kysely';
import { anyOf, insertRows, recordset, updateRows, type Work, within } from '#kernel';
import { everything, type Reach } from '#kernel/api';
import type { Instant, PackCode, Place, StationId } from '#units';
import type { OutOfUse, SecurityProfile, Slot, SlotChange, SlotPlace, Station } from './station.ts';

const stationColumns = {
  id: 'text',
  name: 'text',
  operatorId: 'text',
  presetId: 'text',
  latitude: 'double precision',
  longitude: 'double precision',
  timeZone: 'text',
  swapOrder: 'text',
  securityProfile: 'smallint',
  region: 'text',
  registeredAt: 'timestamptz',
};

type StationRow = Omit<Station, 'place' | 'outOfUse'> &
  Place & { readonly outOfUseWhy: OutOfUse['why'] | null; readonly outOfUseSince: Instant | null };

/** @returns the ids of those that are new */
export async function add(
  work: Work,
  rows: readonly Pick<StationRow, keyof typeof stationColumns>[],
): Promise<StationId[]> {
  const added = await insertRows<(typeof rows)[number], { id: StationId }>(
    work.db,
    'station.station',
    stationColumns,
    rows,
    sql`on conflict do nothing returning id`,
  );
  return added.map((it) => it.id);
}

/** What is undefined stays as it is. */
export const change = (
  work: Work,
  id: StationId,
  to: { name?: string | undefined; region?: string | null | undefined },
) =>
  sql`update station.station set name = coalesce(${to.name ?? null}, name)
    ${to.region === undefined ? sql`` : sql`, region = ${to.region}`} where id = ${id}`.execute(work.db);

/** Adds slots 1 to `slots` to each station, empty. */
export const addSlots = (work: Work, rows: readonly { stationId: StationId; slots: number }[]) =>
  sql`insert into station.slot (station_id, slot_no, updated_at)
    select r."stationId", n, ${work.at.toString()}
    from ${recordset({ stationId: 'text', slots: 'integer' }, rows)}, generate_series(1, r.slots) n
    on conflict do nothing`.execute(work.db);

export interface Credential {
  readonly stationId: StationId;
  readonly salt: string;
  readonly hash: string;
}

export const setCredentials = (work: Work, rows: readonly Credential[]) =>
  insertRows(
    work.db,
    'station.credential',
    { stationId: 'text', salt: 'text', hash: 'text', madeAt: 'timestamptz' },
    rows.map((it) => ({ ...it, madeAt: work.at })),
    sql`on conflict (station_id) do update set salt = excluded.salt, hash = excluded.hash, made_at = excluded.made_at`,
  );

export async function admissions(
  work: Work,
  ids: readonly string[],
): Promise<{ stationId: StationId; securityProfile: SecurityProfile; salt: string | null; hash: string | null }[]> {
  const { rows } = await sql<{
    stationId: StationId;
    securityProfile: SecurityProfile;
    salt: string | null;
    hash: string | null;
  }>`select s.id as station_id, s.security_profile, c.salt, c.hash
    from station.station s left join station.credential c on c.station_id = s.id where s.id = ${anyOf(ids, 'text')}`.execute(
    work.db,
  );
  return rows;
}

const inReach = (reach: Reach) => within(reach, { tenant: 'operator_id', region: 'region', station: 'id' });

/** Those of them that are registered, and within reach if one is given. */
export async function find(work: Work, ids: readonly StationId[], reach: Reach = everything): Promise<Station[]> {
  const { rows } = await sql<StationRow>`select * from station.station
    where id = ${anyOf(ids, 'text')} and ${inReach(reach)}`.execute(work.db);
  return rows.map(stationOf);
}

/** Stations in the order of their ids, after `after`. */
export async function list(work: Work, reach: Reach, after: string, most: number): Promise<Station[]> {
  const { rows } = await sql<StationRow>`select * from station.station where id > ${after} and ${inReach(reach)}
    order by id limit ${most}`.execute(work.db);
  return rows.map(stationOf);
}

const stationOf = ({ latitude, longitude, outOfUseWhy, outOfUseSince, ...row }: StationRow): Station => ({
  ...row,
  outOfUse: outOfUseWhy && outOfUseSince && { why: outOfUseWhy, since: outOfUseSince },
  place: { latitude, longitude },
});

const slotFields = sql.raw(
  `station_id, slot_no, state, pack_code, soc, soh, power_w, transaction_id, temperature_c, temperature_at, lock, lock_at,
   updated_at`,
);

export async function slotsOf(work: Work, ids: readonly StationId[]): Promise<Slot[]> {
  const { rows } = await sql<Slot>`select ${slotFields} from station.slot where station_id = ${anyOf(ids, 'text')}
    order by station_id, slot_no`.execute(work.db);
  return rows;
}

/** By the books: the packs in these slots, and the slots of these packs wherever they are. */
export async function standing(
  work: Work,
  places: readonly SlotPlace[],
  codes: readonly PackCode[],
): Promise<(SlotPlace & { readonly packCode: PackCode })[]> {
  if (places.length === 0 && codes.length === 0) return [];
  const { rows } = await sql<SlotPlace & { packCode: PackCode }>`
    select station_id, slot_no, pack_code from station.slot where pack_code = ${anyOf(codes, 'text')}
    union select s.station_id, s.slot_no, s.pack_code
      from ${recordset({ stationId: 'text', slotNo: 'integer' }, places)} join station.slot s
        on s.station_id = r."stationId" and s.slot_no = r."slotNo"
      where s.pack_code is not null`.execute(work.db);
  return rows;
}

/** A slot whose sensors see the pack that the swaps have put there. */
export type StockedSlot = Pick<Slot, 'stationId' | 'slotNo' | 'soc' | 'soh'> & { readonly packCode: PackCode };

/** What stands in these stations and could be given, in the order of slots. */
export async function stocked(work: Work, ids: readonly StationId[]): Promise<StockedSlot[]> {
  const { rows } = await sql<StockedSlot>`select station_id, slot_no, pack_code, soc, soh from station.slot
    where station_id = ${anyOf(ids, 'text')} and state = 'occupied' and pack_code is not null
    order by station_id, slot_no`.execute(work.db);
  return rows;
}

/** The pack in a slot carries another code from now on. */
export const relabel = (work: Work, from: PackCode, to: PackCode) =>
  sql`update station.slot set pack_code = ${to} where pack_code = ${from}`.execute(work.db);

/** The pack stands in no slot any more. */
export const lift = (work: Work, code: PackCode) =>
  sql`update station.slot set pack_code = null, updated_at = ${work.at.toString()} where pack_code = ${code}`.execute(
    work.db,
  );

const changeColumns = {
  stationId: 'text',
  slotNo: 'integer',
  state: 'text',
  stateAt: 'timestamptz',
  setsPack: 'boolean',
  packCode: 'text',
  soc: 'double precision',
  soh: 'double precision',
  powerW: 'double precision',
  measuredAt: 'timestamptz',
  setsTransaction: 'boolean',
  transactionId: 'text',
  temperatureC: 'double precision',
  temperatureAt: 'timestamptz',
  lock: 'text',
  lockAt: 'timestamptz',
};

/** Writes what is new and not older than what stands there, in one statement; each slot at most once. */
export async function changeSlots(work: Work, changes: readonly SlotChange[]): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map((it) => ({
    state: null,
    stateAt: null,
    packCode: null,
    soc: null,
    soh: null,
    powerW: null,
    measuredAt: null,
    transactionId: null,
    temperatureC: null,
    temperatureAt: null,
    lock: null,
    lockAt: null,
    ...it,
    setsPack: it.packCode !== undefined,
    setsTransaction: it.transactionId !== undefined,
  }));
  await sql`update station.slot s set
      state = case when r."stateAt" < s.state_at then s.state else coalesce(r.state, s.state) end,
      state_at = greatest(s.state_at, r."stateAt"),
      pack_code = case when r."setsPack" then r."packCode" else s.pack_code end,
      soc = case when r."measuredAt" < s.measured_at then s.soc else coalesce(r.soc, s.soc) end,
      soh = case when r."measuredAt" < s.measured_at then s.soh else coalesce(r.soh, s.soh) end,
      power_w = case when r."measuredAt" < s.measured_at then s.power_w else coalesce(r."powerW", s.power_w) end,
      measured_at = greatest(s.measured_at, r."measuredAt"),
      transaction_id = case when r."setsTransaction" then r."transactionId" else s.transaction_id end,
      temperature_c = case when r.state = 'empty' and not coalesce(r."stateAt" < s.state_at, false) then null
        when r."temperatureAt" < s.temperature_at then s.temperature_c else coalesce(r."temperatureC", s.temperature_c) end,
      temperature_at = greatest(s.temperature_at, r."temperatureAt"),
      lock = case when r."lockAt" < s.lock_at then s.lock else coalesce(r.lock, s.lock) end,
      lock_at = greatest(s.lock_at, r."lockAt"),
      updated_at = ${work.at.toString()}
    from ${recordset(changeColumns, rows as never)}
    where s.station_id = r."stationId" and s.slot_no = r."slotNo"`.execute(work.db);
}

/** A pack that is set into a slot now is in no other slot any more, whether its leaving was reported or not. */
export const liftElsewhere = (
  work: Work,
  places: readonly { stationId: StationId; slotNo: number; packCode: PackCode }[],
) =>
  sql`update station.slot s set pack_code = null, updated_at = ${work.at.toString()}
    from ${recordset({ stationId: 'text', slotNo: 'integer', packCode: 'text' }, places)}
    where s.pack_code = r."packCode" and (s.station_id, s.slot_no) <> (r."stationId", r."slotNo")`.execute(work.db);

export interface Boot {
  readonly stationId: StationId;
  readonly vendor: string;
  readonly model: string;
  readonly firmware: string | null;
  readonly at: Instant;
}

/** @returns what each station was before this boot */
export async function booted(
  work: Work,
  boots: readonly Boot[],
): Promise<{ stationId: StationId; lastBootAt: Instant | null; firmware: string | null }[]> {
  const columns = { stationId: 'text', vendor: 'text', model: 'text', firmware: 'text', at: 'timestamptz' };
  const { rows } = await sql<{ stationId: StationId; lastBootAt: Instant | null; firmware: string | null }>`
    with r as (select * from ${recordset(columns, boots)}),
    before as (
      select id, last_boot_at, firmware from station.station where id in (select "stationId" from r) for update)
    update station.station s set vendor = r.vendor, model = r.model, firmware = coalesce(r.firmware, s.firmware),
      last_boot_at = r.at
    from r join before b on b.id = r."stationId" where s.id = r."stationId"
    returning s.id as station_id, b.last_boot_at, b.firmware`.execute(work.db);
  return rows;
}

/** Who is connected and who was heard of, in one statement. */
export const setPresence = (work: Work, rows: readonly { stationId: StationId; online: boolean; seenAt: Instant }[]) =>
  updateRows(
    work.db,
    'station.station',
    { id: 'text', online: 'boolean', lastSeenAt: 'timestamptz' },
    ['id'],
    rows.map((it) => ({ id: it.stationId, online: it.online, lastSeenAt: it.seenAt })),
  );

export const nobodyOnline = (work: Work) =>
  sql`update station.station set online = false where online`.execute(work.db);
