import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseVin, withCheckDigit } from './vin.ts';

test('VINs with the right check digit are read, also X for ten', () => {
  for (const vin of ['1M8GDM9AXKP042788', '11111111111111111', '1HGCM82633A004352', '5GZCZ43D13S812715'])
    assert.deepEqual(parseVin(vin.toLowerCase()), { ok: true, vin });
});

test('a wrong VIN is refused by what is wrong', () => {
  const why = (text: string) => {
    const it = parseVin(text);
    return it.ok ? 'nothing' : it.field;
  };
  assert.equal(why('1M8GDM9A1KP042788'), 'checkDigit');
  assert.equal(why('1M8GDM9AXKPO42788'), 'character');
  assert.equal(why('1M8GDM9AXKP04278'), 'length');
});

const symbols = [...'0123456789ABCDEFGHJKLMNPRSTUVWXYZ'];
test('one misread digit never goes unseen', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...symbols), { minLength: 17, maxLength: 17 }),
      fc.nat(16),
      fc.integer({ min: 1, max: 9 }),
      (text, at, by) => {
        const digits = text.map((it, place) => (place === at ? '4' : it)).join('');
        const vin = withCheckDigit(digits);
        assert.ok(parseVin(vin).ok);
        const digit = vin[at];
        const misread = String((Number(digit === 'X' ? 0 : digit) + by) % 10);
        if (misread !== digit) assert.equal(parseVin(vin.slice(0, at) + misread + vin.slice(at + 1)).ok, false);
      },
    ),
  );
});

test('a made-up VIN needs 17 characters of the alphabet', () => {
  assert.throws(() => withCheckDigit('SHORT'), RangeError);
  assert.throws(() => withCheckDigit('IIIIIIIIIIIIIIIII'), RangeError);
});
