// The public health query as somebody meets it who has scanned a code: on a telephone, not signed in, in two languages.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { sql } from 'kysely';
import type { Browser, Page } from 'playwright-core';
import { readKey, readPolicy, utf8, verifyAnswer } from '#record/verify';
import { supplySimulated } from '../../src/passport/supply.ts';
import { buildWeb } from '../../web/build.ts';
import { verifyDist } from '../../web/paths.ts';
import { type TestApp, withServer } from '../app.ts';
import { buildNetwork } from '../network.ts';
import { packCode } from '../seed.ts';
import { freePort } from '../server.ts';
import { launchChromium } from './chromium.ts';
import { isForEverybody, settled, somebody, visit } from './console.ts';

const code = packCode(30);
const shots = process.env.SHOTS;

/** A network with estimates of packs of several ages. */
async function withEstimates({ app }: TestApp): Promise<void> {
  await buildNetwork(app.doWork, { stations: 12, standing: 12, vehicles: 1 });
  await app.doWork(async (work) => {
    await supplySimulated(work, 'nio-75', { number: 1, codePrefix: null, values: { footprint: 0.075 } });
    await sql`update pack.pack p set produced_on = date '2026-06-01' - (n / 24) * 182, efc = 30 + n * 3, soh = 99 - n / 12
      from (select code, (row_number() over (order by code))::int as n from pack.pack) o where o.code = p.code`.execute(
      work.db,
    );
    await sql`insert into health.charge (station_id, transaction_id, pack_code, started_at, ended_at, estimated_at, method, inputs,
        standing, soh, soh_lower, soh_upper, ohms, ohms_lower, ohms_upper, known)
      select 'SZ-1', code, code, ${work.at.toString()}, ${work.at.toString()}, ${work.at.toString()}, 'test', '{}', 'estimated',
        soh, soh - 2, soh + 2, 1, 1, 1, '{}' from pack.pack`.execute(work.db);
  });
  await (await app.openLog()).writer.once();
  await app.tick();
}

suite('the page of the public health query', { timeout: 300_000 }, () => {
  let browser: Browser;
  before(async () => {
    await buildWeb(['battery', 'console', 'verify']);
    browser = await launchChromium();
  });
  after(() => browser.close());

  test('somebody with a telephone asks, reads, sees the curve, and takes away what can be verified offline', async () => {
    const PORT = await freePort();
    await withServer(
      async (it) => {
        await withEstimates(it);
        const { http } = await it.app.listen();
        for (const [locale, colorScheme, width] of [
          ['en-GB', 'light', 390],
          ['zh-CN', 'dark', 390],
          ['zh-CN', 'light', 1280],
          ['en-GB', 'dark', 1280],
        ] as const) {
          const context = await browser.newContext({ locale, colorScheme, viewport: { width, height: 844 } });
          const page = await context.newPage();
          const errors: string[] = [];
          page.on('pageerror', (error) => errors.push(error.message));
          await page.goto(`${http}/p/${code}`);
          await page.locator('a[href^="/battery/"]').click();
          await page.locator('.card').waitFor();
          const isChinese = locale === 'zh-CN';
          await page
            .getByText(isChinese ? '等效循环' : 'Full cycles', { exact: true })
            .first()
            .waitFor();
          assert.match(
            (await page.locator('.card').textContent())!,
            isChinese ? /的 95% 至 100%（?.*由充电/ : /95 to 100 % .*estimated from its charges/,
          );
          assert.equal(await page.locator('#curves svg').count(), 2, 'against age and against cycles');
          assert.equal(await page.locator('.own').count(), 2, 'with this pack in both');
          for (const one of await page.locator('details').all())
            await one.evaluate((element) => element.setAttribute('open', ''));
          await isForEverybody(page);
          const fits = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
          assert.ok(fits, 'nothing is cut off at the side');
          if (shots)
            await page.screenshot({
              path: join(shots, `battery-${locale}-${colorScheme}-${width}.png`),
              fullPage: true,
            });
          if (locale === 'en-GB' && width === 390) await takesAway(page, http);
          await asksWrongly(page, isChinese);
          if (shots)
            await page.screenshot({ path: join(shots, `battery-none-${locale}-${width}.png`), fullPage: true });
          assert.deepEqual(errors, []);
          await context.close();
        }
      },
      { PORT, HOST: '127.0.0.1', RATE_LIMIT: 0 },
    )();
  });
});

