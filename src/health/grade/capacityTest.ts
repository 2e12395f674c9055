// The residual capacity test after GB/T 34015-2017 as a procedure: which step is next, what it may be told, what comes of it. Pure.
// Its text is not public; the steps, the 3 percent and the at most five rounds follow GB/T 34015 and GB/T 31486 as they are
// commonly cited (unverified). Limits marked so are assumed.
import type { z } from 'zod';
import type { measured, stepNames, testResult } from '../api/grade.ts';
import type { Evidence } from './evidence.ts';
import type { Failure } from './failure.ts';

export type Measured = z.output<typeof measured>;
export type StepName = (typeof stepNames)[number];
type TestResult = z.output<typeof testResult>;
type FoundVeto = Evidence['vetoes'][number];

/** What is tested. */
export interface Subject {
  /** What it held when new. */
  readonly ratedWh: number;
  readonly chemistry: 'LFP' | 'NMC';
}

export const LIMITS = {
  temperatureC: { min: 23, max: 27 },
  /** Assumed: what data sheets of such cells allow at rest. */
  cellV: { LFP: { min: 2, max: 3.65 }, NMC: { min: 2.75, max: 4.25 } },
  /** Assumed. */
  mostCellSpreadV: 0.3,
  /** Direct current, GB 18384 and GB 38031. */
  leastOhmPerVolt: 100,
  leastRestMinutes: 60,
  /** Assumed: what counts as full. */
  leastSoc: 98,
  mostRounds: 5,
  agreeing: 3,
  /** Between the largest and the smallest of those that agree, in percent of the rated energy. */
  mostApart: 3,
  /** Assumed: 1I takes the rated energy out in one hour; a sagging voltage and a figure from memory differ by this, in percent. */
  mostRateOff: 15,
  /** Assumed: no pack holds more than this share of what it held when new, and one that holds less is not worth three rounds, in percent. */
  energyPercent: { min: 20, max: 106 },
  /** How much longer than the time since the step before a step may have taken: what is written down is rounded. */
  roundedMinutes: 2,
} as const;

/** Assumed: what the meter and two degrees may be off at 90 %, in percent points. */
const METER_POINTS = 1;
/** Student's t for three values, two-sided 90 %. */
const T_OF_THREE = 2.92;

export type Course =
  | { readonly state: 'under-way'; readonly next: StepName; readonly round: number }
  | { readonly state: 'done'; readonly round: number; readonly result: TestResult }
  | {
      readonly state: 'failed';
      readonly round: number;
      readonly failure: Failure;
      /** What the test found that no interval outweighs. */
      readonly vetoes: readonly FoundVeto[];
    };

const before: readonly StepName[] = ['look', 'insulation', 'voltage'];
const round: readonly StepName[] = ['charge', 'rest', 'discharge'];

/** Where a test stands after these steps, each of which was `acceptable` when it was taken. */
export function courseOf(subject: Subject, steps: readonly Measured[]): Course {
  const capacities = capacitiesIn(steps);
  const inRounds = steps.length - before.length;
  const rounds = Math.max(1, Math.min(LIMITS.mostRounds, Math.floor(inRounds / round.length) + 1));
  const fault = steps.map((it) => faultIn(subject, it)).find((it) => it !== undefined);
  if (fault) return { state: 'failed', round: rounds, ...fault };
  const agreed = capacities.slice(-LIMITS.agreeing);
  if (agreed.length === LIMITS.agreeing && apart(agreed) < (LIMITS.mostApart / 100) * subject.ratedWh)
    return { state: 'done', round: capacities.length, result: resultOf(subject, agreed) };
  if (capacities.length === LIMITS.mostRounds)
    return {
      state: 'failed',
      round: LIMITS.mostRounds,
      failure: {
        code: 'discharges-apart',
        facts: { agreeing: LIMITS.agreeing, rounds: LIMITS.mostRounds, percent: LIMITS.mostApart },
      },
      vetoes: [],
    };
  const next = steps.length < before.length ? before[steps.length]! : round[inRounds % round.length]!;
  return { state: 'under-way', next, round: rounds };
}

/**
 * Whether a step may be told now as it was measured: the field at fault when not, and what it must be.
 * @param passed minutes since the step before was told
 */
