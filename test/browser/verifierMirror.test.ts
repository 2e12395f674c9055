// A whole mirror and the history of one pack on the offline page: one file from disk, in a real browser without a network.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser, Locator } from 'playwright-core';
import { follow } from '#record/mirror';
import type { Bytes } from '#record/verify';
import { draft, keyOf, MemoryLog } from '../../src/record/log/testing.ts';
import { buildWeb } from '../../web/build.ts';
import { verifyDist } from '../../web/paths.ts';
import { launchChromium } from './chromium.ts';

const witnesses = ['bank', 'maker'].map((it) => keyOf(`${it}.example/witness`));
const dir = mkdtempSync(join(tmpdir(), 'packloop-verifier-'));
const log = new MemoryLog();
let browser: Browser;

before(async () => {
  await buildWeb(['verify']);
  browser = await launchChromium();
  for (let batch = 0; batch < 5; batch++)
    await log.append(
      Array.from({ length: 2000 }, (_, n) => draft(`pack:P${n % 400}`, 'pack.charged', batch * 2000 + n)),
      witnesses,
    );
  // As `packloop mirror` writes it, with what else lies in the folder where it was called.
  await follow({ from: log.files, dir: at('copies/copy'), policy: await log.policy(witnesses, 'all') });
  file('copies/checkpoint', log.kept.get('checkpoint')!);
  file('policy', await log.policyText(witnesses, 'all'));
});
after(async () => {
  await browser.close();
  rmSync(dir, { recursive: true });
});

const at = (name: string) => join(dir, name);
function file(name: string, bytes: string | Uint8Array): string {
  mkdirSync(dirname(at(name)), { recursive: true });
  writeFileSync(at(name), bytes);
  return at(name);
}

/** The copy, changed. */
function copyWith(name: string, change: (folder: string) => void): string {
  const folder = at(name);
  cpSync(at('copies/copy'), folder, { recursive: true });
  change(folder);
  return folder;
}
function flip(path: string): void {
  const bytes = readFileSync(path);
  bytes[Math.floor(bytes.length / 2)]! ^= 1;
  writeFileSync(path, bytes);
}

/** The page from disk, with a witness that it asks nobody for anything. */
async function opened(locale = 'en-GB') {
  const context = await browser.newContext({ offline: true, locale });
  const tab = await context.newPage();
  const asked: string[] = [];
  tab.on('request', (it) => asked.push(it.url()));
  const errors: string[] = [];
  tab.on('pageerror', (it) => errors.push(it.message));
  await tab.goto(pathToFileURL(join(verifyDist, 'index.html')).href);
  const done = async () => {
    assert.deepEqual(
      asked.filter((it) => !/^(file|data|blob):/.test(it)),
      [],
      'nothing was asked of anybody',
    );
    assert.deepEqual(errors, []);
    await context.close();
  };
  const verdict = tab.locator('#verdict');
  const reading = (state: State, act: () => Promise<unknown>) => told(verdict, state, act);
  const files = (...all: string[]) => tab.setInputFiles('#files', all);
  const folder = (it: string) => tab.setInputFiles('#folder', it);
  return { tab, reading, files, folder, done };
}

type State = 'holds' | 'fails' | 'unread' | 'waiting';

/** The verdict that this comes to. */
async function told(verdict: Locator, state: State, act: () => Promise<unknown>): Promise<string> {
  await verdict.evaluate((it) => {
    it.dataset.state = 'asked';
  });
  await act();
  await verdict
    .page()
    .waitForFunction(() => !/asked|checking/.test(document.getElementById('verdict')!.dataset.state!));
  const found = (await verdict.textContent())!;
  assert.equal(await verdict.getAttribute('data-state'), state, found);
  return found;
}

