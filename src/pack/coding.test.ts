import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CodeDesign, CodeParts } from './code.ts';
import { formatCode, isSecondUseCode, parseCode } from './code.ts';
import { codesOf, coding, recode, wrongPart } from './coding.ts';

const today = Temporal.PlainDate.from('2026-11-22');
const made = Temporal.PlainDate.from('2025-03-31');
const pack: CodeDesign = {
  manufacturer: '001',
  product: 'P',
  battery: 'B',
  specification: '20',
  traceability: 'PL00001',
};
const partsOf = (code: string): CodeParts => {
  const it = parseCode(code, today);
  assert.ok(it.ok);
  return it.parts;
};

test('a million new packs get a million different codes', () => {
  const { next } = coding();
  const codes = new Set<string>();
  for (let n = 0; n < 1_000_000; n++) codes.add(next(n % 2 ? pack : { ...pack, product: 'M' }, n % 3 ? made : today));
  assert.equal(codes.size, 1_000_000);
});

test('serials count from 1 per design and day, and go on after a restart', () => {
  const first = coding();
  assert.equal(partsOf(first.next(pack, made)).serial, 1);
  assert.equal(partsOf(first.next(pack, made)).serial, 2);
  assert.equal(partsOf(first.next(pack, today)).serial, 1);
  assert.equal(partsOf(coding(first.counted()).next(pack, made)).serial, 3);
});

test('a day has 9,999,999 serials and no more, and a design that fits no code makes none', () => {
  const series = formatCode({ ...pack, on: made, serial: 1, secondUse: null }).slice(0, 17);
  const late = coding([[series, 9_999_998]]);
  assert.equal(partsOf(late.next(pack, made)).serial, 9_999_999);
  assert.throws(() => late.next(pack, made), RangeError);
  assert.throws(() => late.next({ ...pack, manufacturer: '01' }, made), RangeError);
  assert.throws(() => late.next(pack, Temporal.PlainDate.from('2041-01-01')), RangeError);
});

test('a battery re-coded for second use keeps the link to its original both ways', () => {
  const original = coding().next(pack, made);
  const again = recode(partsOf(original), today, 7, { manufacturer: 'R01', product: 'M' });
  assert.ok(again.ok);
  assert.equal(again.code.length, 19);
  assert.ok(isSecondUseCode(again.code));
  assert.equal(partsOf(again.code).secondUse, 'M');
  assert.deepEqual(again.link, { original, successor: again.code });
  const third = recode(partsOf(again.code), today, 8);
  assert.ok(third.ok);
  const links = [third.link, again.link];
  for (const any of [original, again.code, third.code])
    assert.deepEqual(codesOf(links, any), [original, again.code, third.code]);
});

test('a battery is not re-coded before it was made, nor into more than it was', () => {
  const module = partsOf(coding().next({ ...pack, product: 'M' }, made));
  const early = recode(module, made.subtract({ days: 1 }), 1);
  const grown = recode(module, today, 1, { product: 'P' });
  assert.ok(!early.ok && early.field === 'date');
  assert.ok(!grown.ok && grown.field === 'productType');
});

test('packs hold modules, modules hold cells, and a part is not younger than the whole', () => {
  const { next } = coding();
  const [whole, module, cell] = (['P', 'M', 'C'] as const).map((product) => partsOf(next({ ...pack, product }, made)));
  assert.equal(wrongPart(whole!, module!), undefined);
  assert.equal(wrongPart(whole!, cell!), undefined);
  assert.equal(wrongPart(module!, whole!)?.field, 'productType');
  assert.equal(wrongPart(cell!, cell!)?.field, 'productType');
  assert.equal(wrongPart(whole!, { ...module!, on: today })?.field, 'date');
});
