// Which stations are shown, and in which order: the same for the map and for the table beside it. Pure.
import type { Column } from '../../../table/column.ts';
import { type Asked, passes } from '../../../table/filters.ts';
import type { Stations } from './board.ts';

/** The numbers of the stations that pass every filter and hold every word of the search. */
export function passing(stations: Stations, columns: readonly Column<number>[], asked: Asked): number[] {
  const words = asked.search.toLowerCase().split(/\s+/).filter(Boolean);
  const active = columns.flatMap((column) => {
    const filter = asked.filters[column.key];
    return filter ? [{ column, filter }] : [];
  });
  const rows: number[] = [];
  const texts = words.length > 0 ? stations.texts() : [];
  for (let n = 0; n < stations.many; n++)
    if (
      words.every((it) => texts[n]!.includes(it)) &&
      active.every(({ column, filter }) => passes(column.value(n), filter))
    )
      rows.push(n);
  return rows;
}

/** In the order asked for; what is equal stays in the order of the server. */
export function inOrder(
  rows: readonly number[],
  columns: readonly Column<number>[],
  { sort }: Asked,
): readonly number[] {
  const by = columns.find((it) => it.key === sort?.key);
  if (!by) return rows;
  const sign = sort?.down ? -1 : 1;
  // Equal ones stay in order: sorting is stable, and rows come in the order of the server.
  const keyed = rows.map((n) => ({ n, key: sortable(by.value(n)) }));
  keyed.sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : 0));
  return keyed.map((it) => it.n);
}

/** Numbers within texts are in the order of numbers. A collator would take a second for 50,000 names. */
const sortable = (it: unknown): string | number =>
  typeof it === 'string' ? it.replaceAll(/\d+/g, (digits) => digits.padStart(8, '0')) : Number(it ?? -Infinity);
