// Stations, swaps and anomalies of the console in a real browser, with a real server and a station that the test leads.
import assert from 'node:assert/strict';
import { after, before, suite, type TestContext, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { swapReads } from '#insight/api';
import { makeKey } from '#party';
import { register } from '#station';
import type { PartyId, StationId, SwapId } from '#units';
import { buildWeb } from '../../web/build.ts';
import type { callRoute } from '../../web/shared/client.ts';
import { formatsFor } from '../../web/shared/formats.ts';
import { type OwnDatabase, ownDatabase } from '../database.ts';
import { cardOf, packCode, smallNetwork, st1 } from '../seed.ts';
import { type ServerProcess, startServerProcess } from '../server.ts';
import { testStart } from '../work.ts';
import { launchChromium } from './chromium.ts';
import { isForEverybody, type SomePerson, settled, somebody, type Visit, visit } from './console.ts';
import { StationPuppet } from './stationPuppet.ts';

const TIMEOUT = 600_000;
const script = '<img src=x onerror="window.broken = true">';
const away = 'ST-2';
const realStartMs = Date.now();
const now = () => testStart.add({ milliseconds: Date.now() - realStartMs }).toString();

let browser: Browser;
let own: OwnDatabase;
let server: ServerProcess;
let station: StationPuppet;
let password: string;
let dispatcher: SomePerson;
/** The swap that was asked for from the console. */
let swapId: SwapId;

const open = (path: string, how: Visit = {}) => visit(browser, server.http, path, { as: dispatcher, ...how });
const textOf = async (it: Locator): Promise<string> => (await it.allTextContents()).join('\n');

suite('stations and swaps in a browser', { timeout: TIMEOUT }, () => {
  before(async () => {
    await buildWeb();
    browser = await launchChromium();
  });
  after(() => browser.close());

  test(
    'an operator runs a station from the console',
    { timeout: TIMEOUT },
    onOneNetwork({
      'a station is found and opened by keyboard; every slot is reached and told in words': findsAStation,
      'a swap is asked for by keyboard, cannot be cancelled once a pack has moved, and is watched to its end':
        asksForASwap,
      'a swap page shows every step, the bill, and the transfers behind it': readsASwap,
      'what speaks against a swap is explained by its rule, in both languages': explainsRefusals,
      'a command says what will happen, then what the station answered': commandsAStation,
      'a station that does not answer is told apart, with what to do': meetsSilence,
      'messages stand with their answers, filtered by action': readsMessages,
      'a stranger at the door comes up under the anomalies, with what to do': seesAnAnomaly,
      'a reservation that is in the queue is cancelled from its page': cancels,
      'a station is put into a region, and a wrong region is refused in words': changesAStation,
      'a station that is away says so, and a name that is a script is a name': showsOneThatIsAway,
    }),
  );
});

function onOneNetwork(steps: Readonly<Record<string, () => Promise<void>>>) {
  return async (context: TestContext) =>
    await ownDatabase(async (it) => {
      own = it;
      await startNetwork();
      try {
        for (const [name, step] of Object.entries(steps)) await context.test(name, { timeout: 180_000 }, step);
      } finally {
        station.stop();
        await server.kill();
      }
    })();
}

/** ST-1 with three full packs, two drivers; ST-2 without a pack or a connection, of a strange name. */
async function startNetwork(): Promise<void> {
  password = await own.doWork(async (work) => {
    const password = await smallNetwork(work);
    await register(
      work,
      [
        {
          id: away as StationId,
          name: script,
          operatorId: 'op' as PartyId,
          presetId: 'cabinet-12' as never,
          place: { latitude: 22.6, longitude: 114.1 },
          timeZone: 'Asia/Shanghai',
          swapOrder: 'In-Out',
          securityProfile: 1,
        },
      ],
      (size) => Buffer.alloc(size, 8),
    );
    return password;
  });
  dispatcher = await somebody(own.doWork, { role: 'admin' });
  server = await startServerProcess({
    databaseUrl: own.url,
    env: { CLOCK_SPEED: '1', CLOCK_START: now() },
  });
  station = await StationPuppet.start({ ocpp: server.ocpp, id: st1, password, now });
}

/** Tab as often as it takes, as somebody without a mouse would. */
async function tabTo(page: Page, it: Locator): Promise<void> {
  const isThere = () => it.evaluate((element) => element === document.activeElement).catch(() => false);
  for (let tabs = 0; tabs < 80 && !(await isThere()); tabs++) await page.keyboard.press('Tab');
  assert.ok(await isThere(), `${it} is reached by Tab`);
}

async function findsAStation(): Promise<void> {
  const { page, errors, leave } = await open('/console/stations');
  const { keyboard } = page;
  await page.getByRole('row', { name: /Station 1/ }).waitFor();
  await page.getByRole('searchbox', { name: 'Search' }).focus();
  await keyboard.type('station 1');
  const row = page.locator('tbody tr[data-index]');
  await page.waitForFunction(() => document.querySelectorAll('tbody tr[data-index]').length === 1);
  await row.getByText('3 of 21').waitFor();
  await tabTo(page, row);
  await keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Station 1' }).waitFor();

  const slot = (no: number) => page.locator(`[data-slot="${no}"]`);
  await tabTo(page, slot(1));
  assert.match((await slot(1).getAttribute('aria-label'))!, /^Slot 1, ready.*State of charge 90%/);
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  const inFull = page.getByRole('region', { name: 'Slot 2' });
  assert.match(await textOf(inFull), new RegExp(packCode(2)));
  assert.match((await slot(4).getAttribute('aria-label'))!, /^Slot 4, empty/);
  await page.getByRole('button', { name: 'How “Packs ready” is computed' }).press('Enter');
  await page.getByRole('dialog').filter({ hasText: 'SoC ≥ 80 %' }).waitFor();
  await keyboard.press('Escape');
  await isForEverybody(page);
  assert.deepEqual(errors, []);
  await leave();
}

async function asksForASwap(): Promise<void> {
  const list = await open('/console/swaps', { locale: 'zh-CN', colorScheme: 'dark' });
  await list.page.getByText('尚无换电').waitFor();
  const { page, errors, leave } = await open(`/console/stations/${st1}`);
  const { keyboard } = page;
  await settled(page);
  await tabTo(page, page.getByRole('button', { name: 'Request a swap' }));
  await keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Request a swap' });
  await page.waitForFunction(() => document.activeElement?.tagName === 'INPUT');
  await keyboard.type(cardOf(1));
  await dialog.getByText('Driver 1').waitFor();
  await keyboard.press('Enter');
  await dialog.getByText(/At the most/).waitFor();
  await isForEverybody(page);
  // What sets money aside has the focus only now, and says so.
  const send = dialog.getByRole('button', { name: 'Request the swap' });
  await page.waitForFunction(() => document.activeElement?.textContent === 'Request the swap');
  await send.press('Enter');

  const asked = await station.askedToSwap();
  const state = dialog.locator('.headline-state .state').first();
  const sees = (words: string) => state.filter({ hasText: words }).waitFor();
  await sees('Authorised');
  await dialog.getByText('done: Accepted').waitFor();
  const { requestId } = asked;
  for (const [step, words] of [
    ['Arrived', 'Authorised'],
    ['Positioned', 'Positioned'],
    ['LockedOut', 'High voltage locked out'],
    ['Removed', 'Pack removed'],
  ] as const) {
    await station.step(requestId, step);
    await sees(words);
  }
  await station.battery('BatteryIn', asked, { slot: 4, serial: packCode(101), soC: 12 });
  await sees('Pack stored');
  await dialog.getByText('the robot to fetch the charged pack').waitFor();
  await cannotCancel((await dialog.getByRole('link', { name: 'Open the swap' }).getAttribute('href'))!);
  const [from] = asked.customData.promisedSlots as [number];
  await station.step(requestId, 'Picked');
  await station.battery('BatteryOut', asked, { slot: from, serial: packCode(from), soC: 90 });
  await sees('Pack installed');
  for (const [check, value] of [
    ['Locks', 1],
    ['Torque', 100],
    ['Interlock', 1],
    ['Insulation', 900],
    ['Coolant', 0.1],
    ['Mating', 50],
  ] as const)
    await station.check(requestId, check, value);
  await station.released();
  await sees('Settled');
  await station.step(requestId, 'Released');
  await sees('Released');

  await list.page.getByRole('row', { name: /已放行/ }).waitFor();
  assert.deepEqual(list.errors, []);
  await list.leave();
  await dialog.getByRole('link', { name: 'Open the swap' }).press('Enter');
  await page.waitForURL(/\/swaps\/[0-9a-f-]{36}$/);
  swapId = page.url().split('/').at(-1) as SwapId;
  assert.deepEqual(errors, []);
  await leave();
}

async function cannotCancel(address: string): Promise<void> {
  const { page, leave } = await open(address);
  await page.getByRole('button', { name: 'Cancel the swap …' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the swap', exact: true }).click();
  const refusal = page.getByRole('alert').filter({ hasText: 'A pack has moved already' });
  await refusal.getByText('Finish the swap at the station.').waitFor();
  await isForEverybody(page);
  await leave();
}

async function readsASwap(): Promise<void> {
  const key = await own.doWork((work) =>
    makeKey(work, { name: 'test', scopes: ['read', 'admin'], random: Buffer.alloc(32, 3) }),
  );
  const reply = await fetch(`${server.http}${swapReads.story.path.replace(':swapId', swapId)}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  const story = (await reply.json()) as Awaited<ReturnType<typeof callRoute<typeof swapReads.story>>>;
  assert.equal(story.swap.state, 'released');
  const { page, errors, leave } = await open(`/console/swaps/${swapId}`, { colorScheme: 'dark' });
  const { yuan, energy } = formatsFor('en');
  await page.getByRole('region', { name: 'Bill', exact: true }).first().waitFor();
  const bill = await textOf(page.getByRole('table', { name: 'Bill' }));
  for (const line of story.swap.bill!.lines) assert.ok(bill.includes(yuan(line.amount)), bill);
  assert.ok(bill.includes(yuan(story.swap.bill!.total)) && bill.includes(energy(story.swap.bill!.netWh)), bill);
  const steps = await textOf(page.getByRole('table', { name: 'Steps' }));
  for (const words of ['Pack removed', 'Pack installed', 'Settled', 'Released'])
    assert.ok(steps.includes(words), steps);
  const checks = await textOf(page.getByRole('table', { name: 'Safety checks' }));
  assert.match(checks, /Torque of the bolts100 N·m80 to 120 N·mpassed/);
  const rows = page.getByRole('table', { name: 'Transfers in the ledger' }).locator('tbody tr');
  assert.equal(await rows.count(), story.transfers.length);
  assert.equal(
    story.shares.reduce((sum, it) => sum + it.fen, 0),
    story.swap.bill!.total,
  );
  for (const it of story.shares)
    assert.ok((await textOf(page.getByRole('table', { name: 'Who gets what' }))).includes(yuan(it.fen)));
  await isForEverybody(page);
  assert.deepEqual(errors, []);
  await leave();
}

async function explainsRefusals(): Promise<void> {
  const english = await open(`/console/stations/${away}`);
  await ask(english.page, ['Request a swap', 'Driver’s token', 'See what the driver would get'], cardOf(2));
  const refusal = english.page.getByRole('alert').filter({ hasText: 'No pack stands free' });
  await refusal.waitFor();
  assert.match(
    await textOf(refusal),
    /A pack is free when it stands in a slot.*no pack stands free.*Try another station.*no-pack/s,
  );
  await isForEverybody(english.page);
  await english.leave();

  const chinese = await open(`/console/stations/${st1}`, { locale: 'zh-CN', colorScheme: 'dark' });
  await ask(chinese.page, ['发起换电', '司机凭证', '查看司机将获得什么'], 'nobody-has-this');
  await chinese.page.getByRole('alert').filter({ hasText: '凭证未登记' }).waitFor();
  await isForEverybody(chinese.page);
  await chinese.leave();
}

async function ask(page: Page, [button, field, check]: readonly [string, string, string], token: string) {
  await page.getByRole('button', { name: button }).first().click();
  const dialog = page.getByRole('dialog', { name: button });
  await dialog.getByLabel(field).fill(token);
  await dialog.getByRole('button', { name: check }).click();
}

async function changesAStation(): Promise<void> {
  const { page, errors, leave } = await open(`/console/stations/${st1}`);
  const facts = page.getByRole('region', { name: 'About the station' });
  await facts.getByRole('button', { name: 'Change' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Region').fill('two words');
  await isForEverybody(page);
  await dialog.getByRole('button', { name: 'Change' }).click();
  await dialog.getByRole('alert').getByText('region').waitFor();
  await dialog.getByLabel('Region').fill('CN-GD-SZ');
  await dialog.getByRole('button', { name: 'Change' }).click();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await facts.getByText('CN-GD-SZ').waitFor();
  assert.deepEqual(errors, []);
  await leave();
}

async function commandsAStation(): Promise<void> {
  const { page, errors, leave } = await open(`/console/stations/${st1}?tab=commands`);
  await page.getByRole('button', { name: /Read a variable/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Next' }).click();
  await dialog.getByText('This is needed.').first().waitFor();
  await isForEverybody(page);
  await dialog.getByLabel('Component', { exact: true }).fill('OCPPCommCtrlr');
  await dialog.getByLabel('Variable', { exact: true }).fill('HeartbeatInterval');
  await dialog.getByRole('button', { name: 'Next' }).click();
  await dialog.getByText('Nothing changes there.').waitFor();
  await dialog.getByRole('button', { name: 'Send to the station' }).click();
  await dialog.getByText('done: Accepted').waitFor();
  assert.match(await textOf(dialog), /OCPPCommCtrlr\.HeartbeatInterval = 300/);
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await page.getByText('Read a variable (GetVariables)').waitFor();
  assert.deepEqual(errors, []);
  await leave();
}

async function meetsSilence(): Promise<void> {
  station.deaf.add('Reset');
  const { page, errors, leave } = await open(`/console/stations/${st1}?tab=commands`);
  await page.getByRole('button', { name: /Restart the station/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Next' }).click();
  await dialog.getByText('The station restarts.').waitFor();
  await isForEverybody(page);
  await dialog.getByRole('button', { name: 'Send to the station' }).click();
  await dialog.getByText('sent, waiting for the answer').waitFor();
  await dialog.getByText('the station does not answer').waitFor();
  await dialog.getByText(/Whether it acted is not known.*call the site/s).waitFor();
  assert.deepEqual(errors, []);
  await leave();
}

async function readsMessages(): Promise<void> {
  const { page, errors, leave } = await open(`/console/stations/${st1}?tab=messages&m.f.action=BatterySwap`);
  const rows = page.locator('tbody tr[data-index]');
  await page.waitForFunction(() => document.querySelectorAll('tbody tr[data-index]').length === 2);
  await rows.first().click();
  const drawer = page.getByRole('dialog');
  assert.match(await textOf(drawer), new RegExp(`"serialNumber": "${packCode(3)}|${packCode(1)}|${packCode(2)}`));
  await drawer.getByRole('region', { name: 'Answer' }).waitFor();
  await isForEverybody(page);
  assert.deepEqual(errors, []);
  await leave();
}

async function seesAnAnomaly(): Promise<void> {
  const { page, errors, leave } = await open('/console/anomalies', { locale: 'zh-CN' });
  await settled(page);
  for (let times = 0; times < 3; times++)
    await StationPuppet.start({ ocpp: server.ocpp, id: st1, password: 'wrong', now }).catch(() => {});
  const row = page.getByRole('row', { name: /凭证错误/ });
  await row.filter({ hasText: '3 次' }).waitFor();
  await row.click();
  const drawer = page.getByRole('dialog', { name: '凭证错误' });
  await drawer.getByText('核对站点设置').waitFor();
  await drawer.getByRole('link', { name: /ST-1/ }).waitFor();
  await isForEverybody(page);
  assert.deepEqual(errors, []);
  await leave();
}

async function cancels(): Promise<void> {
  const key = await own.doWork((work) =>
    makeKey(work, { name: 'phone', scopes: ['drive'], random: Buffer.alloc(32, 4) }),
  );
  const reply = await fetch(`${server.http}/v1/stations/${st1}/reservations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': 'reserve-2' },
    body: JSON.stringify({
      idToken: cardOf(2),
      arriveBy: Temporal.Instant.from(now()).add({ minutes: 20 }).toString(),
    }),
  });
  const swap = (await reply.json()) as { id: string };
  assert.equal(reply.status, 200, JSON.stringify(swap));
  const { page, errors, leave } = await open(`/console/stations/${st1}`);
  await page.getByRole('region', { name: 'Queue' }).getByText('expected').click();
  await page.waitForURL(/\/swaps\//);
  await page.getByRole('button', { name: 'Cancel the swap …' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the swap', exact: true }).click();
  await page.getByText('The swap is cancelled; nothing was charged.').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.locator('.headline-state').filter({ hasText: 'Cancelled' }).waitFor();
  assert.deepEqual(errors, []);
  await leave();
}

async function showsOneThatIsAway(): Promise<void> {
  const { page, errors, leave } = await open(`/console/stations/${away}?tab=commands`);
  await page.getByRole('heading', { level: 1, name: script }).waitFor();
  await page.getByText('The station is not connected.').first().waitFor();
  await page.getByRole('button', { name: /Take out of use/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Next' }).click();
  await dialog.getByText('the command waits, and goes out if it comes back in time').waitFor();
  await dialog.getByRole('button', { name: 'Send to the station' }).click();
  await dialog.getByText('waiting to be sent').waitFor();
  await dialog.getByText('It goes out as soon as the station is connected').waitFor();
  await page.goto(`${server.http}/console/stations`);
  await page.getByRole('row', { name: /<img/ }).getByText('Offline').waitFor();
  await page.goto(`${server.http}/console/stations/no-such-station`);
  await page.getByText('There is no station “no-such-station” within your reach.').waitFor();
  assert.equal(await page.evaluate(() => 'broken' in window), false);
  assert.deepEqual(errors, []);
  await leave();
}
