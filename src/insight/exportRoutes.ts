// Lists as files: the same filters and the same reach as on the screen, page after page, so that no list is too long.
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Door, type DoWork, demand, demandUnveiled, Refused, readSent, veiled } from '#kernel';
import { nothing, type Reach } from '#kernel/api';
import { find } from '#station';
import { type ExportTable, exportMay, exportOnly, exportsApi, XLSX_MOST_ROWS } from './api.ts';
import { type Place, tablesOf } from './exportTables.ts';
import { csv } from './files/csv.ts';
import { parquet } from './files/parquet.ts';
import { xlsx } from './files/xlsx.ts';
import type { Listing } from './listing.ts';

/** Rows that are read and written at once; what is between two of them may change meanwhile. */
const PAGE = 1000;

const media = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  parquet: 'application/vnd.apache.parquet',
} as const;

export function exportRoutes({ http, doWork, identify }: Door, place: Place): void {
  const tables = tablesOf(place);
  const { path, params, query } = exportsApi.table;
  http.get(path, async (request: FastifyRequest, reply: FastifyReply) => {
    const caller = await identify(request);
    demand(caller, 'signed-in');
    const { table: name } = readSent(params, request.params) as { table: ExportTable };
    const { filters: known, listing, named, demands } = tables[name];
    const reach = demand(caller, exportMay[name]);
    demandUnveiled(caller, request.query);
    const { format, ...rest } = readSent(query, request.query) as { format: keyof typeof media };
    // Nothing is passed over: a file that knew a filter less would hold more than its reader believes.
    const shape = z.strictObject({ ...known, ...(named && { only: exportOnly.optional() }) });
    const { only, ...filters } = readSent(shape, rest) as { only?: readonly string[] };
    demands?.(filters as never, caller);
    const sight = {
      sees: caller.grants['station.see'] ?? nothing,
      maySeePeople: caller.grants['person.see'] !== undefined,
    };
    const wanted = only && new Set(only);
    const asked = {
      filters: { ...filters, ...sight },
      reach,
      isWanted: (row: unknown) => !wanted || !named || wanted.has(named(row as never)),
    };
    if ('station' in filters && name === 'messages') await demandStation(doWork, filters.station as never, reach);

    // The first page is read before anything is sent: what is refused is refused with a problem, not with half a file.
    const pages = pagesOf(doWork, listing, asked, format === 'xlsx' ? XLSX_MOST_ROWS : undefined);
    const first = await pages.next();
    const at = await doWork(async (work) => work.at);
    const all = (async function* () {
      if (!first.done) yield first.value;
      yield* pages;
    })();
    const columns = listing.columns.map((column) => ({
      ...column,
      of: (row: unknown) => {
        const cell = column.of(row as never);
        return typeof cell === 'string' ? veiled(caller, cell) : cell;
      },
    }));
    return reply
      .type(media[format])
      .header('content-disposition', `attachment; filename="packloop-${name}-${at.toString().slice(0, 10)}.${format}"`)
      .header('cache-control', 'no-store')
      .header('x-content-type-options', 'nosniff')
      .send(Readable.from(fileOf(format, columns, all, name), { objectMode: false }));
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

interface Wanted<Filters, Row> {
  readonly filters: Filters;
  readonly reach: Reach;
  /** Whether a row within reach that passes the filters is one of those that were named. */
  readonly isWanted: (row: Row) => boolean;
}

/** @throws Refused `export-too-large` when there are more rows than a file of this kind holds */
async function* pagesOf<Filters, Row>(
  doWork: DoWork,
  listing: Listing<Filters, Row>,
  { filters, reach, isWanted }: Wanted<Filters, Row>,
  most = Number.POSITIVE_INFINITY,
): AsyncGenerator<readonly Row[]> {
  let after: string | undefined;
  for (let written = 0; ; ) {
    const page = await doWork((work) => listing.page(work, { filters, reach, after, most: PAGE }));
    const rows = page.filter(isWanted);
    written += rows.length;
    if (written > most)
      throw new Refused(
        'export-too-large',
        `A sheet holds ${most} rows: narrow the filters, or take CSV`,
        { most },
        422,
      );
    if (rows.length > 0) yield rows;
    if (page.length < PAGE) return;
    after = listing.cursorOf(page.at(-1)!, filters);
  }
}

/** Messages of a station beyond reach are not there. @throws Refused `station-unknown` */
async function demandStation(doWork: DoWork, id: Parameters<typeof find>[1][number], reach: Reach): Promise<void> {
  if (await doWork(async (work) => (await find(work, [id], reach)).has(id))) return;
  throw new Refused('station-unknown', `There is no station ${id}`, { id }, 404);
}
