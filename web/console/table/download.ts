// Files from the server: fetched, so that a refusal is told in words, and handed to the browser to keep.
import { EXPORT_MOST_NAMED } from '#insight/api';
import { failureOf } from '../../shared/client.ts';
import type { Asked, FilterValue } from './filters.ts';

export type Query = Readonly<Record<string, string>>;

/** A filter as the lists of the server take it: `key`, or `keyMin`/`keyMax`, `keyFrom`/`keyTo` for ranges. */
export function filterQuery(key: string, it: FilterValue): Query {
  switch (it.kind) {
    case 'text':
      return { [key]: it.text };
    case 'choice':
      return { [key]: it.any.join() };
    case 'yes-no':
      return { [key]: String(it.is) };
    case 'number':
      return {
        ...(it.min !== undefined && { [`${key}Min`]: `${it.min}` }),
        ...(it.max !== undefined && { [`${key}Max`]: `${it.max}` }),
      };
    case 'instant':
      return { ...(it.from && { [`${key}From`]: utc(it.from) }), ...(it.to && { [`${key}To`]: utc(it.to) }) };
  }
}

const utc = (instant: string): string => new Date(instant).toISOString();

/** What is asked, as a query of the server's. */
export const queryOf = ({ search, filters, sort }: Asked): Query =>
  Object.assign(
    {},
    ...Object.entries(filters).map(([key, it]) => filterQuery(key, it)),
    search.trim() && { search: search.trim() },
    sort && { sort: sort.key, order: sort.down ? 'desc' : 'asc' },
  );

/** The same without words that are searched for. */
export function filtersOf({ filters }: Asked): Query {
  return queryOf({ filters, search: '', sort: undefined });
}

interface Told<Row> {
  readonly rows: readonly Row[];
  /** Those of them that the filters and the search leave. */
  readonly shown: readonly Row[];
  readonly asked: Asked;
  /** By what the server's list names the rows that a row of the table stands for. */
  readonly idsOf: (row: Row) => readonly string[];
  /** The filters as the server's list takes them, when it knows all of them. */
  readonly filters?: ((asked: Asked) => Query) | undefined;
}

/**
 * What a file has to hold so that it holds what a table shows that filters by itself: the whole list, what the filters
 * find, or, where the server does not know these or would search in other words, the rows by name.
 * @returns undefined when there are too many rows to name
 */
export function shownQuery<Row>({ rows, shown, asked, idsOf, filters }: Told<Row>): Query | undefined {
  if (shown.length === rows.length) return {};
  if (filters && asked.search.trim() === '') return filters(asked);
  if (shown.length > EXPORT_MOST_NAMED) return undefined;
  const ids = shown.flatMap((it) => idsOf(it));
  return ids.length > EXPORT_MOST_NAMED ? undefined : { only: ids.join() };
}

/** A file stands in the order of its list: how the table is sorted is not asked. */
export function exportUrl(table: string, format: string, query: Query = {}): string {
  const { sort: _, order: __, ...rest } = query;
  return `/v1/exports/${encodeURIComponent(table)}?${new URLSearchParams({ format, ...rest })}`;
}

/** Saves what lies at the address under the name that the server gives. @returns the name @throws CallFailed */
export async function download(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw failureOf(response, await response.json().catch(() => undefined));
  const told = response.headers.get('content-disposition') ?? '';
  const name = /filename="?([^";]+)"?/.exec(told)?.[1] ?? 'export';
  saveAs(await response.blob(), name);
  return name;
}

/** Hands a file to the browser to keep. */
export function saveAs(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** A text that was made here, handed to the browser to keep. */
export const saveText = (text: string, name: string, type = 'text/plain'): void =>
  saveAs(new Blob([text], { type }), name);

export const saveJson = (it: unknown, name: string): void =>
  saveText(JSON.stringify(it, null, 2), name, 'application/json');