test('a stranger chooses the folder of a mirror: it is verified before his eyes, the page stays alive, and one pack is listed whole', async () => {
  const { tab, reading, files, folder, done } = await opened();
  assert.match(await reading('waiting', () => folder(at('copies/copy'))), /The policy is missing/);
  await tab.evaluate(() => {
    const seen = new Set<number>();
    Object.assign(globalThis, { seen });
    const look = () => {
      const place = document.getElementById('progress')!;
      if (!place.hidden) seen.add((document.getElementById('bar') as HTMLProgressElement).value);
      requestAnimationFrame(look);
    };
    look();
  });
  const shown = await reading('holds', () => files(at('policy')));
  assert.match(shown, /^HoldsEvery tile, entry, chain and map of heads fitscopy/);
  assert.match(shown, /Entries in the log10,010/);
  assert.match(shown, /Events10,000/);
  assert.match(shown, /Cosigned byw1, 2025.*Cosigned byw2/);
  const painted = await tab.evaluate(() => (globalThis as unknown as { seen: Set<number> }).seen.size);
  assert.ok(painted >= 3, `the browser painted ${painted} states of the progress in between`);
  assert.equal(await tab.locator('#progress').isVisible(), false);

  const pack = tab.getByLabel('Code of a pack');
  const listed = async (code: string) => {
    await pack.fill(code);
    await pack.blur();
  };
  assert.match(
    await reading('holds', () => listed('P7')),
    /Aboutpack:P7.*none left out25(\d{4}-\S+?Zpack\.charged){25}$/,
  );
  assert.match(await reading('holds', () => listed('nobody')), /Aboutpack:nobody.*none: the log has nothing about it$/);

  const chooser = tab.waitForEvent('filechooser');
  await tab.getByText('Choose the folder of a mirror').click();
  const again = await reading('holds', async () => await (await chooser).setFiles(at('copies/copy')));
  assert.match(again, /^HoldsEvery tile/, 'the button chooses');
  assert.match(await reading('holds', () => folder(at('copies'))), /fitscopies\/copy/);
  assert.match(await reading('holds', () => tab.locator('#language').click()), /^成立所有哈希块[\s\S]*见证方/);
  assert.match(await reading('waiting', () => tab.locator('#forget').click()), /还没有可核验的内容/);
  await done();
});

test('what is given while a mirror is checked is what counts', async () => {
  const { tab, reading, files, folder, done } = await opened();
  await reading('waiting', () => files(at('policy')));
  const spoilt = copyWith('spoilt', (it) => flip(join(it, 'tile/entries/038')));
  const shown = await reading('holds', async () => {
    await folder(spoilt);
    await tab.locator('#verdict[data-state="checking"]').waitFor();
    await folder(at('copies/copy'));
    await tab.locator('#mirror', { hasText: 'copy' }).waitFor();
  });
  assert.match(shown, /fitscopy/);
  await done();
});

test('one byte of a tile or a bundle, a missing file, a hidden event, another policy: each is named', async () => {
  const { reading, files, folder, done } = await opened();
  await reading('waiting', () => files(at('policy')));
  const found = (it: string) => reading('fails', () => folder(it));
  const bundle = copyWith('bundle', (it) => flip(join(it, 'tile/entries/007')));
  assert.match(await found(bundle), /tile\/0\/007 is not what follows from tile\/entries\/007/);
  const tile = copyWith('tile', (it) => flip(join(it, 'tile/0/011')));
  assert.match(
    await found(tile),
    /A tile is not what follows from the entries: one of the two was changed\.tile\/0\/011/,
  );
  const missing = copyWith('missing', (it) => rmSync(join(it, 'tile/entries/003')));
  assert.match(await found(missing), /A file of the log is missing\.tile\/entries\/003 is missing/);
  const headless = copyWith('headless', (it) => rmSync(join(it, 'checkpoint')));
  assert.match(await found(headless), /checkpoint is missing/);

  // Whoever has the log's key and all witnesses with him writes it anew without one event.
  const hiding = new MemoryLog();
  const entries: Bytes[] = log.batches.flatMap((it) => it.batch.entries);
  await hiding.appendRaw(entries.toSpliced(41, 1), witnesses);
  for (const [path, bytes] of hiding.kept) file(`hiding/${path}`, bytes);
  assert.match(await found(at('hiding')), /An event was left out\./);

  await reading('holds', () => folder(at('copies/copy')));
  const strict = file('strict', await log.policyText([...witnesses, keyOf('other.example/w')], 'all'));
  assert.match(await reading('fails', () => files(strict)), /Too few of the witnesses/);
  await done();
});

