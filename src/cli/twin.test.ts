import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../bin/packloop', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'packloop-twin-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const twin = (...args: string[]) =>
  new Promise<{ code: number; out: string; errors: string }>((done) =>
    execFile(program, ['twin', ...args], { cwd: folder }, (error, out, errors) =>
      done({ code: error ? Number(error.code) : 0, out, errors }),
    ),
  );

test('what would be if is told as a table that says it is simulated, and as data; no network is needed', async () => {
  const asked = ['what-if', '--model', 'lfp-250', '--duty', 'taxi', '--years', '2', '--packs', '20'];
  const shown = await twin(...asked);
  assert.equal(shown.code, 0, shown.errors);
  assert.match(shown.out, /^Simulated, not measured: 20 packs, lfp-250, taxi, climate mild\n/);
  assert.equal(shown.out.match(/^ {4}\d\.0 /gm)?.length, 3, 'new, and after each year');
  const data = JSON.parse((await twin(...asked, '--json')).out);
  assert.deepEqual([data.simulated, data.curve.length, data.curve.at(-1).year], [true, 9, 2]);
  const gentle = JSON.parse((await twin(...asked, '--charge-to', '60', '--storage-soc', '20', '--json')).out);
  assert.equal(gentle.policy.chargeTo, 0.6);
  assert.ok(gentle.curve.at(-1).p50 > data.curve.at(-1).p50, 'half full packs keep more');
});

test('what cannot be asked is a sentence and exit code 2', async () => {
  const wrong: readonly [readonly string[], RegExp][] = [
    [['--model', 'lead', '--duty', 'taxi'], /no ageing model is called "lead"/],
    [['--model', 'lfp-250', '--duty', 'rocket'], /no duty is called "rocket"/],
    [['--model', 'lfp-250', '--duty', 'taxi', '--charge-to', '120'], /a percentage from 0 to 100 is needed/],
    [
      ['--model', 'lfp-250', '--duty', 'taxi', '--charge-to', '20', '--return-at', '90'],
      /--charge-to 20 must lie above/,
    ],
    [['--model', 'lfp-250', '--duty', 'taxi', '--packs', '1'], /at least 20/],
    [['--model', 'lfp-250', '--duty', 'taxi', '--years', 'ten'], /a number of at least 0.25 is needed/],
    [['--model', 'lfp-250'], /required option '--duty/],
  ];
  for (const [args, sentence] of wrong) {
    const { code, errors } = await twin('what-if', ...args);
    assert.equal(code, 2, args.join(' '));
    assert.match(errors, sentence);
    assert.doesNotMatch(errors, /\bat .*\.ts/, 'no stack trace');
  }
});

test('the models are listed with what each was measured on', async () => {
  const { items } = JSON.parse((await twin('models', '--json')).out);
  assert.ok(items.length >= 8);
  for (const it of items) assert.ok(it.source.length > 10 && it.valid.celsius.length === 2, it.id);
});
