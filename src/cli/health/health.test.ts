// packloop health as a stranger uses it, on SYNTHETIC cells; and the committed splits against the measured cells, if they are there.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadCells, readSplitGroups } from '#health/lab';
import { workshop } from './testing.ts';

const { folder, packloop, file, cells, split } = workshop();
const { names } = cells(7, 5, 110);
split('split.json', names.slice(0, 5), names.slice(5));
const train = (...more: string[]) =>
  packloop('train', '--data', 'data', '--split', 'split.json', '--out', 'm.json', ...more);

test('a stranger trains, judges and estimates with three commands, and every line is data when asked', async () => {
  const trained = await train('--synthetic', '--json');
  assert.equal(trained.code, 0, trained.errors + trained.out);
  assert.equal(JSON.parse(trained.out).cells, 5);
  assert.equal(JSON.parse(readFileSync(join(folder, 'm.json'), 'utf8')).card.synthetic, true);

  const judged = await packloop('eval', '--data', 'data', '--split', 'split.json', '--model', 'm.json', '--json');
  assert.equal(judged.code, 0, judged.errors + judged.out);
  const lines = judged.out
    .trim()
    .split('\n')
    .map((it) => JSON.parse(it));
  assert.deepEqual(
    lines.map((it) => [it.group, it.mode, it.cells]),
    [
      ['S', 'none', 2],
      ['S', 'commissioned', 2],
      ['S', 'retested', 2],
    ],
  );
  for (const key of ['mape', 'rmse', 'worstCellRmse', 'coverage90', 'worstCellCoverage90', 'rows'])
    assert.equal(typeof lines[0][key], 'number', key);
  for (const key of ['rulRmseCycles', 'rulMeanGuessRmse', 'rulCoverage90']) assert.ok(key in lines[0], key);
  assert.ok(lines[0].mape < lines[0].baselines.meanSohMape);
  const told = await packloop('eval', '--data', 'data', '--split', 'split.json', '--model', 'm.json');
  assert.match(told.out, /mean SoH +hold last test +fraction of life\*/);

  const said = await packloop('predict', '--model', 'm.json', 'data/cells/6.csv', '--mode', 'commissioned', '--json');
  assert.equal(said.code, 0, said.errors + said.out);
  const last = JSON.parse(said.out.trim().split('\n').at(-1)!);
  assert.ok(last.soh.low < last.soh.value && last.soh.value < last.soh.high);
  assert.match(last.model, /^sha256:/);
});

test('what is wrong is told with its file and line, and nothing is written', async () => {
  const bad = readFileSync(join(folder, 'data/cells/2.csv'), 'utf8').split('\n');
  const good = bad.join('\n');
  const slip = (at: number) => (bad[at] = bad[at]!.replace(/[^,]+$/, '1900'));
  for (let at = 11; at < 16; at++) slip(at);
  file('data/cells/2.csv', bad.join('\n'));
  const refused = await packloop('train', '--data', 'data', '--split', 'split.json', '--out', 'none.json');
  assert.equal(refused.code, 1);
  assert.match(refused.errors, /cells\/2\.csv, line 12: capacity is 1900 Ah of nominal 2 Ah/);
  assert.doesNotMatch(refused.errors, /\bat .*\.ts/, 'no stack trace');
  assert.equal(existsSync(join(folder, 'none.json')), false);
  file('data/cells/2.csv', good);

  const asking = (split: object, ...more: string[]) =>
    packloop(
      'train',
      '--data',
      'data',
      '--split',
      file('other.json', JSON.stringify(split, null, 1)),
      '--out',
      'none.json',
      ...more,
    );
  const twice = await asking({ S: { train: names.slice(0, 5), test: names.slice(4) } }, '--json');
  assert.match(JSON.parse(twice.out).error, /other\.json, line 8: cells\/4\.csv is in S train already/);
  file('data/cells/copy.csv', good);
  const copied = await asking({ S: { train: names.slice(0, 5), test: ['cells/copy.csv'] } });
  assert.match(copied.errors, /other\.json, line \d+: cells\/copy\.csv is cells\/2\.csv under another name/);
  rmSync(join(folder, 'data/cells/copy.csv'));
  assert.match((await asking({ T: { train: names } })).errors, /other\.json, line 2: .*no group "T"/);
  assert.match(
    (await asking({ S: { train: ['cells/9.csv'] } })).errors,
    /line 4: cells\/9\.csv is not among the files/,
  );
  assert.match((await asking({ S: { train: names.slice(0, 2) } })).errors, /"S" has 2 training cells; at least 3/);
  assert.match((await asking({ S: { test: [] } })).errors, /other\.json, line \d: S\.train/);
  file('other.json', '{\n "S": oops }');
  const broken = await packloop('eval', '--data', 'data', '--split', 'other.json', '--model', 'split.json');
  assert.match(broken.errors, /split\.json: it is no model of the layout packloop-health\/2/);
  const missing = await packloop('train', '--data', 'cells', '--split', 'split.json', '--out', 'none.json');
  assert.match(missing.errors, /cells\/dataset\.json is not there/);
});

test('a model is not judged by cells it was trained on', async () => {
  split('cheat.json', names.slice(3), names.slice(0, 2));
  const refused = await packloop('eval', '--data', 'data', '--split', 'cheat.json', '--model', 'm.json');
  assert.match(refused.errors, /the model was trained on cells\/0\.csv, which is a test cell/);
});

const measured = fileURLToPath(new URL('../../../../shared/data/battery-ageing', import.meta.url));
test('the committed splits of XJTU and TJU fit the measured cells, as they were published', {
  skip: existsSync(measured) ? false : '../shared/data/battery-ageing is not there: nothing to hold the splits against',
}, () => {
  const own = (name: string) => fileURLToPath(new URL(`../../../data/health/${name}`, import.meta.url));
  const groups = readSplitGroups(measured, own('dataset.json'), own('split.json'));
  assert.deepEqual(
    groups.map((it) => [it.name, it.parts.train.length, it.parts.test.length]),
    [
      ['XJTU-2C', 6, 2],
      ['XJTU-3C', 12, 3],
      ['XJTU-R2.5', 6, 2],
      ['XJTU-R3', 6, 2],
      ['XJTU-RW', 6, 2],
      ['XJTU-satellite', 6, 2],
      ['TJU-1', 53, 13],
      ['TJU-2', 44, 11],
      ['TJU-3', 7, 2],
    ],
  );
  const { cells, remarks } = loadCells(measured, groups[0]!, groups[0]!.parts.test);
  assert.ok(cells.every((it) => it.rows > 300));
  assert.ok(remarks.every((it) => it.problem === 'no usable voltage entropy'));
});
