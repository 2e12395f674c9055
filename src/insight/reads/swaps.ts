// Swaps for those who look at them: the list with its filters, without anything about the person, and how many there are.
import { type RawBuilder, sql } from 'kysely';
import { Refused, type Work } from '#kernel';
import type { Reach } from '#kernel/api';
import {
  type Fen,
  type Instant,
  type PackCode,
  type Percent,
  type SlotNo,
  type StationId,
  type SwapId,
  uuidV7,
  type Wh,
} from '#units';
import type { swapFilters } from '../api.ts';
import { all, type FiltersOf, type Listing, uuidCursor, when } from '../listing.ts';
import { swapWithin } from '../reach.ts';

export type SwapFilters = FiltersOf<typeof swapFilters>;

interface Moved {
  readonly code: PackCode;
  readonly soc: Percent;
  readonly slotNo: SlotNo;
}

interface Row {
  readonly id: SwapId;
  readonly stationId: StationId;
  readonly state: string;
  readonly profile: string;
  readonly origin: string;
  readonly returned: Moved[];
  readonly given: Moved[];
  readonly netWh: Wh | null;
  readonly totalFen: Fen | null;
  readonly problems: string[];
  readonly startedAt: Instant;
  readonly updatedAt: Instant;
  readonly endedAt: Instant | null;
}

/** The least id of a swap that began at this instant or later: ids sort by time. */
const leastId = (from: Instant): string => uuidV7(from.epochMilliseconds, new Uint8Array(10));

/** The ends by which most swaps end: the index of those that went wrong does not hold them. */
const isRare = (state: string): boolean => ['expired', 'cancelled', 'aborted', 'unreturned'].includes(state);

function conditions(filters: SwapFilters, reach: Reach): RawBuilder<unknown> {
  const { station, state, open, from, to, pack, driver, vin, problems } = filters;
  return all(
    !reach.all && swapWithin(reach),
    when(station, (it) => sql`w.station_id = ${it}`),
    when(state, (it) => sql`w.state = ${it}`),
    state !== undefined && isRare(state) && sql`w.ended_at is not null and w.state <> 'released'`,
    when(open, (it) => (it ? sql`w.ended_at is null` : sql`w.ended_at is not null`)),
    when(from, (it) => sql`w.id >= ${leastId(it)}::uuid`),
    when(to, (it) => sql`w.id < ${leastId(it)}::uuid`),
    when(pack, (it) => sql`w.id in (select m.swap_id from swap.move m where m.code = ${it})`),
    // By his tokens, which are indexed; a token can pass to somebody else, so the swap itself must say so, too.
    when(
      driver,
      (it) => sql`w.id_token in (select k.id_token from party.token k where k.driver_id = ${it})
        and w.body->>'driverId' = ${it}`,
    ),
    when(vin, (it) => sql`w.vin = ${it} and w.id_token in (select k.id_token from party.token k where k.vin = ${it})`),
    when(problems, (it) => sql`(json_array_length(w.body->'problems') > 0) = ${it}`),
  );
}

export const swapListing: Listing<SwapFilters, Row> = {
  async page(work, { filters, reach, after, most }) {
    const before = uuidCursor(after);
    const { rows } = await sql<
      Omit<Row, 'problems'> & { problems: { sentence: string }[] }
    >`select w.id, w.station_id, w.state, w.body->>'profile' as profile, w.body->>'origin' as origin,
        w.body->'returned' as returned, w.body->'given' as given, (w.body->'bill'->>'netWh')::bigint as net_wh, w.total_fen,
        w.body->'problems' as problems, w.started_at, w.updated_at, w.ended_at
      from swap.swap w where ${conditions(filters, reach)} and ${before === undefined ? sql`true` : sql`w.id < ${before}::uuid`}
      order by w.id desc limit ${most}`.execute(work.db);
    return rows.map((it) => ({ ...it, problems: it.problems.map((problem) => problem.sentence) }));
  },
  cursorOf: (row) => row.id,
  columns: [
    { name: 'id', kind: 'text', of: (it) => it.id },
    { name: 'station', kind: 'text', of: (it) => it.stationId },
    { name: 'state', kind: 'text', of: (it) => it.state },
    { name: 'profile', kind: 'text', of: (it) => it.profile },
    { name: 'origin', kind: 'text', of: (it) => it.origin },
    { name: 'packs_returned', kind: 'text', of: (it) => it.returned.map((pack) => pack.code).join(' ') },
    { name: 'packs_given', kind: 'text', of: (it) => it.given.map((pack) => pack.code).join(' ') },
    { name: 'soc_returned_percent', kind: 'number', of: (it) => mean(it.returned) },
    { name: 'soc_given_percent', kind: 'number', of: (it) => mean(it.given) },
    { name: 'net_wh', kind: 'whole', of: (it) => it.netWh },
    { name: 'total_fen', kind: 'whole', of: (it) => it.totalFen },
    { name: 'problems', kind: 'text', of: (it) => it.problems.join(' | ') },
    { name: 'started_at', kind: 'instant', of: (it) => it.startedAt },
    { name: 'updated_at', kind: 'instant', of: (it) => it.updatedAt },
    { name: 'ended_at', kind: 'instant', of: (it) => it.endedAt },
  ],
};

/** The mean SoC of packs in percent; null for none. */
const mean = (packs: readonly Moved[]): number | null =>
  packs.length === 0 ? null : packs.reduce((sum, it) => sum + it.soc, 0) / packs.length;

/** How many swaps the filters find, by state; of the last 24 hours unless `from` says otherwise. */
export async function countSwaps(work: Work, filters: SwapFilters, reach: Reach) {
  const from = filters.from ?? work.at.subtract({ hours: 24 });
  const { rows } = await sql<{ state: string; swaps: number; open: number; withProblems: number }>`
    select w.state, count(*)::int as swaps, count(*) filter (where w.ended_at is null)::int as open,
      count(*) filter (where json_array_length(w.body->'problems') > 0)::int as with_problems
    from swap.swap w where ${conditions({ ...filters, from }, reach)} group by w.state`.execute(work.db);
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((total, it) => total + of(it), 0);
  return {
    at: work.at,
    from,
    total: sum((it) => it.swaps),
    open: sum((it) => it.open),
    withProblems: sum((it) => it.withProblems),
    byState: Object.fromEntries(rows.map((it) => [it.state, it.swaps])),
  };
}

/** A list for everybody must not tell who swapped where. @throws Refused `person-filter` */
export function demandNoPerson({ driver, vin }: SwapFilters, maySeePeople: boolean): void {
  if (maySeePeople || (driver === undefined && vin === undefined)) return;
  throw new Refused(
    'person-filter',
    'Swaps of one driver or vehicle are for those who may see people: sign in, or leave the filter out',
    { field: driver === undefined ? 'vin' : 'driver' },
    403,
  );
}

/** Which swap a pack was in is told to who reaches it. @throws Refused `pack-filter` */
export function demandNoPack({ pack }: SwapFilters, inFull: boolean): void {
  if (inFull || pack === undefined) return;
  const sentence = 'Swaps of one pack are for those who may see swaps: sign in, or leave the filter out';
  throw new Refused('pack-filter', sentence, { field: 'pack' }, 403);
}
