// Early warning in a real browser on a really running network.
import assert from 'node:assert/strict';
import { packAlarmed, packsRested } from '#health';
import { find, packModel } from '#pack';
import type { PackCode, SlotNo, StationId } from '#units';
import { testStart } from '../work.ts';
import { isForEverybody, somebody } from './console.ts';
import { apiOf, type OneNetwork, suiteOnOneNetwork } from './oneNetwork.ts';
import { seen } from './seen.ts';

suiteOnOneNetwork('early warning in the console', {
  'says what stands against a pack': {
    'a pack that nobody heard of is calm by nobody’s word; one that runs away says so, and which probe told':
      tellsOfRunaway,
    'who looked at it clears it, in Chinese, with what he found': clears,
    'who may not judge packs sees how it stands, and no button': showsToOwners,
  },
});

let hot: PackCode;

async function tellsOfRunaway({ own, demo, openAsAdmin: open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/packs');
  const { items } = await apiOf<{ items: { code: PackCode }[] }>(page, '/v1/packs?state=standing&limit=20');
  hot = items[0]!.code;
  await page.goto(`${demo.http}/console/packs/${hot}`);
  const panel = page.getByRole('region', { name: 'Early warning' });
  await panel.getByText('No station has told yet what its cells show.').waitFor();
  assert.equal(await panel.getByRole('button', { name: 'Clear the risk' }).count(), 0);

  await own.doWork(async (work) => {
    const [pack] = await find(work, [hot]);
    const { series } = packModel(pack!.model)!;
    const seenAt = { stationId: 'SZ-01' as StationId, slotNo: 1 as SlotNo, transactionId: 'tx' };
    const cellMv = new Array<number>(series).fill(3300);
    const sample = (s: number, currentA: number, probe = 25) => ({
      ...{ at: testStart.add({ seconds: s }), currentA, voltageV: 3.3 * series, cellMv, probesC: [25, probe] },
    });
    const charge = [sample(0, 0), sample(60, 50), sample(3600, 50), sample(3660, 0), sample(5400, 0)];
    const ended = {
      kind: 'charge',
      packCode: hot,
      startedAt: testStart,
      endedAt: testStart.add({ hours: 1 }),
    } as const;
    await packsRested(work, [{ ...seenAt, ...ended, samples: charge }]);
    const rising = Array.from({ length: 10 }, (_, s) => sample(7200 + s, 0, 50 + 2 * s));
    await packAlarmed(work, { ...seenAt, packCode: hot, samples: rising });
  });
  await panel.getByText('stopped', { exact: true }).waitFor();
  const said = await seen(panel);
  assert.match(said, /Probe 2: thermal runaway by the rule of GB 38031-2025/);
  assert.match(said, /Charges and rests looked at\s+1/);
  await isForEverybody(page);
  await panel.getByRole('button', { name: 'How “Early warning” is computed' }).click();
  await page.getByRole('dialog').getByText('CUSUM', { exact: false }).first().waitFor();
  await page.keyboard.press('Escape');
  await page.reload();
  const history = page.getByRole('region', { name: 'History from the record' });
  await history.getByText('Early warning', { exact: true }).waitFor();
  assert.deepEqual(errors, []);
  await leave();
}

async function showsToOwners({ own, open }: OneNetwork): Promise<void> {
  const auditor = await somebody(own.doWork, { role: 'auditor' });
  const { page, errors, leave } = await open(`/console/packs/${hot}`, { as: auditor });
  await page.getByRole('region', { name: 'Early warning' }).getByText('calm', { exact: true }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Clear the risk' }).count(), 0);
  assert.deepEqual(errors, []);
  await leave();
}

async function clears({ openAsAdmin: open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open(`/packs/${hot}`, { locale: 'zh-CN', colorScheme: 'dark' });
  const panel = page.getByRole('region', { name: '早期预警' });
  await panel.getByText('已停用', { exact: true }).waitFor();
  await isForEverybody(page);
  await panel.getByRole('button', { name: '解除风险' }).click();
  const dialog = page.getByRole('dialog');
  await isForEverybody(page);
  await dialog.getByRole('radio', { name: '传感器损坏' }).check(); // a runaway is taken back when it was none
  await dialog.getByLabel('检查结论').fill('探头松动');
  await dialog.getByRole('button', { name: '解除风险' }).click();
  await dialog.getByText('风险已解除').waitFor();
  await dialog.getByRole('button', { name: '关闭' }).click();
  await panel.getByText('平静', { exact: true }).waitFor();
  await panel.getByText(/解除：探头松动（传感器损坏）/).waitFor();
  assert.deepEqual(errors, []);
  await leave();
}
