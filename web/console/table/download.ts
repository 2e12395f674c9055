// Files from the server: fetched, so that a refusal is told in words, and handed to the browser to keep.
import { failureOf } from '../../shared/client.ts';
import type { Asked, FilterValue } from './filters.ts';

/** A filter as the lists of the server take it: `key`, or `keyMin`/`keyMax`, `keyFrom`/`keyTo` for ranges. */
export function filterQuery(key: string, it: FilterValue): Readonly<Record<string, string>> {
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
export const queryOf = ({ search, filters, sort }: Asked): Readonly<Record<string, string>> =>
  Object.assign(
    {},
    ...Object.entries(filters).map(([key, it]) => filterQuery(key, it)),
    search.trim() && { search: search.trim() },
    sort && { sort: sort.key, order: sort.down ? 'desc' : 'asc' },
  );

export function exportUrl(
  table: string,
  format: string,
  asked: Asked,
  query: Readonly<Record<string, string>> = {},
): string {
  const { sort: _, order: __, ...rest } = { ...queryOf(asked), ...query };
  return `/v1/exports/${encodeURIComponent(table)}?${new URLSearchParams({ format, ...rest })}`;
}

/** Saves what lies at the address under the name that the server gives. @returns the name @throws CallFailed */
export async function download(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw failureOf(response, await response.json().catch(() => undefined));
  const told = response.headers.get('content-disposition') ?? '';
  const name = /filename="?([^";]+)"?/.exec(told)?.[1] ?? 'export';
  const blobUrl = URL.createObjectURL(await response.blob());
  const link = Object.assign(document.createElement('a'), { href: blobUrl, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(blobUrl), 60_000);
  return name;
}
