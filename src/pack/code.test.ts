import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type CodeField, type CodeParts, formatCode, isSecondUseCode, parseCode } from './code.ts';
import { DAYS, dateOf, MONTHS, YEARS } from './code-date.ts';

const today = Temporal.PlainDate.from('2026-11-22');
const golden = '001CB240000003B3C0221953';

const read = (text: string, at = today) => {
  const it = parseCode(text, at);
  assert.ok(it.ok, JSON.stringify(it));
  return it;
};
const refused = (text: string, at = today) => {
  const it = parseCode(text, at);
  assert.ok(!it.ok, `${text} was read`);
  return it;
};

const symbols = (from: string, length: number) =>
  fc.array(fc.constantFrom(...from), { minLength: length, maxLength: length }).map((it) => it.join(''));
const free = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const product = fc.constantFrom('P', 'M', 'C');
const anyParts = fc
  .record({
    manufacturer: symbols(free, 3),
    product,
    battery: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G', 'Z'),
    specification: symbols(free, 2),
    on: fc.integer({ min: 0, max: 5000 }).map((days) => Temporal.PlainDate.from('2011-01-01').add({ days })),
    serial: fc.integer({ min: 1, max: 9_999_999 }),
    traceability: fc.option(symbols(free, 7)),
    secondUse: fc.option(product),
  })
  .map((it) => ({ ...it, secondUse: it.traceability === null ? (it.secondUse ?? 'P') : it.secondUse }) as CodeParts);

/** Parts with the day as text: two Temporal days are always deeply equal to an assertion. */
const plain = (parts: CodeParts) => ({ ...parts, on: `${parts.on}` });

test('codes seen on real batteries are read with their day of production', () => {
  assert.deepEqual(plain(read(golden).parts), {
    manufacturer: '001',
    product: 'C',
    battery: 'B',
    specification: '24',
    traceability: '0000003',
    on: '2021-03-12',
    serial: 221953,
    secondUse: null,
  });
  assert.equal(`${read('04QCB76836300JBC40000903').parts.on}`, '2021-12-04');
  assert.equal(`${read('04QCB52091380JG120006435').parts.on}`, '2026-01-02');
  assert.equal(`${read('X12MCPM27KLPCLX2M2382320', Temporal.PlainDate.from('2040-01-01')).parts.on}`, '2039-02-21');
});

test('a battery made after today is refused by its date', () => {
  assert.equal(refused('X12MCPM27KLPCLX2M2382320').field, 'date');
  assert.equal(refused(golden, Temporal.PlainDate.from('2021-03-11')).field, 'date');
  assert.ok(parseCode(golden, Temporal.PlainDate.from('2021-03-12')).ok);
});

test('a plate in two lines and small letters is one code', () => {
  assert.equal(read(' 04qcb7683630\n 0jbc40000903 ').code, '04QCB76836300JBC40000903');
  assert.equal(read('００１CB240000003B3C0221953').code, golden);
});

test('26 characters end in R and the product type, 19 have lost their traceability code', () => {
  assert.deepEqual([read(`${golden}RM`).parts.secondUse, read(`${golden}RM`).parts.traceability], ['M', '0000003']);
  const short = read('001CB24B3C0221953RC').parts;
  assert.deepEqual([short.secondUse, short.traceability, `${short.on}`], ['C', null, '2021-03-12']);
});

test('30 February and 31 April are no days, 29 February only every fourth year', () => {
  assert.equal(refused('001CB240000003B2Y0221953').field, 'date');
  assert.equal(refused('001CB240000003B400221953').field, 'date');
  assert.equal(refused('001CB240000003B2X0221953').field, 'date');
  assert.equal(`${read('001CB240000003A2X0221953').parts.on}`, '2020-02-29');
});

test('a wrong character is named with its field, its position and what was meant', () => {
  const cases: readonly [number, string, CodeField][] = [
    [0, '-', 'manufacturer'],
    [3, 'X', 'productType'],
    [4, 'H', 'batteryType'],
    [6, '!', 'specification'],
    [13, '*', 'traceability'],
    [14, 'I', 'year'],
    [15, 'D', 'month'],
    [16, 'U', 'day'],
    [20, 'O', 'serial'],
  ];
  for (const [at, symbol, field] of cases) {
    const it = refused(golden.slice(0, at) + symbol + golden.slice(at + 1));
    assert.equal(it.field, field);
    assert.match(it.problem, new RegExp(`position ${at + 1}\\b`));
  }
  assert.match(refused('001CB240000003B3CO221953').hint, /was it 0\?/);
  assert.equal(refused(`${golden}XP`).field, 'secondUse');
  assert.equal(refused(`${golden}RX`).field, 'secondUse');
  assert.equal(refused('001CB240000003B3C0000000').field, 'serial');
  for (const text of ['', golden.slice(1), `${golden}R`, `${golden}RPP`]) assert.equal(refused(text).field, 'length');
});

test('a code says what was written into it, for all parts and lengths', () => {
  fc.assert(
    fc.property(anyParts, (parts) => {
      const code = formatCode(parts);
      assert.deepEqual(plain(read(code).parts), plain(parts));
      assert.equal(isSecondUseCode(code), parts.secondUse !== null);
    }),
  );
});

test('any one damaged character is refused by the field it stands in, or is another well-formed code', () => {
  const fields = [...'mmmtbssxxxxxxxymdnnnnnnn'];
  const names = {
    m: 'manufacturer',
    t: 'productType',
    b: 'batteryType',
    s: 'specification',
    x: 'traceability',
    n: 'serial',
  };
  const at = (position: number) =>
    position === 14 ? 'year' : position === 15 ? 'month' : position === 16 ? 'day' : names[fields[position] as 'm'];
  fc.assert(
    fc.property(anyParts, fc.nat(23), fc.constantFrom(...'0123456789ABCDEIOQUZ#*.é零'), (parts, position, symbol) => {
      const code = formatCode({ ...parts, traceability: 'ABCDEFG', secondUse: null } as CodeParts);
      const damaged = code.slice(0, position) + symbol + code.slice(position + 1);
      const it = parseCode(damaged, today);
      if (it.ok) assert.equal(it.code, damaged);
      else assert.ok(it.field === at(position) || (it.field === 'date' && position >= 14 && position <= 16), it.field);
    }),
  );
});

test('no text makes the reader fail otherwise than by a refusal', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof parseCode(text, today).ok === 'boolean'));
});

test('the year and day alphabets have 30 and 31 symbols and leave out what looks like a digit', () => {
  assert.deepEqual([YEARS.length, MONTHS.length, DAYS.length], [30, 12, 31]);
  assert.equal(YEARS.search(/[IOQUZ0]/), -1);
  assert.deepEqual(`${dateOf('Y', 'C', '0')}`, '2040-12-31');
  for (const [symbol, day] of Object.entries({ A: 10, H: 17, J: 18, N: 22, P: 23, R: 24, S: 25, T: 26, V: 27, Y: 30 }))
    assert.equal(dateOf('G', '1', symbol)?.day, day);
  for (const [symbol, year] of Object.entries({ 1: 2011, 9: 2019, A: 2020, F: 2025, G: 2026, H: 2027, J: 2028 }))
    assert.equal(dateOf(symbol, '1', '1')?.year, year);
});
