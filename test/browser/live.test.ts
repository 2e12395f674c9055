// The public page in a real browser, on a really running network.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { insightApi } from '#insight/api';
import { buildWeb } from '../../web/build.ts';
import { network, slot, station } from '../../web/live/data/samples.ts';
import { client } from '../../web/shared/client.ts';
import { ownDatabase } from '../database.ts';
import { startServerProcess } from '../server.ts';
import { launchChromium } from './chromium.ts';
import { SPEED, startDemoNetwork } from './demoNetwork.ts';

/** Patience, not timing: a machine may be busy with other things. */
const PATIENCE = 90_000;
let browser: Browser;

interface Visit {
  readonly locale?: string;
  readonly colorScheme?: 'light' | 'dark';
  readonly width?: number;
  readonly prepare?: (page: Page) => Promise<unknown>;
}

/** Opens the page like a new visitor. Errors of the page itself are collected. */
async function visit(url: string, { locale = 'en-US', colorScheme = 'dark', width = 1440, prepare }: Visit = {}) {
  const context = await browser.newContext({ locale, colorScheme, viewport: { width, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await prepare?.(page);
  await page.goto(url);
  return { page, errors, leave: () => context.close() };
}

suite('the public page in a browser', { timeout: 280_000 }, () => {
  before(async () => {
    await buildWeb();
    browser = await launchChromium();
  });
  after(() => browser.close());

  test(
    'shows a running network, swaps as they happen, and survives the loss of its server',
    ownDatabase(async (own) => {
      const demo = await startDemoNetwork(own);
      const { page, errors, leave } = await visit(demo.http);
      try {
        await seesStations(page, demo.stations);
        await seesASwapHappen(page, demo.http);
        await findsAndReadsAStation(page);
        await choosesLanguageAndTheme(page);
        await losesTheServer(page, demo);
        assert.deepEqual(errors, []);
      } finally {
        await leave();
        await demo.end();
      }
    }),
  );

  test(
    'tells how to begin when there are no stations yet',
    onEmptyNetwork(async (http) => {
      const { page, leave } = await visit(http, { locale: 'zh-CN' });
      await page.getByText('还没有站点').waitFor();
      assert.match(await textOf(page.locator('main')), /packloop import stations.*packloop demo/);
      await leave();
    }),
  );

  test(
    'says so when the server does not answer or does not let it look, and comes back by itself',
    onEmptyNetwork(async (http) => {
      const silent = await visit(http, { prepare: (page) => page.route('**/v1/**', (route) => route.abort()) });
      await silent.page.getByText('The server does not answer').waitFor();
      await silent.page.unroute('**/v1/**');
      await silent.page.getByText('No stations yet').waitFor();
      await silent.leave();
      const refusal = { status: 401, json: { title: 'Send an API key' } };
      const closed = await visit(http, {
        prepare: (page) => page.route('**/v1/**', (route) => route.fulfill(refusal)),
      });
      await closed.page.getByText('The server keeps this view closed').waitFor();
      await closed.leave();
    }),
  );

  test(
    'draws 1,400 stations as heaps and as a list of which only the part in sight exists',
    onEmptyNetwork(drawsThousands),
  );
  test('fits a phone: a station chosen in the list is shown in full', onEmptyNetwork(fitsAPhone));
});

/** A test body with a server whose network is empty. */
function onEmptyNetwork(body: (http: string) => Promise<void>): () => Promise<void> {
  return ownDatabase(async (own) => {
    const server = await startServerProcess({ databaseUrl: own.url });
    try {
      await body(server.http);
    } finally {
      await server.stop();
    }
  });
}

const textOf = async (it: Locator): Promise<string> => (await it.textContent()) ?? '';

async function seesStations(page: Page, stations: number): Promise<void> {
  await page.locator('.card').first().waitFor();
  assert.match(await textOf(page.locator('.stations .panel-head')), new RegExp(`${stations} of ${stations}`));
  assert.match(await textOf(page.locator('.badge')), new RegExp(`Simulated network · ${SPEED}×`));
  assert.ok((await page.locator('.card').count()) > 0 && (await page.locator('.mark').count()) > 0);
  const online = page.locator('.figure', { hasText: 'Stations online' }).locator('.figure-value');
  await online.filter({ hasText: new RegExp(`^${stations}$`) }).waitFor();
}

/** From the first step to the last, without a reload; which packs, how much energy and what it cost is told to nobody here. */
async function seesASwapHappen(page: Page, http: string): Promise<void> {
  const running = page.locator('.feed .swap.mood-going:has(.track)').first();
  await running.waitFor();
  const id = await running.getAttribute('data-swap');
  const settled = page.locator(`.feed .swap.mood-done[data-swap="${id}"]`);
  await settled.waitFor();
  const { items } = await client(insightApi, http).swaps({ query: { limit: 500 } });
  const swap = items.find((it) => it.id === id);
  assert.equal(swap?.state, 'released');
  assert.deepEqual([swap.totalFen, swap.netWh, swap.returned, swap.given], [null, null, [], []]);
  assert.doesNotMatch(await textOf(settled), /¥|kWh|[0-9A-Z]{12}/);
  assert.equal(await page.locator('.figure', { hasText: 'Revenue' }).count(), 0);
}

async function findsAndReadsAStation(page: Page): Promise<void> {
  await page.getByRole('searchbox').fill('hefei');
  await page.waitForFunction(() => /^[1-9] of 12/.test(document.querySelector('.stations .quiet')?.textContent ?? ''));
  const name = await textOf(page.locator('.card-open').first());
  await page.locator('.card-open').first().focus();
  await page.keyboard.press('Enter');
  await page.locator('#detail-title', { hasText: name }).waitFor();
  await page.locator('.slot-grid .slot').first().focus();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('tooltip').filter({ hasText: 'Slot 2' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('tooltip').waitFor({ state: 'detached' });
  await page.getByRole('searchbox').fill('nowhere at all');
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.waitForFunction(() => document.querySelector('.stations .quiet')?.textContent?.startsWith('12 of'));
}

/** By default the browser's; a choice is kept over a reload. */
async function choosesLanguageAndTheme(page: Page): Promise<void> {
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await ground();
  await page.getByRole('button', { name: 'Light theme' }).click();
  const light = await ground();
  assert.notEqual(light, dark);
  await page.getByRole('button', { name: '中文' }).click();
  for (const isReloaded of [false, true]) {
    if (isReloaded) await page.reload();
    await page.getByRole('heading', { name: '实时换电' }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh-CN');
    assert.equal(await ground(), light);
  }
}

async function losesTheServer(page: Page, demo: { killServer(): Promise<void>; restartServer(): Promise<void> }) {
  await page.locator('.connection.is-live').waitFor();
  await demo.killServer();
  const banner = page.getByRole('alert');
  await banner.filter({ hasText: '连接已中断' }).waitFor();
  await banner.filter({ hasText: /秒前/ }).waitFor();
  assert.ok((await page.locator('.card').count()) > 0, 'what was known stays on the page');
  await demo.restartServer();
  await banner.waitFor({ state: 'detached' });
  await page.locator('.connection.is-live').waitFor();
  // And it is not a picture of yesterday: the next swap appears.
  const known = await page.locator('.feed .swap').first().getAttribute('data-swap');
  await page.locator(`.feed .swap:not([data-swap="${known}"])`).first().waitFor();
}

async function drawsThousands(http: string): Promise<void> {
  const { page, errors, leave } = await visit(http, { prepare: telling(manyStations(1_400)) });
  await page.locator('.card').first().waitFor();
  assert.ok((await page.locator('.card').count()) < 40);
  const heaps = await page.locator('.mark .mark-number').allTextContents();
  assert.ok(heaps.length < 150);
  assert.equal(
    heaps.reduce((sum, it) => sum + Number(it), 0),
    1_400,
  );
  await page.locator('.stations .scroll').evaluate((it) => it.scrollTo(0, it.scrollHeight));
  await page.getByRole('button', { name: 'Station SZ-1399' }).waitFor();
  assert.deepEqual(errors, []);
  await leave();
}

async function fitsAPhone(http: string): Promise<void> {
  const { page, errors, leave } = await visit(http, { width: 390, prepare: telling(manyStations(12)) });
  await page.getByRole('button', { name: 'Station SZ-3', exact: true }).click();
  await page.locator('#detail-title', { hasText: 'Station SZ-3' }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
  assert.deepEqual(errors, []);
  await leave();
}

const manyStations = (many: number) => {
  const slots = Array.from({ length: 27 }, (_, n) => slot({ no: (n + 1) as never, soc: (n * 3.5) as never }));
  return Array.from({ length: many }, (_, n) =>
    station(`SZ-${n}`, {
      slots,
      place: { latitude: 22.4 + (n % 40) / 100, longitude: 113.8 + Math.floor(n / 40) / 60 },
    }),
  );
};

/** The network is as large as told; all else is the server's. */
const telling = (stations: ReturnType<typeof manyStations>) => (page: Page) =>
  page.route('**/v1/network', (route) => route.fulfill({ json: network(stations) }));
