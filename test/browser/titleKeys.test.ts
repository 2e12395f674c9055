// An organisation gets a key by the console, signs with it there, and ends it; its shares stand on the property page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { register } from '#pack';
import { signedNote } from '#record/log';
import type { PartyId } from '#units';
import { giveKeys, signingKeyOf } from '../../src/pack/title/testing.ts';
import { enteringPack, packCode } from '../seed.ts';
import { isForEverybody, settled } from './console.ts';
import { type OneNetwork, suiteOnOneNetwork } from './oneNetwork.ts';

suiteOnOneNetwork('keys and shares in the console', {
  'of an organisation': {
    'a key is made in the browser, registered, signs a transfer, and is ended': makesSignsEnds,
    'its shares stand on the property page, with what they brought in': seesShares,
  },
});

const code = packCode(9_999_077);
const [pearl, corridor] = ['op-pearl', 'op-corridor'] as const;

async function makesSignsEnds({ own, openAsAdmin }: OneNetwork): Promise<void> {
  await own.doWork(async (work) => {
    const owners = [{ party: pearl as PartyId, millionths: 1_000_000 }];
    await register(work, [enteringPack({ code, holder: `party:${pearl}`, owners })]);
    await giveKeys(work, pearl);
  });
  const { page, errors, leave } = await openAsAdmin('/title-keys');
  await page.getByRole('button', { name: 'Register a key' }).click();
  const form = page.getByRole('dialog');
  assert.ok(await form.getByRole('button', { name: 'Make a new key' }).isDisabled(), 'for whom?');
  await form.getByLabel('Organisation').fill(corridor);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    form.getByRole('button', { name: 'Make a new key' }).click(),
  ]);
  assert.equal(download.suggestedFilename(), `${corridor}-title.key`);
  const file = readFileSync((await download.path())!);
  const publicKey = await form.getByLabel('Public key').inputValue();
  assert.match(publicKey, /^op-corridor\/title\+[0-9a-f]{8}\+/);
  await isForEverybody(page);
  await form.getByRole('button', { name: 'Register a key' }).click();
  await form.getByText(`${corridor} signs with this key from now on.`).waitFor();
  await form.getByRole('button', { name: 'Close' }).click();
  await form.waitFor({ state: 'detached' });
  const row = page.getByRole('row').filter({ hasText: publicKey });
  await row.getByText('Counts').waitFor();

  await page.goto(new URL(`/console/packs/${code}/title`, page.url()).href);
  await settled(page);
  const bench = page.getByRole('region', { name: 'Make or sign an act' });
  await bench.getByRole('button', { name: 'Transfer a share', exact: true }).click();
  for (const [label, text] of [
    ['From (organisation)', pearl],
    ['To (organisation)', corridor],
    ['Share of the pack in %', '25'],
  ] as const)
    await bench.getByLabel(label).fill(text);
  await bench.getByRole('button', { name: 'Prepare the text' }).click();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    bench.getByRole('button', { name: 'Save the text' }).click(),
  ]);
  const note = await signedNote(signingKeyOf(pearl), readFileSync((await saved.path())!, 'utf8'));
  await bench
    .getByLabel('Signed notes, as files')
    .setInputFiles([{ name: 'pearl.txt', mimeType: 'text/plain', buffer: Buffer.from(note) }]);
  await bench.getByText('Sign here with a key file').click();
  await bench
    .getByLabel('Key file of your organisation')
    .setInputFiles([{ name: 'corridor.key', mimeType: 'text/plain', buffer: file }]);
  await bench.getByRole('button', { name: 'Deliver' }).click();
  const asked = page.getByRole('dialog');
  await asked.getByRole('button', { name: 'Deliver' }).click();
  await asked.getByRole('button', { name: /Close/ }).click();
  await page.getByRole('row', { name: /op-corridor 25 % 250,000/ }).waitFor();

  await page.goto(new URL('/console/title-keys', page.url()).href);
  await row.getByRole('button', { name: 'End' }).click();
  const end = page.getByRole('dialog');
  await end.getByText(/cannot be undone/).waitFor();
  await end.getByRole('button', { name: 'End' }).click();
  await end.getByText('The key is ended.').waitFor();
  await end.getByRole('button', { name: 'Close' }).click();
  await row.getByText('Ended').first().waitFor();
  assert.equal(await row.getByRole('button', { name: 'End' }).count(), 0);
  assert.deepEqual(errors, []);
  await leave();
}

async function seesShares({ openAsAdmin }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await openAsAdmin(`/property?search=${code}`);
  const shares = page.getByRole('region', { name: 'Shares' });
  await shares.getByText('25.00 %').waitFor();
  await shares.getByText('75.00 %').waitFor();
  const profit = page.getByRole('region', { name: 'Profit and loss' });
  await profit.getByText('which is assumed').waitFor();
  await profit.getByLabel('From').fill('2020-01-01');
  await profit.getByLabel('Until and with').fill('2020-01-02');
  await profit.getByText('Nobody earned, spent or owned anything in this period.').waitFor();
  await profit.getByLabel('From').fill('2020-01-05');
  await profit.getByText(/ends after it begins/).waitFor();
  await isForEverybody(page);
  await shares.getByText(code).first().click();
  await page.waitForURL(/\/title$/);
  assert.deepEqual(errors, []);
  await leave();
}
