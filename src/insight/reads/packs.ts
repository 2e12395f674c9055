// Packs with where they are and what they do: the list with its filters, and how many there are.
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { cursorWrong, idCursor, type Work } from '#kernel';
import type { Reach } from '#kernel/api';
import { type Firmware, firmwareText, type Pack, type PackModelId, usableWh } from '#pack';
import type { PackCode, SlotNo, StationId, W } from '#units';
import type { packFilters, packOrders, packRow, packStates } from '../api.ts';
import { all, type FiltersOf, holds, type Listing, placeCursor, placeOf, when } from '../listing.ts';
import { READY } from '../network.ts';
import { packWithin } from '../reach.ts';

type Filters = FiltersOf<typeof packFilters>;
export type PackFilters = Filters & {
  readonly sort?: (typeof packOrders)[number];
  readonly order?: 'asc' | 'desc';
};

interface Found extends Omit<Pack, 'firmware'> {
  readonly firmware: Firmware;
  readonly state: (typeof packStates)[number];
  readonly custody: string | null;
  readonly stationId: StationId | null;
  readonly slotNo: SlotNo | null;
  readonly powerW: W | null;
  readonly successor: PackCode | null;
  readonly grade: PackRow['grade'];
  readonly risk: PackRow['risk'];
}
export type PackRow = z.infer<typeof packRow>;

/** The newer of what the slot measures now and what the last hand-over saw. */
const soc = sql.raw('case when s.soc is not null and s.measured_at >= p.observed_at then s.soc else p.soc end');
const soh = sql.raw('case when s.soh is not null and s.measured_at >= p.observed_at then s.soh else p.soh end');
const observedAt = sql.raw('greatest(p.observed_at, s.measured_at)');

const isReady = sql`(s.state = 'occupied' and s.soc >= ${sql.lit(READY)} and not p.quarantined and not p.recalled)`;

/** As the contract says: in a slot, on the road, with a party, or away. */
const state = sql`case
  when s.pack_code is not null then case when s.power_w > 0 then 'charging' when ${isReady} then 'ready' else 'standing' end
  when c.holder like 'vehicle:%' then 'on-road'
  when c.holder like 'station:%' then 'standing'
  when c.holder like 'party:%' then 'stored'
  else 'away' end`;

const grade = sql`(select g.grade from health.grade g where g.pack = p.code order by g.nth desc limit 1)`;
const risk = sql`(select w.level from health.watch w where w.pack_code = p.code)`;

/** A pack as `p`, with its slot and its keeper. */
export const packsFrom = sql`from pack.pack p
  left join station.slot s on s.pack_code = p.code
  left join ledger.keeper c on c.asset = p.code`;

const fields = sql`p.code, p.model, p.capacity_wh, ${soh} as soh, ${soc} as soc, p.quarantined, p.quarantined_why, p.recalled,
  p.produced_on, p.leak_tested_on, p.leak_test_passed, p.firmware, p.efc, p.mating_cycles, ${observedAt} as observed_at,
  ${state} as state, c.holder as custody, coalesce(s.station_id, case when c.holder like 'station:%' then substr(c.holder, 9) end) as station_id,
  s.slot_no, s.power_w, (select x.successor from pack.succession x where x.original = p.code) as successor,
  ${grade} as grade, ${risk} as risk`;

/** Packs in which a party has a share, found by the party's accounts. */
const ownedBy = (party: string) => sql`p.code in (select h.asset from ledger.account h
  where h.holder = ${`party:${party}`} and h.unit = 'title' and h.credits_posted > h.debits_posted)`;

/** What the filters of the list ask of `packsFrom`, within reach. */
export function packConditions(asked: Filters, reach: Reach): RawBuilder<unknown> {
  const { search, model, place, owner, socMin, socMax, sohMin, sohMax, quarantined, recalled } = asked;
  return all(
    !reach.all && packWithin(reach),
    when(search, (it) => holds('p.code', it)),
    when(model, (it) => sql`p.model = ${it}`),
    when(asked.state, (it) => sql`${state} = ${it}`),
    when(place, (it) => sql`c.holder = ${it}`),
    when(owner, (it) => ownedBy(it)),
    when(socMin, (it) => sql`${soc} >= ${it}`),
    when(socMax, (it) => sql`${soc} <= ${it}`),
    when(sohMin, (it) => sql`${soh} >= ${it}`),
    when(sohMax, (it) => sql`${soh} <= ${it}`),
    // Few are: the index that holds them is found by naming its own condition.
    when(quarantined, (it) => (it ? sql`p.quarantined and (p.quarantined or p.recalled)` : sql`not p.quarantined`)),
    when(recalled, (it) => (it ? sql`p.recalled and (p.quarantined or p.recalled)` : sql`not p.recalled`)),
    when(asked.grade, (it) => sql`${grade} = ${it}`),
    when(asked.risk, (it) => sql`${risk} = ${it}`),
  );
}

const orders: Readonly<Record<(typeof packOrders)[number], RawBuilder<unknown>>> = {
  code: sql`p.code`,
  soc,
  soh,
  efc: sql`p.efc`,
  observedAt,
};
const types = {
  code: 'text',
  soc: 'double precision',
  soh: 'double precision',
  efc: 'double precision',
  observedAt: 'timestamptz',
};

