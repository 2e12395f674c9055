// How well grades by a noisy estimate fit what packs really are. Packs, noise and vetoes are simulated; the policy is the real one.
import { type Evidence, grade, gradePolicy, type Policy, type Standing } from '#health';
import {
  climates,
  duties,
  dutyUsage,
  type Fleet,
  individual,
  modelOf,
  newFleet,
  normal,
  outsideC,
  stepFleet,
  usualSpread,
} from '#twin';
import { type Chance, chance } from '#units';
import type { Bench, Figure } from './harness.ts';

/** Percent points, one standard deviation, of each estimate; and of each capacity test. */
const NOISE = 2;
const TEST_NOISE = 0.6;
/** Half of an honest interval of 90 %, in standard deviations. */
const Z90 = 1.645;
const YEARS = 8; // the age at which the catalogue takes most packs out
const STEP_DAYS = 28;
const STEPS = Math.floor((365 * YEARS) / STEP_DAYS);
const WEAK = 78;
/** Shares of packs that must not be in a vehicle whatever their SoH: assumed, and more than any network would bear. */
const VETOED = 0.04;
const start = Temporal.Instant.from('2026-01-01T00:00:00Z');
const days = Array.from({ length: STEPS + 2 }, (_, n) => start.add({ hours: 24 * STEP_DAYS * n }));

export const bench: Bench = async ({ quick }) => {
  const fleets = agedFleets(quick ? 2000 : 10_000);
  return [...once(fleets, quick), ...overLife(fleets)];
};

interface Life {
  /** Percent, at the end of each step. */
  readonly soh: readonly Float32Array[];
  readonly many: number;
}

/** Packs of two chemistries in all climates as taxis and family cars, each an individual, step by step. */
function agedFleets(each: number): Life[] {
  const dice = chance(33);
  return ['lfp-250', 'nmc-50b2'].map((id) => {
    const [taxi, family] = duties;
    const groups = climates.flatMap((climate) => [taxi, family].map((duty) => ({ climate, duty })));
    const them = Array.from({ length: each }, () => individual(dice, usualSpread, 100));
    const fleet: Fleet = newFleet(modelOf(id), them, (n) => n % groups.length);
    const soh = Array.from({ length: STEPS }, (_, step) => {
      const lives = groups.map(({ climate, duty }) =>
        Array.from({ length: STEP_DAYS }, (_, day) =>
          dutyUsage(duty, duty.policy, outsideC(climate, STEP_DAYS * step + day)),
        ),
      );
      stepFleet(fleet, lives);
      return Float32Array.from(fleet.soh, (it) => 100 * it);
    });
    return { soh, many: each };
  });
}

/** Every pack graded once, at an age of its own: the first grade of a network that begins to grade. */
function once(fleets: readonly Life[], quick: boolean): Figure[] {
  const dice = chance(34);
  const truths = fleets.flatMap(({ soh, many }) =>
    Array.from({ length: many }, (_, n) => soh[dice.between(0, STEPS - 1)]![n]!),
  );
  const real = tally(truths, dice);
  const even = tally(
    Array.from({ length: quick ? 4000 : 20_000 }, () => 50 + 50 * dice.next()),
    dice,
  );
  const weak = `packs truly below ${WEAK} % graded vehicle, first grade`;
  const point = 'by the point estimate';
  return [
    {
      metric: `packs with a veto graded vehicle, of ${real.vetoed + even.vetoed}`,
      value: real.vetoedInVehicle + even.vetoedInVehicle,
      unit: 'packs',
      baseline: { name: point, value: real.vetoedByPoint + even.vetoedByPoint },
      goal: { atMost: 0 },
    },
    {
      metric: `${weak}, of ${real.weak} after a life of 0 to ${YEARS} years`,
      value: percent(real.weakInVehicle, real.weak),
      unit: '%',
      baseline: { name: point, value: percent(real.weakByPoint, real.weak) },
      goal: { atMost: 1 },
    },
    {
      metric: `${weak}, of ${even.weak} spread evenly from 50 to 100 %`,
      value: percent(even.weakInVehicle, even.weak),
      unit: '%',
      baseline: { name: point, value: percent(even.weakByPoint, even.weak) },
      goal: { atMost: 1 },
    },
    {
      metric: `test required, of ${real.sound} after a life of 0 to ${YEARS} years`,
      value: percent(real.tests, real.sound),
      unit: '%',
      goal: { atMost: 15 },
    },
    {
      metric: `test required, of ${even.sound} spread evenly from 50 to 100 %: two limits, 13 of 50 points in doubt`,
      value: percent(even.tests, even.sound),
      unit: '%',
    },
    {
      metric: `packs truly above 82 % graded vehicle, after a life of 0 to ${YEARS} years`,
      value: percent(real.strongInVehicle, real.strong),
      unit: '%',
      baseline: { name: point, value: percent(real.strongByPoint, real.strong) },
    },
  ];
}

