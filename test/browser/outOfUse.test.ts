// A driver looks at the public page for a station: one that is out of use says so, on the map, in the list and in full.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { shut } from '#station';
import { buildWeb } from '../../web/build.ts';
import { withServer } from '../app.ts';
import { smallNetwork, st1 } from '../seed.ts';
import { freePort } from '../server.ts';
import { launchChromium } from './chromium.ts';
import { isForEverybody, visit } from './console.ts';

const shots = process.env.SHOTS;

test('a station that is out of use says so to drivers, in both languages', { timeout: 240_000 }, async () => {
  await buildWeb(['live']);
  const [browser, PORT] = [await launchChromium(), await freePort()];
  await withServer(
    async ({ app }) => {
      await app.doWork((work) => smallNetwork(work));
      await app.doWork(async (work) => {
        await sql`update station.station set online = true, last_seen_at = ${work.at.toString()}`.execute(work.db);
        await shut(work, [st1], 'alarm');
      });
      const { http } = await app.listen();
      for (const [locale, colorScheme, short, sentence] of [
        ['en-US', 'light', 'Out of use', /Out of use since .*: no swaps here/],
        ['zh-CN', 'dark', '停用', /自 .* 停用：暂不换电/],
      ] as const) {
        const { page, errors, leave } = await visit(browser, http, '/', { locale, colorScheme });
        await page.locator('.card').getByText(sentence).waitFor();
        await page.locator('.card').getByRole('img', { name: short, exact: true }).waitFor();
        assert.match((await page.locator('.mark').first().getAttribute('aria-label'))!, new RegExp(short));
        await page.locator('.card-open').first().click();
        await page.locator('.detail').getByText(sentence).waitFor();
        await isForEverybody(page);
        if (shots) await page.screenshot({ path: join(shots, `live-${locale}.png`) });
        await page.setViewportSize({ width: 390, height: 800 });
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing is cut off');
        if (shots) await page.screenshot({ path: join(shots, `live-${locale}-390.png`) });
        assert.deepEqual(errors, []);
        await leave();
      }
    },
    { PORT, HOST: '127.0.0.1' },
  )().finally(() => browser.close());
});
