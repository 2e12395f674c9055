// What is asked of the twins, as it stands in the address: so an answer is passed on by its link. Pure.
import type { ScenarioId, WhatIf } from '#twin/api';

export const scenarioIds = ['taxi', 'family', 'cold', 'hot', 'storage'] as const satisfies readonly ScenarioId[];

/** Choices of an operator: shares in percent, as people say them; nothing: what the duty has of itself. */
export const choices = {
  chargeTo: { from: 20, to: 100, step: 5, unit: '%' },
  returnAt: { from: 0, to: 60, step: 5, unit: '%' },
  storageSoc: { from: 5, to: 100, step: 5, unit: '%' },
  chargeC: { from: 0.1, to: 4, step: 0.1, unit: 'C' },
} as const;
export type Choice = keyof typeof choices;
export const choiceIds = Object.keys(choices) as Choice[];

export interface Question {
  /** An ageing model. */
  readonly model: string;
  /** Beside each other, at least one. */
  readonly scenarios: readonly ScenarioId[];
  readonly years: number;
  readonly chosen: Readonly<Partial<Record<Choice, number>>>;
  /** Cycles at which a knee is assumed; none when absent. */
  readonly knee: number | undefined;
}

type Search = Readonly<Record<string, string | undefined>>;

const MODEL = 'lfp-250';
const USUAL: readonly ScenarioId[] = ['taxi', 'family', 'cold', 'hot'];
const YEARS = 10;
export const MOST_YEARS = 20;
export const kneeRange = { from: 200, to: 10_000 };
/** How sharply it falls there: in the middle of what is usual. */
const SHARPNESS = 8;

export function readQuestion(search: Search): Question {
  const scenarios = scenarioIds.filter((it) => (search.of ?? '').split(',').includes(it));
  const chosen: Partial<Record<Choice, number>> = {};
  for (const it of choiceIds) {
    const value = number(search[it], choices[it]);
    if (value !== undefined) chosen[it] = value;
  }
  return {
    model: search.model || MODEL,
    scenarios: scenarios.length > 0 ? scenarios : USUAL,
    years: number(search.years, { from: 1, to: MOST_YEARS }) ?? YEARS,
    chosen,
    knee: number(search.knee, kneeRange),
  };
}

/** Without what is usual. */
export const writeQuestion = ({ model, scenarios, years, chosen, knee }: Question): Search => ({
  model: model === MODEL ? '' : model,
  of: scenarios.join() === USUAL.join() ? '' : scenarios.join(),
  years: years === YEARS ? '' : `${years}`,
  ...Object.fromEntries(choiceIds.map((it) => [it, chosen[it]?.toString() ?? ''])),
  knee: knee?.toString() ?? '',
});

/** As the twins take it. */
export function askOf({ model, years, chosen, knee }: Question, scenario: ScenarioId): WhatIf {
  const share = (it: Choice) => (choices[it].unit === '%' ? chosen[it]! / 100 : chosen[it]!);
  const policy = Object.fromEntries(choiceIds.filter((it) => chosen[it] !== undefined).map((it) => [it, share(it)]));
  return {
    ...{ model, scenario, years, policy },
    ...(knee !== undefined && { knee: { efc: knee, sharpness: SHARPNESS } }),
  };
}

function number(text: string | undefined, { from, to }: { from: number; to: number }): number | undefined {
  const value = Number(text);
  return text !== undefined && text !== '' && value >= from && value <= to ? value : undefined;
}
