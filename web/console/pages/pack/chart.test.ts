import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { chartOf } from './chart.ts';

const box = { width: 600, height: 200, left: 44, right: 12, top: 10, bottom: 24 };
const at = (hours: number) => new Date(Date.UTC(2026, 10, 22) + hours * 3_600_000).toISOString();

suite('the chart of a pack’s health', () => {
  test('every report lies inside the box, the healthier the higher, the later the further right', () => {
    const report = fc.record({
      hours: fc.integer({ min: 0, max: 100_000 }),
      soh: fc.double({ min: 0, max: 100, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(report, { minLength: 1, maxLength: 60 }), (list) => {
        const sorted = list.toSorted((a, b) => a.hours - b.hours).map((it) => ({ at: at(it.hours), soh: it.soh }));
        const { points, xSteps, ySteps } = chartOf(sorted, box);
        for (const [n, { x, y }] of points.entries()) {
          assert.ok(x >= box.left && x <= box.width - box.right + 1e-6, `x ${x}`);
          assert.ok(y >= box.top - 1e-6 && y <= box.height - box.bottom + 1e-6, `y ${y}`);
          if (n > 0) assert.ok(x >= points[n - 1]!.x - 1e-6);
          for (const [m, other] of points.entries())
            if (sorted[m]!.soh > sorted[n]!.soh) assert.ok(other.y <= y + 1e-9, 'healthier is higher');
        }
        assert.ok(ySteps.length >= 2 && ySteps.length <= 6 && xSteps.length >= 1 && xSteps.length <= 5);
      }),
    );
  });

  test('a single report stands in the middle, under its own date', () => {
    const { points, xSteps, spanMs } = chartOf([{ at: at(1), soh: 95.9 }], box);
    assert.equal(points.length, 1);
    assert.equal(points[0]?.x, xSteps[0]?.x);
    assert.equal(spanMs, 0);
  });

  test('a pack that is as good as new is drawn below 100 %, not beyond it', () => {
    const { ySteps } = chartOf(
      [
        { at: at(0), soh: 100 },
        { at: at(9), soh: 99.9 },
      ],
      box,
    );
    assert.equal(Math.max(...ySteps.map((it) => it.percent)), 100);
  });
});
