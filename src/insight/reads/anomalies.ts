// What an operator should look at, in the order in which it came up: a line that is counted again keeps its place.
import { sql } from 'kysely';
import { nothing, type Reach } from '#kernel/api';
import type { anomalyFilters } from '../api.ts';
import { all, type FiltersOf, holds, type Listing, uuidCursor, when } from '../listing.ts';
import { stationsWithin } from '../reach.ts';
import type { AnomalyRow } from '../store.ts';

/** Facts are null where the caller may not see them. */
type Row = Omit<AnomalyRow, 'facts'> & { readonly facts: AnomalyRow['facts'] | null };

export type AnomalyFilters = FiltersOf<typeof anomalyFilters> & {
  /**
   * How far the caller sees stations: only lines about those carry their facts. Lines about nobody's station, such as a
   * stranger at the door, are for those who see all of them.
   */
  readonly sees?: Reach | undefined;
};

/** What is told to anybody names no pack: as `sentenceInPublic`. */
const PACK_CODE = '[0-9A-Z]{24}';

export const anomalyListing: Listing<AnomalyFilters, Row> = {
  async page(
    work,
    { filters: { station, stations, kind, kinds, search, from, to, sees = nothing }, reach, after, most },
  ) {
    const before = uuidCursor(after);
    const inFull = sees.all ? sql`true` : sql`a.station_id in ${stationsWithin(sees)}`;
    const { rows } = await sql<Row>`select a.id, a.station_id, kind, since, at, times, told.sentence,
        case when ${inFull} then facts end as facts
      from station.anomaly a cross join lateral (select case when ${inFull} then a.sentence
        else regexp_replace(a.sentence, ${PACK_CODE}, '…', 'g') end as sentence) told where ${all(
          !reach.all && sql`a.station_id in ${stationsWithin(reach)}`,
          !sees.all && sql`a.station_id <> ''`,
          when(station, (it) => sql`a.station_id = ${it}`),
          when(stations, (it) => sql`a.station_id = any(${it.split(',')})`),
          when(kind, (it) => sql`a.kind = ${it}`),
          when(kinds, (it) => sql`a.kind = any(${it.split(',')})`),
          when(
            search,
            (it) => sql`(${holds('told.sentence', it)} or ${holds('a.kind', it)} or ${holds('a.station_id', it)})`,
          ),
          when(from, (it) => sql`a.at >= ${it.toString()}`),
          when(to, (it) => sql`a.at < ${it.toString()}`),
          when(before, (it) => sql`a.id < ${it}::uuid`),
        )} order by a.id desc limit ${most}`.execute(work.db);
    return rows;
  },
  cursorOf: (row) => row.id,
  columns: [
    { name: 'id', kind: 'text', of: (it) => it.id },
    { name: 'station', kind: 'text', of: (it) => it.stationId },
    { name: 'kind', kind: 'text', of: (it) => it.kind },
    { name: 'since', kind: 'instant', of: (it) => it.since },
    { name: 'last_at', kind: 'instant', of: (it) => it.at },
    { name: 'times', kind: 'whole', of: (it) => it.times },
    { name: 'sentence', kind: 'text', of: (it) => it.sentence },
  ],
};
