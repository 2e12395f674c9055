// Lines for the operator by what happened and where: since when, how often, the newest words. Pure.
import type { insightApi } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import type { Asked, FilterValue } from '../../table/filters.ts';
import { kinds, type Weight, weightOf } from './kinds.ts';

export type Line = Answer<typeof insightApi.anomalies>['items'][number];

export interface Group {
  readonly key: string;
  readonly kind: string;
  /** Empty when it is no station of ours. */
  readonly stationId: string;
  readonly weight: Weight;
  readonly times: number;
  /** Instants as text. */
  readonly since: string;
  readonly at: string;
  /** Of the newest line. */
  readonly sentence: string;
  /** The newest first. */
  readonly lines: readonly Line[];
}

const order: readonly Weight[] = ['act', 'look', 'know'];

/** What is urgent stands first, of that the newest. */
export function grouped(lines: readonly Line[]): Group[] {
  const groups = Map.groupBy(lines, (it) => `${it.kind} ${it.stationId}`);
  return [...groups]
    .map(([key, its]): Group => {
      const sorted = its.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
      const newest = sorted[0]!;
      return {
        key,
        kind: newest.kind,
        stationId: newest.stationId,
        weight: weightOf(newest.kind),
        times: its.reduce((sum, it) => sum + it.times, 0),
        since: its.reduce((first, it) => (Date.parse(it.since) < Date.parse(first) ? it.since : first), newest.since),
        at: newest.at,
        sentence: newest.sentence,
        lines: sorted,
      };
    })
    .toSorted((a, b) => order.indexOf(a.weight) - order.indexOf(b.weight) || Date.parse(b.at) - Date.parse(a.at));
}

export interface About {
  readonly swapIds: readonly string[];
  readonly packs: readonly string[];
}

/** The swaps and packs that the facts of some lines name, each once. */
export function aboutOf(lines: readonly Line[]): About {
  const all = (key: string) => [
    ...new Set(lines.map((it) => it.facts?.[key]).filter((it): it is string => typeof it === 'string')),
  ];
  return { swapIds: all('swapId'), packs: all('code').filter((it) => /^[0-9A-Z-]{8,50}$/.test(it)) };
}

/** The same filters as the list of lines has them: for files, in which each line stands by itself. */
export function linesOf({ filters }: Pick<Asked, 'filters'>): Readonly<Record<string, string>> {
  const { weight, kind, station } = filters;
  const any = (it: FilterValue | undefined) => (it?.kind === 'choice' ? it.any : undefined);
  const weights = any(weight);
  const wanted = any(kind) ?? (weights ? kinds : undefined);
  const stations = any(station);
  return {
    ...(wanted && { kinds: wanted.filter((it) => !weights || weights.includes(weightOf(it))).join() }),
    ...(stations && { stations: stations.join() }),
  };
}
