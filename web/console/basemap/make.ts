// Makes the bundled map from data in npm packages, when the console is built: nothing is fetched, nothing is kept in the
// repository. The national outline is the outer border of the provinces, so that it fits them; the rest of the world, the
// islands of the South China Sea and the dash line come from a second source.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { mergeArcs, meshArcs, quantize } from 'topojson-client';
import { topology } from 'topojson-server';
import { cities } from '../../live/map/cities.ts';
import type { IsShifted, LonLat } from './coordinates.ts';
import { type Area, decoded, type Encoded } from './encoded.ts';
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from './geojson.ts';
import { inside } from './inside.ts';
import { provinces, unshifted } from './provinces.ts';
import type { Geometry, Topology } from './topology.ts';

/** Steps over the whole extent: about 1/1000 degree in China, and 1/100 for the world. */
const CHINA_STEPS = 65_536;
const WORLD_STEPS = 36_000;
/** Degrees: farther than borders that should be one are apart. */
const ASIDE = 0.06;

const require = createRequire(import.meta.url);
const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

export interface Schematic {
  /** `countries` (all but China, with `zh` and `iso`). */
  readonly world: Topology;
  /** `provinces`, `borders` between them, `outline` around all, `islands` and `dashes` of the South China Sea, `shifted`: where GCJ-02 applies. */
  readonly china: Topology;
  readonly cities: readonly { readonly at: readonly [number, number]; readonly zh: string; readonly en: string }[];
}

/** The bundled map as the text of a file. @throws Error when the packages hold other data than those it was made for */
export const schematic = (): string => JSON.stringify(make());

function make(): Schematic {
  const world = json(require.resolve('@surbowl/world-geo-json-zh/world.zh.json')) as FeatureCollection<
    Polygon | MultiPolygon
  >;
  const folder = dirname(require.resolve('china-map/package.json'));
  const china = decoded(json(join(folder, 'map', 'json', 'china.json')) as Encoded);
  return {
    world: topology({ countries: collection(world.features.filter(isAbroad).map(country)) }, WORLD_STEPS),
    china: chinaOf(china.features, seaOf(world.features)),
    cities: cities.map(({ zh, en, longitude, latitude }) => ({ at: [longitude, latitude], zh, en })),
  };
}

function chinaOf(areas: readonly Area[], sea: { islands: Area; dashes: Area }): Topology {
  const made = topology({ provinces: collection(areas.map(provinceOf)), islands: sea.islands, dashes: sea.dashes });
  const all = made.objects.provinces!;
  const { outline, borders } = linesOf(made, areas);
  made.objects.outline = outline;
  made.objects.borders = borders;
  made.objects.shifted = withoutHoles(
    mergeArcs(
      made,
      (all.geometries ?? []).filter((it) => !unshifted.has(String(it.properties?.code))),
    ),
  );
  return quantize(made, CHINA_STEPS);
}

/**
 * The source draws some borders twice, a few hundred metres apart, once for each neighbour. Such a line has land on both
 * sides: it is a border, not the outline.
 */
function linesOf(made: Topology, areas: readonly Area[]) {
  const all = made.objects.provinces!;
  const isLand = areas.map((it) => inside(it.geometry));
  const once = meshArcs(made, all, (a, b) => a === b);
  const twice = meshArcs(made, all, (a, b) => a !== b);
  const isWithin = (arc: number): boolean => {
    const line = made.arcs[arc < 0 ? ~arc : arc] as readonly LonLat[];
    const sides = line.slice(1).map((to, n) => landBeside(line[n]!, to, (at) => isLand.some((is) => is(at))));
    return sides.filter((it) => it === 2).length > sides.length / 2;
  };
  const single = (once.arcs as readonly (readonly number[])[]).flat();
  const lines = (arcs: readonly (readonly number[])[]): Geometry => ({ type: 'MultiLineString', arcs });
  return {
    outline: lines(single.filter((it) => !isWithin(it)).map((it) => [it])),
    borders: lines([...(twice.arcs as readonly (readonly number[])[]), ...single.filter(isWithin).map((it) => [it])]),
  };
}

/** On how many sides of a line there is land, some kilometres away. */
function landBeside([x1, y1]: LonLat, [x2, y2]: LonLat, isLand: IsShifted): number {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2];
  const [dx, dy] = [((y2 - y1) / length) * ASIDE, ((x1 - x2) / length) * ASIDE];
  return [isLand([x + dx, y + dy]), isLand([x - dx, y - dy])].filter(Boolean).length;
}

/** Gaps between such double borders are no holes in the country. */
const withoutHoles = ({ arcs, ...it }: Geometry): Geometry => ({
  ...it,
  arcs: (arcs as readonly (readonly unknown[])[]).map((part) => part.slice(0, 1)),
});

function provinceOf({ geometry, properties, id }: Area): Area {
  const code = String(id).slice(0, 2);
  const { zh, en } = provinces[code]!;
  return { type: 'Feature', properties: { code, zh, en, at: properties?.cp }, geometry };
}

const isAbroad = (it: Feature): boolean => it.properties?.iso_a2 !== 'CN';

function country({ geometry, properties }: Feature<Polygon | MultiPolygon>): Area {
  return { type: 'Feature', properties: { zh: properties?.name, iso: properties?.iso_a2 }, geometry };
}

/** The source gives China as one shape: mainland, Hainan, Taiwan, ten islands, and last the ten dashes. */
function seaOf(world: readonly Feature<Polygon | MultiPolygon>[]): { islands: Area; dashes: Area } {
  const china = world.find((it) => it.properties?.iso_a2 === 'CN')?.geometry;
  if (china?.type !== 'MultiPolygon' || china.coordinates.length !== 23)
    throw new Error('@surbowl/world-geo-json-zh has another China than the map was made for: look at it');
  const part = (from: number, to?: number): Area => ({
    type: 'Feature',
    properties: {},
    geometry: { type: 'MultiPolygon', coordinates: china.coordinates.slice(from, to) },
  });
  return { islands: part(3, 13), dashes: part(13) };
}

const collection = (features: readonly Area[]): FeatureCollection => ({
  type: 'FeatureCollection',
  features: [...features],
});
