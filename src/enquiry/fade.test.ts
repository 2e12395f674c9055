import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { K } from './blurred.ts';
import { cellsOf, curveOf, isReleased } from './fade.ts';
import { paceOf } from './pace.ts';

const soh = fc.double({ min: 50, max: 100, noNaN: true });

/** What is told after each day on which some packs reach a cell. */
function editions(days: readonly number[]): number[] {
  let [told, waiting] = [0, 0];
  return days.map((arrived) => {
    waiting += arrived;
    const now = isReleased(waiting) ? waiting : 0;
    told += now;
    waiting -= now;
    return told;
  });
}

test('whichever two editions of a cell are compared, they differ by nobody or by twenty packs and more', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 30 }), { maxLength: 60 }), (days) => {
      const told = editions(days);
      for (const [n, later] of told.entries())
        for (const earlier of [0, ...told.slice(0, n)]) {
          const more = later - earlier;
          assert.ok(more === 0 || more >= K, `${more} packs stand alone between two editions`);
        }
    }),
  );
});

test('fewer than twenty packs have no curve, and of twenty neither the best nor the worst is told', () => {
  fc.assert(
    fc.property(fc.array(soh, { maxLength: 80 }), (sohs) => {
      const curve = curveOf(sohs);
      assert.equal(curve === undefined, sohs.length < K);
      if (!curve) return;
      assert.ok(curve.p10 <= curve.p50 && curve.p50 <= curve.p90);
      // What happens to the best and the worst pack changes nothing that is told.
      const sorted = sohs.toSorted((a, b) => a - b);
      assert.deepEqual(curveOf([0, ...sorted.slice(1, -1), 200]), curve);
    }),
  );
});

test('the number of packs is told in words that change seldom', () => {
  const packs = (many: number) => curveOf(Array.from({ length: many }, () => 90))?.packs;
  assert.deepEqual([19, 20, 49, 50, 99, 100, 499, 500].map(packs), [
    undefined,
    ...['20+', '20+', '50+', '50+', '100+', '100+', '500+'],
  ]);
});

test('no cell is the sum or the difference of others: a pack is in one of its model, pace and bin on each axis', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.25, max: 20, noNaN: true }),
      fc.double({ min: 0, max: 6000, noNaN: true }),
      (years, efc) => {
        const cells = cellsOf({ model: 'nio-75', pace: paceOf(efc, years)!, years, efc });
        assert.deepEqual(
          cells.map((it) => it.axis),
          ['age', 'cycles'],
        );
        const [age, cycles] = cells;
        assert.ok(age!.bin * 0.5 <= years && years < (age!.bin + 1) * 0.5);
        assert.ok(cycles!.bin * 200 <= efc && efc < (cycles!.bin + 1) * 200);
      },
    ),
  );
});

test('a pack of some weeks has no pace yet', () => {
  assert.equal(paceOf(40, 0.1), undefined);
  assert.deepEqual([paceOf(60, 1), paceOf(200, 1), paceOf(900, 2)], ['gentle', 'steady', 'hard']);
});
