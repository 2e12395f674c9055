import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatCode45565, PRODUCT_TYPES, parseCode45565, readCode, recode45565 } from './code45565.ts';

const today = Temporal.PlainDate.from('2026-11-22');
const refusedBy = (text: string) => {
  const it = parseCode45565(text);
  return it.ok ? 'nothing' : it.field;
};

test('a two-wheeler pack is read: enterprise, product type, design, variable part', () => {
  const it = parseCode45565('ab12f48-26b\n2201');
  assert.ok(it.ok);
  assert.equal(it.code, 'AB12F48-26B2201');
  assert.deepEqual(it.parts, { enterprise: 'AB12', product: 'F', design: '48', variable: '26B2201', secondUse: 'no' });
  assert.deepEqual(PRODUCT_TYPES[it.parts.product], { use: 'small-power', level: 'pack' });
});

test('-R before the variable part is second use; an R that runs on is unclear and never lost', () => {
  const clear = parseCode45565('AB12F48-R-26B2201');
  assert.ok(clear.ok && clear.parts.secondUse === 'yes' && clear.parts.variable === '26B2201');
  const unclear = parseCode45565('AB12F48-R26B2201');
  assert.ok(unclear.ok && unclear.parts.secondUse === 'unclear');
  assert.equal(formatCode45565(unclear.parts), 'AB12F48-R26B2201');
});

test('a battery re-coded for second use keeps both parts of its code, and is re-coded once', () => {
  const recoded = (text: string) => {
    const read = parseCode45565(text);
    assert.ok(read.ok);
    const made = recode45565(read.parts);
    return made.ok ? made.code : `${made.field}: ${made.problem}`;
  };
  assert.equal(recoded('AB12F48-26B2201'), 'AB12F48-R-26B2201');
  assert.equal(recoded('AB12F48-R-26B2201'), 'variablePart: is of second use already');
  assert.match(recoded('AB12F48-R26B2201'), /^variablePart: .* may be/);
  assert.equal(recoded(`AB12F48-${'1'.repeat(40)}`).length, 50);
  assert.match(recoded(`AB12F48-${'1'.repeat(41)}`), /^length: has 51 characters/);
});

test('a wrong code is refused by its field', () => {
  assert.equal(refusedBy('AO12F48-26B2201'), 'enterprise');
  assert.equal(refusedBy('A112L48-26B2201'), 'productType');
  assert.equal(refusedBy('A112F4.-26B2201'), 'fixedPart');
  assert.equal(refusedBy('A112-26B2201'), 'fixedPart');
  assert.equal(refusedBy('A112F48'), 'variablePart');
  assert.equal(refusedBy('A112F48-'), 'variablePart');
  assert.equal(refusedBy('A112F48-R-'), 'variablePart');
  assert.equal(refusedBy('A112F48-26-B'), 'variablePart');
  assert.equal(refusedBy(`A112F48-${'1'.repeat(43)}`), 'length');
});

test('all letters of the standard are known, I, L, N, O, Q, R are none of them', () => {
  assert.equal(Object.keys(PRODUCT_TYPES).join(''), 'ABCDEFGHJKMPS');
  for (const letter of 'ILNOQRTUVWXYZ0') assert.equal(refusedBy(`A112${letter}-1`), 'productType');
});

test('what is written is read again', () => {
  const text = (alphabet: string, min: number, max: number) =>
    fc.array(fc.constantFrom(...alphabet), { minLength: min, maxLength: max }).map((it) => it.join(''));
  const any = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  fc.assert(
    fc.property(
      text('0123456789ABCDEFGHJKLMNPQRSTUVWXYZ', 4, 4),
      fc.constantFrom(...'ABCDEFGHJKMPS'),
      text(any, 0, 20),
      text(any, 1, 20).filter((it) => !it.startsWith('R')),
      fc.boolean(),
      (enterprise, product, design, variable, again) => {
        const parts = {
          enterprise,
          product: product as 'F',
          design,
          variable,
          secondUse: again ? 'yes' : 'no',
        } as const;
        const it = parseCode45565(formatCode45565(parts));
        assert.ok(it.ok);
        assert.deepEqual(it.parts, parts);
      },
    ),
  );
});

test('a scanner need not know which standard a plate follows', () => {
  const car = readCode('001CB240000003B3C0221953', today);
  const scooter = readCode('AB12F48-26B2201', today);
  assert.deepEqual([car.ok, car.standard], [true, 'GB/T 34014-2017']);
  assert.deepEqual([scooter.ok, scooter.standard], [true, 'GB/T 45565-2025']);
});
