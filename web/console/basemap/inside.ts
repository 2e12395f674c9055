// Whether a place lies in a country: edges are sorted into bands of latitude once, so that a look costs a few dozen edges.

import type { IsShifted, LonLat } from './coordinates.ts';
import type { MultiPolygon, Polygon } from './geojson.ts';

const BANDS_PER_DEGREE = 8;
const bandOf = (lat: number): number => Math.floor(lat * BANDS_PER_DEGREE);

/** By the even-odd rule over all rings, holes included. */
export function inside({ type, coordinates }: Polygon | MultiPolygon): IsShifted {
  const bands = new Map<number, number[]>();
  const rings = type === 'Polygon' ? coordinates : coordinates.flat();
  for (const ring of rings)
    for (let n = 0; n + 1 < ring.length; n++) {
      const [x1, y1, x2, y2] = [ring[n]![0]!, ring[n]![1]!, ring[n + 1]![0]!, ring[n + 1]![1]!];
      if (y1 === y2) continue;
      for (let band = bandOf(Math.min(y1, y2)); band <= bandOf(Math.max(y1, y2)); band++) {
        const edges = bands.get(band);
        if (edges) edges.push(x1, y1, x2, y2);
        else bands.set(band, [x1, y1, x2, y2]);
      }
    }
  return ([lon, lat]: LonLat) => {
    const edges = bands.get(bandOf(lat)) ?? [];
    let isInside = false;
    for (let n = 0; n < edges.length; n += 4) {
      const [x1, y1, x2, y2] = [edges[n]!, edges[n + 1]!, edges[n + 2]!, edges[n + 3]!];
      if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) isInside = !isInside;
    }
    return isInside;
  };
}
