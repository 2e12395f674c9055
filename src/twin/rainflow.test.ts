import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Cycle, counted, halves, meanDepth, nothingOpen, rainflow } from './api/rainflow.ts';

const byRange = (cycles: readonly Cycle[]) => {
  const counts: Record<number, number> = {};
  for (const { range, count } of cycles) counts[range] = (counts[range] ?? 0) + count;
  return counts;
};

test('the example of ASTM E1049-85, figure 6, is counted as the standard counts it', () => {
  assert.deepEqual(byRange(rainflow([-2, 1, -3, 5, -1, 3, -4, 4, -2])), { 3: 0.5, 4: 1.5, 6: 0.5, 8: 1, 9: 0.5 });
});

test('one whole cycle stands in the middle of that example, the rest are halves', () => {
  const whole = rainflow([-2, 1, -3, 5, -1, 3, -4, 4, -2]).filter((it) => it.count === 1);
  assert.deepEqual(whole, [{ range: 4, mean: 1, count: 1 }]);
});

const anyHistory = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 60 });

test('a history that comes value by value, or is kept and read again between, counts the same', () => {
  fc.assert(
    fc.property(anyHistory, (values) => {
      let open = nothingOpen;
      const cycles: Cycle[] = [];
      for (const value of values) {
        const next = counted(JSON.parse(JSON.stringify(open)), value);
        cycles.push(...next.cycles);
        open = next.open;
      }
      assert.deepEqual([...cycles, ...halves(open)], rainflow(values));
    }),
  );
});

test('values in between that turn nothing change no count', () => {
  fc.assert(
    fc.property(anyHistory, (values) => {
      const finer = values.flatMap((value, n) => (n === 0 ? [value] : [(value + values[n - 1]!) / 2, value, value]));
      assert.deepEqual(byRange(rainflow(finer)), byRange(rainflow(values)));
    }),
  );
});

test('all that goes up and down is counted: twice the ranges, halves as halves, is the way gone', () => {
  fc.assert(
    fc.property(anyHistory, (values) => {
      const way = values.slice(1).reduce((sum, value, n) => sum + Math.abs(value - values[n]!), 0);
      const counted = rainflow(values).reduce((sum, it) => sum + 2 * it.count * it.range, 0);
      assert.ok(Math.abs(way - counted) < 1e-9);
    }),
  );
});

test('the widest range is never lost', () => {
  fc.assert(
    fc.property(anyHistory, (values) => {
      const widest = Math.max(...rainflow(values).map((it) => it.range), 0);
      assert.equal(widest, Math.max(...values) - Math.min(...values));
    }),
  );
});

test('depth is weighted by charge: one deep cycle among many shallow ones counts for what it moves', () => {
  const cycles: Cycle[] = [{ range: 0.8, mean: 0.5, count: 1 }, ...Array(8).fill({ range: 0.1, mean: 0.5, count: 1 })];
  assert.ok(Math.abs(meanDepth(cycles) - 0.45) < 1e-12);
  assert.equal(meanDepth([]), 0);
});
