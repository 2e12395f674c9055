import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chance } from '#units';
import { detectors } from './detectors.ts';
import { falseAlarms } from './falseAlarms.ts';
import { BUDGET, limitsWithin, type Peaks, peaksOf } from './limits.ts';
import { shipped } from './testing.ts';
import { chemistries, readThresholds } from './thresholds.ts';
import { MOST } from './trace.ts';

test('the limits that come with the program say how they were made, and no single session stops a pack by its sum', () => {
  assert.deepEqual(shipped.budget, BUDGET);
  assert.ok(
    shipped.simulated && shipped.made.packYears >= 1000 && shipped.made.command.includes(String(shipped.made.seed)),
  );
  for (const chemistry of chemistries)
    for (const { id, mayStop } of detectors) {
      const { held, sum, once } = shipped.detectors[chemistry][id];
      assert.equal(held.stop !== null, mayStop === true, id);
      assert.equal(once?.stop ?? null, null, 'nor by what it says twice');
      if (held.stop === null || sum.stop === null) continue;
      assert.ok(held.stop >= held.inspect && sum.stop >= sum.inspect && sum.stop > MOST, id);
    }
});

test('a smaller budget never has a lower limit', () => {
  const dice = chance(4);
  const years = () => Float64Array.from({ length: 2000 }, () => 4 + dice.exponential(1));
  const peaks = Object.fromEntries(
    detectors.map(({ id }) => [id, { held: years(), sum: years(), once: years() }]),
  ) as unknown as Peaks;
  const wide = limitsWithin(peaks, { inspect: 0.5, stop: 0.05 });
  const tight = limitsWithin(peaks, { inspect: 0.05, stop: 0.005 });
  for (const { id } of detectors) {
    assert.ok(tight[id].held.inspect >= wide[id].held.inspect, id);
    assert.ok((tight[id].sum.stop ?? 1) >= (wide[id].sum.stop ?? 1), id);
  }
});

test('of the years that limits are made of, no more raise an alarm than the budget has', () => {
  const dice = chance(5);
  const years = () => Float64Array.from({ length: 2000 }, () => 6 + dice.exponential(1));
  const peaks = Object.fromEntries(
    detectors.map(({ id }) => [id, { held: years(), sum: years(), once: years() }]),
  ) as unknown as Peaks;
  const limits = limitsWithin(peaks);
  let alarmed = 0;
  for (let year = 0; year < 2000; year++)
    if (
      detectors.some(
        ({ id, onlySupports }) =>
          !onlySupports &&
          (peaks[id].held[year]! > limits[id].held.inspect ||
            peaks[id].sum[year]! > limits[id].sum.inspect ||
            peaks[id].once[year]! > (limits[id].once?.inspect ?? 1e9)),
      )
    )
      alarmed++;
  assert.ok(alarmed > 0.01 * 2000 && alarmed <= 0.05 * 2000, `${alarmed}`);
  assert.ok(limits.leak.held.inspect < limits.heat.held.inspect, 'who finds shorts has the larger part');
});

test('the same seed gives the same peaks and the same false alarms', () => {
  const some = { packYears: 4, seed: 11 };
  assert.deepEqual(peaksOf('NCA', some), peaksOf('NCA', some));
  assert.deepEqual(falseAlarms(shipped, { packYears: 4, seed: 12 }), falseAlarms(shipped, { packYears: 4, seed: 12 }));
});

test('what is no table of limits is refused by what it lacks', () => {
  assert.throws(() => readThresholds('{'), /no JSON/);
  assert.throws(() => readThresholds('{}'), /no version/);
  const of = (detectors: object) => () => readThresholds(JSON.stringify({ ...shipped, detectors }));
  const { leak, ...others } = shipped.detectors.NCA;
  assert.ok(leak.sum.inspect > 0);
  assert.throws(of({ ...shipped.detectors, NCA: others }), /no limit of NCA leak held/);
  assert.throws(of({ ...shipped.detectors, LFP: { ...others, leak: { ...leak, once: null } } }), /LFP leak once/);
  assert.throws(of(shipped.detectors.NMC), /no limit of NMC voltage held/);
});
