// Estimates of simulated packs, whose truth is known, from what a station sees of their charges.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { chance } from '#units';
import { committedCalibration } from './calibration.ts';
import type { Charge, ChargeSample, Plate, Point } from './charge.ts';
import { estimated, type Inputs, inputsOf, type Known } from './estimate.ts';
import { simulatedCharge, simulatedPack, usualCourse } from './simulate.ts';

const calibration = committedCalibration();
const plates: Readonly<Record<'LFP' | 'NMC', Plate>> = {
  LFP: { chemistry: 'LFP', series: 24, capacityAh: 140 },
  NMC: { chemistry: 'NMC', series: 24, capacityAh: 208 },
};

interface Met {
  readonly truth: number;
  readonly soh: number;
  readonly isInside: boolean;
  readonly ohmsOff: number;
}

/** What is estimated of packs, charge by charge, beside what they truly hold. */
function met(plate: Plate, { packs = 12, charges = 6, seed = 7 } = {}): Met[][] {
  return Array.from({ length: packs }, (_, n) => {
    const dice = chance(seed).fork(`${n}`);
    const pack = simulatedPack(plate, dice);
    let before: Known | null = null;
    const its: Met[] = [];
    for (let no = 0; no < charges; no++) {
      const inputs = inputsOf(simulatedCharge(pack, usualCourse(dice), no), plate, {
        ...{ before, daysSince: 1, calibration },
      });
      if (typeof inputs === 'string') continue;
      const it = estimated(inputs);
      if (it.standing === 'abstained') continue;
      before = it.known;
      const { soh: truth, ohms } = pack.twin.truth();
      const { value, lower, upper } = it.soh;
      its.push({ truth, soh: value, isInside: lower <= truth && truth <= upper, ohmsOff: it.ohms.value / ohms - 1 });
    }
    return its;
  });
}

const mean = (all: readonly number[]) => all.reduce((sum, it) => sum + it, 0) / all.length;

suite('health from charges of simulated packs', () => {
  for (const chemistry of ['LFP', 'NMC'] as const)
    test(`${chemistry}: the band holds the truth in 85 of 100, and the estimate is closer than to believe every pack as good as the mean`, () => {
      const all = met(plates[chemistry]).flat();
      assert.ok(all.length >= 60, `${all.length} charges tell something`);
      assert.ok(mean(all.map((it) => Number(it.isInside))) >= 0.85);
      const usual = mean(all.map((it) => it.truth));
      const ours = mean(all.map((it) => Math.abs(it.soh - it.truth)));
      const naive = mean(all.map((it) => Math.abs(usual - it.truth)));
      assert.ok(ours < naive / 2, `${ours} against ${naive} points`);
      assert.ok(mean(all.map((it) => Math.abs(it.ohmsOff))) < 0.1, 'resistance to a tenth');
    });

  test('more charges make an estimate no worse', () => {
    const of = (at: (its: Met[]) => Met) => mean(met(plates.NMC).map((its) => Math.abs(at(its).soh - at(its).truth)));
    assert.ok(of((its) => its.at(-1)!) <= of((its) => its[0]!) + 0.2);
  });
});

const aCharge = (): Charge => {
  const dice = chance(3);
  return simulatedCharge(simulatedPack(plates.NMC, dice), { fromSoc: 0.2, toSoc: 0.95, chargeC: 0.5, everyS: 120 }, 0);
};
const read = (charge: Charge) => inputsOf(charge, plates.NMC, { before: null, calibration });
const changed = (change: (it: ChargeSample, index: number) => ChargeSample): Charge => {
  const charge = aCharge();
  return { ...charge, samples: charge.samples.map(change) };
};

