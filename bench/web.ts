// What the console costs a browser: how much it loads, how soon it shows something, and how long it holds still while
// 1,000 of 50,000 stations change every second. Real Chromium without a graphics card; the naive way beside it. The goal is
// for time on the processor: on a shared machine a task also waits for others, and for the drawing that a card would do.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../test/browser/chromium.ts';
import { freePort } from '../test/server.ts';
import { buildWeb } from '../web/build.ts';
import { consoleDist } from '../web/paths.ts';
import { firstRoute, gzipOf, gzipOfFile, loadedWith, manifestOf } from '../web/weight.ts';
import type { Bench, Figure } from './harness.ts';
import type { Order } from './load/map.ts';
import { type Held, heldStill, observe, startAnew } from './load/observe.ts';
import { TRACED, taskCpuMs } from './load/trace.ts';

const STATIONS = 50_000;
const CHANGES_PER_SECOND = 1_000;
/** Ten events a second: the platform sends one, which is easier. */
const FRAMES = 10;

export const bench: Bench = async ({ quick }) => {
  await buildWeb();
  const loaded = weights();
  const naive = mkdtempSync(join(tmpdir(), 'packloop-naive-'));
  await buildNaive(naive);
  const port = await freePort();
  const server = fork(join(import.meta.dirname, 'load', 'map.ts'));
  const order: Order = {
    port,
    pages: { '/console/': consoleDist, '/naive/': naive },
    stations: STATIONS,
    changesPerSecond: CHANGES_PER_SECOND,
    frames: FRAMES,
  };
  server.send(order);
  await once(server, 'message');
  const browser = await launchChromium();
  const at = `http://127.0.0.1:${port}`;
  try {
    const shownMs = await firstScreen(browser, `${at}/console/`);
    const ours = await watched(browser, `${at}/console/map`, quick ? 8 : 30, useMap);
    const theirs = await watched(browser, `${at}/naive/`, quick ? 6 : 15, async () => {});
    return [...loaded, ...figures({ shownMs, ours, theirs })];
  } finally {
    await browser.close();
    server.kill();
    rmSync(naive, { recursive: true, force: true });
  }
};

async function buildNaive(outDir: string): Promise<void> {
  const [{ build }, { consoleConfig }] = await Promise.all([import('vite'), import('../web/config.ts')]);
  await build({
    ...consoleConfig,
    root: join(import.meta.dirname, 'load', 'naive'),
    base: '/naive/',
    build: { ...consoleConfig.build, outDir, chunkSizeWarningLimit: 5_000 },
    logLevel: 'error',
  });
}

async function newPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 }, locale: 'en' });
  page.setDefaultTimeout(120_000); // a machine may be busy with other things
  return page;
}

/** Ms until the frame of the console, its menu and the heading of the overview are drawn. */
async function firstScreen(browser: Browser, url: string): Promise<number> {
  const page = await newPage(browser);
  const started = performance.now();
  await page.goto(url);
  await page.locator('h1').first().waitFor();
  const ms = performance.now() - started;
  await page.close();
  return ms;
}

interface Watched extends Held {
  /** Ms from the address to the first row of the table. */
  readonly firstRowMs: number;
  /** Changes of stations that the server sent meanwhile, each second. */
  readonly toldPerSecond: number;
  /** The most that one task of the main thread had of the processor, whatever it did. */
  readonly longestCpuMs: number;
  /** All tasks of the main thread together, in each second. */
  readonly cpuMsPerSecond: number;
}

/** Opens a page, lets it settle, and looks how long it holds still for `seconds` while somebody uses it. */
async function watched(
  browser: Browser,
  url: string,
  seconds: number,
  use: (page: Page) => Promise<void>,
): Promise<Watched> {
  const page = await newPage(browser);
  await page.addInitScript(observe);
  const opened = performance.now();
  await page.goto(url);
  await page.locator('[data-index]').first().waitFor();
  const firstRowMs = performance.now() - opened;
  await page.waitForTimeout(4_000);
  const told = async () => (await (await page.request.get(new URL('/told', url).href)).json()) as number;
  await browser.startTracing(page, { categories: TRACED });
  await page.evaluate(startAnew);
  const [before, started] = [await told(), performance.now()];
  await use(page);
  await page.waitForTimeout(Math.max(0, seconds * 1000 - (performance.now() - started)));
  const took = (performance.now() - started) / 1000;
  const held = await page.evaluate(heldStill);
  const cpuMs = taskCpuMs(await browser.stopTracing());
  const toldPerSecond = ((await told()) - before) / took;
  await page.close();
  return {
    ...held,
    firstRowMs,
    toldPerSecond,
    longestCpuMs: cpuMs.reduce((most, it) => Math.max(most, it), 0),
    cpuMsPerSecond: cpuMs.reduce((sum, it) => sum + it, 0) / took,
  };
}

/** As a person would: closer, a search, another order, a station. By CSS: other locators take the page's own time. */
async function useMap(page: Page): Promise<void> {
  await page.locator('.maplibregl-ctrl-zoom-in').click();
  await page.locator('.toolbar-search input').pressSequentially('深圳', { delay: 150 });
  await page.locator('.toolbar-search input').fill('');
  await page.locator('.sorter').nth(2).click();
  await page.locator('tr[data-index="3"]').click();
}

function weights(): Figure[] {
  const manifest = manifestOf();
  const first = firstRoute(manifest);
  const map = [...loadedWith(manifest, ['pages/map/canvas/StationMap.ts'])].filter((it) => !first.has(it));
  const worker = manifest['../../node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url']?.file;
  const kb = (bytes: number) => bytes / 1000;
  return [
    { metric: 'first route, gzip', value: kb(gzipOf(manifest, first)), unit: 'KB', goal: { atMost: 400 } },
    { metric: 'map, loaded when opened, gzip', value: kb(gzipOf(manifest, map)), unit: 'KB', goal: { atMost: 310 } },
    ...(worker ? [{ metric: "map's worker, gzip", value: kb(gzipOfFile(worker)), unit: 'KB' }] : []),
  ];
}

function figures({ shownMs, ours, theirs }: { shownMs: number; ours: Watched; theirs: Watched }): Figure[] {
  const beside = (value: number) => ({ baseline: { name: 'React state and setData', value } });
  return [
    { metric: 'time to first screen', value: shownMs, unit: 'ms' },
    {
      metric: 'time to the first row of 50,000 stations',
      value: ours.firstRowMs,
      unit: 'ms',
      ...beside(theirs.firstRowMs),
    },
    { metric: 'changes sent meanwhile', value: ours.toldPerSecond, unit: '/s', ...beside(theirs.toldPerSecond) },
    {
      metric: 'longest task, on the processor',
      value: ours.longestCpuMs,
      unit: 'ms',
      ...beside(theirs.longestCpuMs),
      goal: { atMost: 200 },
    },
    {
      metric: 'main thread, on the processor',
      value: ours.cpuMsPerSecond,
      unit: 'ms/s',
      ...beside(theirs.cpuMsPerSecond),
    },
    { metric: 'longest run of our code', value: ours.longestScriptMs, unit: 'ms', ...beside(theirs.longestScriptMs) },
    { metric: 'longest task, waits included', value: ours.longestTaskMs, unit: 'ms', ...beside(theirs.longestTaskMs) },
    { metric: 'held still by long tasks', value: ours.heldShare * 100, unit: '%', ...beside(theirs.heldShare * 100) },
  ];
}
