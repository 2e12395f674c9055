// Which basemap the console draws its maps on, as the environment says it; and what browsers must be let ask for it.
import type { Config } from './config.ts';

type Settings = Pick<
  Config,
  'MAP_PROVIDER' | 'MAP_STYLE_URL' | 'MAP_KEY' | 'MAP_DATUM' | 'MAP_APPROVAL_NO' | 'MAP_REGION' | 'MAP_ORIGINS'
>;

/** As GET /v1/console-config tells it. The key is one that browsers send: it is no secret. */
export const basemapOf = (config: Settings) => ({
  provider: config.MAP_PROVIDER,
  url: config.MAP_STYLE_URL ?? null,
  key: config.MAP_KEY ?? null,
  datum: config.MAP_DATUM,
  approvalNo: config.MAP_APPROVAL_NO ?? null,
  region: config.MAP_REGION,
});

const hosts: Readonly<Record<Config['MAP_PROVIDER'], readonly string[]>> = {
  bundled: [],
  tianditu: [0, 1, 2, 3].map((n) => `https://t${n}.tianditu.gov.cn`),
  amap: [1, 2, 3, 4].map((n) => `https://webrd0${n}.is.autonavi.com`),
  style: [],
};

/** From where the chosen map comes; what else its style names has to be said by MAP_ORIGINS. */
export function mapOrigins({ MAP_PROVIDER, MAP_STYLE_URL, MAP_ORIGINS = [] }: Partial<Settings>): string[] {
  const style = MAP_STYLE_URL === undefined ? [] : [new URL(MAP_STYLE_URL).origin];
  return [...new Set([...hosts[MAP_PROVIDER ?? 'bundled'], ...style, ...MAP_ORIGINS])];
}
