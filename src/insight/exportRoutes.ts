// Lists as files: the same filters and the same reach as on the screen, page after page, so that no list is too long.
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Caller, type Door, type DoWork, demand, Refused, readSent } from '#kernel';
import { nothing, type Permission, type Reach } from '#kernel/api';
import { find } from '#station';
import { wire } from '#units/api';
import {
  accountFilters,
  anomalyFilters,
  deviceFilters,
  driverFilters,
  type ExportTable,
  exportsApi,
  packFilters,
  stationFilters,
  swapFilters,
  tokenFilters,
  vehicleFilters,
  XLSX_MOST_ROWS,
} from './api.ts';
import type { BoardView } from './board.ts';
import { csv } from './files/csv.ts';
import { parquet } from './files/parquet.ts';
import { xlsx } from './files/xlsx.ts';
import type { Listing } from './listing.ts';
import { anomalyListing } from './reads/anomalies.ts';
import { accountListing, transferListing } from './reads/books.ts';
import { messageListing } from './reads/messages.ts';
import { packListing } from './reads/packs.ts';
import { driverListing, tokenListing, vehicleListing } from './reads/people.ts';
import { deviceListing, stationListing } from './reads/stations.ts';
import { demandNoPerson, swapListing } from './reads/swaps.ts';

/** Rows that are read and written at once; what is between two of them may change meanwhile. */
const PAGE = 1000;

interface Table {
  readonly may: Permission;
  readonly filters: z.ZodType;
  // biome-ignore lint/suspicious/noExplicitAny: each listing fits its own filters, which stand beside it
  readonly listing: Listing<any, any>;
  /** What else these filters demand of who asks. */
  readonly demands?: (filters: never, caller: Caller) => void;
}

const tablesOf = (board: BoardView): Readonly<Record<ExportTable, Table>> => ({
  stations: { may: 'network.see', filters: z.object(stationFilters), listing: stationListing(board) },
  packs: { may: 'pack.see', filters: z.object(packFilters), listing: packListing },
  swaps: {
    may: 'swap.see',
    filters: z.object(swapFilters),
    listing: swapListing,
    demands: (filters, caller) => demandNoPerson(filters, caller.grants['person.see'] !== undefined),
  },
  drivers: { may: 'person.see', filters: z.object(driverFilters), listing: driverListing },
  vehicles: { may: 'person.see', filters: z.object(vehicleFilters), listing: vehicleListing },
  tokens: { may: 'person.see', filters: z.object(tokenFilters), listing: tokenListing },
  devices: { may: 'station.see', filters: z.object(deviceFilters), listing: deviceListing },
  accounts: { may: 'ledger.see', filters: z.object(accountFilters), listing: accountListing },
  transfers: {
    may: 'ledger.see',
    filters: z.object({ account: z.coerce.number().int() }),
    listing: transferListing,
  },
  anomalies: { may: 'station.see', filters: z.object(anomalyFilters), listing: anomalyListing },
  messages: {
    may: 'station.operate',
    filters: z.object({
      station: wire.stationId,
      action: z.string().max(50).optional(),
      direction: z.enum(['in', 'out']).optional(),
      from: wire.instant.optional(),
      to: wire.instant.optional(),
    }),
    listing: messageListing,
  },
});

const media = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  parquet: 'application/vnd.apache.parquet',
} as const;

export function exportRoutes({ http, doWork, identify }: Door, board: BoardView): void {
  const tables = tablesOf(board);
  const { path, params: shape, query } = exportsApi.table;
  http.get(path, async (request: FastifyRequest, reply: FastifyReply) => {
    const caller = await identify(request);
    demand(caller, 'signed-in');
    const { table: name } = readSent(shape, request.params) as { table: ExportTable };
    const { may, filters: known, listing, demands } = tables[name];
    const reach = demand(caller, may);
    const { format, ...rest } = readSent(query, request.query) as { format: keyof typeof media };
    const filters = readSent(known, rest) as object;
    demands?.(filters as never, caller);
    const asked = { filters: { ...filters, sees: caller.grants['station.see'] ?? nothing }, reach };
    if ('station' in filters && name === 'messages') await demandStation(doWork, filters.station as never, reach);

    // The first page is read before anything is sent: what is refused is refused with a problem, not with half a file.
    const pages = pagesOf(doWork, listing, asked, format === 'xlsx' ? XLSX_MOST_ROWS : undefined);
    const first = await pages.next();
    const at = await doWork(async (work) => work.at);
    const all = (async function* () {
      if (!first.done) yield first.value;
      yield* pages;
    })();
    return reply
      .type(media[format])
      .header('content-disposition', `attachment; filename="packloop-${name}-${at.toString().slice(0, 10)}.${format}"`)
      .header('cache-control', 'no-store')
      .header('x-content-type-options', 'nosniff')
      .send(Readable.from(fileOf(format, listing.columns, all, name), { objectMode: false }));
  });
}

function fileOf<Row>(
  format: keyof typeof media,
  columns: Listing<unknown, Row>['columns'],
  pages: AsyncIterable<readonly Row[]>,
  name: string,
): AsyncGenerator<Buffer> {
  if (format === 'csv') return csv(columns, pages);
  if (format === 'parquet') return parquet(columns, pages);
  return xlsx(columns, pages, name);
}

/** @throws Refused `export-too-large` when there are more rows than a file of this kind holds */
async function* pagesOf<Filters, Row>(
  doWork: DoWork,
  listing: Listing<Filters, Row>,
  { filters, reach }: { readonly filters: Filters; readonly reach: Reach },
  most = Number.POSITIVE_INFINITY,
): AsyncGenerator<readonly Row[]> {
  let after: string | undefined;
  for (let written = 0; ; ) {
    const rows = await doWork((work) => listing.page(work, { filters, reach, after, most: PAGE }));
    written += rows.length;
    if (written > most)
      throw new Refused(
        'export-too-large',
        `A sheet holds ${most} rows: narrow the filters, or take CSV`,
        { most },
        422,
      );
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE) return;
    after = listing.cursorOf(rows.at(-1)!, filters);
  }
}

/** Messages of a station beyond reach are not there. @throws Refused `station-unknown` */
async function demandStation(doWork: DoWork, id: Parameters<typeof find>[1][number], reach: Reach): Promise<void> {
  if (await doWork(async (work) => (await find(work, [id], reach)).has(id))) return;
  throw new Refused('station-unknown', `There is no station ${id}`, { id }, 404);
}
