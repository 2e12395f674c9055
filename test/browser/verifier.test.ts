// The offline verifier in a real browser, without a network: one file from disk.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { committed, verifierKey } from '#record/log';
import { draft, keyOf, MemoryLog } from '../../src/record/log/testing.ts';
import { buildWeb } from '../../web/build.ts';
import { verifyDist } from '../../web/paths.ts';
import { launchChromium } from './chromium.ts';

const witnesses = ['bank', 'maker', 'insurer'].map((it) => keyOf(`${it}.example/witness`));

test('a stranger drops a receipt and a policy on a page without a network, and reads the verdict in two languages', async () => {
  await buildWeb(['verify']);
  const page = join(verifyDist, 'index.html');
  const html = readFileSync(page, 'utf8');
  assert.doesNotMatch(html, /<(script|link|img)[^>]+(src|href)="(?!data:)/, 'everything is in the one file');
  const dir = mkdtempSync(join(tmpdir(), 'packloop-verifier-'));
  const browser = await launchChromium();
  try {
    const log = new MemoryLog();
    const told = await committed([{ to: 'public', name: 'soh', value: 91.5 }], (n) =>
      crypto.getRandomValues(new Uint8Array(n)),
    );
    await log.append([draft('pack:P1'), { ...draft('pack:P2'), commitments: told.commitments }], witnesses);
    const file = (name: string, text: string | Uint8Array) => {
      writeFileSync(join(dir, name), text);
      return join(dir, name);
    };
    const receipt = await log.receipt(0, 1, { disclosures: told.disclosures });
    const files = [
      file('policy', await log.policyText(witnesses, '2')),
      file('one.tlog-proof', receipt),
      file('producers', `${await verifierKey(log.producer, 'note')}\n`),
    ];
    const context = await browser.newContext({ offline: true, locale: 'en-GB' });
    const tab = await context.newPage();
    const requests: string[] = [];
    tab.on('request', (it) => requests.push(it.url()));
    await tab.goto(pathToFileURL(page).href);
    const verdict = tab.locator('#verdict');
    assert.match((await verdict.textContent())!, /Nothing to check yet/);
    await tab.setInputFiles('#files', files);
    await verdict.locator('h2', { hasText: /^Holds$/ }).waitFor();
    const shown = await verdict.textContent();
    assert.match(shown!, /Aboutpack:P2/);
    assert.match(shown!, /“soh”91\.5/);
    assert.match(shown!, /Signed by its produceryes/);
    assert.match(shown!, /Cosigned byw1, 2025-10-09T/);
    await tab.locator('#language').click();
    assert.match((await verdict.textContent())!, /成立[\s\S]*见证方/);
    const spoilt = new TextDecoder().decode(receipt).replace('index 1', 'index 0');
    await tab.setInputFiles('#files', file('spoilt.tlog-proof', spoilt));
    await verdict.locator('h2', { hasText: '不成立' }).waitFor();
    assert.match((await verdict.textContent())!, /条目不在日志中/);
    await tab.setInputFiles('#files', [file('checkpoint', log.kept.get('checkpoint')!)]);
    await verdict.locator('h2', { hasText: /^成立$/ }).waitFor();
    assert.deepEqual(
      requests.filter((it) => !it.startsWith('file:') && !it.startsWith('data:')),
      [],
      'nothing was asked of anybody',
    );
    assert.equal(await tab.evaluate(() => fetch('http://127.0.0.1:9/').then(String, () => 'refused')), 'refused');
  } finally {
    await browser.close();
    rmSync(dir, { recursive: true });
  }
});
