// packloop health registry drift, on SYNTHETIC cells.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { workshop } from './testing.ts';

const { folder, packloop, file, cells: made, split } = workshop();
const { cells, names } = made(14, 11, 90);
split('split.json', names.slice(0, 8), names.slice(8));
const others = cells.slice(8).map((cell, i) => ({ cell, file: `data/${names[8 + i]!}` }));

before(async () => {
  const data = ['--data', 'data', '--split', 'split.json'];
  const trained = await packloop('train', ...data, '--out', 'm.json', '--synthetic');
  assert.equal(trained.code, 0, trained.errors);
  for (const step of [['shadow', 'm.json'], ['promote']])
    assert.equal((await packloop('registry', ...step, '--dir', 'shelf', '--why', 'test')).code, 0);
  const said = await Promise.all(
    others.map((it) => packloop('predict', it.file, '--model', 'm.json', '--mode', 'commissioned', '--json')),
  );
  file('said.jsonl', said.map((it) => it.out).join(''));
});

/** A capacity test of every seventh charge, told as so many times what it was. */
const testsOf = (times: number): string =>
  others
    .flatMap(({ cell, file }) =>
      Array.from({ length: cell.rows }, (_, i) => ({
        file,
        cycle: i + 1,
        capacityAh: 2 * cell.soh[i]! * times,
      })).filter((it) => it.cycle % 7 === 0),
    )
    .map((it) => `${JSON.stringify(it)}\n`)
    .join('');
const drift = (decisions: string, ...more: string[]) =>
  packloop('registry', 'drift', '--dir', 'shelf', '--decisions', decisions, ...more);
const id = () => JSON.parse(readFileSync(join(folder, 'm.json'), 'utf8')).id as string;

test('a model that fits its charges raises no alarm; one whose intervals miss what was measured is named, and the exit code says it', async () => {
  file('true.jsonl', testsOf(1));
  const calm = await drift('said.jsonl', '--tests', 'true.jsonl', '--json');
  assert.equal(calm.code, 0, calm.out + calm.errors);
  const line = JSON.parse(calm.out);
  assert.deepEqual([line.model, line.role, line.mode, line.alarms], [id(), 'live', 'commissioned', []]);
  assert.ok(line.tested >= 50 && line.covered > 0.8 * line.tested, calm.out);

  file('less.jsonl', testsOf(0.85));
  const missed = await drift('said.jsonl', '--tests', 'less.jsonl', '--json');
  assert.equal(missed.code, 1);
  const { alarms, covered, tested } = JSON.parse(missed.out);
  assert.deepEqual(alarms, [`the interval of 90 % held ${covered} of ${tested} measured capacities`]);
  const told = await drift('said.jsonl', '--tests', 'less.jsonl');
  assert.equal(told.code, 1);
  assert.match(told.out, /sha256:\w+ \(live, commissioned\) drifts: the interval of 90 % held/);
});

test('charges unlike those of the training are an alarm before anybody measured; a charge told twice counts once', async () => {
  const lines = readFileSync(join(folder, 'said.jsonl'), 'utf8').trim().split('\n');
  const strange = lines.map((it) => JSON.stringify({ ...JSON.parse(it), standing: 'widened' })).join('\n');
  const alarmed = await drift(file('strange.jsonl', strange), '--json');
  assert.equal(alarmed.code, 1);
  const first = JSON.parse(alarmed.out);
  assert.deepEqual(first.alarms, [`${first.charges} of ${first.charges} charges are unlike the training charges`]);
  assert.equal(first.tested, 0);
  const again = await drift(file('twice.jsonl', `${lines.join('\n')}\n${strange}`), '--json');
  assert.equal(again.code, 0, 'what was said first is what counts');
  assert.equal(JSON.parse(again.out).charges, first.charges);
  const late = await drift('strange.jsonl', '--last', '99', '--json');
  assert.deepEqual([late.code, JSON.parse(late.out).charges], [0, 99], 'too few charges to say anything');
});

test('a decision or a test that cannot be read is refused by file and line, and a model that is not kept by its id', async () => {
  const bad = await drift(file('bad.jsonl', '{"file":"a.csv","cycle":0}\n'));
  assert.equal(bad.code, 1);
  assert.match(bad.errors, /bad\.jsonl, line 1: cycle: /);
  const tests = file('tests.jsonl', '\n{"file":"a.csv","cycle":3,"capacityAh":"2"}\n');
  assert.match((await drift('said.jsonl', '--tests', tests)).errors, /tests\.jsonl, line 2: capacityAh: /);
  assert.match((await drift(file('none.jsonl', ''))).errors, /no decision is kept there/);
  const stranger = readFileSync(join(folder, 'said.jsonl'), 'utf8').replaceAll(id(), 'sha256:0');
  const unknown = await drift(file('unknown.jsonl', stranger), '--tests', 'true.jsonl');
  assert.match(unknown.errors, /shelf does not hold the model sha256:0/);
  const elsewhere = file('elsewhere.jsonl', '{"file":"b.csv","cycle":3,"capacityAh":2}\n');
  assert.match(
    (await drift('said.jsonl', '--tests', elsewhere)).errors,
    /None of the 1 tests .* of which something was said/,
  );
});
