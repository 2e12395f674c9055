import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readCell } from './reading.ts';
import { asCsv, syntheticCells, syntheticGroup } from './synthetic.ts';

const nominalAh = syntheticGroup.nominalAh;
const good = asCsv(syntheticCells(1, 3, 40)[0]!, nominalAh);
const lines = good.split('\n');
const problems = (text: string) => {
  const read = readCell(text, 'cell.csv', nominalAh);
  return read.ok ? [] : read.issues.map((it) => `${it.line}: ${it.problem}`);
};
const withField = (line: number, column: string, value: string) => {
  const at = lines[0]!.split(',').indexOf(column);
  return lines.map((it, i) => (i === line - 1 ? it.split(',').with(at, value).join(',') : it)).join('\n');
};

test('a good table is read as it stands, whatever the order of its columns and the ends of its lines', () => {
  const read = readCell(good, 'cell.csv', nominalAh);
  assert.ok(read.ok);
  assert.equal(read.cell.rows, lines.length - 2);
  const turned = lines.map((it) => it.split(',').reverse().join(',')).join('\r\n');
  const other = readCell(`\uFEFF${turned}`, 'cell.csv', nominalAh);
  assert.ok(other.ok);
  assert.deepEqual(other.cell.signals, read.cell.signals);
  assert.deepEqual(other.cell.soh, read.cell.soh);
});

test('what cannot be right is refused by line and column', () => {
  assert.deepEqual(problems(''), ['1: the file is empty']);
  assert.deepEqual(problems(lines[0]!), ['1: there is a heading and no charge']);
  assert.match(problems(good.replace('CC Q', 'CC charge'))[0]!, /^1: the heading lacks "CC Q"/);
  assert.match(problems(good.replace('CV Q', 'CC Q'))[0]!, /lacks "CV Q"/);
  assert.match(problems(lines.with(4, '1,2,3').join('\n'))[0]!, /^5: 3 fields where the heading has 17/);
  assert.match(problems(withField(7, 'voltage mean', 'high'))[0]!, /^7: voltage mean is "high", which is no number/);
});

test('swapped units are refused: millivolt, milliampere hours, hours', () => {
  assert.match(problems(withField(3, 'voltage mean', '4100'))[0]!, /^3: voltage mean is 4100: not possible in V/);
  assert.match(problems(withField(3, 'capacity', '1900'))[0]!, /^3: capacity is 1900 Ah of nominal 2 Ah/);
  assert.match(problems(withField(3, 'CC charge time', '0.09'))[0]!, /^3: CC Q and CC charge time make a current of/);
  assert.match(problems(withField(3, 'CC Q', '350'))[0]!, /^3: CC Q and CC charge time/);
});

test('a column of another sign or unit in the whole file is refused by what belongs together', () => {
  const whole = (column: string, change: (it: number) => number) => {
    const at = lines[0]!.split(',').indexOf(column);
    const turned = lines.slice(1).map((it) => {
      const fields = it.split(',');
      return it === '' ? it : fields.with(at, String(change(Number(fields[at])))).join(',');
    });
    return problems([lines[0], ...turned].join('\n'))[0] ?? 'none';
  };
  assert.match(
    whole('CV Q', (it) => -it),
    /CV Q is negative in most charges/,
  );
  assert.match(
    whole('current mean', (it) => 1000 * it),
    /current mean is .* times CV Q \/ CV charge time/,
  );
  assert.match(
    whole('CV charge time', (it) => it / 60),
    /A, Ah and s are needed/,
  );
  assert.equal(
    whole('current mean', (it) => it),
    'none',
  );
});

test('a gap is no error: it is carried as no number and told by its line', () => {
  for (const gap of ['', 'NaN', '-inf', 'Infinity', 'n/a']) {
    const read = readCell(withField(9, 'voltage entropy', gap), 'cell.csv', nominalAh);
    assert.ok(read.ok, gap);
    assert.deepEqual(read.remarks, [{ file: 'cell.csv', line: 9, problem: 'no usable voltage entropy' }]);
  }
});

test('whatever the bytes, the answer is a cell or a list of lines, never a crash', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(good.length), fc.nat(50), (noise, at, gone) => {
      const read = readCell(good.slice(0, at) + noise + good.slice(at + gone), 'cell.csv', nominalAh);
      if (read.ok) assert.ok(read.cell.soh.every((it) => Number.isNaN(it) || (it >= 0.05 && it <= 1.5)));
      else assert.ok(read.issues.length > 0 && read.issues.every((it) => it.line >= 1));
    }),
  );
});

test('a slip in one of many charges counts as blank and is told; the same in every twentieth is refused', () => {
  const long = asCsv(syntheticCells(1, 4, 400)[0]!, nominalAh).split('\n');
  const at = long[0]!.split(',').indexOf('capacity');
  const inMilli = (slips: (line: number) => boolean) =>
    readCell(
      long.map((it, i) => (slips(i + 1) && it !== '' ? it.split(',').with(at, '1900').join(',') : it)).join('\n'),
      'cell.csv',
      nominalAh,
    );
  const once = inMilli((line) => line === 50);
  assert.ok(once.ok);
  assert.ok(Number.isNaN(once.cell.soh[48]!));
  assert.match(once.remarks[0]!.problem, /capacity is 1900 Ah of nominal 2 Ah.* counts as blank/);
  assert.equal(once.remarks[0]!.line, 50);
  const often = inMilli((line) => line > 1 && line % 20 === 0);
  assert.ok(!often.ok);
  assert.equal(often.issues[0]!.line, 20);
});
