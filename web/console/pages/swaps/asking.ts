// What is asked of the list of swaps, as GET /v1/swaps has it. Pure.
import { queryOf } from '../../table/download.ts';
import type { Asked } from '../../table/filters.ts';

type Query = Readonly<Record<string, string>>;

/** When swaps began is `from` and `to` there; all other filters are named alike. */
export function swapQuery(asked: Asked): Query {
  const { atFrom: from, atTo: to, sort: _, order: __, search: ___, ...rest } = queryOf(asked);
  return { ...rest, ...(from && { from }), ...(to && { to }) };
}

/** Long before the first swap: counts are of the last 24 hours unless it is said since when. */
const EVER = '2020-01-01T00:00:00Z';

/** What has to be asked to know how many swaps all filters find together, and each by itself. */
export function countQueries(asked: Asked): Readonly<Record<string, Query>> {
  const alone = Object.keys(asked.filters).map((key) => {
    const one = { ...asked, filters: { [key]: asked.filters[key]! } };
    return [key, { from: EVER, ...swapQuery(one) }] as const;
  });
  return { '': { from: EVER, ...swapQuery(asked) }, ...Object.fromEntries(alone) };
}
