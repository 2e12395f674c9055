// What is drawn on top of any basemap: demand as a field, marks with numbers and names, the chosen station.
import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { mapFont } from '../../../basemap/schematic.ts';
import type { Palette } from '../../../shell/theme.ts';

export const HEAT = 'heat';
export const MARKS = 'marks';
export const CHOSEN = 'chosen';

const empty = { type: 'FeatureCollection' as const, features: [] };
const source = { type: 'geojson' as const, data: empty };

/** A style with our layers on top. */
export function withStations(style: StyleSpecification, palette: Palette, scale: number): StyleSpecification {
  const texts = fontOf(style);
  return {
    ...style,
    sources: {
      ...style.sources,
      [HEAT]: source,
      [MARKS]: source,
      [CHOSEN]: source,
    },
    layers: [...style.layers, ...ourLayers(palette, texts, scale)],
  };
}

/** A basemap with a glyph server has only its own fonts. */
function fontOf({ glyphs, layers }: StyleSpecification): string[] {
  if (!glyphs) return mapFont;
  for (const it of layers) {
    const named = it.type === 'symbol' && it.layout?.['text-font'];
    if (Array.isArray(named) && named.every((one) => typeof one === 'string')) return named as string[];
  }
  return ['Noto Sans Regular'];
}

function ourLayers(palette: Palette, texts: string[], scale: number): LayerSpecification[] {
  const ink = { 'text-color': palette.text, 'text-halo-color': palette.panel, 'text-halo-width': 1.6 };
  return [
    {
      id: 'heat',
      type: 'heatmap',
      source: HEAT,
      paint: {
        'heatmap-weight': ['get', 'weight'],
        'heatmap-radius': ['interpolate', ['linear'], ['zoom'], 2, 16, 4, 24, 8, 36, 13, 60],
        'heatmap-intensity': 0.85,
        'heatmap-opacity': 0.82,
        'heatmap-color': [
          'interpolate',
          ['linear'],
          ['heatmap-density'],
          0,
          'rgba(0,0,0,0)',
          0.15,
          'rgba(56,132,190,0.45)',
          0.4,
          'rgba(39,154,112,0.7)',
          0.65,
          'rgba(226,170,60,0.85)',
          1,
          'rgba(214,69,52,0.95)',
        ],
      },
    },
    {
      id: 'chosen',
      type: 'circle',
      source: CHOSEN,
      paint: {
        'circle-radius': 17 * scale,
        'circle-color': 'rgba(0,0,0,0)',
        'circle-stroke-color': palette.charging,
        'circle-stroke-width': 3,
      },
    },
    {
      id: 'marks',
      type: 'symbol',
      source: MARKS,
      layout: {
        'icon-image': ['get', 'sign'],
        'icon-allow-overlap': true,
        'icon-size': scale,
        'text-field': ['get', 'number'],
        'text-font': texts,
        'text-size': 12 * scale,
        'text-allow-overlap': true,
        'symbol-sort-key': ['get', 'many'],
      },
      paint: { 'text-color': palette.text },
    },
    {
      id: 'names',
      type: 'symbol',
      source: MARKS,
      filter: ['has', 'name'],
      layout: {
        'text-field': ['format', ['get', 'name'], {}, '\n', {}, ['get', 'packs'], { 'font-scale': 0.95 }],
        'text-font': texts,
        'text-size': 12 * scale,
        'text-anchor': 'top',
        'text-offset': [0, 1.35],
        'text-max-width': 12,
        'text-optional': true,
      },
      paint: ink,
    },
  ];
}