export function problemWith(
  subject: Subject,
  steps: readonly Measured[],
  told: Measured,
  passed: number,
): { readonly kind: 'order' | 'limit'; readonly field: string; readonly problem: string } | undefined {
  const course = courseOf(subject, steps);
  if (course.state !== 'under-way') return { kind: 'order', field: 'step', problem: 'the test is over' };
  if (course.next !== told.step) return { kind: 'order', field: 'step', problem: `${course.next} comes next` };
  const { temperatureC, leastRestMinutes, leastSoc, mostRateOff, energyPercent, roundedMinutes } = LIMITS;
  const limit = (field: string, problem: string) => ({ kind: 'limit' as const, field, problem });
  if ('temperatureC' in told && !(told.temperatureC >= temperatureC.min && told.temperatureC <= temperatureC.max))
    return limit('temperatureC', `must be ${temperatureC.min} to ${temperatureC.max} °C: repeat the step`);
  if (told.step === 'voltage' && told.lowestCellV > told.highestCellV)
    return limit('highestCellV', 'must not lie below the lowest');
  if (told.step === 'charge' && told.soc < leastSoc) return limit('soc', `must reach ${leastSoc} %: charge on`);
  if (told.step === 'rest' && told.minutes < leastRestMinutes)
    return limit('minutes', `must be ${leastRestMinutes} at least: rest on`);
  if ('minutes' in told && told.minutes > passed + roundedMinutes)
    return limit('minutes', `cannot be ${told.minutes}: the step before was told ${Math.floor(passed)} minutes ago`);
  if (told.step === 'discharge') {
    const percent = (100 * told.energyWh) / subject.ratedWh;
    if (percent > energyPercent.max || percent < energyPercent.min)
      return limit(
        'energyWh',
        `${told.energyWh} Wh is ${Math.round(percent)} % of what the pack held when new; it must be ${energyPercent.min} to ${energyPercent.max} %: look at the meter and its unit`,
      );
    const hours = told.minutes / 60;
    const rate = told.energyWh / hours / subject.ratedWh;
    if (!(Math.abs(rate - 1) <= mostRateOff / 100))
      return limit(
        'minutes',
        `${told.energyWh} Wh in ${told.minutes} minutes is ${Number.isFinite(rate) ? rate.toFixed(2) : 'not'} times 1I: repeat the step at 1I`,
      );
  }
  return undefined;
}

/** The energy that each discharge gave. */
export const capacitiesIn = (steps: readonly Measured[]): number[] =>
  steps.flatMap((it) => (it.step === 'discharge' ? [it.energyWh] : []));

/** What ends a test at once: such a pack is not charged. */
function faultIn(
  { chemistry }: Subject,
  told: Measured,
): { readonly failure: Failure; readonly vetoes: readonly FoundVeto[] } | undefined {
  const fault = (code: Failure['code'], facts: Failure['facts'], ...vetoes: FoundVeto[]) => ({
    failure: { code, facts },
    vetoes,
  });
  if (told.step === 'look' && told.swollen && told.damaged)
    return fault('swollen-and-damaged', {}, 'swollen', 'damaged');
  if (told.step === 'look' && told.swollen) return fault('swollen', {}, 'swollen');
  if (told.step === 'look' && told.damaged) return fault('damaged', {}, 'damaged');
  if (told.step === 'insulation' && told.ohmPerVolt < LIMITS.leastOhmPerVolt)
    return fault('insulation-low', { ohmPerVolt: told.ohmPerVolt }, 'insulation');
  if (told.step === 'voltage') {
    const { min, max } = LIMITS.cellV[chemistry];
    if (told.lowestCellV < min || told.highestCellV > max) return fault('cell-outside', { min, max }, 'damaged');
    const volts = told.highestCellV - told.lowestCellV;
    if (volts > LIMITS.mostCellSpreadV) return fault('cells-apart', { volts: toHundredths(volts) }, 'internal-short');
  }
  return undefined;
}

const apart = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);

/** The mean of those that agree, with what their scatter and the meter leave open. */
function resultOf({ ratedWh }: Subject, agreed: readonly number[]): TestResult {
  const points = agreed.map((it) => (100 * it) / ratedWh);
  const soh = mean(points);
  const variance = points.reduce((sum, it) => sum + (it - soh) ** 2, 0) / (points.length - 1);
  const half = Math.hypot(T_OF_THREE * Math.sqrt(variance / points.length), METER_POINTS);
  return {
    capacitiesWh: [...agreed] as TestResult['capacitiesWh'],
    meanWh: toHundredths(mean(agreed)),
    soh: toHundredths(soh),
    lower: toHundredths(Math.max(0, soh - half)),
    upper: toHundredths(soh + half),
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, it) => sum + it, 0) / values.length;
/** To hundredths: more than any meter tells. */
const toHundredths = (value: number): number => Math.round(100 * value) / 100;
