// Where stations are, and how long it takes to get to them.
import { type Chance, distanceKm, type Place } from '#units';
import type { App } from './app.ts';
import type { Life } from './life.ts';
import type { Station } from './station/index.ts';
import type { Tally } from './tally.ts';

/** A station as a driver knows it. */
export interface Known {
  readonly station: Station;
  readonly place: Place;
  readonly swapSeconds: number;
}

/** What all drivers of a network share. */
export interface Streets {
  readonly life: Life;
  readonly app: App;
  readonly tally: Tally;
  readonly stations: ReadonlyMap<string, Known>;
}

/** Streets are longer than the crow flies; speed in a city. Assumed. */
const DETOUR = 1.3;
const KM_PER_MINUTE = 0.5;
/** A driver looks at so many stations, the nearest ones. */
const STATIONS_LOOKED_AT = 6;

export const travelMinutes = (a: Place, b: Place): number => (distanceKm(a, b) * DETOUR) / KM_PER_MINUTE;

/** Of these stations, nearest first, the one that costs the least time, with those waiting there counted in. */
export const quickest = (
  { stations }: Pick<Streets, 'stations'>,
  from: Place,
  stationIds: readonly string[],
  refusedBy: ReadonlySet<string>,
): Known | undefined =>
  stationIds
    .flatMap((it) => (refusedBy.has(it) ? [] : (stations.get(it) ?? [])))
    .slice(0, STATIONS_LOOKED_AT)
    .map((it) => ({
      it,
      minutes: travelMinutes(from, it.place) + (it.station.waiting * it.swapSeconds) / 60,
    }))
    .toSorted((a, b) => a.minutes - b.minutes)[0]?.it;

/** Somewhere within about four kilometres of home. */
export function around({ latitude, longitude }: Place, chance: Chance): Place {
  const off = () => (chance.next() - 0.5) * 0.07;
  return { latitude: latitude + off(), longitude: longitude + off() };
}
