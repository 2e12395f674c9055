// What would become of packs if they were used and charged like this? Fade curves of many simulated packs, with bands.
import { chance } from '#units';
import { type Climate, climates, outsideC } from './climate.ts';
import { type Duty, duties, dutyUsage, type Policy } from './duty.ts';
import { newFleet, stepFleet } from './fleet.ts';
import { type Knee, withKnee } from './knee.ts';
import type { AgeingModel } from './model.ts';
import { modelOf } from './models.ts';
import { individual, normal, type Spread, usualSpread } from './spread.ts';
import { over, type Use } from './use.ts';

export const scenarios = {
  taxi: { duty: 'taxi', climate: 'mild' },
  family: { duty: 'family', climate: 'mild' },
  cold: { duty: 'family', climate: 'cold' },
  hot: { duty: 'family', climate: 'hot' },
  storage: { duty: 'storage', climate: 'mild' },
} as const;
export type ScenarioId = keyof typeof scenarios;

export interface WhatIf {
  /** Of an ageing model, such as lfp-250. */
  readonly model: string;
  readonly scenario: ScenarioId;
  /** Up to 40. */
  readonly years: number;
  /** Another climate than the scenario's. */
  readonly climate?: string;
  /** What differs from the duty's own policy. */
  readonly policy?: Partial<Policy>;
  /** How many packs the bands are made of, up to 200,000 of 100 cells; 300 when absent. */
  readonly packs?: number;
  /** Cells in series in each; 100 when absent. */
  readonly cells?: number;
  readonly spread?: Spread;
  /** Off when absent. */
  readonly knee?: Knee;
  readonly seed?: number;
}

/** Relative capacity in percent of nominal; so many of the packs have no more. */
export interface Band {
  readonly p5: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
}

export interface CurvePoint extends Band {
  readonly year: number;
  /** Equivalent full cycles of the median pack. */
  readonly efc: number;
}

export interface Fade {
  /** Always: nothing of this was measured. */
  readonly simulated: true;
  readonly model: string;
  readonly scenario: ScenarioId;
  readonly climate: string;
  readonly policy: Policy;
  readonly packs: number;
  readonly seed: number;
  /** From new on, four times a year. */
  readonly curve: readonly CurvePoint[];
  /** Years until a pack holds less than 80 %: the first 5 %, half, and 95 % of them; null where that is not within `years`. */
  readonly yearsTo80: { readonly p5: number | null; readonly p50: number | null; readonly p95: number | null };
  /** What the model does not know, and where it was asked outside of what was measured. */
  readonly warnings: readonly Warning[];
}

export type Warning =
  /** The name of a model, and what it knows nothing of. */
  | { readonly is: 'silent'; readonly model: string; readonly of: AgeingModel['silent'] }
  | { readonly is: 'celsius'; readonly from: number; readonly to: number; readonly measured: readonly [number, number] }
  | { readonly is: 'rate'; readonly chargeC: number; readonly measuredC: number }
  | { readonly is: 'knee'; readonly efc: number };

/** A week, so that a year is 52 of them, and a quarter 13. */
const STEP_DAYS = 365 / 52;
const POINT_STEPS = 13;
const DAYS_A_STEP = 7;
const END_OF_LIFE = 0.8;

/**
 * Simulates the packs of one scenario, week by week. The same question gives the same answer.
 * @param tell hears how many of all steps are done
 * @throws RangeError with a sentence when the question cannot be answered
 */
