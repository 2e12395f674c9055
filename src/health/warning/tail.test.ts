import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { chance } from '#units';
import { apart, medianOf } from './robust.ts';
import { limitFor } from './tail.ts';

test('a limit is passed in the share of years that was asked for, counted or beyond what was counted', () => {
  const dice = chance(8);
  const years = Float64Array.from({ length: 4000 }, () => dice.exponential(1));
  assert.ok(Math.abs(limitFor(years, 0.05) - Math.log(20)) < 0.15, 'counted');
  const far = limitFor(years, 1e-4);
  assert.ok(far > 8 && far < 12.5, `${far}, exactly ${Math.log(1e4)}`);
});

test('a rarer passing never has a lower limit', () => {
  const dice = chance(9);
  const years = Float64Array.from({ length: 1000 }, () => dice.exponential(2));
  fc.assert(
    fc.property(
      fc.double({ min: 1e-5, max: 0.2, noNaN: true }),
      fc.double({ min: 1e-5, max: 0.2, noNaN: true }),
      (a, b) => assert.ok(limitFor(years, Math.min(a, b)) >= limitFor(years, Math.max(a, b)) - 0.2),
    ),
  );
});

test('years that were all alike have no tail; too few years are refused', () => {
  assert.equal(limitFor(new Float64Array(1000).fill(3), 1e-4), 3);
  assert.throws(() => limitFor(new Float64Array(10), 0.001), RangeError);
});

test('the median is that of sorting, missing readings left out', () => {
  fc.assert(
    fc.property(
      fc.array(fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { nil: Number.NaN }), { maxLength: 120 }),
      (values) => {
        const there = values.filter((it) => !Number.isNaN(it)).sort((a, b) => a - b);
        const expected =
          there.length === 0 ? Number.NaN : (there[(there.length - 1) >> 1]! + there[there.length >> 1]!) / 2;
        assert.ok(Object.is(medianOf(values), expected) || Math.abs(medianOf(values) - expected) < 1e-9);
      },
    ),
  );
});

test('a pack of which more than half is missing has no middle', () => {
  assert.equal(apart([3700, 3701, 3702, 3703, null, null, null, null, null]), undefined);
  assert.equal(apart([3700, 3701, 3702]), undefined);
  assert.equal(apart([3700, 3701, 3702, 3700, null])?.many, 4);
});
