import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chance } from '#units';
import { detectors } from './detectors.ts';
import { BUDGET, falseAlarms, limitsWithin, type Peaks, peaksOf } from './falseAlarms.ts';
import { shipped } from './testing.ts';
import { readThresholds } from './thresholds.ts';
import { MOST } from './trace.ts';

test('the limits that come with the program say how they were made, and no single session stops a pack by its sum', () => {
  assert.deepEqual(shipped.budget, BUDGET);
  assert.ok(
    shipped.simulated && shipped.made.packYears >= 1000 && shipped.made.command.includes(String(shipped.made.seed)),
  );
  for (const { id, mayStop } of detectors) {
    const { held, sum } = shipped.detectors[id];
    assert.equal(held.stop !== null, mayStop === true, id);
    if (held.stop === null || sum.stop === null) continue;
    assert.ok(held.stop >= held.inspect && sum.stop >= sum.inspect && sum.stop > MOST, id);
  }
});

test('a smaller budget never has a lower limit', () => {
  const dice = chance(4);
  const years = () => Float64Array.from({ length: 2000 }, () => 4 + dice.exponential(1));
  const all = () => Object.fromEntries(detectors.map(({ id }) => [id, years()])) as Peaks['held'];
  const peaks: Peaks = { packYears: 2000, held: all(), sum: all() };
  const wide = limitsWithin(peaks, { inspect: 0.5, stop: 0.05 });
  const tight = limitsWithin(peaks, { inspect: 0.05, stop: 0.005 });
  for (const { id } of detectors) {
    assert.ok(tight[id].held.inspect >= wide[id].held.inspect, id);
    assert.ok((tight[id].sum.stop ?? 1) >= (wide[id].sum.stop ?? 1), id);
  }
});

test('the same seed gives the same peaks and the same false alarms', () => {
  assert.deepEqual(peaksOf(4, 11), peaksOf(4, 11));
  assert.deepEqual(falseAlarms(shipped, { packYears: 4, seed: 12 }), falseAlarms(shipped, { packYears: 4, seed: 12 }));
});

test('what is no table of limits is refused by what it lacks', () => {
  assert.throws(() => readThresholds('{'), /no JSON/);
  assert.throws(() => readThresholds('{}'), /no version/);
  const { leak, ...others } = shipped.detectors;
  assert.ok(leak.sum.inspect > 0);
  assert.throws(() => readThresholds(JSON.stringify({ ...shipped, detectors: others })), /leak held/);
});
