// The page of the contract, in a real browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withServer } from '../app.ts';
import { launchChromium } from './chromium.ts';

test(
  'somebody who integrates finds an operation, reads its types and tries it',
  withServer(
    async ({ app }) => {
      const { http } = await app.listen();
      const browser = await launchChromium();
      try {
        const page = await browser.newPage();
        const shown = async () => (await page.locator('details[open] pre').first().textContent()) ?? '';
        const errors: string[] = [];
        page.on('pageerror', (error) => errors.push(error.message));
        await page.goto(`${http}/docs/`);
        await page.getByPlaceholder(/^Filter/).fill('anomalies');
        assert.equal(await page.locator('details:visible').count(), 1);
        await page.locator('details:visible summary').click();
        assert.match(await shown(), /sentence: string/);
        await page.getByRole('button', { name: 'Try it' }).click();
        await page.getByText('"items": []').waitFor();
        await page.goto(`${http}/docs/#station.register`);
        await page.reload();
        assert.match(await shown(), /or an array of these/);
        assert.deepEqual(errors, []);
      } finally {
        await browser.close();
      }
    },
    { PORT: 0 },
  ),
);
