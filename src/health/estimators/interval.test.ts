import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Chance, chance } from '#units';
import { calibrate, type Tried } from './calibrate.ts';
import { doubt, halfWidths } from './interval.ts';

/** A made-up cell whose errors are as large as its members are apart, with a bias of its own: rows of a cell err together. */
function cell(dice: Chance): Tried {
  const rows = 120;
  const noise = () => dice.next() + dice.next() + dice.next() - 1.5;
  const bias = noise();
  const apart = Float64Array.from({ length: rows }, (_, i) => 0.002 + (0.01 * i) / rows);
  const basis = {
    columns: ['cycles', 'log cycles'],
    rows,
    x: Float64Array.from({ length: 2 * rows }, (_, i) => (i < rows ? i + 1 : Math.log(i - rows + 1))),
    anchor: new Float64Array(rows).fill(Number.NaN),
  };
  return {
    doubt: doubt(basis, new Float64Array(rows).fill(0.9), apart),
    off: apart.map((it) => it * (bias + noise())),
  };
}

const cells = (many: number, seed: number) => {
  const dice = chance(seed);
  return Array.from({ length: many }, () => cell(dice));
};

test('intervals calibrated on some cells hold nine of ten truths of other cells, wider where more is in doubt', () => {
  const others = cells(150, 2);
  const drawn = [1, 3, 4, 5, 6, 7].map((seed) => {
    const interval = calibrate(cells(40, seed));
    return mean(
      others.map(({ doubt, off }) => {
        const half = halfWidths(interval, doubt);
        assert.ok(half[110]! > 1.5 * half[5]!, 'late rows err more');
        return off.filter((it, i) => Math.abs(it) <= half[i]!).length / off.length;
      }),
    );
  });
  assert.ok(mean(drawn) >= 0.88 && mean(drawn) <= 0.92, `${drawn}`); // forty cells each: a single draw may be off by five
});

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

test('with few cells more is aimed at than with many, for nobody knows how typical they are', () => {
  assert.ok(calibrate(cells(6, 3)).covered.mean > calibrate(cells(60, 3)).covered.mean);
});

test('rows without a known truth neither widen nor narrow an interval', () => {
  const some = cells(20, 4);
  const gappy = some.map((it) => ({ ...it, off: it.off.map((off, i) => (i >= 100 ? Number.NaN : off)) }));
  const cut = calibrate(gappy);
  assert.ok(Number.isFinite(cut.factor) && cut.factor > 0);
  assert.equal(cut.cells, 20);
});
