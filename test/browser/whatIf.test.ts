// The what-if page in a real browser: answers that come from the twins, in the page itself.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isForEverybody, settled } from './console.ts';
import { type OneNetwork, suiteOnOneNetwork } from './oneNetwork.ts';
import { seen } from './seen.ts';

suiteOnOneNetwork('what if', {
  'is answered by twins, in the page': {
    'a gentler policy makes packs last longer, and the answer has an address': comparesPolicies,
    'lives are chosen by keyboard, and saved as a file that says it is simulated': savesCurves,
    'what cannot be is told in a sentence, and nothing else breaks': saysWhatCannotBe,
  },
});

const middle = async (row: string): Promise<number> => Number(/(\d+(?:\.\d)?) % \(/.exec(row)?.[1]);

async function comparesPolicies({ openAsAdmin: open, demo }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/what-if');
  await settled(page);
  const taxi = page.getByRole('row').filter({ hasText: 'Taxi' });
  await page.getByText('Simulated, not measured', { exact: false }).waitFor();
  const usual = await middle(await seen(taxi));
  await page.getByLabel('Charged to (%)').fill('60');
  await page.getByLabel('Waits at (%)').fill('30');
  await page.waitForURL(/storageSoc=30/);
  await settled(page);
  assert.ok((await middle(await seen(taxi))) > usual, 'half full packs keep more');
  await isForEverybody(page);
  const address = page.url().replace(demo.http, '');
  await leave();
  const again = await open(address.replace('/console', ''), { locale: 'zh-CN', colorScheme: 'dark' });
  await settled(again.page);
  assert.equal(await again.page.getByLabel('充至 (%)').inputValue(), '60');
  await isForEverybody(again.page);
  assert.deepEqual([...errors, ...again.errors], []);
  await again.leave();
}

async function savesCurves({ openAsAdmin: open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/what-if?of=taxi');
  await settled(page);
  await page.getByRole('checkbox', { name: 'Only stored' }).focus();
  await page.keyboard.press('Space');
  await page.waitForURL(/storage/);
  await settled(page);
  const button = page.getByRole('button', { name: 'CSV' });
  await button.focus();
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  const lines = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\r\n');
  assert.match(lines[0]!, /scenario.*"simulated"$/);
  assert.ok(lines.slice(1).every((it) => it.endsWith('"yes"')));
  assert.deepEqual([...new Set(lines.slice(1).map((it) => it.split(',')[0]))], ['"taxi"', '"storage"']);
  assert.deepEqual(errors, []);
  await leave();
}

async function saysWhatCannotBe({ openAsAdmin: open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/what-if?of=taxi,family&chargeC=0.1');
  await settled(page);
  assert.match(await seen(page.getByRole('row').filter({ hasText: 'Taxi' })), /charge faster/);
  assert.match(await seen(page.getByRole('row').filter({ hasText: 'Family' })), /%/);
  assert.deepEqual(errors, []);
  await leave();
}
