// Grades and the residual capacity test in a real browser on a really running network.
import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { gradePack } from '#health';
import type { PackCode } from '#units';
import { testStart } from '../work.ts';
import { isForEverybody, settled, somebody } from './console.ts';
import { apiOf, type OneNetwork, suiteOnOneNetwork } from './oneNetwork.ts';
import { seen } from './seen.ts';

interface Packs {
  readonly items: readonly { readonly code: string; readonly usableWh: number; readonly capacityWh: number }[];
}

suiteOnOneNetwork('grades in the console', {
  'are explained, and settled by a test': {
    'a pack in doubt is tested step by step by the keyboard, and is graded by what came of it': testsAPack,
    'what was not done within the limits is refused in words, and the test goes on; it can be aborted': repeatsAStep,
    'a test that failed says why in the language of its reader': saysWhyItFailed,
    'a pack out of vehicles says why in Chinese, and nobody clears it by hand': explainsAGrade,
    'who may not judge packs sees the grade, and neither button nor page of the test': showsToOwners,
  },
});

/** What a step before has judged or tested is as it left it. */
const used = new Set<string>();

/** A pack that charges, the emptiest first, for nobody is given one of them soon; another one each time. */
async function standing(page: Page): Promise<{ code: string; capacityWh: number }> {
  for (let tries = 0; tries < 120; tries++) {
    const { items } = await apiOf<Packs>(page, '/v1/packs?state=charging&sort=soc&order=asc&limit=20');
    const it = items.find(({ code }) => !used.has(code));
    if (it) {
      used.add(it.code);
      return it;
    }
    await page.waitForTimeout(500);
  }
  throw new Error('no pack charges in this network');
}

/** Goes on by Tab until it stands on something, and says on what. */
async function tabTo(page: Page, selector: string): Promise<void> {
  const isThere = () => page.evaluate((it) => document.activeElement?.matches(it) === true, selector);
  for (let tabs = 0; tabs < 60 && !(await isThere()); tabs++) await page.keyboard.press('Tab');
  assert.ok(await isThere(), `${selector} is reached by Tab`);
}

/** Fills a step in its order and sends it by Enter; answers of a choice are reached by the arrows. */
async function take(page: Page, step: string, values: readonly (string | 'first' | 'second')[]): Promise<void> {
  await page.getByRole('form', { name: step }).waitFor();
  await page.waitForFunction((it) => document.activeElement?.textContent?.includes(it), step);
  for (const it of values) {
    await page.keyboard.press('Tab');
    if (it === 'first') await page.keyboard.press('Space');
    else if (it === 'second') {
      await page.keyboard.press('Space');
      await page.keyboard.press('ArrowDown');
    } else await page.keyboard.type(it);
  }
  await page.keyboard.press('Enter');
}

async function begin(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Begin the test' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('The pack is in quarantine until the test is over.').waitFor();
  for (const button of ['Begin the test', 'Close']) {
    await page.waitForFunction((it) => {
      const at = document.activeElement;
      const isIn = at?.closest('[role="dialog"]') !== null;
      return (isIn && at?.textContent?.trim() === it) || document.querySelector('[role="dialog"] [role="alert"]');
    }, button);
    assert.deepEqual(await dialog.getByRole('alert').allInnerTexts(), []);
    await page.keyboard.press('Enter');
  }
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('heading', { name: 'Next: Look at the pack' }).focus();
}

const look = ['second', 'second', 'first'] as const;
/** What was told so far was told an hour ago: nobody rests for an hour in a test of the page. */
const anHourPasses = (own: OneNetwork['own']) =>
  own.doWork((work) =>
    sql`update health.capacity_test set started_at = started_at - interval '1 hour', steps = (
        select jsonb_agg(jsonb_set(it, '{at}', to_jsonb((it->>'at')::timestamptz - interval '1 hour')) order by n)
        from jsonb_array_elements(steps) with ordinality as s(it, n))
      where state = 'under-way'`.execute(work.db),
  );

const round = async ({ own }: OneNetwork, page: Page, ratedWh: number, share: number): Promise<void> => {
  await take(page, 'Charge it full', ['first', '25', '100']);
  await take(page, 'Let it rest', ['60', '25']);
  await page
    .getByRole('alert')
    .getByText(/cannot be 60: the step before was told/)
    .waitFor();
  await anHourPasses(own);
  await page.getByRole('button', { name: 'Take it down' }).click();
  await page.getByRole('heading', { name: 'Next: Discharge it at 1I' }).waitFor();
  await anHourPasses(own);
  const kWh = (ratedWh * share) / 1000;
  await take(page, 'Discharge it at 1I', [kWh.toFixed(3), (60 * share).toFixed(1), '25.5']);
};

