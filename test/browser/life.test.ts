// The life of a pack in a real browser on a really running network: what was, what may come next, and its second life.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { register } from '#pack';
import type { PartyId } from '#units';
import { enteringPack, packCode } from '../seed.ts';
import { isForEverybody, settled, somebody } from './console.ts';
import { apiOf, type OneNetwork, suiteOnOneNetwork } from './oneNetwork.ts';
import { seen } from './seen.ts';

suiteOnOneNetwork('the life of a pack', {
  'is told on its page, and goes on from there': {
    'a pack that nobody finds is called lost, and found again; a reason that is none is refused': losesAndFinds,
    'it is re-coded for a second use; page and passport of both codes lead to each other': repurposes,
    'in a vehicle nothing can be decided, and the page says why': waitsInAVehicle,
    'who may not decide reads all of it and finds no button': readsOnly,
    'the address on the pack is a picture, a file to print, and a text to copy': keepsTheAddress,
    'is read in Chinese on a telephone, in the dark': readsInChinese,
  },
});

const code = packCode(9_999_003);
let second: string;
const lifeOf = (page: Page) => page.getByRole('region', { name: 'Life', exact: true });

async function losesAndFinds({ own, openAsAdmin }: OneNetwork): Promise<void> {
  await own.doWork(async (work) => {
    const owners = [{ party: 'owner-fund' as PartyId, millionths: 1_000_000 }];
    await register(work, [enteringPack({ code, holder: 'party:op-pearl', owners, by: 'person:someone' })]);
  });
  const { page, errors, leave } = await openAsAdmin(`/packs/${code}`);
  const life = lifeOf(page);
  await life.getByText('What may come next').waitFor();
  assert.match(
    await seen(life),
    /Production now since [\d-]+\s+Made on [\d-]+, as it was registered\s+Registered [\d: -]+ · a person \(…omeone\)/,
  );
  assert.match(await seen(life), /Recycling\s+Not now: only a retired pack/);
  await life.getByRole('button', { name: 'Call it lost' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why').fill('no');
  await dialog.getByRole('button', { name: 'Call it lost' }).click();
  await dialog.getByRole('alert').waitFor();
  await isForEverybody(page);
  await dialog.getByLabel('Why').fill('not in the workshop');
  await dialog.getByRole('button', { name: 'Call it lost' }).click();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await life.getByText('Lost', { exact: true }).waitFor();
  await life.getByText('Not now: it is called lost. Say first where it was found.').first().waitFor();
  assert.equal(await life.getByRole('button', { name: 'Re-code it' }).count(), 0);
  await life.getByRole('button', { name: 'It was found' }).click();
  await dialog.getByLabel('What was found').fill('behind the charger');
  await dialog.getByRole('button', { name: 'It was found' }).click();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await life.getByText(/Found again [\d: -]+ · Head of all \(you\)/).waitFor();
  await life.getByRole('button', { name: 'Re-code it' }).waitFor();
  await isForEverybody(page);
  assert.deepEqual(errors, []);
  await leave();
}

async function repurposes({ demo, openAsAdmin }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await openAsAdmin(`/packs/${code}`);
  const life = lifeOf(page);
  await life.getByRole('button', { name: 'Re-code it' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('It cannot be undone.').waitFor();
  await dialog.getByText('Print the label anew and stick it on the pack.').waitFor();
  await isForEverybody(page);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  assert.equal((await apiOf<{ successor?: string }>(page, `/v1/packs/${code}`)).successor, undefined);
  await life.getByRole('button', { name: 'Re-code it' }).click();
  await dialog.getByRole('button', { name: 'Re-code for second use' }).click();
  await dialog.getByText('Its code is now').waitFor();
  second = (await apiOf<{ successor: string }>(page, `/v1/packs/${code}`)).successor;
  await dialog.getByRole('link', { name: second }).waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();

  await life.getByText('Nothing more comes under this code: it was given up.').waitFor();
  assert.match(
    await seen(life),
    /Retired[\s\S]*Re-coded: this code was given up [\d: -]+ · Head of all \(you\)[\s\S]*Second life now/,
  );
  assert.equal(await life.getByRole('button').count(), 0);
  await page.getByText(/^This passport ended/).waitFor();
  await life.getByRole('link', { name: second }).click();

  await page.getByRole('heading', { level: 1, name: second }).waitFor();
  await life.getByText('First life').waitFor();
  assert.match(await seen(life), /It was \S+ · The passport that ended[\s\S]*Second life now[\s\S]*Second use began/);
  await life.getByText('Not possible: this is its second use already, and there is no third.').waitFor();
  const passport = page.getByRole('region', { name: 'Battery passport' });
  await passport.getByText('Issued anew for a second use.').waitFor();
  await settled(page);
  await isForEverybody(page);
  await passport.getByRole('link', { name: code, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: code }).waitFor();

  // The pages behind the labels, for whoever scans the old or the new one.
  await page.goto(`${demo.http}/p/${code}`);
  await page.getByRole('link', { name: second }).click();
  await page.getByRole('link', { name: code }).waitFor();
  assert.deepEqual(errors, []);
  await leave();
}

async function waitsInAVehicle({ openAsAdmin }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await openAsAdmin('/packs');
  const { items } = await apiOf<{ items: { code: string }[] }>(page, '/v1/packs?state=on-road&limit=1');
  await page.goto(page.url().replace(/\/packs.*/, `/packs/${items[0]!.code}`));
  const life = lifeOf(page);
  await life.getByText('Not now: it is in a vehicle. Bring it to a station or a workshop first.').first().waitFor();
  assert.equal(await life.getByRole('button', { name: 'Re-code it' }).count(), 0);
  assert.deepEqual(errors, []);
  await leave();
}

async function readsOnly({ own, open }: OneNetwork): Promise<void> {
  const owner = await somebody(own.doWork, { role: 'owner', partyId: 'owner-fund' });
  const { page, errors, leave } = await open(`/console/packs/${second}`, { as: owner });
  const life = lifeOf(page);
  await life.getByText('Those with the right to judge packs decide about the rest.').waitFor();
  assert.equal(await life.getByRole('button').count(), 0);
  assert.match(await seen(life), /Second use began [\d: -]+ · no name given/, 'who decided is not for owners');
  await life.getByRole('link', { name: 'Sell or pledge a share' }).click();
  await page.getByRole('heading', { level: 1, name: `Title of pack ${second}` }).waitFor();
  assert.deepEqual(errors, []);
  await leave();
}

async function keepsTheAddress({ openAsAdmin }: OneNetwork): Promise<void> {
  const { page, context, errors, leave } = await openAsAdmin(`/packs/${second}`);
  const link = page.getByRole('region', { name: 'Address of the passport' });
  await link.getByRole('img', { name: `QR code of the passport of ${second}` }).waitFor();
  const address = (await link.getByRole('link').textContent())!;
  assert.equal((await page.request.get(address)).status(), 200);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await link.getByRole('button', { name: 'Copy the link' }).click();
  await link.getByRole('button', { name: 'Copied' }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), address);
  const file = async (name: string) => {
    const [download] = await Promise.all([page.waitForEvent('download'), link.getByRole('button', { name }).click()]);
    assert.equal(download.suggestedFilename(), `packloop-qr-${second}.${name.toLowerCase()}`);
    return readFileSync((await download.path())!);
  };
  const svg = (await file('SVG')).toString();
  const modules = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]);
  const png = await file('PNG');
  assert.deepEqual(
    [png.subarray(1, 4).toString(), png.readUInt32BE(16), png.readUInt32BE(20)],
    ['PNG', 16 * modules, 16 * modules],
  );
  assert.equal(await differing(page, svg, png.toString('base64')), 0, 'both files show the same code');
  assert.deepEqual(errors, []);
  await leave();
}

/** How many modules of the drawing differ from the picture. */
const differing = (page: Page, svg: string, png: string): Promise<number> =>
  page.evaluate(
    async ([drawing, picture]) => {
      const pixels = async (source: string) => {
        const image = Object.assign(new Image(), { src: source });
        await image.decode();
        const canvas = Object.assign(document.createElement('canvas'), { width: 200, height: 200 });
        const pen = canvas.getContext('2d')!;
        pen.imageSmoothingEnabled = false;
        pen.drawImage(image, 0, 0, 200, 200);
        return pen.getImageData(0, 0, 200, 200).data;
      };
      const [a, b] = [
        await pixels(`data:image/svg+xml,${encodeURIComponent(drawing!)}`),
        await pixels(`data:image/png;base64,${picture}`),
      ];
      return a.filter((it, n) => Math.abs(it - b[n]!) > 200).length;
    },
    [svg, png],
  );

async function readsInChinese({ openAsAdmin }: OneNetwork): Promise<void> {
  const how = { locale: 'zh-CN', colorScheme: 'dark', width: 390, height: 844 } as const;
  const { page, errors, leave } = await openAsAdmin(`/packs/${second}`, how);
  const life = page.getByRole('region', { name: '全生命周期' });
  await life.getByText('首次使用').waitFor();
  await life.getByText('不可以：已是梯次利用，不能再次重新编码。').waitFor();
  await settled(page);
  await isForEverybody(page);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  assert.deepEqual(errors, []);
  await leave();
}
