// What a list is: one row each, page by page, within a reach; shown on a screen by its contract or written to a file.
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { cursorWrong, toPage, type Work } from '#kernel';
import type { Reach } from '#kernel/api';
import type { Instant } from '#units';

/** The filters of a list as its contract reads them. */
export type FiltersOf<F extends z.ZodRawShape> = Readonly<z.infer<z.ZodObject<F>>>;

/** What is asked of a list. */
export interface Asked<Filters> {
  readonly filters: Filters;
  readonly reach: Reach;
  /** `cursorOf` the last row of the page before. */
  readonly after?: string | undefined;
  readonly most: number;
}

/** The value of one column, as files know it. */
export type Cell = string | number | boolean | Instant | null;
export type CellKind = 'text' | 'whole' | 'number' | 'yes-no' | 'instant';
export interface Column<Row> {
  readonly name: string;
  readonly kind: CellKind;
  readonly of: (row: Row) => Cell | undefined;
}

export interface Listing<Filters, Row> {
  /** At most `most` rows after the cursor, always in the same order, whatever is added meanwhile. */
  page(work: Work, asked: Asked<Filters>): Promise<readonly Row[]>;
  cursorOf(row: Row, filters: Filters): string;
  readonly columns: readonly Column<Row>[];
}

/** What is asked of a list that is read at once, by whom. */
type AskedAtOnce<Filters> = Pick<Asked<Filters>, 'filters' | 'reach'>;

/** The listing of what is so little that it is read at once, always in the same order. */
export const atOnce = <Filters, Row>(
  read: (work: Work, asked: AskedAtOnce<Filters>) => Promise<readonly Row[]> | readonly Row[],
  idOf: (row: Row) => string,
  columns: readonly Column<Row>[],
): Listing<Filters, Row> => ({
  async page(work, { after, most, ...asked }) {
    const rows = await read(work, asked);
    const last = after === undefined ? -1 : rows.findIndex((it) => idOf(it) === after);
    if (after !== undefined && last < 0) throw cursorWrong();
    return rows.slice(last + 1, last + 1 + most);
  },
  cursorOf: idOf,
  columns,
});

interface Page {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Answers a list's route. */
export const answer =
  <Filters, Row>(listing: Listing<Filters, Row>) =>
  async (work: Work, { query, reach }: { readonly query: Page & Filters; readonly reach: Reach }) => {
    const { cursor: after, limit, ...filters } = query;
    const asked = { filters: filters as Filters, reach, after, most: limit + 1 };
    const page = toPage(await listing.page(work, asked), limit, (row) => listing.cursorOf(row, asked.filters));
    return { ...page, at: work.at };
  };

/** Conditions that must all hold; those that were not asked for are left out. */
export const all = (...conditions: readonly (RawBuilder<unknown> | false | undefined)[]): RawBuilder<unknown> => {
  const asked = conditions.filter((it) => it !== undefined && it !== false);
  return asked.length === 0 ? sql`true` : sql.join(asked, sql` and `);
};

/** A condition on a value that may not have been asked for. */
export const when = <T>(value: T | undefined, condition: (value: T) => RawBuilder<unknown>) =>
  value === undefined ? undefined : condition(value);

/** Whether a text holds these words, large or small letters. They are text: their % and _ mean themselves. */
export const holds = (column: string, words: string): RawBuilder<unknown> =>
  sql`${sql.ref(column)} ilike ${`%${words.replaceAll(/[\\%_]/g, (it) => `\\${it}`)}%`}`;

/** A place in an order by a value and then an id, as a cursor. */
export const placeCursor = (value: string | number | null, id: string): string =>
  Buffer.from(JSON.stringify([value, id])).toString('base64url');

const place = z.tuple([z.union([z.string(), z.number(), z.null()]), z.string()]);

/** @throws Refused `cursor-wrong` */
export function placeOf(cursor: string): z.infer<typeof place> {
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw cursorWrong();
  }
}

/** @throws Refused `cursor-wrong` */
export function uuidCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined || z.uuid().safeParse(cursor).success) return cursor;
  throw cursorWrong();
}