async function testsAPack(network: OneNetwork): Promise<void> {
  const { own, demo, openAsAdmin: open } = network;
  const { page, errors, leave } = await open('/packs');
  const { code, capacityWh } = await standing(page);
  await own.doWork((work) =>
    gradePack(work, code as PackCode, {
      estimate: { soh: 81, lower: 78, upper: 84, level: 90, measuredAt: testStart, basis: 'simulated' },
      vetoes: [],
      resistanceRatio: 1.2,
      consistency: 1,
      historyKnown: true,
    }),
  );
  await page.goto(`${demo.http}/console/packs/${code}`);
  const grade = page.getByRole('region', { name: 'Grade', exact: true });
  await grade.getByText('Test required', { exact: true }).waitFor();
  await grade.getByText('Vehicle: 78 to 84 % lies across the limit of 80 %; a test will tell.').waitFor();
  await isForEverybody(page);
  await tabTo(page, 'a[href$="/test"]');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: code }).waitFor();
  await settled(page);
  await isForEverybody(page);

  await begin(page);
  await take(page, 'Look at the pack', look);
  await take(page, 'Measure the insulation', ['720']);
  await take(page, 'Read the cell voltages', ['3.28', '3.3']);
  await page.getByText('Round 1 of 5 at most').waitFor();
  await isForEverybody(page);
  for (const share of [0.83, 0.832, 0.834]) await round(network, page, capacityWh, share);
  await page.getByText('The test is over').waitFor();
  await page.getByText(/SoH 83\.2 % \(82\.1 to 84\.3 %\)/).waitFor();
  await grade.getByText('Vehicle', { exact: true }).waitFor();
  await grade.getByText('residual capacity test').waitFor();
  await grade.getByText('Grades before: 1').waitFor();
  const measured = await seen(page.getByRole('region', { name: 'Measured so far' }));
  assert.match(measured, /Is it swollen\? no[\s\S]*Insulation \(ohm\/V\) 720[\s\S]*Discharges[\s\S]*83\.4 % of/);
  await isForEverybody(page);

  await page.getByRole('button', { name: 'How “Result” is computed' }).click();
  await page.getByRole('dialog').getByText('Student’s t').waitFor();
  await page.keyboard.press('Escape');
  await page.goto(`${demo.http}/console/packs/${code}`);
  const history = page.getByRole('region', { name: 'History from the record' });
  await history.getByText('Capacity test over', { exact: true }).waitFor();
  assert.equal(await page.getByRole('note').filter({ hasText: 'In quarantine' }).count(), 0);
  assert.deepEqual(errors, []);
  await leave();
}

async function repeatsAStep({ demo, openAsAdmin: open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/packs');
  const { code } = await standing(page);
  await page.goto(`${demo.http}/console/packs/${code}/test`);
  await settled(page);
  await begin(page);
  await take(page, 'Look at the pack', look);
  await take(page, 'Measure the insulation', ['720']);
  await take(page, 'Read the cell voltages', ['3.28', '3.3']);
  await take(page, 'Charge it full', ['first', '31', '100']);
  const refusal = page.getByRole('alert');
  await refusal.getByText(/temperatureC must be 23 to 27 °C/).waitFor();
  await isForEverybody(page);
  await page.getByLabel('Temperature around it (°C)').fill('26');
  await page.getByRole('button', { name: 'Take it down' }).click();
  await page.getByRole('heading', { name: 'Next: Let it rest' }).waitFor();

  const chinese = await open(`/packs/${code}/test`, { locale: 'zh-CN', colorScheme: 'dark' });
  await chinese.page.getByRole('heading', { name: '下一步：静置' }).waitFor();
  await chinese.page.getByText('不少于 60 分钟').waitFor();
  await isForEverybody(chinese.page);
  await chinese.leave();

  await page.getByRole('button', { name: 'Abort the test' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why').fill('The chamber broke');
  await dialog.getByRole('button', { name: 'Abort the test' }).click();
  await dialog.getByText('The test was aborted.').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByText('The chamber broke').waitFor();
  await page.getByRole('button', { name: 'Begin the test' }).waitFor();
  assert.deepEqual(errors, []);
  await leave();
}

async function saysWhyItFailed({ demo, openAsAdmin: open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/packs');
  const { code } = await standing(page);
  await page.goto(`${demo.http}/console/packs/${code}/test`);
  await settled(page);
  await begin(page);
  await take(page, 'Look at the pack', look);
  await take(page, 'Measure the insulation', ['40']);
  await page.getByText('Its insulation is 40 ohm/V: too little.').waitFor();
  const chinese = await open(`/packs/${code}/test`, { locale: 'zh-CN' });
  await chinese.page.getByText('绝缘电阻为 40 Ω/V，过低。').waitFor();
  await isForEverybody(chinese.page);
  await chinese.leave();
  assert.deepEqual(errors, []);
  await leave();
}

async function explainsAGrade({ own, demo, openAsAdmin: open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/packs', { locale: 'zh-CN' });
  const { code } = await standing(page);
  await own.doWork((work) =>
    gradePack(work, code as PackCode, {
      estimate: { soh: 72, lower: 70, upper: 74, level: 90, measuredAt: testStart, basis: 'simulated' },
      vetoes: ['insulation'],
      resistanceRatio: 2.4,
      consistency: null,
      historyKnown: true,
    }),
  );
  await page.goto(`${demo.http}/console/packs/${code}`);
  const grade = page.getByRole('region', { name: '分级', exact: true });
  await grade.getByText('回收', { exact: true }).waitFor();
  assert.match(await seen(grade), /安全否决：内阻远高于新电池包。\s+安全否决：绝缘失效。/);
  await isForEverybody(page);
  await page.getByRole('button', { name: '解除隔离' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('检查结论').fill('看起来没有问题');
  await dialog.getByRole('button', { name: '解除隔离' }).click();
  await dialog.getByText('此电池的分级不允许再用于车辆', { exact: false }).waitFor();
  assert.deepEqual(errors, []);
  await leave();
}

async function showsToOwners({ own, open }: OneNetwork): Promise<void> {
  const owner = await somebody(own.doWork, { role: 'owner', partyId: 'owner-fund' });
  const { page, errors, leave } = await open('/console/packs', { as: owner });
  await settled(page);
  await page.locator('tbody tr[data-index] a').first().click();
  await page.getByRole('region', { name: 'Grade', exact: true }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Capacity test' }).count(), 0);
  await page.goto(`${page.url()}/test`);
  await page.locator('h1').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Begin the test' }).count(), 0);
  assert.deepEqual(errors, []);
  await leave();
}
