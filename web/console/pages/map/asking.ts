// The filters of the map as the list of stations takes them: there values are codes, on the map they are words. Pure.
import { filtersOf, type Query } from '../../table/download.ts';
import type { Asked, FilterValue } from '../../table/filters.ts';
import type { Stations } from './data/board.ts';
import type { Condition } from './data/moods.ts';

/** As the server has it for its filter `state`; what is not known is of the past alone. */
const statesOf: Readonly<Record<Condition, readonly string[]>> = {
  offline: ['offline'],
  empty: ['empty'],
  swapping: ['swapping', 'stuck'],
  ready: ['idle'],
  unknown: [],
  shut: ['out-of-use'],
};

interface Named {
  readonly profile: (code: string | undefined) => string;
  readonly region: (code: string | undefined) => string;
}

export function stationQuery(asked: Asked, stations: Pick<Stations, 'profiles' | 'regions'>, named: Named): Query {
  const { condition, profile, region, ...others } = asked.filters;
  const codes = (all: readonly string[], of: Named['profile'], it: FilterValue | undefined) =>
    it?.kind === 'choice' && [...new Set(all)].filter((code) => it.any.includes(of(code))).join();
  const query = {
    state: condition?.kind === 'choice' && condition.any.flatMap((it) => statesOf[it as Condition] ?? []).join(),
    profile: codes(stations.profiles, named.profile, profile),
    region: codes(['', ...stations.regions], named.region, region),
  };
  const given = Object.entries(query).filter((it): it is [string, string] => it[1] !== false);
  return { ...filtersOf({ ...asked, filters: others }), ...Object.fromEntries(given) };
}
