// Every page of the console, in both languages and themes, by the rules of WCAG 2.2 AA that a machine can check.
import assert from 'node:assert/strict';
import { after, before, suite, type TestContext, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { buildWeb } from '../../web/build.ts';
import { ownDatabase } from '../database.ts';
import { launchChromium } from './chromium.ts';
import { isForEverybody, settled, somebody, visit } from './console.ts';
import { startDemoNetwork } from './demoNetwork.ts';
import { addressOf, registeredPages } from './pages.ts';

const TIMEOUT = 1_500_000;
/** So that pages have swaps to show. */
const WARM_UP_MS = 20_000;
let browser: Browser;

suite('the console for everybody', { timeout: TIMEOUT }, () => {
  before(async () => {
    await buildWeb();
    browser = await launchChromium();
  });
  after(() => browser.close());

  test('no page breaks WCAG 2.2 AA', { timeout: TIMEOUT }, async (context: TestContext) =>
    ownDatabase(async (own) => {
      const demo = await startDemoNetwork(own);
      try {
        const admin = await somebody(own.doWork, { role: 'admin' });
        await new Promise((done) => setTimeout(done, WARM_UP_MS));
        for (const [locale, colorScheme] of [
          ['zh-CN', 'light'],
          ['zh-CN', 'dark'],
          ['en-US', 'light'],
          ['en-US', 'dark'],
        ] as const) {
          const { page, errors, leave } = await visit(browser, demo.http, '/console/', {
            as: admin,
            locale,
            colorScheme,
          });
          const ask = async (path: string): Promise<unknown> => (await page.request.get(demo.http + path)).json();
          for (const it of registeredPages)
            await context.test(`${it.path} in ${locale}, ${colorScheme}`, { timeout: 120_000 }, async () => {
              await page.goto(demo.http + (await addressOf(it, ask)));
              await settled(page);
              assert.equal(await page.locator('h1').count(), 1, 'one h1');
              await isForEverybody(page);
              assert.deepEqual(errors.splice(0), []);
            });
          await leave();
        }
      } finally {
        await demo.end();
      }
    })(),
  );
});