export function whatIf(ask: WhatIf, tell: (done: number, all: number) => void = () => {}): Fade {
  const { years, packs = 300, cells = 100, spread = usualSpread, seed = 1 } = ask;
  demand('years', years, 0.25, 40);
  demand('packs', packs, 1, 1_000_000);
  demand('cells', cells, 1, 1000);
  demand('cells of all packs', cells * packs, 1, 20_000_000);
  const model = ask.knee ? withKnee(modelOf(ask.model), ask.knee) : modelOf(ask.model);
  const { duty, climate } = circumstances(ask);
  const policy: Policy = { ...duty.policy, ...ask.policy };

  const dice = chance(seed);
  const fleet = newFleet(
    model,
    Array.from({ length: packs }, () => individual(dice, spread, cells)),
  );
  const weather = dice.fork('weather');
  const week = (from: number, span: number): readonly Use[] =>
    Array.from({ length: DAYS_A_STEP }, (_, n) => {
      const usual = outsideC(climate, from + ((n + 0.5) * span) / DAYS_A_STEP);
      const use = dutyUsage(duty, policy, usual + climate.weatherC * normal(weather));
      return over(use, span / DAYS_A_STEP);
    });

  const endedAt = new Float64Array(packs).fill(Number.POSITIVE_INFINITY);
  const curve: CurvePoint[] = [{ year: 0, efc: 0, ...bandOf(fleet.soh) }];
  const days = years * 365;
  const steps = Math.ceil(days / STEP_DAYS);
  for (let step = 1; step <= steps; step++) {
    const from = (step - 1) * STEP_DAYS;
    const span = Math.min(STEP_DAYS, days - from);
    stepFleet(fleet, [week(from, span)]);
    for (let i = 0; i < packs; i++)
      if (fleet.soh[i]! < END_OF_LIFE && endedAt[i] === Number.POSITIVE_INFINITY) endedAt[i] = (from + span) / 365;
    if (step % POINT_STEPS === 0 || step === steps)
      curve.push({ year: rounded((from + span) / 365), efc: rounded(shareOf(fleet.efc, 0.5)), ...bandOf(fleet.soh) });
    tell(step, steps);
  }
  const ended = (share: number) => {
    const at = shareOf(endedAt, share);
    return Number.isFinite(at) ? rounded(at) : null;
  };
  return {
    simulated: true,
    model: ask.model,
    scenario: ask.scenario,
    climate: climate.id,
    policy,
    packs,
    seed,
    curve,
    yearsTo80: { p5: ended(0.05), p50: ended(0.5), p95: ended(0.95) },
    warnings: warningsOf(model, duty, policy, climate, ask.knee),
  };
}

function circumstances(ask: WhatIf): { duty: Duty; climate: Climate } {
  const scenario = Object.hasOwn(scenarios, ask.scenario) ? scenarios[ask.scenario] : undefined;
  const duty = duties.find((it) => it.id === scenario?.duty);
  if (!scenario || !duty)
    throw new RangeError(`no duty is called "${ask.scenario}"; there are: ${Object.keys(scenarios).join(', ')}`);
  const climate = climates.find((it) => it.id === (ask.climate ?? scenario.climate));
  if (!climate)
    throw new RangeError(`no climate is called "${ask.climate}"; there are: ${climates.map((it) => it.id).join(', ')}`);
  return { duty, climate };
}

function demand(what: string, value: number, from: number, to: number): void {
  if (!(value >= from && value <= to)) throw new RangeError(`${what}: from ${from} to ${to}, got ${value}`);
}

/** Where the answer stands on more than was measured. */
function warningsOf(model: AgeingModel, duty: Duty, policy: Policy, climate: Climate, knee?: Knee): readonly Warning[] {
  const uses = [climate.meanC - climate.swingC, climate.meanC + climate.swingC].map((it) =>
    dutyUsage(duty, policy, it),
  );
  const all = uses.flatMap((it) => it.standing.map((at) => at.kelvin - 273.15));
  const [from, to] = model.valid.celsius;
  const outside = (at: number) => at < from - 0.5 || at > to + 0.5;
  const fastest = Math.max(...uses.map((it) => it.chargeC));
  return [
    { is: 'silent', model: model.name, of: model.silent },
    ...(all.some(outside)
      ? [{ is: 'celsius', from: Math.min(...all), to: Math.max(...all), measured: model.valid.celsius } as const]
      : []),
    ...(fastest > model.valid.chargeC + 0.01
      ? [{ is: 'rate', chargeC: fastest, measuredC: model.valid.chargeC } as const]
      : []),
    ...(knee ? [{ is: 'knee', efc: knee.efc } as const] : []),
  ];
}

function bandOf(soh: Float64Array): Band {
  const sorted = soh.toSorted();
  const at = (share: number) => rounded(100 * quantile(sorted, share));
  return { p5: at(0.05), p25: at(0.25), p50: at(0.5), p75: at(0.75), p95: at(0.95) };
}

const shareOf = (values: Float64Array, share: number): number => quantile(values.toSorted(), share);

/** The value that `share` of all do not exceed. */
const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))]!;

const rounded = (value: number): number => Math.round(value * 100) / 100;
