// Owners make, sign and deliver acts of title in a real browser on a really running network.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { register } from '#pack';
import { privateKeyLine, signedNote, signingKey, verifierKey } from '#record/log';
import type { PartyId } from '#units';
import { type Statement, statementText } from '../../src/pack/title/statement.ts';
import { addKey } from '../../src/pack/title/store.ts';
import { giveKeys, signingKeyOf } from '../../src/pack/title/testing.ts';
import { enteringPack, packCode } from '../seed.ts';
import { isForEverybody, settled } from './console.ts';
import { apiOf, type OneNetwork, suiteOnOneNetwork } from './oneNetwork.ts';
import { seen } from './seen.ts';

suiteOnOneNetwork('title in the console', {
  'of a pack with several owners': {
    'a share is transferred: prepared, signed by one at his desk and by one in his browser, kept over a reload, delivered':
      transfers,
    'the owners are asked and vote; a text that others have overtaken is prepared anew': asksAndVotes,
    'what somebody sent is explained before it is signed, and what is no such note is told in words': bringsANote,
    'what the rules of title forbid is refused before anybody signs it': refusesEarly,
    'is read in Chinese on a telephone, in the dark': readsInChinese,
  },
});

const code = packCode(9_999_002);
const [pearl, bank, corridor] = ['op-pearl', 'bank-south', 'op-corridor'] as const;
const seed = new Uint8Array(32).fill(9);
const keyFile = { name: 'corridor.key', mimeType: 'text/plain' };

async function fileFrom(page: Page, button: Locator): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return readFileSync((await download.path())!, 'utf8');
}

const benchOf = (page: Page) => page.getByRole('region', { name: 'Make or sign an act' });

/** At his own desk. */
const signedBy = async (party: string, text: string) => signedNote(signingKeyOf(party), text);

async function prepared(page: Page, kind: string, says: Readonly<Record<string, string>>): Promise<string> {
  const bench = benchOf(page);
  const putAway = bench.getByRole('button', { name: 'Put away' });
  if (await putAway.isVisible()) await putAway.click();
  await bench.getByRole('button', { name: kind, exact: true }).click();
  for (const [label, text] of Object.entries(says)) await bench.getByLabel(label).fill(text);
  await bench.getByRole('button', { name: 'Prepare the text' }).click();
  return await fileFrom(page, bench.getByRole('button', { name: 'Save the text' }));
}

async function bringIn(page: Page, ...notes: readonly string[]): Promise<void> {
  const files = notes.map((it, n) => ({ name: `${n}.txt`, mimeType: 'text/plain', buffer: Buffer.from(it) }));
  await benchOf(page).getByLabel('Signed notes, as files').setInputFiles(files);
}

