// Where the ground of the map comes from. Each says in which datum it is drawn and under which number it was approved:
// public maps of China need one, and print it.
import type { StyleSpecification } from 'maplibre-gl';
import type { Datum } from './coordinates.ts';
import { schematicStyle } from './schematic.ts';

export type BasemapId = 'bundled' | 'tianditu' | 'amap' | 'style';

/** As the server is configured: GET /v1/console-config. */
export interface BasemapSettings {
  readonly provider: BasemapId;
  /** Of `style`: a MapLibre style. */
  readonly url: string | null;
  /** Of `tianditu`: the key that its site gives for free. */
  readonly key: string | null;
  /** Of `style`; the others know theirs. */
  readonly datum: Datum;
  /** The number under which this map may be shown (审图号); null when nobody gave one. */
  readonly approvalNo: string | null;
  /** The country in which the console is shown, as ISO 3166-1 alpha-2. */
  readonly region: string;
}

export interface Look {
  readonly theme: 'light' | 'dark';
  readonly language: 'zh-CN' | 'en';
  /** How much larger than on a desk words and signs are. */
  readonly scale: number;
}

export interface Basemap {
  readonly id: BasemapId;
  readonly datum: Datum;
  readonly approvalNo: string | null;
  /** Whose map it is, as they want it said. */
  readonly credit: string;
  /** A drawing for orientation, without streets: not a map that was reviewed. */
  readonly isSchematic: boolean;
  readonly style: (look: Look) => Promise<StyleSpecification>;
}

export const bundled: BasemapSettings = {
  provider: 'bundled',
  url: null,
  key: null,
  datum: 'wgs84',
  approvalNo: null,
  region: 'CN',
};

export function basemapOf({ provider, url, key, datum, approvalNo }: BasemapSettings): Basemap {
  const common = { id: provider, approvalNo, isSchematic: false } as const;
  switch (provider) {
    case 'bundled':
      return {
        ...common,
        datum: 'wgs84',
        credit: 'Natural Earth · Apache ECharts',
        isSchematic: true,
        style: schematicStyle,
      };
    case 'tianditu': // CGCS2000, which differs from WGS-84 by centimetres
      return {
        ...common,
        datum: 'wgs84',
        credit: '天地图',
        style: async ({ language }) => tianditu(key ?? '', language),
      };
    case 'amap':
      return {
        ...common,
        datum: 'gcj02',
        credit: '高德地图 © AutoNavi',
        style: async ({ language }) => amap(language),
      };
    case 'style':
      return { ...common, datum, credit: '', style: () => styleAt(url ?? '') };
  }
}

/** Whether a map of China is shown where that needs an approval, without one. */
export const lacksApproval = ({ region, approvalNo }: Pick<BasemapSettings, 'region' | 'approvalNo'>): boolean =>
  region === 'CN' && approvalNo === null;

const raster = (layers: Readonly<Record<string, readonly string[]>>, maxzoom: number): StyleSpecification => ({
  version: 8,
  sources: Object.fromEntries(
    Object.entries(layers).map(([id, tiles]) => [id, { type: 'raster', tiles: [...tiles], tileSize: 256, maxzoom }]),
  ),
  layers: Object.keys(layers).map((id) => ({ id, type: 'raster', source: id })),
});

function tianditu(key: string, language: Look['language']): StyleSpecification {
  const tiles = (layer: string) =>
    [0, 1, 2, 3].map(
      (n) => `https://t${n}.tianditu.gov.cn/DataServer?T=${layer}_w&x={x}&y={y}&l={z}&tk=${encodeURIComponent(key)}`,
    );
  return raster({ ground: tiles('vec'), names: tiles(language === 'en' ? 'eva' : 'cva') }, 18);
}

const amap = (language: Look['language']): StyleSpecification =>
  raster(
    {
      ground: [1, 2, 3, 4].map(
        (n) =>
          `https://webrd0${n}.is.autonavi.com/appmaptile?lang=${language === 'en' ? 'en' : 'zh_cn'}&size=1&scale=1&style=8&x={x}&y={y}&z={z}`,
      ),
    },
    18,
  );

/** @throws Error when there is no style at the address */
async function styleAt(url: string): Promise<StyleSpecification> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  return (await response.json()) as StyleSpecification;
}
