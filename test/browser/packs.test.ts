// Packs, the catalogue and what fits where, in a real browser on a really running network.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isForEverybody, settled, somebody } from './console.ts';
import { apiOf, type OneNetwork, suiteOnOneNetwork } from './oneNetwork.ts';
import { seen } from './seen.ts';
import { rowsOf } from './tables.ts';

interface Packs {
  readonly items: readonly { readonly code: string; readonly state: string }[];
}

suiteOnOneNetwork('packs in the console', {
  'are found, told of, judged, exported, and asked where they fit': {
    'a pack is found by its code, and its page holds everything that is known of it': findsAPack,
    'filters must all hold, each tells how many it finds, and a view is kept and passed on': keepsAView,
    'what is exported is what the filters find, in files that open': exportsEachFormat,
    'a pack is put in quarantine with a reason, which stands on its page until somebody clears it': judges,
    'a car that does not fit is told by which clauses, and the answer has an address': explainsADenial,
    'a registered pack is asked about as it stands': asksAboutARegisteredPack,
    'figures that nobody confirmed are marked in the catalogue': marksWhatIsAssumed,
    'from the list to a pack, its quarantine and back, by keyboard alone': goesByKeyboard,
    'a pack that is none, and a script as a name, are told in words': saysWhatIsNoPack,
  },
});

async function findsAPack({ openAsAdmin: open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/packs');
  await settled(page);
  const { items } = await apiOf<Packs>(page, '/v1/packs?state=ready&limit=1');
  const { code } = items[0]!;
  await page.getByRole('searchbox', { name: 'Search' }).fill(code.slice(4));
  await page.waitForFunction(() => document.querySelectorAll('tbody tr[data-index]').length === 1);
  await page.getByRole('link', { name: code }).click();
  await page.getByRole('heading', { level: 1, name: code }).waitFor();
  for (const part of ['Now', 'Custody and title', 'Health over time', 'Use', 'Money earned', 'History from the record'])
    await page.getByRole('region', { name: part, exact: true }).waitFor();

  const now = page.getByRole('region', { name: 'Now', exact: true });
  assert.match(await seen(now), /as the station reported it/);
  const parts = page.getByRole('region', { name: 'The code, part by part' });
  assert.match(await seen(parts), /Maker\s+\S+\s+assigned to the maker/);
  assert.match(await seen(parts), /Serial number\s+\d{7}\s+number \d+ of that day/);
  assert.match(await seen(parts), /GB\/T 34014-2017/);
  assert.match(
    await seen(page.getByRole('region', { name: 'Custody and title' })),
    /Station [A-Z0-9-]+[\s\S]*\d+\.\d\d %/,
  );
  const gaps = await seen(page.getByRole('region', { name: 'Not known yet' }));
  assert.match(gaps, /Carbon footprint: not computed yet\s+Missing: the footprint of its production/);
  await page.getByRole('img', { name: `QR code of ${code}` }).waitFor();
  await page.getByRole('img', { name: /^State of health from [\d.]+ to [\d.]+ %, \d+ reports/ }).waitFor();
  const history = page.getByRole('region', { name: 'History from the record' });
  assert.match(await seen(history), /Registered/);

  await now.getByRole('button', { name: 'How “Usable energy now” is computed' }).click();
  const drawer = page.getByRole('dialog', { name: 'Usable energy' });
  await drawer.getByText(/^\d+ Wh$/).waitFor();
  assert.match(await seen(drawer), /capacityWh × SoH × SoC/);
  await isForEverybody(page);
  assert.deepEqual(errors, []);
  await leave();
}

async function keepsAView({ demo, openAsAdmin: open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/packs');
  await settled(page);
  const total = async (query: string) => (await apiOf<{ total: number }>(page, `/v1/packs/counts?${query}`)).total;
  const filter = async (name: string) => {
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('menuitem', { name, exact: true }).click();
  };
  await filter('Model');
  await page.getByRole('radio', { name: 'NIO 75' }).check();
  await page.getByRole('button', { name: 'Apply' }).click();
  const nio = await total('model=nio-75');
  await page.getByRole('button', { name: `Model: NIO 75 · ${nio}` }).waitFor();

  await filter('SoH');
  await page.getByLabel('from', { exact: true }).fill('96');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('button', { name: /^SoH: ≥ 96 · \d/ }).waitFor();
  const both = await total('model=nio-75&sohMin=96');
  assert.ok(both > 0 && both < nio, `${both} of ${nio}`);
  await page.getByText(new RegExp(`^(${both} rows|\\d+ of ${both})$`)).waitFor();
  assert.match(page.url(), /f\.model=nio-75/);

  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByLabel('Name of the view').fill('healthy NIO');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'healthy NIO', exact: true }).waitFor();
  await isForEverybody(page);

  const shared = page.url();
  await page.goto(`${demo.http}/console/packs`);
  await settled(page);
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('button', { name: 'healthy NIO', exact: true }).click();
  await page.getByRole('button', { name: /^SoH: ≥ 96/ }).waitFor();
  assert.equal(new URL(page.url()).search, new URL(shared).search);

  const other = await open(shared.slice(shared.indexOf('/console') + '/console'.length), { locale: 'zh-CN' });
  await other.page.getByRole('button', { name: `型号: NIO 75 · ${nio}` }).waitFor();
  await other.leave();

  // One state of the strip above the list is a filter like any other.
  await page.getByRole('button', { name: /^On the road/ }).click();
  await page.getByRole('button', { name: /^State: On the road · / }).waitFor();
  await page.waitForFunction(() =>
    [...document.querySelectorAll('tbody tr[data-index]')].every((it) => it.textContent?.includes('On the road')),
  );
  assert.deepEqual(errors, []);
  await leave();
}

