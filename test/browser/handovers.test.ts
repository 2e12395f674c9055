// Two operators hand a pack over in a real browser on a really running network; their keys stay on their own machines.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { register } from '#pack';
import { signedNote } from '#record/log';
import { readPartyKeys, readPolicy, utf8, verifyHandover } from '#record/verify';
import type { PartyId } from '#units';
import { giveKeys, signingKeyOf } from '../../src/pack/title/testing.ts';
import { signatureLine } from '../../src/record/log/keys.ts';
import { enteringPack, packCode } from '../seed.ts';
import { isForEverybody, settled } from './console.ts';
import { apiOf, type OneNetwork, suiteOnOneNetwork } from './oneNetwork.ts';

suiteOnOneNetwork('hand-overs', {
  'of a pack between two operators': {
    'are prepared, signed, disputed with both versions beside each other, and settled by a certificate that holds offline':
      handsOver,
    'are read in Chinese on a telephone, in the dark': readsInChinese,
  },
});

const code = packCode(9_999_001);
const [giver, receiver] = ['op-pearl', 'op-corridor'] as const;

/** Presses a button that gives a file. */
async function fileFrom(page: Page, button: Locator): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return readFileSync((await download.path())!, 'utf8');
}

/** As both do at their own desks. */
async function signed(text: string, ...by: readonly string[]): Promise<string> {
  const [first, ...others] = by;
  const lines = await Promise.all(others.map((it) => signatureLine(signingKeyOf(it), text)));
  return (await signedNote(signingKeyOf(first!), text)) + lines.join('');
}

async function prepared(page: Page, says: Readonly<Record<string, string>>, verb: string): Promise<string> {
  const dialog = page.getByRole('dialog');
  for (const [label, text] of Object.entries(says)) await dialog.getByLabel(label).fill(text);
  await dialog.getByRole('button', { name: verb }).click();
  const text = await fileFrom(page, dialog.getByRole('button', { name: 'Save the text' }));
  await dialog.getByRole('button', { name: 'Close' }).click();
  return text;
}

async function brought(page: Page, panel: Locator, note: string, says: RegExp): Promise<void> {
  await panel.getByRole('button', { name: 'Deliver what was signed' }).click();
  const dialog = page.getByRole('dialog');
  const file = { name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from(note) };
  await dialog.getByLabel('From a file').setInputFiles(file);
  await page.waitForFunction(() =>
    document.querySelector<HTMLTextAreaElement>('.act textarea')?.value.includes('\n\n— '),
  );
  await dialog.getByRole('button', { name: 'Deliver what was signed' }).click();
  await dialog.getByText(says).waitFor();
  await dialog.getByRole('button', { name: /Close|Cancel/ }).click();
  await dialog.waitFor({ state: 'detached' });
}

const offer = {
  'Organisation that takes it over (its id)': receiver,
  Where: 'Yard 3, Shenzhen',
  'Damage, one on each line; no names of people': 'scratch on the left\n',
};

async function handsOver({ own, demo, openAsAdmin }: OneNetwork): Promise<void> {
  await own.doWork(async (work) => {
    const owners = [{ party: giver as PartyId, millionths: 1_000_000 }];
    await register(work, [enteringPack({ code, holder: `party:${giver}`, owners })]);
    await giveKeys(work, giver, receiver);
  });
  const { page, errors, leave } = await openAsAdmin(`/packs/${code}`);
  const panel = page.getByRole('region', { name: 'Hand-overs' });
  await panel.getByText('This pack has not been handed over by certificate.').waitFor();

  await panel.getByRole('button', { name: 'Prepare a hand-over' }).click();
  const text = await prepared(page, offer, 'Prepare a hand-over');
  assert.deepEqual(JSON.parse(text).state.damage, ['scratch on the left']);
  await brought(page, panel, await signed(text, 'eve'), /has signed this/);
  await brought(page, panel, await signed(text, giver), /waits for the signature of op-corridor/);
  const article = panel.getByRole('article').first();
  await article.getByText('Waits for a signature').waitFor();

  await article.getByRole('button', { name: 'Dispute' }).click();
  const says = {
    'Why it is not as offered': 'the case is dented',
    'State of health in % (as offered when empty)': '91',
  };
  const other = await prepared(page, says, 'Prepare another version');
  await brought(page, panel, await signed(other, receiver), /Both versions are kept/);
  await article.getByText('op-corridor did not take it over: the case is dented').waitFor();
  await article.getByRole('cell', { name: /^91(\.0)? %/ }).waitFor();
  await settled(page);
  await isForEverybody(page);

  await panel.getByRole('button', { name: 'Prepare a hand-over' }).click();
  const agreed = await prepared(page, offer, 'Prepare a hand-over');
  await brought(page, panel, await signed(agreed, giver, receiver), /the pack has changed hands/);
  const done = panel.getByRole('article').filter({ hasText: 'Certified' });
  await done.waitFor();
  await panel.getByText('Settled by a later certificate.').waitFor();
  const { items } = await apiOf<{ items: { id: string; state: string }[] }>(page, `/v1/packs/${code}/handovers`);
  const { id } = items.find((it) => it.state === 'certified')!;
  // Its place in the log comes within a second.
  await page.waitForFunction(async (path) => (await fetch(path)).ok, `/v1/packs/${code}/handovers/${id}/certificate`);
  const certificate = await fileFrom(page, done.getByRole('button', { name: 'Certificate' }));
  const keys = await fileFrom(page, done.getByRole('button', { name: 'Keys of both sides' }));
  const policy = await readPolicy(utf8(await (await page.request.get(`${demo.http}/log/policy`)).text()));
  const held = await verifyHandover(utf8(certificate), { policy, parties: await readPartyKeys(keys) });
  assert.deepEqual([held.statement.from, held.statement.to, held.statement.pack], [giver, receiver, code]);
  await isForEverybody(page);
  assert.deepEqual(errors, []);
  await leave();
}

async function readsInChinese({ openAsAdmin }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await openAsAdmin(`/packs/${code}`, { locale: 'zh-CN', colorScheme: 'dark' });
  await page.setViewportSize({ width: 390, height: 844 });
  const panel = page.getByRole('region', { name: '交接' });
  await panel.getByText('已生效').waitFor();
  await panel.getByText(/op-corridor 没有接收：the case is dented/).waitFor();
  await settled(page);
  await isForEverybody(page);
  const isWider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  assert.equal(isWider, false);
  assert.deepEqual(errors, []);
  await leave();
}