suite('a charge of which nothing can be said', () => {
  const without = (key: keyof ChargeSample) => changed(({ [key]: _, ...rest }) => rest as unknown as ChargeSample);
  const cases: Readonly<Record<string, [Charge, string]>> = {
    'without voltages': [without('voltageV'), 'no-voltage'],
    'without currents': [without('currentA'), 'no-current'],
    'with voltages that are no numbers': [changed((it) => ({ ...it, voltageV: Number.NaN })), 'no-voltage'],
    'in millivolts': [changed((it) => ({ ...it, voltageV: it.voltageV! * 1000 })), 'voltage-implausible'],
    'with no reading': [{ ...aCharge(), samples: [] }, 'no-voltage'],
    'with few readings': [{ ...aCharge(), samples: aCharge().samples.slice(0, 5) }, 'too-few-readings'],
    'with an hour unknown': [
      { ...aCharge(), samples: aCharge().samples.filter((_, n) => n < 10 || n > 40) },
      'readings-missing',
    ],
    'too short to tell': [{ ...aCharge(), samples: aCharge().samples.slice(0, 8) }, 'too-short'],
    'with a current no pack takes': [changed((it) => ({ ...it, currentA: it.currentA! * 100 })), 'current-implausible'],
    'that discharges': [changed((it) => ({ ...it, currentA: -it.currentA! })), 'too-short'],
  };
  for (const [what, [charge, why]] of Object.entries(cases))
    test(`${what}: ${why}`, () => assert.equal(read(charge), why));
});

suite('a charge that does not fit the pack is no estimate, however narrow its band would be', () => {
  const inputs = read(aCharge()) as Inputs;
  const of = (change: (it: Point, share: number) => Point) => {
    const points = inputs.points.map((it, n) => change(it, n / inputs.points.length));
    const it = estimated({ ...inputs, points });
    return it.standing === 'abstained' ? it.why : it.soh;
  };
  const cases: Readonly<Record<string, [(it: Point, share: number) => Point, string]>> = {
    'told half full to the end': [(it, share) => ({ ...it, soc: share > 0 ? 50 : it.soc }), 'soc-contradicts'],
    'of one voltage all the time': [(it) => ({ ...it, cellV: 3.8 }), 'not-this-pack'],
    'with a straight line for a curve': [(it, share) => ({ ...it, cellV: 3.4 + 0.75 * share }), 'curve-does-not-fit'],
    'that goes on for an eighth longer than a new pack takes': [
      (it) => ({ ...it, s: 1.2 * it.s }),
      'more-than-its-plate',
    ],
  };
  for (const [what, [change, why]] of Object.entries(cases))
    test(`${what}: ${why}`, () => assert.equal(of(change), why));
});

test('a charge that says too little is remembered: the next one begins with it', () => {
  const part: Charge = { ...aCharge(), samples: aCharge().samples.filter((it) => it.soc! > 30 && it.soc! < 60) };
  const dull = inputsOf(part, plates.NMC, {
    before: null,
    calibration: { ...calibration, NMC: { ...calibration.NMC, factor: 10 } },
  });
  assert.ok(typeof dull !== 'string');
  const it = estimated(dull);
  assert.ok(it.standing === 'abstained' && it.why === 'says-too-little');
  assert.ok(it.known!.capacityDeviation < 0.1);
});

test('readings that come twice, or in another order, change nothing', () => {
  const charge = aCharge();
  const twice = { ...charge, samples: [...charge.samples, ...charge.samples].toReversed() };
  assert.deepEqual(read(twice), read(charge));
});

test('an estimate made again from its stored inputs is the same to the last bit', () => {
  const inputs = read(aCharge()) as Inputs;
  assert.deepEqual(estimated(JSON.parse(JSON.stringify(inputs)) as Inputs), estimated(inputs));
});

test('whatever a station tells, an estimate is within bounds, or there is none', () => {
  const number = fc.oneof(fc.double({ noNaN: false }), fc.double({ min: 0, max: 500, noNaN: true }));
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number), { maxLength: 40 }), (told) => {
      const { startedAt } = aCharge();
      const samples = told.map(([voltageV, currentA], n) => ({
        at: startedAt.add({ seconds: 60 * n }),
        ...{ voltageV, currentA },
      }));
      const inputs = read({ ...aCharge(), samples });
      if (typeof inputs === 'string') return;
      const it = estimated(inputs);
      if (it.standing === 'abstained') return;
      const { lower, value, upper } = it.soh;
      assert.ok(lower >= 0 && lower <= value && value <= upper && upper <= 106);
    }),
    { numRuns: 300 },
  );
});

test('the more a pack takes in between the same voltages, the healthier it is', () => {
  const inputs = read(aCharge()) as Inputs;
  const soh = (times: number) => {
    const it = estimated({ ...inputs, points: inputs.points.map((p) => ({ ...p, s: p.s * times })) });
    return it.standing === 'estimated' ? it.soh.value : Number.NaN;
  };
  assert.ok(soh(0.8) < soh(0.9) && soh(0.9) < soh(1));
});
