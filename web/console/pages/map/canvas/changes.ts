// Only what became different is sent to the worker that prepares the drawing. Pure.

import type { GeoJSONSourceDiff } from 'maplibre-gl';
import type { Feature, Point } from '../../../basemap/geojson.ts';
import type { Stations } from '../data/board.ts';
import type { Mark } from '../data/marks.ts';
import { latOf, lonOf } from '../data/mercator.ts';
import { signOf } from './signs.ts';

/** By the key of each mark that was drawn last: all that can be seen of it. */
export type Drawn = ReadonlyMap<string, string>;

interface Changes {
  readonly drawn: Drawn;
  /** Nothing when all is as it was. */
  readonly diff: GeoJSONSourceDiff | undefined;
}

export function changes(before: Drawn, marks: readonly Mark[], stations: Stations): Changes {
  const drawn = new Map<string, string>();
  const [add, remove]: [Feature<Point>[], string[]] = [[], []];
  for (const mark of marks) {
    const properties = propertiesOf(mark, stations);
    const looks = `${mark.x} ${mark.y} ${Object.values(properties).join(' ')}`;
    drawn.set(mark.key, looks);
    const old = before.get(mark.key);
    if (old === looks) continue;
    if (old !== undefined) remove.push(mark.key);
    const coordinates = [lonOf(mark.x), latOf(mark.y)];
    add.push({ type: 'Feature', id: mark.key, properties, geometry: { type: 'Point', coordinates } });
  }
  for (const key of before.keys()) if (!drawn.has(key)) remove.push(key);
  return { drawn, diff: add.length + remove.length > 0 ? { add, remove } : undefined };
}

function propertiesOf(mark: Mark, stations: Stations) {
  const common = { key: mark.key, sign: signOf(mark), many: mark.many };
  if (mark.many > 1) return { ...common, number: short(mark.many) };
  return { ...common, name: stations.name[mark.station]!, packs: `${mark.ready}/${mark.slots}` };
}

const short = (many: number): string => (many < 10_000 ? String(many) : `${Math.round(many / 1000)}k`);