suite('consent to be asked about by plate', { timeout: 300_000 }, () => {
  test('a driver allows it on his page, anybody asks by plate from the next day on, and he takes it back', async () => {
    const [browser, PORT] = [await launchChromium(), await freePort()];
    await withServer(
      async (it) => {
        await withEstimates(it);
        const { http } = await it.app.listen();
        const as = await somebody(it.app.doWork, { role: 'driver', partyId: 'op', driverId: 'driver-1' });
        const { page, errors, leave } = await visit(browser, http, '/console/me', { as });
        const panel = page.getByRole('region', { name: 'Health query by plate' });
        await panel.getByText('not allowed', { exact: true }).waitFor();
        await isForEverybody(page);
        await panel.getByRole('button', { name: 'Allow' }).click();
        await panel.getByText(/^allowed until/).waitFor();
        if (shots) await page.screenshot({ path: join(shots, 'consent.png'), fullPage: true });
        it.later({ hours: 24 });
        await it.app.tick();
        const street = await browser.newPage({ locale: 'en-GB' });
        const ask = async () => {
          await street.goto(`${http}/battery/`);
          await street.locator('input[value=plate]').check();
          await street.locator('#asked').fill('粤b 1');
          await street.keyboard.press('Enter');
        };
        await ask();
        await street.locator('.card').getByText('The pack of this vehicle').waitFor();
        await panel.getByRole('button', { name: 'Take back' }).click();
        await panel.getByText('not allowed', { exact: true }).waitFor();
        await settled(page);
        await ask();
        await street.getByText('Nothing is said of this plate').waitFor();
        assert.deepEqual(errors, []);
        await leave();
      },
      { PORT, HOST: '127.0.0.1', RATE_LIMIT: 0 },
    )().finally(() => browser.close());
  });
});

async function takesAway(page: Page, http: string): Promise<void> {
  const save = async (label: string) =>
    (await Promise.all([page.waitForEvent('download'), page.getByText(label).click()]))[0];
  const verifier = await save('Offline verifier');
  assert.equal(verifier.suggestedFilename(), 'packloop-verifier.html');
  assert.deepEqual(readFileSync(await verifier.path()), readFileSync(join(verifyDist, 'index.html')));
  const download = await save('Save the signed answer');
  assert.equal(download.suggestedFilename(), `packloop-answer-${code}.txt`);
  const text = async (path: string) => await (await page.request.get(http + path)).text();
  const policy = await readPolicy(utf8(await text('/log/policy')));
  const producers = [await readKey((await text('/log/producers')).trim())];
  const note = readFileSync(await download.path());
  assert.equal((await verifyAnswer(note, { policy, producers })).answer.about.code, code);
  await holdsOffline(page, { note, policy: await text('/log/policy'), producers: await text('/log/producers') });
}

/** The offline page, with the three files that the page hands out and no network. */
async function holdsOffline(page: Page, given: { note: Buffer; policy: string; producers: string }): Promise<void> {
  const context = await page.context().browser()!.newContext({ offline: true, locale: 'en-GB' });
  const offline = await context.newPage();
  await offline.goto(pathToFileURL(join(verifyDist, 'index.html')).href);
  const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'text/plain', buffer });
  await offline.setInputFiles('#files', [
    file('policy', Buffer.from(given.policy)),
    file('producers', Buffer.from(given.producers)),
    file('answer.txt', given.note),
  ]);
  const verdict = offline.locator('#verdict');
  await verdict.locator('h2', { hasText: /^Holds$/ }).waitFor();
  assert.match((await verdict.textContent())!, new RegExp(`About${code}[\\s\\S]*“soh”`));
  await offline.setInputFiles('#files', [file('answer.txt', Buffer.from(given.note.toString().replace('95', '85')))]);
  await verdict.locator('h2', { hasText: 'Does not hold' }).waitFor();
  await context.close();
}

async function asksWrongly(page: Page, isChinese: boolean): Promise<void> {
  await page.locator('#asked').fill('001PB759999999G110000001');
  await page.keyboard.press('Enter');
  await page.getByText(isChinese ? '没有该编码的电池包' : 'No pack of this code is known here').waitFor();
  assert.ok(await page.locator('#curves').isHidden());
  await page.locator('input[value=plate]').check();
  await page.locator('#asked').fill('粤B1');
  await page.keyboard.press('Enter');
  await page.getByText(isChinese ? '不提供此车牌的信息' : 'Nothing is said of this plate').waitFor();
  assert.ok(!page.url().includes('%'), 'a plate does not stand in the address');
}
