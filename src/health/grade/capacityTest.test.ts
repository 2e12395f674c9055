import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { capacitiesIn, courseOf, LIMITS, type Measured, problemWith, type Subject } from './capacityTest.ts';
import { inRecord } from './failure.ts';

const pack: Subject = { ratedWh: 75_000, chemistry: 'LFP' };
const look: Measured = { step: 'look', swollen: false, damaged: false, historyKnown: true };
const insulation: Measured = { step: 'insulation', ohmPerVolt: 800 };
const voltage: Measured = { step: 'voltage', lowestCellV: 3.2, highestCellV: 3.25 };
const charge: Measured = { step: 'charge', how: '1I', temperatureC: 25, soc: 100 };
const rest: Measured = { step: 'rest', minutes: 60, temperatureC: 25 };
const discharge = (energyWh: number): Measured =>
  ({ step: 'discharge', energyWh, minutes: (60 * energyWh) / pack.ratedWh, temperatureC: 25 }) as Measured;
const checks = [look, insulation, voltage];
const rounds = (...energies: number[]): Measured[] => energies.flatMap((it) => [charge, rest, discharge(it)]);
/** Takes steps as long as they are accepted. */
function taken(steps: readonly Measured[]): Measured[] {
  const kept: Measured[] = [];
  for (const it of steps) if (!problemWith(pack, kept, it, 90)) kept.push(it);
  return kept;
}

test('a test goes through look, insulation and voltage, then rounds of charge, rest and discharge', () => {
  const all = [...checks, ...rounds(60_000, 60_300, 60_600)];
  const names = all.map((_, n) => {
    const course = courseOf(pack, all.slice(0, n));
    return course.state === 'under-way' ? `${course.next}${course.round}` : course.state;
  });
  assert.deepEqual(names.slice(0, 4), ['look1', 'insulation1', 'voltage1', 'charge1']);
  assert.deepEqual(names.slice(4), [
    'rest1',
    'discharge1',
    'charge2',
    'rest2',
    'discharge2',
    'charge3',
    'rest3',
    'discharge3',
  ]);
  assert.equal(taken(all).length, all.length);
});

test('the result is the mean of three consecutive discharges within 3 %, with a narrow interval around it', () => {
  const course = courseOf(pack, [...checks, ...rounds(60_000, 60_300, 60_600)]);
  assert.ok(course.state === 'done');
  const { soh, lower, upper, meanWh, capacitiesWh } = course.result;
  assert.deepEqual([soh, meanWh, capacitiesWh.length], [80.4, 60_300, 3]);
  // 0.4 points of scatter: t(2) 2.92 x 0.4 / sqrt(3) = 0.674; with the meter's 1 point 1.21.
  assert.deepEqual([lower, upper], [79.19, 81.61]);
});

test('discharges that drift are repeated five times at the most; then there is no result', () => {
  const drift = [60_000, 62_000, 64_500, 62_100, 59_800];
  for (const n of [3, 4]) assert.equal(courseOf(pack, [...checks, ...rounds(...drift.slice(0, n))]).state, 'under-way');
  const course = courseOf(pack, [...checks, ...rounds(...drift)]);
  assert.ok(course.state === 'failed' && course.vetoes.length === 0);
  const late = courseOf(pack, [...checks, ...rounds(50_000, 60_000, 60_500, 61_000)]);
  assert.ok(late.state === 'done');
  assert.deepEqual(late.result.capacitiesWh, [60_000, 60_500, 61_000]);
});