export const packListing: Listing<PackFilters, PackRow> = {
  async page(work, { filters: { sort = 'code', order = 'asc', ...filters }, reach, after, most }) {
    const by = orders[sort];
    const way = sql.raw(order);
    const rest = after === undefined ? undefined : afterPlace(sort, by, order, after);
    const { rows } = await sql<Found>`select ${fields} ${packsFrom}
      where ${all(packConditions(filters, reach), rest)}
      order by ${sort === 'code' ? sql`p.code ${way}` : sql`${by} ${way}, p.code ${way}`} limit ${most}`.execute(
      work.db,
    );
    return rows.map(shown);
  },
  cursorOf: (row, { sort = 'code' }) =>
    sort === 'code' ? row.code : placeCursor(sort === 'observedAt' ? row.observedAt.toString() : row[sort], row.code),
  columns: [
    { name: 'code', kind: 'text', of: (it) => it.code },
    { name: 'model', kind: 'text', of: (it) => it.model },
    { name: 'state', kind: 'text', of: (it) => it.state },
    { name: 'custody', kind: 'text', of: (it) => it.custody },
    { name: 'station', kind: 'text', of: (it) => it.stationId },
    { name: 'slot', kind: 'whole', of: (it) => it.slotNo },
    { name: 'soc_percent', kind: 'number', of: (it) => it.soc },
    { name: 'soh_percent', kind: 'number', of: (it) => it.soh },
    { name: 'observed_at', kind: 'instant', of: (it) => it.observedAt },
    { name: 'power_w', kind: 'number', of: (it) => it.powerW },
    { name: 'capacity_wh', kind: 'whole', of: (it) => it.capacityWh },
    { name: 'usable_wh', kind: 'whole', of: (it) => it.usableWh },
    { name: 'efc', kind: 'number', of: (it) => it.efc },
    { name: 'mating_cycles', kind: 'whole', of: (it) => it.matingCycles },
    { name: 'quarantined', kind: 'yes-no', of: (it) => it.quarantined },
    { name: 'quarantined_why', kind: 'text', of: (it) => it.quarantinedWhy },
    { name: 'recalled', kind: 'yes-no', of: (it) => it.recalled },
    { name: 'produced_on', kind: 'text', of: (it) => it.producedOn },
    { name: 'leak_tested_on', kind: 'text', of: (it) => it.leakTestedOn },
    { name: 'leak_test_passed', kind: 'yes-no', of: (it) => it.leakTestPassed },
    { name: 'firmware', kind: 'text', of: (it) => it.firmware },
    { name: 'successor', kind: 'text', of: (it) => it.successor },
    { name: 'grade', kind: 'text', of: (it) => it.grade },
    { name: 'risk', kind: 'text', of: (it) => it.risk },
  ],
};

/** @throws Refused `cursor-wrong` */
function afterPlace(
  sort: (typeof packOrders)[number],
  by: RawBuilder<unknown>,
  order: 'asc' | 'desc',
  cursor: string,
): RawBuilder<unknown> {
  const than = sql.raw(order === 'asc' ? '>' : '<');
  if (sort === 'code') return sql`p.code ${than} ${idCursor(cursor)}`;
  const [value, code] = placeOf(cursor);
  if (typeof value !== (sort === 'observedAt' ? 'string' : 'number')) throw cursorWrong();
  if (sort === 'observedAt' && Number.isNaN(Date.parse(String(value)))) throw cursorWrong();
  return sql`(${by}, p.code) ${than} (${value}::${sql.raw(types[sort])}, ${code})`;
}

const shown = ({ state, firmware, producedOn, leakTestedOn, powerW, ...it }: Found): PackRow => ({
  ...it,
  state,
  usableWh: usableWh(it),
  producedOn: producedOn.toString(),
  leakTestedOn: leakTestedOn?.toString() ?? null,
  firmware: firmwareText(firmware),
  powerW: powerW === null ? null : (Math.round(powerW) as W),
});

/** One pack as the list shows it. */
export async function packRowOf(work: Work, code: PackCode, reach: Reach): Promise<PackRow | undefined> {
  const { rows } = await sql<Found>`select ${fields} ${packsFrom} where ${all(
    sql`p.code = ${code}`,
    !reach.all && packWithin(reach),
  )}`.execute(work.db);
  return rows.map(shown)[0];
}

/** How many packs the filters find. */
export async function countPacks(work: Work, filters: Filters, reach: Reach) {
  const { rows } = await sql<{ state: string; model: PackModelId; packs: number; shut: number; called: number }>`
    select ${state} as state, p.model, count(*)::int as packs, count(*) filter (where p.quarantined)::int as shut,
      count(*) filter (where p.recalled)::int as called
    ${packsFrom} where ${packConditions(filters, reach)} group by 1, 2`.execute(work.db);
  const sums = (of: (row: (typeof rows)[number]) => string): Record<string, number> => {
    const byKey: Record<string, number> = {};
    for (const it of rows) byKey[of(it)] = (byKey[of(it)] ?? 0) + it.packs;
    return byKey;
  };
  return {
    at: work.at,
    total: rows.reduce((sum, it) => sum + it.packs, 0),
    quarantined: rows.reduce((sum, it) => sum + it.shut, 0),
    recalled: rows.reduce((sum, it) => sum + it.called, 0),
    byState: sums((it) => it.state),
    byModel: sums((it) => it.model),
  };
}