test('a folder that is dropped on the page is taken as one that is chosen', async () => {
  const { tab, reading, done } = await opened();
  const cdp = await tab.context().newCDPSession(tab);
  const drop = async (...files: string[]) => {
    const data = { items: [], files, dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await cdp.send('Input.dispatchDragEvent', { type, x: 200, y: 300, data });
  };
  assert.match(await reading('holds', () => drop(at('copies/copy'), at('policy'))), /Entries in the log10,010/);
  const spoilt = copyWith('dropped', (it) => flip(join(it, 'tile/1/000.p/39')));
  assert.match(await reading('fails', () => drop(spoilt)), /tile\/1\/000\.p\/39/);
  await done();
});

test('the history of one pack as the network hands it out: whole it holds, with an event hidden or changed it does not', async () => {
  const { reading, files, done } = await opened();
  const { head, path, receipt, events } = await log.history('pack:P3');
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  const said = { head, path: path.map((it) => it.toBase64()), receipt: text(receipt), events: events.map(text) };
  const given = (state: State, it: unknown) => reading(state, () => files(file('history', JSON.stringify(it))));
  await reading('waiting', () => files(at('policy')));
  const shown = await given('holds', said);
  assert.match(shown, /^HoldsAboutpack:P3[\s\S]*none left out25(\d{4}-\S+?Zpack\.charged){25}$/);
  const hidden = { ...said, events: said.events.toSpliced(4, 1) };
  assert.match(await given('fails', hidden), /An event was left out\.24 of 25 events of pack:P3 are shown/);
  const fewer = { ...said, head: { ...head, count: 24 }, events: said.events.slice(0, -1) };
  assert.match(await given('fails', fewer), /What is said of the history is not what the log says/);
  const changed = said.events.with(4, said.events[4]!.replace('pack.charged', 'pack.repaired'));
  const follows = /An event was left out\.Event 6 of pack:P3 does not follow/;
  assert.match(await given('fails', { ...said, events: changed }), follows);
  const odd = /This is not a proof\.This is no proof of a history: JSON with head/;
  assert.match(await given('fails', { ...said, more: 1 }), odd);
  await done();
});

test('what cannot be read is named with the reason, and nothing is said of the log', async () => {
  const { tab, reading, files, folder, done } = await opened();
  const unread = (...all: string[]) => reading('unread', () => files(...all));
  const photo = file('photo.jpg', Uint8Array.of(0xff, 0xd8, 0xff, 0));
  assert.match(await unread(photo, at('policy')), /^Nothing was checked.*photo\.jpgThis file is not text/);
  assert.match(await tab.getByLabel('Policy').inputValue(), /^quorum/m, 'what can be read is taken');
  assert.match(await unread(file('config.json', '{"port":1}')), /config\.jsonThis is JSON, but no history/);
  assert.match(await unread(file('list.csv', 'code,soh\nP1,90\n')), /list\.csvThis is no receipt/);
  file('photos/a.txt', 'a');
  const noMirror = await reading('unread', () => folder(at('photos')));
  assert.match(noMirror, /photosThis folder holds no mirror/);
  for (const it of ['two/a', 'two/b']) cpSync(at('copies/copy'), at(it), { recursive: true });
  const many = await reading('unread', () => folder(at('two')));
  assert.match(many, /two\/a, two\/bHere are several mirrors/);
  await reading('holds', () => folder(at('copies/copy')));
  const bad = await unread(file('bad-policy', 'quorum nobody\n'));
  assert.match(bad, /Policy: logs, witnesses, quorumThis is not a policy.*Line 1 of the policy/);
  const inChinese = await reading('unread', () => tab.locator('#language').click());
  assert.match(inChinese, /^未作核验.*策略：日志、见证方、法定数这不是可用的策略/);
  await done();
});
