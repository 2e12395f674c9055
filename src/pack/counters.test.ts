import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { PackCode, StationId } from '#units';
import { type Counters, counts, judgeCounters } from './counters.ts';

const start = Temporal.Instant.from('2026-11-22T08:00:00Z');
const read = (counters: Counters, minutes = 60) => {
  const at = start.add({ minutes });
  return { code: 'P' as PackCode, stationId: 'S' as StationId, at, counters };
};
const judged = (before: Counters, now: Counters, minutes?: number) =>
  judgeCounters({ at: start, counters: before }, read(now, minutes));

test('a count that fell, or minutes that grew faster than time, cannot be', () => {
  assert.deepEqual(judged({ deepDischarges: 3 }, { deepDischarges: 2 }), {
    ...{ is: 'strange', counter: 'deepDischarges', why: 'backwards' },
  });
  assert.deepEqual(judged({ hotMinutes: 10 }, { hotMinutes: 100 }), {
    ...{ is: 'strange', counter: 'hotMinutes', why: 'too-fast' },
  });
  assert.equal(judged({ hotMinutes: 10 }, { hotMinutes: 70 }).is, 'news');
  assert.equal(judged({ deepDischarges: 1 }, { deepDischarges: 900 }).is, 'news', 'times are no minutes');
  for (const value of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
    assert.equal(judged({}, { overcharges: value }).is, 'strange', `${value}`);
  assert.equal(judged({}, { efficiencyPercent: 101 }).is, 'strange');
});

test('what hardly changed is no news; what a pack does not tell stays as it was', () => {
  const before = { hotMinutes: 5, efficiencyPercent: 95, powerW: 100_000 };
  assert.equal(judged(before, before).is, 'same');
  assert.equal(judged(before, {}).is, 'same');
  assert.equal(judged(before, { efficiencyPercent: 94.8, powerW: 99_000 }).is, 'same');
  assert.equal(judged(before, { efficiencyPercent: 94.4 }).is, 'news');
  assert.equal(judged(before, { powerW: 97_000 }).is, 'news');
  assert.equal(judged({}, { coldMinutes: 0 }).is, 'news', 'now it is known that it was never cold');
});

test('however often and in whichever portions counts grow, none of what is true is refused', () => {
  const steps = fc.array(fc.record({ minutes: fc.integer({ min: 1, max: 600 }), counter: fc.constantFrom(...counts) }));
  fc.assert(
    fc.property(steps, (steps) => {
      let before: { at: Temporal.Instant; counters: Counters } = { at: start, counters: {} };
      for (const { minutes, counter } of steps) {
        const now = { ...before.counters, [counter]: (before.counters[counter] ?? 0) + minutes };
        const it = { ...read(now), at: before.at.add({ minutes }) };
        assert.equal(judgeCounters(before, it).is, 'news');
        before = it;
      }
    }),
  );
});