async function deliver(page: Page, says: RegExp): Promise<void> {
  await benchOf(page).getByRole('button', { name: 'Deliver' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Deliver' }).click();
  await dialog.getByText(says).first().waitFor();
  await dialog.getByRole('button', { name: /Close|Cancel/ }).click();
  await dialog.waitFor({ state: 'detached' });
}

async function transfers({ own, openAsAdmin }: OneNetwork): Promise<void> {
  await own.doWork(async (work) => {
    const owners = [
      { party: pearl as PartyId, millionths: 600_000 },
      { party: bank as PartyId, millionths: 400_000 },
    ];
    await register(work, [enteringPack({ code, holder: `party:${pearl}`, owners })]);
    await giveKeys(work, pearl, bank);
    const key = await verifierKey(signingKey(`${corridor}.example/title`, seed), 'note');
    await addKey(work, { party: corridor as PartyId, key });
  });
  const { page, errors, leave } = await openAsAdmin(`/packs/${code}`);
  await page.getByRole('link', { name: 'Title, acts and signing' }).click();
  const owners = page.getByRole('region', { name: 'Who owns it' });
  await owners.getByRole('row', { name: /op-pearl 60 % 600,000 –/ }).waitFor();
  await page.getByText('Nothing was signed yet').waitFor();
  await isForEverybody(page);

  const bench = benchOf(page);
  await bench.getByRole('button', { name: 'Transfer a share' }).click();
  const share = bench.getByLabel('Share of the pack in %');
  await bench.getByLabel('From (organisation)').fill(pearl);
  await bench.getByLabel('To (organisation)').fill(corridor);
  await share.fill('12.34567');
  await bench.getByRole('button', { name: 'Prepare the text' }).click();
  await bench.getByText('A share is more than 0 and at most 100 %').waitFor();
  await isForEverybody(page);
  await share.fill('12.3456');
  await bench.getByText('= 123,456 millionths').waitFor();
  await bench.getByRole('button', { name: 'Prepare the text' }).click();
  await bench.getByText('op-pearl gives 12.3456 % of the pack to op-corridor.').waitFor();
  const text = await fileFrom(page, bench.getByRole('button', { name: 'Save the text' }));
  assert.deepEqual([JSON.parse(text).millionths, JSON.parse(text).after], [123_456, 0]);
  assert.match(await seen(bench), /packloop title sign packloop-title-/);

  await bringIn(page, await signedBy(pearl, text.replace('123456', '223456')));
  await bench.getByText('What was signed here is another text').waitFor();
  await bringIn(page, await signedBy(pearl, text));
  await bench.getByText('op-pearl has signed', { exact: true }).waitFor();
  await bench.getByText('op-corridor has not signed yet').waitFor();
  await page.reload();
  await bench.getByText('op-pearl has signed', { exact: true }).waitFor();

  await bench.getByText('Sign here with a key file').click();
  const file = bench.getByLabel('Key file of your organisation');
  await file.setInputFiles({ ...keyFile, buffer: Buffer.from('no key') });
  await bench.getByText('This is no key file').waitFor();
  const line = await privateKeyLine(`${corridor}.example/title`, seed);
  await file.setInputFiles({ ...keyFile, buffer: Buffer.from(`${line}\n`) });
  await bench.getByText('All who must have signed.').waitFor();
  await isForEverybody(page);
  const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }));
  assert.ok(!kept.includes('PRIVATE') && !kept.includes(line.split('+').at(-1)!), 'the key is not kept');

  await deliver(page, /It is done, as act 1 of this pack/);
  await owners.getByRole('row', { name: /op-corridor 12\.3456 % 123,456 –/ }).waitFor();
  const done = page.getByRole('region', { name: 'What was signed' });
  assert.match(await seen(done), /Signed by op-corridor, op-pearl · act 1/);
  const note = await fileFrom(page, done.getByRole('button', { name: 'The signed note' }));
  assert.ok(note.startsWith(text) && note.split('\n— ').length === 3);
  assert.deepEqual(errors, []);
  await leave();
}

async function asksAndVotes({ openAsAdmin }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await openAsAdmin(`/packs/${code}/title`);
  await settled(page);
  const overtaken = await prepared(page, 'Pledge a share', {
    ...{ 'Owner who pledges': bank, 'Holder of the lien': pearl },
    ...{ 'Share of the pack in %': '10', 'What it secures': 'a loan' },
  });
  const question = await prepared(page, 'Ask the owners', {
    'In the name of (organisation)': bank,
    'Question; no names of people': 'Shall op-corridor rent it?',
  });
  await bringIn(page, await signedBy(bank, question));
  await benchOf(page).getByText('All who must have signed.').waitFor();
  await deliver(page, /It is done, as act 2/);

  const votes = page.getByRole('region', { name: 'Votes' });
  await votes.getByText('Open', { exact: true }).waitFor();
  await votes.getByRole('button', { name: 'Vote' }).click();
  const bench = benchOf(page);
  await bench.getByLabel('In the name of (organisation)').fill(pearl);
  const choice = bench.getByRole('combobox', { name: 'Vote' }).last();
  await choice.click();
  await page.getByTitle('Yes', { exact: true }).click();
  await bench.getByRole('button', { name: 'Prepare the text' }).click();
  await bench.getByText('op-pearl votes yes on vote-2.').waitFor();
  const ballot = await fileFrom(page, bench.getByRole('button', { name: 'Save the text' }));
  await bringIn(page, await signedBy(pearl, ballot));
  await bench.getByText('All who must have signed.').waitFor();
  await deliver(page, /It is done, as act 3/);
  await votes.getByText('Yes 47.6544 %, no 0 %, silent 52.3456 %.').waitFor();

  await bringIn(page, await signedBy(bank, overtaken));
  await bench.getByText('Something else was signed meanwhile').waitFor();
  await bench.getByText('act 3: op-pearl votes yes on vote-2.').waitFor();
  await isForEverybody(page);
  await bench.getByRole('button', { name: 'Prepare it anew' }).click();
  await bench.getByText('It can be delivered until').waitFor();
  const anew = await fileFrom(page, bench.getByRole('button', { name: 'Save the text' }));
  assert.equal(JSON.parse(anew).after, 3);
  // The good ones are taken in from among the others, and each of the others is named.
  await bringIn(page, await signedBy(bank, anew), 'hello', await signedBy(pearl, anew), await signedBy(bank, question));
  await bench.getByText('All who must have signed.').waitFor();
  await bench.getByText('Taken in: 0.txt, 2.txt.').waitFor();
  const told = await seen(bench.getByRole('alert'));
  assert.match(told, /1\.txt was not taken in\.\s+This is no signed note/);
  assert.match(
    told,
    /3\.txt was not taken in\.\s+This was carried out as act 2 at [\s\S]*Shall op-corridor rent it[\s\S]*Nothing is left to do/,
  );
  await isForEverybody(page);
  await deliver(page, /It is done, as act 4/);
  await page.getByText('10 % of bank-south, pledged to op-pearl').waitFor();
  assert.deepEqual(errors, []);
  await leave();
}

