// How many packs there are: with all that is asked, with all but the state, and with each filter by itself.
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { packReads } from '#insight/api';
import { type Answer, type Ask, type CallFailed, callRoute } from '../../../shared/client.ts';
import { keyOf } from '../../api/read.ts';
import { queryOf } from '../../table/download.ts';
import type { Asked } from '../../table/filters.ts';

export type Counts = Answer<typeof packReads.counts>;

/** They count tens of thousands of packs: often enough for a number that somebody glances at. */
const EVERY_MS = 5_000;

function countsOf(asked: Asked) {
  const { sort: _, order: __, ...query } = queryOf(asked);
  const ask = { query } as Ask<typeof packReads.counts>;
  return {
    queryKey: keyOf(packReads.counts, ask),
    queryFn: ({ signal }: { signal: AbortSignal }) => callRoute(packReads.counts, { ...ask, signal }),
    refetchInterval: EVERY_MS,
    placeholderData: keepPreviousData,
  };
}

const without = (asked: Asked, key: string): Asked => {
  const { [key]: _, ...filters } = asked.filters;
  return { ...asked, filters };
};

export function useCounts(asked: Asked) {
  const { data: now } = useQuery<Counts, CallFailed>(countsOf(asked));
  const { data: others } = useQuery<Counts, CallFailed>(countsOf(without(asked, 'state')));
  const keys = Object.keys(asked.filters);
  const each = useQueries({
    queries: keys.map((key) => countsOf({ search: '', filters: { [key]: asked.filters[key]! }, sort: undefined })),
  });
  const eachFilter: Record<string, number> = {};
  for (const [n, key] of keys.entries()) {
    const total = each[n]?.data?.total;
    if (total !== undefined) eachFilter[key] = total;
  }
  return { now, others, eachFilter };
}
