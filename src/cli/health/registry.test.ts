// packloop health registry and bad input at the command line, on SYNTHETIC cells.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { asCsv } from '#health/lab';
import { workshop } from './testing.ts';

const { folder, packloop, file, cells: made, split } = workshop();
const { cells, names } = made(28, 7, 90);
split('few.json', names.slice(0, 3), names.slice(8));
split('many.json', names.slice(0, 8), names.slice(8));

before(async () => {
  for (const it of ['few', 'many']) {
    const args = ['--data', 'data', '--split', `${it}.json`, '--out', `${it}.model`, '--synthetic'];
    const trained = await packloop('train', ...args);
    assert.equal(trained.code, 0, trained.errors);
  }
});
const registry = (...args: string[]) => packloop('registry', ...args, '--dir', 'shelf');
const idOf = (model: string): string => JSON.parse(readFileSync(join(folder, model), 'utf8')).id;

test('a model comes to speak by way of the shadow, a better one replaces it, and the one before can be called back', async () => {
  const why = ['--why', 'test'];
  assert.match((await registry('promote', ...why)).errors, /It stays as it is: no model is in shadow/);
  assert.equal((await registry('shadow', 'few.model', ...why)).code, 0);
  assert.equal((await registry('promote', ...why)).code, 0, 'the first needs no rival');
  assert.equal((await registry('shadow', 'many.model', ...why, '--by', 'ann')).code, 0);
  const blind = await registry('promote', ...why);
  assert.equal(blind.code, 2);
  assert.match(blind.errors, /--data and --split are needed to compare/);

  const promoted = await registry('promote', '--data', 'data', '--split', 'many.json', ...why, '--json');
  assert.equal(promoted.code, 0, promoted.out);
  const { live, shadow, comparison } = JSON.parse(promoted.out);
  assert.deepEqual([live, shadow, comparison.packs], [idOf('many.model'), null, 20]);
  assert.ok(comparison.shadowError < comparison.liveError);

  assert.equal((await registry('shadow', 'few.model', ...why)).code, 0);
  const worse = await registry('promote', '--data', 'data', '--split', 'many.json', ...why);
  assert.equal(worse.code, 1);
  assert.match(worse.errors, /It stays as it is: its error is larger/);

  assert.match((await registry('rollback', ...why)).out, new RegExp(idOf('few.model')));
  const listed = JSON.parse((await registry('list', '--json')).out);
  assert.equal(listed.live, idOf('few.model'));
  assert.deepEqual(
    listed.steps.map((it: { did: string }) => it.did),
    ['shadow', 'promote', 'shadow', 'promote', 'shadow', 'roll back'],
  );
  assert.equal(listed.steps[2].by, 'ann');
  assert.match((await registry('list')).out, /^live {4}sha256:/);
});

test('two models are not compared on a cell that one of them was trained on', async () => {
  split('seen.json', names.slice(20), names.slice(3, 8));
  assert.equal((await registry('shadow', 'many.model', '--why', 'again')).code, 0);
  const refused = await registry('promote', '--data', 'data', '--split', 'seen.json', '--why', 'again');
  assert.match(refused.errors, /the model was trained on cells\/3\.csv, which is a test cell/);
});

test('a number never comes without a basis: what is wrong has its file and line, what is thin has its reason', async () => {
  const good = asCsv(cells[20]!, 2).trimEnd().split('\n');
  const heading = good[0]!.split(',');
  const said = (text: string) => packloop('predict', '--model', 'many.model', file('pack.csv', text), '--json');
  const problem = async (text: string) => {
    const it = await said(text);
    assert.equal(it.code, 1, it.out);
    return JSON.parse(it.out).error as string;
  };
  const changed = (line: number, column: string, value: string) =>
    good
      .map((it, i) => (i === line - 1 ? it.split(',').with(heading.indexOf(column), value).join(',') : it))
      .join('\n');
  assert.match(await problem(''), /pack\.csv, line 1: the file is empty/);
  assert.match(await problem(good[0]!), /line 1: there is a heading and no charge/);
  assert.match(await problem(good.join('\n').replace('CC Q', 'Ah')), /line 1: the heading lacks "CC Q"/);
  assert.match(await problem(changed(5, 'voltage mean', '4100')), /line 5: voltage mean is 4100: not possible in V/);
  assert.match(await problem(changed(6, 'CC charge time', '0.1')), /line 6: CC Q and CC charge time make a current/);
  assert.match(await problem(changed(7, 'CV Q', 'much')), /line 7: CV Q is "much", which is no number/);
  assert.match(await problem(`${good.join('\n')}\n1,2`), /line \d+: 2 fields where the heading has 17/);

  const rows = async (text: string) => {
    const it = await said(text);
    assert.equal(it.code, 0, it.out);
    return it.out.split('\n').flatMap((row) => (row ? [JSON.parse(row)] : []));
  };
  const ten = await rows(good.slice(0, 11).join('\n'));
  assert.deepEqual([ten.length, ten[9].remaining], [10, null], 'ten charges say nothing of how long it will last');
  assert.match(ten[0].reason, /fewer than 3 charges so far/);
  const empty = heading.map((_, i) => (i < 4 ? '' : good[10]!.split(',')[i])).join(',');
  const [gap] = (await rows(good.with(10, empty).join('\n'))).slice(9, 10);
  assert.equal(gap.soh, null);
  assert.match(gap.reason, /no usable voltage mean, voltage std/);
  const twice = await rows(good.with(12, good[11]!).join('\n'));
  assert.equal(twice[11].soh, null);
  assert.match(twice[11].reason, /the same charge as charge 11, to the last digit/);
  const short = heading.map((it, i) => (/Q$|time$/.test(it) ? '0' : good[12]!.split(',')[i])).join(',');
  const [cut] = (await rows(good.with(12, short).join('\n'))).slice(11, 12);
  assert.notEqual(cut.standing, 'sound', JSON.stringify(cut));
});
