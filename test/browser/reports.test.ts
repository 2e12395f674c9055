// Reports, licences and missing packs in a real browser on a really running network.
import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { PackCode } from '#units';
import { endLeases, lease } from '../../src/exchange/store.ts';
import { takeUpAll } from '../../src/exchange/testing.ts';
import { isForEverybody, settled } from './console.ts';
import { apiOf, type OneNetwork, suiteOnOneNetwork } from './oneNetwork.ts';

suiteOnOneNetwork('what the public is told', {
  'is watched and worked off in the console': {
    'a rejected report is found by its state, read with its reason, corrected, and waits again': correctsOne,
    'the same is told in Chinese, on a telephone and in the dark': showsInChinese,
    'a licence is registered and revoked': licenses,
    'a pack is called lost where it is missing, and found again': findsAPack,
  },
});

/** The national platform has rejected one swap. */
const rejectOne = ({ own }: OneNetwork): Promise<string> =>
  own.doWork(async (work) => {
    await takeUpAll(work, ['national']);
    const [first] = await lease(work, 'national', 1, work.at.add({ seconds: 1 }));
    const { id, revision } = first!;
    await endLeases(work, [{ id, revision, is: 'rejected', field: 'capacityWh', reason: '超出范围' }]);
    return id;
  });

async function correctsOne(network: OneNetwork): Promise<void> {
  const id = await rejectOne(network);
  const { page, errors, leave } = await network.openAsAdmin('/reports?f.state=rejected');
  await page.getByText('No longer configured; its reports wait').waitFor();
  await page.getByText('超出范围').first().waitFor();
  await settled(page);
  await isForEverybody(page);
  await page.getByText('超出范围').first().click();
  const drawer = page.getByRole('dialog', { name: 'Report' });
  await drawer.getByText('Rejected because').waitFor();
  await isForEverybody(page);
  await drawer.getByRole('button', { name: 'Correct' }).click();
  const dialog = page.locator('.ant-modal');
  await dialog.getByLabel('New value of capacityWh').fill('70000');
  await dialog.getByLabel('Why').fill('ok');
  await dialog.getByRole('button', { name: 'Correct' }).click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByLabel('Why').fill('read from the plate');
  await dialog.getByRole('button', { name: 'Correct' }).click();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await drawer.getByText(/Version 1 was rejected \(超出范围\)/).waitFor();
  const report = await apiOf<{ state: string; fields: { capacityWh: number } }>(page, `/v1/regulator/reports/${id}`);
  assert.deepEqual([report.state, report.fields.capacityWh], ['waiting', 70_000]);
  assert.deepEqual(errors, []);
  await leave();
}

async function showsInChinese({ openAsAdmin }: OneNetwork): Promise<void> {
  for (const path of ['/reports', '/licences', '/missing-packs']) {
    const how = { locale: 'zh-CN', colorScheme: 'dark', width: 390, height: 844 } as const;
    const { page, errors, leave } = await openAsAdmin(path, how);
    await page.getByRole('heading', { level: 1, name: /^(监管上报|许可|失踪电池包)$/ }).waitFor();
    await settled(page);
    await isForEverybody(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(wide <= 0, `${path} is ${wide} px too wide`);
    assert.deepEqual(errors, []);
    await leave();
  }
}

async function licenses({ openAsAdmin }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await openAsAdmin('/licences');
  await page.getByText('Nobody has a licence here.').waitFor();
  await page.getByRole('button', { name: 'Register a licence' }).click();
  const dialog = page.getByRole('dialog');
  const { items } = await apiOf<{ items: { id: string }[] }>(page, '/v1/parties');
  await dialog.getByLabel('Organisation').fill(items[0]!.id);
  await dialog.getByLabel('Number').fill('R-2026-1');
  await dialog.getByLabel('Issued by').fill('MIIT');
  await dialog.getByLabel('From (').fill('2026-01-01');
  await dialog.getByLabel('Until (').fill('2030-01-01');
  await isForEverybody(page);
  await dialog.getByRole('button', { name: 'Register a licence' }).click();
  await dialog.getByText('Registered.').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByText('R-2026-1').waitFor();
  await page.getByRole('button', { name: 'Revoke' }).click();
  await dialog.getByLabel('Why').fill('a test');
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByText('Revoked: a test').waitFor();
  assert.deepEqual(errors, []);
  await leave();
}

async function findsAPack({ own, openAsAdmin }: OneNetwork): Promise<void> {
  const code = await own.doWork(async (work) => {
    const { rows } = await sql<{
      code: PackCode;
    }>`select p.code from pack.pack p join ledger.keeper k on k.asset = p.code
      where k.holder like 'vehicle:%' order by p.code desc limit 1`.execute(work.db);
    await sql`insert into exchange.missing (id, pack_code, why, holder, since, last_seen_at)
      values (gen_random_uuid(), ${rows[0]!.code}, 'unseen', 'vehicle:X', now(), now())`.execute(work.db);
    return rows[0]!.code;
  });
  const { page, errors, leave } = await openAsAdmin('/missing-packs');
  const row = page.getByRole('row').filter({ hasText: code });
  await row.getByText('Lent and not seen').waitFor();
  await isForEverybody(page);
  await row.getByRole('button', { name: 'Call it lost' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why').fill('the driver is gone');
  await dialog.getByRole('button', { name: 'Call it lost' }).click();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await row.getByText('Lost', { exact: true }).waitFor();
  await row.getByRole('button', { name: 'It was found' }).click();
  await dialog.getByLabel('Why').fill('in the garage');
  await dialog.getByRole('button', { name: 'It was found' }).click();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await row.waitFor({ state: 'detached' });
  assert.deepEqual(errors, []);
  await leave();
}