async function exportsEachFormat({ openAsAdmin: open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/packs?f.model=gbrc-50');
  await settled(page);
  const { total } = await apiOf<{ total: number }>(page, '/v1/packs/counts?model=gbrc-50');
  for (const [format, item] of [
    ['csv', 'CSV'],
    ['xlsx', 'Excel (XLSX)'],
    ['parquet', 'Parquet'],
  ] as const) {
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: item, exact: true }).click(),
    ]);
    assert.match(download.suggestedFilename(), new RegExp(`^packloop-packs-\\d{4}-\\d\\d-\\d\\d\\.${format}$`));
    const rows = await rowsOf(format, readFileSync((await download.path())!));
    assert.equal(rows.length, total, format);
    assert.ok(
      rows.every((it) => it.model === 'gbrc-50' && Number(it.soh_percent) > 50 && Number(it.usable_wh) >= 0),
      `${format}: ${Object.entries(rows[0]!).join(' ')}`,
    );
    assert.equal(new Set(rows.map((it) => it.code)).size, total, `${format} names each pack once`);
  }
  assert.deepEqual(errors, []);
  await leave();
}

async function judges({ own, demo, openAsAdmin: open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/packs');
  const { items } = await apiOf<Packs>(page, '/v1/packs?state=ready&limit=1');
  await page.goto(`${demo.http}/console/packs/${items[0]!.code}`);
  const decide = async (verdict: string) => {
    await page.getByRole('button', { name: 'Decide' }).click();
    await page.getByRole('menuitem', { name: verdict }).click();
  };
  await decide('Put in quarantine');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('It is handed out to nobody until somebody clears it.').waitFor();
  await dialog.getByRole('button', { name: 'Put in quarantine' }).click();
  await dialog.getByRole('alert').getByText('Refused').waitFor(); // without a reason
  await isForEverybody(page);
  await dialog.getByLabel('Why').fill('A corner is dented <b>badly</b>');
  await dialog.getByRole('button', { name: 'Put in quarantine' }).click();
  await dialog.getByText('Done: in quarantine.').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();

  const shut = page.getByRole('note').filter({ hasText: 'In quarantine' });
  await shut.getByText('A corner is dented <b>badly</b>').waitFor();
  const history = page.getByRole('region', { name: 'History from the record' });
  await history.getByText('Put in quarantine').waitFor();
  await page.getByRole('button', { name: 'Clear the quarantine' }).click();
  await dialog.getByLabel('What was found').fill('Only the paint');
  await dialog.getByRole('button', { name: 'Clear the quarantine' }).click();
  await dialog.getByText('Done: free to be handed out.').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await shut.waitFor({ state: 'hidden' });
  await history.getByText('found Only the paint').waitFor();
  assert.deepEqual(errors, []);
  await leave();

  const owner = await somebody(own.doWork, { role: 'owner', partyId: 'owner-fund' });
  const theirs = await open('/packs', { as: owner });
  await settled(theirs.page);
  await theirs.page.locator('tbody tr[data-index] a').first().click();
  await theirs.page.getByRole('region', { name: 'Custody and title' }).waitFor();
  assert.equal(await theirs.page.getByRole('button', { name: 'Decide' }).count(), 0, 'an owner judges no pack');
  assert.match(await seen(theirs.page.getByRole('region', { name: 'Custody and title' })), /owner-fund/);
  await theirs.leave();
}

async function explainsADenial({ openAsAdmin: open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/compatibility');
  await page.getByText('Choose a car and a pack').waitFor();
  await page.getByLabel('Vehicle model').selectOption('nio-et5');
  await page.getByLabel('Flawless new packs of a model').selectOption('nio-100');
  await page.getByText('4 of 12 stations fit.').waitFor();
  await page.getByText('Does not fit at 3 stations').click();
  await page.getByRole('button', { name: /^Why not at Shenzhen Nanshan/ }).click();

  await page.getByText(/^It does not fit: NIO ET5 may not leave Shenzhen Nanshan .* with NIO 100\.$/).waitFor();
  const said = await seen(page.locator('.fitting-answer > section').first());
  assert.match(said, /These 2 clauses say no; nothing else stands in the way:/);
  assert.match(said, /Is\s+555 kg\s+Must be\s+at most 450 kg\s+Clause\s+GB\/T 29772-2024 8\.5\.2/);
  assert.match(said, /nobody certified them/);
  await isForEverybody(page);

  const link = page.url().slice(page.url().indexOf('/compatibility'));
  const chinese = await open(link, { locale: 'zh-CN', colorScheme: 'dark' });
  await chinese.page.getByText(/^不兼容：NIO ET5 不可在 .* 换上 NIO 100 驶离。$/).waitFor();
  const words = await seen(chinese.page.locator('.fitting-answer > section').first());
  assert.match(words, /电池包质量不超过换电设备的承载能力[\s\S]*不超过 450 kg/);
  await isForEverybody(chinese.page);
  await chinese.leave();

  // Where it fits, the page says so; firmware that is behind is found out.
  await page.getByLabel('A station, or a type of station').selectOption('preset:nio-g3');
  await page.getByText(/^It fits: NIO ET5 may leave NIO generation 3 with NIO 100\.$/).waitFor();
  await page.getByText('Firmware and day').click();
  await page.getByLabel('Vehicle firmware').fill('0.9');
  await page.getByLabel('Vehicle firmware').press('Enter');
  await page.getByText('This one clause says no; nothing else stands in the way:').first().waitFor();
  await page.getByText("the vehicle's firmware knows this pack model").waitFor();
  assert.deepEqual(errors, []);
  await leave();
}

async function asksAboutARegisteredPack({ demo, openAsAdmin: open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/packs');
  const { items } = await apiOf<Packs>(page, '/v1/packs?model=nio-75&limit=1');
  const { code } = items[0]!;
  await page.goto(`${demo.http}/console/compatibility?vehicle=nio-et5&where=preset:nio-g3`);
  await page.getByLabel('Or packs that are registered').fill(code);
  await page.getByLabel('Or packs that are registered').press('Enter');
  await page.getByText(new RegExp(`^It (fits|does not fit): .* with ${code}\\.$`)).waitFor();
  await page.goto(`${demo.http}/console/compatibility?vehicle=nio-et5&where=preset:nio-g3&codes=NOBODY`);
  await page.getByRole('alert').first().waitFor();
  assert.match(await seen(page.locator('.fitting-answer')), /NOBODY/);
  assert.deepEqual(errors, []);
  await leave();
}

async function marksWhatIsAssumed({ openAsAdmin: open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/catalogue');
  await settled(page);
  const row = page.getByRole('row').filter({ hasText: 'choco-20-lfp' });
  assert.match(await seen(row), /≈ 300 kg/);
  await page.getByRole('button', { name: 'Station types' }).click();
  await page.getByRole('row').filter({ hasText: 'truck-bay' }).click();
  const drawer = page.getByRole('dialog', { name: 'Truck bay' });
  await drawer.getByText('CATL QIJI class').waitFor();
  assert.match(await seen(drawer), /Power limit\s+≈ 2,000 kW/);
  await isForEverybody(page);
  await drawer.getByRole('link', { name: 'What fits it?' }).click();
  await page.getByRole('heading', { level: 1, name: 'Compatibility' }).waitFor();
  assert.equal(await page.getByLabel('A station, or a type of station').inputValue(), 'preset:truck-bay');
  assert.deepEqual(errors, []);
  await leave();
}

async function goesByKeyboard({ openAsAdmin: open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/packs?f.model=firefly-42&f.state=on-road');
  const { keyboard } = page;
  await settled(page);
  const isAt = (selector: string) => page.evaluate((it) => document.activeElement?.matches(it) === true, selector);
  const tabTo = async (selector: string) => {
    for (let tabs = 0; tabs < 80 && !(await isAt(selector)); tabs++) await keyboard.press('Tab');
    assert.ok(await isAt(selector), `${selector} is reached by Tab`);
  };
  await tabTo('tr[data-index]');
  for (const row of ['1', '2']) {
    await keyboard.press('ArrowDown');
    await page.waitForFunction((it) => document.activeElement?.getAttribute('data-index') === it, row);
  }
  const code = await page.evaluate(() => document.activeElement?.querySelector('td')?.textContent);
  await keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: code! }).waitFor();

  await page.getByRole('button', { name: 'Decide' }).focus();
  await keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Recall', exact: true }).waitFor();
  await page.waitForFunction(() => document.activeElement?.matches('[role="menuitem"]'));
  await keyboard.press('ArrowDown');
  await page.waitForFunction(() => document.activeElement?.textContent === 'Recall');
  await keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why').waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  await keyboard.type('The maker calls this batch back');
  const isVerb = () => page.evaluate(() => document.activeElement?.textContent?.trim() === 'Recall');
  for (let tabs = 0; tabs < 6 && !(await isVerb()); tabs++) await keyboard.press('Tab');
  await keyboard.press('Enter');
  await dialog.getByText('Done: recalled.').waitFor();
  await keyboard.press('Enter');
  await page.getByRole('note').getByText('The maker calls this batch back').waitFor();
  await isForEverybody(page);
  assert.deepEqual(errors, []);
  await leave();
}

async function saysWhatIsNoPack({ demo, openAsAdmin: open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/packs/NOBODY');
  await page.getByText('There is no pack “NOBODY” within your reach.').waitFor();
  const script = '<img src=x onerror="window.broken = true">';
  await page.goto(`${demo.http}/console/compatibility?vehicle=${encodeURIComponent(script)}&pack=nio-100`);
  await page.getByRole('alert').waitFor();
  await page.goto(`${demo.http}/console/packs?q=${encodeURIComponent(script)}&f.model=${encodeURIComponent(script)}`);
  await page.getByText('Nothing fits these filters.').waitFor();
  assert.equal(await page.evaluate(() => 'broken' in window), false);
  assert.deepEqual(errors, []);
  await leave();
}
