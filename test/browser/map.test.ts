// The map and the wall in a real browser, on a really running network.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { madeUp } from '../../bench/load/map.ts';
import { PATIENCE } from './console.ts';
import { type OneNetwork, suiteOnOneNetwork } from './oneNetwork.ts';

/** A canvas of one colour is a picture of about 2 KB; land, lines and names make ten times as much. */
const BLANK_BYTES = 8_000;

const row = (page: Page, index: number) => page.locator(`tr[data-index="${index}"]`);

async function isDrawn(page: Page): Promise<void> {
  const canvas = page.locator('.map-canvas canvas');
  await canvas.waitFor();
  for (let tries = 0; tries < 60; tries++) {
    if ((await canvas.screenshot()).length > BLANK_BYTES) return;
    await page.waitForTimeout(1_000);
  }
  assert.fail('the map stays blank: has its worker come?');
}

suiteOnOneNetwork('the map in a browser', {
  'shows the network': {
    'on a map and as a table, found, filtered and chosen by keyboard': findsByKeyboard,
    'as it was, and as it is again': goesBackInTime,
    'without WebGL 2 as a table, with a sentence that says so': worksWithoutWebgl,
    'with 50,000 stations': showsManyStations,
    'a name that is a script is a name': showsScriptsAsText,
    'at the wall: untouched, also over a restart of the server': hangsAtTheWall,
  },
});

async function findsByKeyboard({ demo, open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/console/map');
  await row(page, 0).waitFor();
  await isDrawn(page);
  assert.match((await page.locator('.map-ground').textContent()) ?? '', /Schematic basemap/);
  await page.getByRole('searchbox').fill('shenzhen');
  await page.getByText(/^3 of 12$/).waitFor();
  await row(page, 0).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const card = page.getByRole('region', { name: 'Chosen station' });
  await card.getByRole('heading').waitFor();
  assert.equal(await row(page, 1).getAttribute('aria-current'), 'true');
  assert.match(page.url(), /station=SZ-/);
  await page.keyboard.press('Escape');
  await card.waitFor({ state: 'detached' });
  await page.goto(`${demo.http}/console/map?f.ready=1..&f.condition=offline`);
  await page.getByText('Nothing fits these filters.').first().waitFor();
  await page.goto(`${demo.http}/console/map?station=HF-01&demand=hour`);
  await page.getByRole('link', { name: 'Open the station' }).click();
  await page.waitForURL(/\/console\/stations\/HF-01/);
  assert.deepEqual(errors, []);
  await leave();
}

async function goesBackInTime({ open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/console/map');
  const scrubber = page.getByRole('slider', { name: 'Last 24 hours' });
  for (let tries = 0; tries < 20 && (await scrubber.isDisabled()); tries++) {
    await page.waitForTimeout(3_000); // a snapshot is kept every five minutes of the network's
    await page.reload();
    await scrubber.waitFor();
  }
  await scrubber.focus();
  await page.keyboard.press('ArrowLeft');
  await page
    .getByRole('status')
    .filter({ hasText: /History at \d\d:\d\d/ })
    .waitFor();
  assert.match((await scrubber.getAttribute('aria-valuetext')) ?? '', /History at/);
  await page.getByRole('button', { name: 'Back to now' }).click();
  await page.locator('.map-past').waitFor({ state: 'detached' });
  assert.deepEqual(errors, []);
  await leave();
}

async function worksWithoutWebgl({ open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/console/map', {
    prepare: (it) =>
      it.addInitScript(() => {
        HTMLCanvasElement.prototype.getContext = () => null;
      }),
  });
  await page.getByText(/it has no WebGL 2/).waitFor();
  await row(page, 11).waitFor();
  assert.deepEqual(errors, []);
  await leave();
}

async function showsManyStations({ open }: OneNetwork): Promise<void> {
  const body = JSON.stringify(madeUp(50_000));
  const { page, errors, leave } = await open('/console/map', {
    prepare: (it) => it.route('**/v1/map', (route) => route.fulfill({ contentType: 'application/json', body })),
  });
  await page.getByText('50,000 rows').waitFor();
  assert.ok((await page.locator('tr[data-index]').count()) < 60, 'only rows in sight exist');
  await isDrawn(page);
  await row(page, 0).focus();
  await page.keyboard.press('End');
  await row(page, 49_999).waitFor();
  await page.getByRole('searchbox').fill('st-49998');
  await page.getByText('1 of 50,000').waitFor();
  assert.deepEqual(errors, []);
  await leave();
}

async function showsScriptsAsText({ open }: OneNetwork): Promise<void> {
  const name = '<img src=x onerror="window.broken = true">';
  const few = madeUp(3);
  const body = JSON.stringify({ ...few, name: [name, name, name], operators: [name, name, name] });
  const { page, errors, leave } = await open('/console/map?station=ST-00001', {
    prepare: (it) => it.route('**/v1/map', (route) => route.fulfill({ contentType: 'application/json', body })),
  });
  await page.getByRole('heading', { name }).waitFor();
  await isDrawn(page);
  assert.equal(await page.evaluate(() => 'broken' in window), false);
  assert.deepEqual(errors, []);
  await leave();
}

async function hangsAtTheWall({ demo, open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/console/wall', { width: 1280, height: 720, locale: 'zh-CN' });
  const figure = page.locator('.wall-figures dd').first();
  await figure.filter({ hasText: '/ 12' }).waitFor();
  await isDrawn(page);
  await page.locator('.connection.is-live').waitFor();
  await page.locator('.wall-list li').first().waitFor({ timeout: PATIENCE });
  await demo.killServer();
  await page.getByRole('status').filter({ hasText: '连接中断' }).waitFor({ timeout: PATIENCE });
  assert.match((await figure.textContent()) ?? '', /12/, 'what was known stays on the wall');
  await demo.restartServer();
  await page.locator('.connection.is-live').waitFor({ timeout: PATIENCE });
  const before = await page.locator('.wall-figures').textContent();
  await page.waitForFunction((it) => document.querySelector('.wall-figures')?.textContent !== it, before);
  assert.equal(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight), 0, 'nothing is below');
  assert.deepEqual(errors, []);
  await leave();
}