async function bringsANote({ openAsAdmin }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await openAsAdmin(`/packs/${code}/title`);
  const bench = benchOf(page);
  const paste = async (text: string) => {
    await bench.getByLabel('Or pasted').fill(text);
    await bench.getByRole('button', { name: 'Take it in' }).click();
  };
  await paste('hello');
  await bench.getByText('This is no signed note').waitFor();
  const { acts } = await apiOf<{ acts: number }>(page, `/v1/packs/${code}/title`);
  const said = { v: 1, pack: code, after: acts, until: '2099-01-01T00:00:00Z' };
  const release = { ...said, type: 'title.release', lien: 'lien-2' } as Statement;
  await paste(await signedBy(pearl, statementText({ ...release, pack: packCode(1) })));
  await bench.getByText('What was signed here is about another pack').waitFor();
  await paste((await signedBy(pearl, statementText(release))).replace('lien-2', 'lien-5'));
  await bench
    .getByRole('alert')
    .getByText(/There is no lien|does not fit/)
    .waitFor();
  // As a mail brings it.
  await paste((await signedBy(pearl, statementText(release))).replaceAll('\n', '\r\n').trim());
  await bench.getByText('The lien lien-2 ends.').first().waitFor();
  await bench.getByText('All who must have signed.').waitFor();
  await deliver(page, /It is done, as act 5/);
  await page.getByText('No share is pledged.').waitFor();

  // The same again, and another that came too late for what it wants.
  const refusal = bench.getByRole('alert').first();
  await paste(await signedBy(pearl, statementText(release)));
  await refusal.getByText(/This was carried out as act 5 at/).waitFor();
  await refusal.getByText('Nothing is left to do').waitFor();
  await isForEverybody(page);
  const late = { ...release, until: '2099-01-02T00:00:00Z' } as Statement;
  await paste(await signedBy(pearl, statementText(late)));
  await refusal.getByText('Something else was signed meanwhile').waitFor();
  await refusal.getByText('There is no lien').waitFor();
  await refusal.getByText('begin a new act that fits').waitFor();
  await isForEverybody(page);
  assert.deepEqual(errors, []);
  await leave();
}

async function refusesEarly({ openAsAdmin }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await openAsAdmin(`/packs/${code}/title`);
  const bench = benchOf(page);
  await bench.getByRole('button', { name: 'Transfer a share' }).click();
  await bench.getByLabel('From (organisation)').fill(corridor);
  await bench.getByLabel('To (organisation)').fill(bank);
  await bench.getByLabel('Share of the pack in %').fill('50');
  await bench.getByRole('button', { name: 'Prepare the text' }).click();
  await bench.getByRole('alert').getByText('op-corridor owns 123456 millionths, 500000 are needed').waitFor();
  await isForEverybody(page);
  assert.deepEqual(errors, []);
  await leave();
}

async function readsInChinese({ openAsAdmin }: OneNetwork): Promise<void> {
  const how = { locale: 'zh-CN', colorScheme: 'dark', width: 390, height: 844 } as const;
  const { page, errors, leave } = await openAsAdmin(`/packs/${code}/title`, how);
  await page.getByText('op-pearl 将此电池包 12.3456 % 的份额转让给 op-corridor。').waitFor();
  await settled(page);
  await isForEverybody(page);
  const isWider = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  assert.equal(await isWider(), false);
  const bench = page.getByRole('region', { name: '办理或签署' });
  await bench.getByRole('button', { name: '提请表决' }).click();
  await bench.getByRole('button', { name: '生成文本' }).click();
  await bench.getByText('未填写，或无法识别。').waitFor();
  await isForEverybody(page);
  assert.equal(await isWider(), false);
  assert.deepEqual(errors, []);
  await leave();
}