function tally(truths: readonly number[], dice: Chance) {
  const sum = {
    ...{ sound: 0, tests: 0, vetoed: 0, vetoedInVehicle: 0, vetoedByPoint: 0 },
    ...{ weak: 0, weakInVehicle: 0, weakByPoint: 0, strong: 0, strongInVehicle: 0, strongByPoint: 0 },
  };
  for (const truth of truths) {
    const evidence = estimated(truth, dice, 0);
    const vetoed = dice.next() < VETOED;
    const { grade: it } = grade(gradePolicy, vetoed ? withVeto(evidence, dice) : evidence);
    const byPoint = evidence.estimate!.soh >= gradePolicy.uses[0]!.leastSoh;
    if (vetoed) {
      sum.vetoed++;
      sum.vetoedInVehicle += Number(it === 'vehicle');
      sum.vetoedByPoint += Number(byPoint);
      continue;
    }
    sum.sound++;
    sum.tests += Number(it === 'test-required');
    if (truth < WEAK) {
      sum.weak++;
      sum.weakInVehicle += Number(it === 'vehicle');
      sum.weakByPoint += Number(byPoint);
    } else if (truth > 82) {
      sum.strong++;
      sum.strongInVehicle += Number(it === 'vehicle');
      sum.strongByPoint += Number(byPoint);
    }
  }
  return sum;
}

/** Every pack graded every four weeks for eight years, tested when a test is asked for: with hysteresis and without. */
function overLife(fleets: readonly Life[]): Figure[] {
  const policy = gradePolicy;
  const [kept, loose] = [lived(fleets, policy, true), lived(fleets, { ...policy, marginPoints: 0 }, false)];
  return [
    {
      metric: `four-week spans of packs truly below ${WEAK} % graded vehicle, of ${kept.weak}`,
      value: percent(kept.weakInVehicle, kept.weak),
      unit: '%',
      baseline: { name: 'by each point estimate', value: percent(kept.weakByPoint, kept.weak) },
      goal: { atMost: 1 },
    },
    {
      metric: 'changes of grade by an estimate every four weeks',
      value: kept.changes / kept.packYears,
      unit: 'a pack-year',
      baseline: { name: 'each estimate by itself', value: loose.changes / loose.packYears },
    },
    { metric: 'capacity tests asked for and done', value: kept.tests / kept.packYears, unit: 'a pack-year' },
  ];
}

function lived(fleets: readonly Life[], policy: Policy, remembers: boolean) {
  const sum = { weak: 0, weakInVehicle: 0, weakByPoint: 0, changes: 0, tests: 0, packYears: 0 };
  for (const { soh, many } of fleets)
    for (let n = 0; n < many; n += 10) {
      const dice = chance(1000 + n);
      let before: Standing | undefined;
      for (let step = 0; step < STEPS; step++) {
        const truth = soh[step]![n]!;
        const isTest = remembers && before?.grade === 'test-required';
        const evidence = isTest ? tested(truth, dice, step) : estimated(truth, dice, step);
        const now = grade(policy, evidence, remembers ? before : undefined);
        sum.tests += Number(isTest);
        sum.changes += Number(before !== undefined && now.grade !== before.grade);
        before = now;
        if (truth >= WEAK) continue;
        sum.weak++;
        sum.weakInVehicle += Number(now.grade === 'vehicle');
        sum.weakByPoint += Number(estimated(truth, dice, step).estimate!.soh >= policy.uses[0]!.leastSoh);
      }
      sum.packYears += (STEPS * STEP_DAYS) / 365;
    }
  return sum;
}

const estimated = (truth: number, dice: Chance, step: number): Evidence =>
  seen(truth + NOISE * normal(dice), Z90 * NOISE, { step, basis: 'simulated' });
const tested = (truth: number, dice: Chance, step: number): Evidence =>
  seen(truth + TEST_NOISE * normal(dice), Z90 * TEST_NOISE, { step, basis: 'capacity-test' });

const seen = (soh: number, half: number, { step, basis }: { step: number; basis: string }): Evidence => ({
  estimate: {
    ...{ soh, lower: Math.max(0, soh - half), upper: soh + half, level: 90 as const },
    ...{ measuredAt: days[step]!, basis },
  },
  vetoes: [],
  resistanceRatio: 1.3,
  consistency: 2,
  historyKnown: true,
});

function withVeto(evidence: Evidence, dice: Chance): Evidence {
  return dice.pick<() => Evidence>([
    () => ({
      ...evidence,
      vetoes: [dice.pick(['thermal-runaway', 'insulation', 'swollen', 'damaged', 'internal-short'] as const)],
    }),
    () => ({ ...evidence, resistanceRatio: 2 + 0.01 + dice.next() }),
    () => ({ ...evidence, historyKnown: false }),
  ])();
}

const percent = (part: number, whole: number): number => (100 * part) / whole;
