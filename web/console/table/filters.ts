// Filters of a table: as values, in the address, and what they let through. All of them have to hold. Pure.
import type { Column, FilterKind, Plain } from './column.ts';

export type FilterValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'instant'; readonly from?: string; readonly to?: string }
  | { readonly kind: 'choice'; readonly any: readonly string[] }
  | { readonly kind: 'yes-no'; readonly is: boolean };

export type Filters = Readonly<Record<string, FilterValue>>;

export interface Sort {
  readonly key: string;
  readonly down: boolean;
}

/** What is asked of a table: kept in the address, so that it can be passed on. */
export interface Asked {
  readonly search: string;
  readonly filters: Filters;
  readonly sort: Sort | undefined;
}

export type Search = Readonly<Record<string, string>>;

const splitRange = (text: string): readonly [string, string] => {
  const at = text.indexOf('..');
  return at < 0 ? [text, text] : [text.slice(0, at), text.slice(at + 2)];
};

/** The filter that a text in the address stands for; nothing when it is none of that kind. */
export function readFilter(kind: FilterKind, text: string): FilterValue | undefined {
  if (text === '') return undefined;
  if (kind === 'text') return { kind, text };
  if (kind === 'choice') return { kind, any: text.split(',').map(decodeURIComponent) };
  if (kind === 'yes-no') return text === 'yes' || text === 'no' ? { kind, is: text === 'yes' } : undefined;
  const [low, high] = splitRange(text);
  if (kind === 'instant') {
    const [from, to] = [low, high].map((it) => (Number.isNaN(Date.parse(it)) ? undefined : it));
    return from || to ? { kind, ...(from && { from }), ...(to && { to }) } : undefined;
  }
  const [min, max] = [low, high].map((it) => (it === '' || Number.isNaN(Number(it)) ? undefined : Number(it)));
  if (min === undefined && max === undefined) return undefined;
  return { kind, ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
}

export function writeFilter(it: FilterValue): string {
  if (it.kind === 'text') return it.text;
  if (it.kind === 'choice') return it.any.map((one) => encodeURIComponent(one)).join();
  if (it.kind === 'yes-no') return it.is ? 'yes' : 'no';
  if (it.kind === 'instant') return `${it.from ?? ''}..${it.to ?? ''}`;
  return `${it.min ?? ''}..${it.max ?? ''}`;
}

/** What the address asks of the table with these columns; what it does not know is not asked. */
export function readAsked<Row>(columns: readonly Column<Row>[], search: Search, prefix = ''): Asked {
  const filters: Record<string, FilterValue> = {};
  for (const { key, filter } of columns) {
    const value = filter && readFilter(filter, search[`${prefix}f.${key}`] ?? '');
    if (value) filters[key] = value;
  }
  const sort = search[`${prefix}sort`] ?? '';
  const key = sort.replace(/^-/, '');
  return {
    search: search[`${prefix}q`] ?? '',
    filters,
    sort: columns.some((it) => it.key === key) ? { key, down: sort.startsWith('-') } : undefined,
  };
}

/** What of it a table can do: words where it has a field for them, an order by the columns that know one. */
export const possible = (
  { search, filters, sort }: Asked,
  { canSearch, isSortable }: { readonly canSearch: boolean; readonly isSortable: (key: string) => boolean },
): Asked => ({ search: canSearch ? search : '', filters, sort: sort && isSortable(sort.key) ? sort : undefined });

/** As it stands in the address, without what is not asked. */
export function writeAsked({ search, filters, sort }: Asked, prefix = ''): Search {
  const written: Record<string, string> = {};
  if (search) written[`${prefix}q`] = search;
  for (const [key, value] of Object.entries(filters)) written[`${prefix}f.${key}`] = writeFilter(value);
  if (sort) written[`${prefix}sort`] = (sort.down ? '-' : '') + sort.key;
  return written;
}

/** Whether a part of the address belongs to a table with this prefix. */
export const isOfTable = (key: string, prefix = ''): boolean =>
  key.startsWith(`${prefix}f.`) || key === `${prefix}q` || key === `${prefix}sort`;

export function passes(value: Plain, filter: FilterValue): boolean {
  switch (filter.kind) {
    case 'text':
      return String(value ?? '')
        .toLowerCase()
        .includes(filter.text.toLowerCase());
    case 'choice':
      return filter.any.includes(String(value ?? ''));
    case 'yes-no':
      return Boolean(value) === filter.is;
    case 'number':
      return typeof value === 'number' && value >= (filter.min ?? -Infinity) && value <= (filter.max ?? Infinity);
    case 'instant': {
      if (typeof value !== 'string') return false;
      const at = Date.parse(value);
      return at >= Date.parse(filter.from ?? '0000-01-01') && at <= Date.parse(filter.to ?? '9999-12-31');
    }
  }
}

const textOf = <Row>(column: Column<Row>, row: Row): string => {
  const value = column.value(row);
  return String(column.choices?.[String(value)] ?? value ?? '');
};

/** The rows that pass every filter and in which every word of the search occurs, in the order asked for. */
export function chosen<Row>(rows: readonly Row[], columns: readonly Column<Row>[], asked: Asked): readonly Row[] {
  const active = columns.flatMap((column) => {
    const filter = asked.filters[column.key];
    return filter ? [{ column, filter }] : [];
  });
  const words = asked.search.toLowerCase().split(/\s+/).filter(Boolean);
  const passing =
    active.length + words.length === 0
      ? rows
      : rows.filter((row) => {
          if (!active.every(({ column, filter }) => passes(column.value(row), filter))) return false;
          if (words.length === 0) return true;
          const text = columns
            .map((it) => textOf(it, row))
            .join('\n')
            .toLowerCase();
          return words.every((word) => text.includes(word));
        });
  const by = asked.sort && columns.find((it) => it.key === asked.sort?.key);
  if (!by) return passing;
  const sign = asked.sort?.down ? -1 : 1;
  return passing
    .map((row) => ({ row, value: by.value(row) }))
    .sort((a, b) => inOrder(a.value, b.value, sign))
    .map((it) => it.row);
}

/** What is not known stands at the end, whichever way the order goes. */
function inOrder(a: Plain, b: Plain, sign: number): number {
  if (a == null || b == null) return a == null ? (b == null ? 0 : 1) : -1;
  if (typeof a === 'string' && typeof b === 'string') return sign * collator.compare(a, b);
  return sign * (Number(a) - Number(b));
}

const collator = new Intl.Collator(['zh-CN', 'en'], { numeric: true });
