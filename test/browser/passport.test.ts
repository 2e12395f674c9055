// The battery passport of a pack in a real browser on a really running network, and the page behind its QR code.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isForEverybody, settled, somebody } from './console.ts';
import { apiOf, type OneNetwork, suiteOnOneNetwork } from './oneNetwork.ts';
import { seen } from './seen.ts';

suiteOnOneNetwork('the battery passport', {
  'is on the page of its pack and behind its QR code': {
    'says how much is there, from whom the rest is due, and who may see what; both exports are files': showsAndExports,
    'is read in Chinese on a telephone': readsInChinese,
    'shows an owner what concerns the pack, and no test reports': showsToOwners,
    'opens for anybody who scans the code, with the public part alone': opensForAll,
  },
});

let code: string;

async function showsAndExports({ demo, openAsAdmin: open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/packs');
  const { items } = await apiOf<{ items: { code: string }[] }>(page, '/v1/packs?state=ready&model=nio-75&limit=1');
  code = items[0]!.code;
  await page.goto(`${demo.http}/console/packs/${code}`);
  const panel = page.getByRole('region', { name: 'Battery passport' });
  await panel.getByText(/^\d+ of 70 mandatory values \(electric vehicle\)$/).waitFor();
  await panel.getByText(/of them are simulated/).waitFor();
  await panel.getByRole('img', { name: `QR code of the passport of ${code}` }).waitFor();
  await panel.locator('summary').filter({ hasText: 'Performance and durability' }).click();
  assert.match(await seen(panel), /57 State of certified energy\s+[\d.]+ %[\s\S]*for legitimate interest/);
  await panel.locator('summary').filter({ hasText: 'Symbols, labels' }).click();
  assert.match(await seen(panel), /18 Test reports\s+https:/);
  await settled(page);
  await isForEverybody(page);
  for (const [button, name, holds] of [
    ['Export for the EU', 'eu', 'batteryTechicalProperties'],
    ['Export for China', 'cn', 'GB/T 34014-2017'],
  ] as const) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      panel.getByRole('button', { name: button }).click(),
    ]);
    assert.equal(download.suggestedFilename(), `packloop-passport-${name}-${code}.json`);
    assert.ok(readFileSync((await download.path())!, 'utf8').includes(holds));
  }
  assert.deepEqual(errors, []);
  await leave();
}

async function readsInChinese({ openAsAdmin: open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open(`/packs/${code}`, { locale: 'zh-CN', colorScheme: 'dark' });
  await page.setViewportSize({ width: 390, height: 844 });
  const panel = page.getByRole('region', { name: '电池护照' });
  await panel.getByText(/^必填 70 项中已有 \d+ 项（电动汽车）$/).waitFor();
  await panel.locator('summary').filter({ hasText: '材料组成' }).click();
  await panel.getByText('化学体系').waitFor();
  await isForEverybody(page);
  const isWider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  assert.equal(isWider, false);
  assert.deepEqual(errors, []);
  await leave();
}

async function showsToOwners({ own, open }: OneNetwork): Promise<void> {
  const owner = await somebody(own.doWork, { role: 'owner', partyId: 'owner-fund' });
  const { page, errors, leave } = await open('/console/packs', { as: owner });
  await settled(page);
  await page.locator('tbody tr[data-index] a').first().click();
  const panel = page.getByRole('region', { name: 'Battery passport' });
  await panel.getByText('Read as an owner.').waitFor();
  await panel.locator('summary').filter({ hasText: 'Symbols, labels' }).click();
  assert.match(await seen(panel), /18 Test reports\s+not for you/);
  assert.equal(await panel.getByRole('button', { name: 'Export for China' }).count(), 0);
  assert.deepEqual(errors, []);
  await leave();
}

async function opensForAll({ open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open(`/p/${code}`, { locale: 'zh-CN' });
  await page.getByRole('heading', { level: 1, name: '电池护照' }).waitFor();
  const text = await seen(page.locator('main'));
  assert.match(text, /额定容量\s+[\d.]+ Ah 模拟/);
  assert.ok(!/荷电状态|检测报告/.test(text), 'what is not public is not named either');
  await isForEverybody(page);
  const { status } = await page.goto(page.url().replace(/\/p\/.*/, '/p/NONE')).then((it) => ({ status: it!.status() }));
  assert.equal(status, 404);
  assert.deepEqual(
    errors.filter((it) => !it.includes('404')),
    [],
  );
  await leave();
}
