import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cyclesBand, quarterOf, sohBand } from './band.ts';

const percent = fc.double({ min: 0, max: 120, noNaN: true });

test('a state of health lies in the band that is told, within the margin that keeps it from swinging', () => {
  fc.assert(
    fc.property(percent, fc.option(percent, { nil: null }), (soh, earlier) => {
      const band = sohBand(soh, earlier === null ? null : sohBand(earlier));
      const shown = Math.min(99.9, soh);
      assert.ok(band.from - 1 <= shown && shown < band.to + 1, JSON.stringify(band));
      assert.ok(band.to - band.from >= 5, 'never narrower than five points');
    }),
  );
});

test('estimates that swing by less than a point about a limit never change the answer', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 89.05, max: 90.95, noNaN: true }), { minLength: 1 }), (course) => {
      const first = sohBand(course[0]!);
      const last = course.reduce((band, soh) => sohBand(soh, band), first);
      assert.deepEqual(last, first);
    }),
  );
});

test('below half, only that is said; cycles are told in hundreds; a date is its quarter', () => {
  assert.deepEqual(sohBand(12), { from: 0, to: 50 });
  assert.deepEqual(sohBand(104), { from: 95, to: 100 });
  assert.deepEqual(
    [cyclesBand(0), cyclesBand(99.9), cyclesBand(100)],
    [
      { from: 0, to: 100 },
      { from: 0, to: 100 },
      { from: 100, to: 200 },
    ],
  );
  assert.deepEqual(cyclesBand(9_999), { from: 3_000, to: null });
  assert.deepEqual(
    ['2026-01-01', '2025-06-30', '2025-07-01', '2024-12-31'].map((it) => quarterOf(Temporal.PlainDate.from(it))),
    ['2026-Q1', '2025-Q2', '2025-Q3', '2024-Q4'],
  );
});
