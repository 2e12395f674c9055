// What the page knows, and how news change it. Pure: nothing here reads a clock or the network.
import type { Anomaly, Network, Station, Swap } from './contract.ts';

export interface View {
  readonly network: Network | undefined;
  /** Newest first. */
  readonly swaps: readonly Swap[];
  /** Newest first; undefined when this reader may not see them. */
  readonly anomalies: readonly Anomaly[] | undefined;
  readonly connection: 'opening' | 'live' | 'lost';
  /** Why nothing came: the HTTP status, 0 when the server did not answer at all. */
  readonly fault: number | undefined;
  /** Browser time in ms when the whole network last came; ages count from here. */
  readonly fetchedAt: number | undefined;
  /** Browser time in ms when anything last came. */
  readonly heardAt: number | undefined;
}

export const nothingYet: View = {
  network: undefined,
  swaps: [],
  anomalies: undefined,
  connection: 'opening',
  fault: undefined,
  fetchedAt: undefined,
  heardAt: undefined,
};

/** What a station's event tells: its id and whatever is new. */
export type StationNews = Pick<Station, 'id'> & Partial<Station>;

export interface News {
  readonly swaps: readonly Swap[];
  readonly stations: readonly StationNews[];
  readonly anomalies: readonly Anomaly[];
}

const KEPT = 200;

/** The view after news, heard at browser time `now`. */
export const withNews = (view: View, { swaps, stations, anomalies }: News, now: number): View => ({
  ...view,
  heardAt: now,
  network: view.network && patched(view.network, swaps, stations),
  swaps: withSwaps(view.swaps, swaps),
  anomalies: view.anomalies && withAnomalies(view.anomalies, anomalies),
});

/** The view after the whole network was read. Stations that did not change stay the same objects. */
export const withNetwork = (view: View, network: Network, now: number): View => ({
  ...view,
  network: { ...network, stations: sharing(view.network?.stations ?? [], network.stations) },
  fault: undefined,
  fetchedAt: now,
  heardAt: now,
});

/** Newest first, each swap once, the later report of it. */
export function withSwaps(known: readonly Swap[], news: readonly Swap[]): readonly Swap[] {
  if (news.length === 0) return known;
  const byId = new Map(known.map((it) => [it.id, it]));
  for (const it of news) if (!isOlder(it, byId.get(it.id))) byId.set(it.id, it);
  return [...byId.values()].sort((a, b) => compare(b.startedAt, a.startedAt) || compare(b.id, a.id)).slice(0, KEPT);
}

const isOlder = (news: Swap, known: Swap | undefined): boolean =>
  known !== undefined && instant(news.updatedAt) < instant(known.updatedAt);

export function withAnomalies(known: readonly Anomaly[], news: readonly Anomaly[]): readonly Anomaly[] {
  if (news.length === 0) return known;
  const byKey = new Map(known.map((it) => [keyOf(it), it]));
  for (const it of news) byKey.set(keyOf(it), it);
  return [...byKey.values()].sort((a, b) => compare(b.at, a.at)).slice(0, KEPT);
}

const keyOf = (it: Anomaly): string => it.id;

function patched(network: Network, swaps: readonly Swap[], stations: readonly StationNews[]): Network {
  if (swaps.length + stations.length === 0) return network;
  const news = new Map<string, Partial<Station>>();
  for (const { id, ...rest } of stations) news.set(id, { ...news.get(id), ...rest });
  for (const it of swaps) {
    const before = news.get(it.stationId)?.openSwap ?? network.stations.find(({ id }) => id === it.stationId)?.openSwap;
    const openSwap = openAfter(before ?? null, it);
    if (openSwap !== before) news.set(it.stationId, { ...news.get(it.stationId), openSwap });
  }
  if (news.size === 0) return network;
  const next = network.stations.map((it) => (news.has(it.id) ? { ...it, ...news.get(it.id) } : it));
  return { ...network, stations: next, totals: { ...network.totals, online: next.filter((it) => it.online).length } };
}

/**
 * The running swap of a station after a swap there told something: its own, or none when it was this one and is over. A
 * reservation does not push aside a driver who is there.
 */
function openAfter(before: Station['openSwap'], { id, state, startedAt, endedAt }: Swap): Station['openSwap'] {
  if (endedAt === null && state === 'reserved' && before && before.id !== id) return before;
  if (endedAt === null) return before?.id === id && before.state === state ? before : { id, state, startedAt };
  return before?.id === id ? null : before;
}

/** The new stations, but the old object wherever nothing changed, so that only what changed is drawn again. */
export function sharing(old: readonly Station[], fresh: readonly Station[]): readonly Station[] {
  const byId = new Map(old.map((it) => [it.id, it]));
  return fresh.map((it) => {
    const known = byId.get(it.id);
    return known && isSame(known, it) ? known : it;
  });
}

function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => isSame((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  );
}

const instant = (text: string): number => Date.parse(text);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