test('what was not done within the limits is refused by its field, and can be done again', () => {
  const at = (steps: readonly Measured[], it: Measured, passed = 90) => {
    const problem = problemWith(pack, steps, it, passed);
    return problem && `${problem.kind} ${problem.field}`;
  };
  assert.equal(at(checks, { ...charge, temperatureC: 22.9 }), 'limit temperatureC');
  assert.equal(at([...checks, charge], rest, 20), 'limit minutes', 'nobody rested for an hour within twenty minutes');
  assert.equal(at([...checks, charge, rest], discharge(60_000), 0), 'limit minutes');
  assert.equal(at([...checks, charge, rest], discharge(105_000)), 'limit energyWh', 'more than it held when new');
  assert.equal(at([...checks, charge, rest], discharge(3_750)), 'limit energyWh', 'a slip of a unit');
  assert.equal(at(checks, { ...charge, temperatureC: Number.NaN }), 'limit temperatureC');
  assert.equal(at(checks, { ...charge, soc: 97 }), 'limit soc');
  assert.equal(at([...checks, charge], { ...rest, minutes: 59 }), 'limit minutes');
  assert.equal(at([...checks, charge, rest], { ...discharge(60_000), minutes: 60 } as Measured), 'limit minutes');
  assert.equal(at([...checks, charge, rest], { ...discharge(60_000), minutes: 0 } as Measured), 'limit minutes');
  assert.equal(at([look, insulation], { step: 'voltage', lowestCellV: 3.3, highestCellV: 3.2 }), 'limit highestCellV');
  assert.equal(at([], charge), 'order step');
  assert.equal(at([...checks, charge], discharge(60_000)), 'order step');
  assert.equal(at([...checks, ...rounds(60_000, 60_000, 60_000)], charge), 'order step');
  assert.equal(at([...checks, charge], rest), undefined);
});

test('why a test failed is a code with its figures; in the record it is a sentence', () => {
  const failed = (...steps: Measured[]) => {
    const course = courseOf(pack, steps);
    assert.ok(course.state === 'failed');
    return [course.failure, inRecord(course.failure)];
  };
  assert.deepEqual(failed({ ...look, swollen: true, damaged: true } as Measured), [
    { code: 'swollen-and-damaged', facts: {} },
    'it is swollen and damaged',
  ]);
  assert.deepEqual(failed(look, insulation, { step: 'voltage', lowestCellV: 2.9, highestCellV: 3.3 }), [
    { code: 'cells-apart', facts: { volts: 0.4 } },
    'its cells lie 0.40 V apart',
  ]);
  assert.deepEqual(failed(...checks, ...rounds(50_000, 60_000, 50_000, 60_000, 50_000)), [
    { code: 'discharges-apart', facts: { agreeing: 3, rounds: 5, percent: 3 } },
    'no 3 of 5 consecutive discharges lie within 3 %',
  ]);
});

test('a pack that is not fit to be charged ends its test at once, with the veto that follows', () => {
  const ends = (...steps: Measured[]) => {
    const course = courseOf(pack, steps);
    return course.state === 'failed' ? course.vetoes.join() : course.state;
  };
  assert.equal(ends({ ...look, swollen: true } as Measured), 'swollen');
  assert.equal(ends({ ...look, damaged: true, swollen: true } as Measured), 'swollen,damaged');
  assert.equal(ends(look, { step: 'insulation', ohmPerVolt: 99 }), 'insulation');
  assert.equal(ends(look, insulation, { step: 'voltage', lowestCellV: 1.9, highestCellV: 2.1 }), 'damaged');
  assert.equal(ends(look, insulation, { step: 'voltage', lowestCellV: 2.9, highestCellV: 3.3 }), 'internal-short');
  assert.equal(ends(look, insulation, voltage), 'under-way');
});

test('whatever is told in whatever order, at most five discharges are taken, and a result lies within its own three', () => {
  const any = fc.constantFrom(look, insulation, voltage, charge, rest);
  const some = fc.integer({ min: 20_000, max: 80_000 }).map(discharge);
  const walks = fc.array(fc.oneof({ weight: 3, arbitrary: any }, some), { maxLength: 80 });
  fc.assert(
    fc.property(walks, (steps) => {
      const kept = taken([...checks, ...steps]);
      const capacities = capacitiesIn(kept);
      assert.ok(capacities.length <= LIMITS.mostRounds);
      const course = courseOf(pack, kept);
      if (course.state !== 'done') return;
      const { capacitiesWh, soh, lower, upper } = course.result;
      assert.deepEqual([...capacitiesWh], capacities.slice(-3));
      assert.ok(lower <= soh && soh <= upper && upper - lower < 8);
      assert.ok(Math.max(...capacitiesWh) - Math.min(...capacitiesWh) < 0.03 * pack.ratedWh);
    }),
    { numRuns: 1000 },
  );
});
