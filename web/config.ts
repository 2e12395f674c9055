// How the pages are built: what vite.config.ts and build.ts share.
import react from '@vitejs/plugin-react';
import type { InlineConfig, Plugin } from 'vite';
import { basemap } from './console/basemap/plugin.ts';
import { inOneFile } from './oneFile.ts';
import { batteryDist, consoleDist, liveDist, root, verifyDist } from './paths.ts';

const CONTRACT = /^#([\w-]+)\/api$/;
const RESOLVED = '\0contract:';
/** Doors that are formulas, and are computed where they are shown. */
const COMPUTED: readonly string[] = ['twin'];

/**
 * Gives the browser of each contract (`#room/api`) what it needs at run time: words and numbers as they are, and of routes
 * method and path. The types come from TypeScript, the checking is done by the server; so the page carries neither zod (60 KB) nor needs Temporal, which not
 * every browser has.
 */
export const contracts = (): Plugin => ({
  name: 'packloop-contracts',
  enforce: 'pre',
  // Without `#`: while developing, ids are addresses, which end there.
  resolveId: (id) => {
    const room = CONTRACT.exec(id)?.[1];
    if (room === undefined) return null;
    return COMPUTED.includes(room) ? `${root}src/${room}/api.ts` : `${RESOLVED}${room}`;
  },
  async load(id) {
    if (!id.startsWith(RESOLVED)) return null;
    const room = id.slice(RESOLVED.length);
    const file = `${root}src/${room}/api.ts`;
    this.addWatchFile(file);
    const contract = Object.entries((await import(file)) as Record<string, unknown>);
    const lines = contract.flatMap(([name, it]) => {
      const kept = isApi(it) ? JSON.stringify(it, (key, value) => (key in unused ? undefined : value)) : dataOf(it);
      return kept === undefined ? [] : [`export const ${name} = ${kept};`];
    });
    return lines.join('\n');
  },
});

const unused = { params: 0, query: 0, body: 0, reply: 0, summary: 0, may: 0 };

const isApi = (it: unknown): boolean =>
  typeof it === 'object' &&
  it !== null &&
  Object.values(it).length > 0 &&
  Object.values(it).every((route) => typeof route?.method === 'string' && typeof route?.path === 'string');

/** A number, a word, or a list or record of such, as JSON. */
function dataOf(it: unknown): string | undefined {
  const isRecord = typeof it === 'object' && it !== null && Object.getPrototypeOf(it) === Object.prototype;
  const parts = Array.isArray(it) ? it : isRecord ? Object.values(it) : [it];
  return parts.every((part) => typeof part === 'string' || typeof part === 'number') ? JSON.stringify(it) : undefined;
}

const pageConfig = (folder: string, outDir: string): InlineConfig => ({
  configFile: false,
  root: `${root}web/${folder}`,
  plugins: [contracts(), react()],
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2023',
    cssTarget: 'chrome123',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2_000, // size.test.ts holds what is loaded first; the map's own chunk is large
    modulePreload: { polyfill: false },
  },
});

/** The public page, at `/`. */
export const liveConfig: InlineConfig = { ...pageConfig('live', liveDist), base: './' };
/** The public health query, at `/battery/`: small, since it is opened on the street. */
export const batteryConfig: InlineConfig = { ...pageConfig('battery', batteryDist), base: './' };
/** The console, at `/console/`: its addresses are many levels deep, so its files are named from the root. */
const page = pageConfig('console', consoleDist);
export const consoleConfig: InlineConfig = {
  ...page,
  plugins: [...(page.plugins ?? []), basemap()],
  base: '/console/',
  // Says what loads what: size.test.ts reads it.
  build: { ...page.build, manifest: 'manifest.json' },
};
/** The offline verifier: nothing of the platform is in it but `src/record/verify`, and it is one file that can be kept anywhere. */
export const verifyConfig: InlineConfig = {
  ...pageConfig('verify', verifyDist),
  plugins: [inOneFile()],
  base: './',
};
