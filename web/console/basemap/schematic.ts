// The bundled map as a style of MapLibre: land, provinces, the national outline with the dash line, names. No glyph server:
// without `glyphs` the browser's own fonts are drawn.

import type { StyleSpecification } from 'maplibre-gl';
import { font } from '../shell/theme.ts';
import type { Feature, FeatureCollection } from './geojson.ts';
import { schematic, shapes } from './load.ts';
import type { Schematic } from './make.ts';
import type { Look } from './provider.ts';

const inks = {
  light: {
    sea: '#d5e1e3',
    abroad: '#e9edec',
    land: '#fafbfa',
    border: '#c3cecb',
    outline: '#7d8c89',
    name: '#5c6d69',
    city: '#5c6d69',
    halo: '#fafbfa',
  },
  dark: {
    sea: '#0b1216',
    abroad: '#11191d',
    land: '#1a242a',
    border: '#2f3d46',
    outline: '#62757f',
    name: '#8d9fa7',
    city: '#8d9fa7',
    halo: '#141d22',
  },
} as const;

export const mapFont: string[] = font.split(',').map((it) => it.trim().replaceAll('"', ''));

export async function schematicStyle({ theme, language, scale }: Look): Promise<StyleSpecification> {
  const map = await schematic();
  const ink = inks[theme];
  const name = language === 'en' ? 'en' : 'zh';
  const source = (data: FeatureCollection) => ({ type: 'geojson' as const, data, tolerance: 0.2, maxzoom: 10 });
  const names = { 'text-font': mapFont, 'text-field': ['get', name] as ['get', string] };
  const ground = { 'text-color': ink.name, 'text-halo-color': ink.halo, 'text-halo-width': 1.2 };
  return {
    version: 8,
    sources: {
      countries: source(shapes(map.world, 'countries')),
      provinces: source(shapes(map.china, 'provinces')),
      islands: source(shapes(map.china, 'islands')),
      borders: source(shapes(map.china, 'borders')),
      outline: source(shapes(map.china, 'outline')),
      dashes: source(shapes(map.china, 'dashes')),
      countryNames: source(countryNames(map, language)),
      provinceNames: source(provinceNames(map)),
      cities: source(cityNames(map)),
    },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': ink.sea } },
      {
        id: 'abroad',
        type: 'fill',
        source: 'countries',
        paint: { 'fill-color': ink.abroad, 'fill-outline-color': ink.border },
      },
      { id: 'land', type: 'fill', source: 'provinces', paint: { 'fill-color': ink.land } },
      {
        id: 'islands',
        type: 'fill',
        source: 'islands',
        paint: { 'fill-color': ink.land, 'fill-outline-color': ink.outline },
      },
      { id: 'borders', type: 'line', source: 'borders', paint: { 'line-color': ink.border, 'line-width': 0.8 } },
      { id: 'outline', type: 'line', source: 'outline', paint: { 'line-color': ink.outline, 'line-width': 1.2 } },
      { id: 'dashes', type: 'fill', source: 'dashes', paint: { 'fill-color': ink.outline } },
      {
        id: 'country-names',
        type: 'symbol',
        source: 'countryNames',
        maxzoom: 6,
        layout: { ...names, 'text-size': 11 * scale, 'text-max-width': 7 },
        paint: { ...ground, 'text-halo-color': ink.abroad },
      },
      {
        id: 'city-names',
        type: 'symbol',
        source: 'cities',
        minzoom: 6,
        layout: { ...names, 'text-size': 12 * scale, 'symbol-sort-key': ['get', 'rank'] },
        paint: { ...ground, 'text-color': ink.city },
      },
      {
        id: 'province-names',
        type: 'symbol',
        source: 'provinceNames',
        minzoom: 3,
        maxzoom: 6.5,
        layout: {
          ...names,
          'text-size': ['interpolate', ['linear'], ['zoom'], 3, 10 * scale, 6, 13 * scale],
          'text-letter-spacing': 0.06,
        },
        paint: ground,
      },
    ],
  };
}

const point = (at: readonly [number, number], properties: Feature['properties']): Feature => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Point', coordinates: [...at] },
});
const collection = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features });

const provinceNames = ({ china }: Schematic): FeatureCollection =>
  collection(
    shapes(china, 'provinces').features.map(({ properties }) => point(properties?.at as [number, number], properties)),
  );

const cityNames = ({ cities }: Schematic): FeatureCollection =>
  collection(cities.map(({ at, zh, en }, rank) => point(at, { zh, en, rank })));

/** In the middle of each country's largest part. */
function countryNames({ world }: Schematic, language: Look['language']): FeatureCollection {
  const english = new Intl.DisplayNames('en', { type: 'region' });
  return collection(
    shapes(world, 'countries').features.flatMap(({ geometry, properties }) => {
      const { zh, iso } = properties as { zh: string; iso: string };
      if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') return [];
      const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
      const boxes = parts.map((part) => boxOf(part[0]!)).toSorted((a, b) => b.area - a.area);
      const en = language === 'en' && /^[A-Z]{2}$/.test(iso) ? english.of(iso) : zh;
      return boxes[0] && boxes[0].area > 1 ? [point(boxes[0].middle, { zh, en })] : [];
    }),
  );
}

function boxOf(ring: readonly (readonly number[])[]) {
  const [xs, ys] = [ring.map((it) => it[0]!), ring.map((it) => it[1]!)];
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return {
    area: (east - west) * (north - south),
    middle: [(west + east) / 2, (south + north) / 2] as [number, number],
  };
}
