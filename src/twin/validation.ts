// What the ageing models are held against: the table of health.md 5.4, relative capacity after 1, 3, 5, 8 and 10 years of one
// use, which BLAST-Lite gave. In a file of its own, because the tests and the bench read it.
import { chance } from '#units';
import { type Climate, outsideC } from './api/climate.ts';
import { type Fleet, newFleet, stepFleet } from './api/fleet.ts';
import { type AgeingModel, capacityAfter } from './api/model.ts';
import { modelOf } from './api/models.ts';
import { type ProfilePoint, usageOf } from './api/profile.ts';
import { normal } from './api/spread.ts';
import { over, stored, type Use } from './api/use.ts';

const years = [1, 3, 5, 8, 10] as const;

/**
 * The note gives the depths, and of the second duty the hours of driving and charging. The pauses, and the hours of the first
 * duty, are those with which all eight models meet their columns: 4 h down, 9 h empty, 2 h up, 9 h full; and twice a day
 * 6 h down, 2.5 h empty, 1 h up, 2.5 h full.
 */
const onceADay = (celsius: number): Use => usageOf(cycle([0, 4, 13, 15, 24], [0.9, 0.2, 0.2, 0.9, 0.9], celsius));
const twiceADay = (celsius: number): Use => usageOf(cycle([0, 6, 8.5, 9.5, 12], [0.95, 0.1, 0.1, 0.95, 0.95], celsius));

const cycle = (hours: readonly number[], socs: readonly number[], celsius: number): ProfilePoint[] =>
  hours.map((hour, n) => ({ hour, soc: socs[n]!, celsius }));

/** In the order of the table’s columns. */
export const conditions: readonly { readonly name: string; readonly cycled: boolean; readonly use: Use }[] = [
  { name: '50 % at 25 °C', cycled: false, use: stored(0.5, 25, 1) },
  { name: '90 % at 25 °C', cycled: false, use: stored(0.9, 25, 1) },
  { name: '50 % at 45 °C', cycled: false, use: stored(0.5, 45, 1) },
  { name: '20-90 % a day at 25 °C', cycled: true, use: onceADay(25) },
  { name: '20-90 % a day at 40 °C', cycled: true, use: onceADay(40) },
  { name: '10-95 % twice a day at 25 °C', cycled: true, use: twiceADay(25) },
];

interface Row {
  readonly model: string;
  /** For each condition the capacities at `years`. */
  readonly capacities: readonly (readonly number[])[];
}

const row = (model: string, text: string): Row => ({
  model,
  capacities: text.split('|').map((it) => it.trim().split(/\s+/).map(Number)),
});

export const table: readonly Row[] = [
  row(
    'lfp-250',
    `.9890 .9803 .9743 .9671 .9630 | .9832 .9701 .9609 .9500 .9437 | .9637 .9353 .9154 .8917 .8783
     | .9789 .9555 .9365 .9114 .8961 | .9653 .9334 .9091 .8785 .8603 | .9637 .9173 .8780 .8247 .7916`,
  ),
  row(
    'lfp-sony',
    `.9617 .9354 .9180 .8983 .8876 | .9414 .9103 .8911 .8702 .8592 | .9311 .8772 .8400 .7967 .7728
     | .9604 .9302 .9084 .8816 .8660 | .9395 .8900 .8543 .8110 .7860 | .9586 .9186 .8855 .8403 .8117`,
  ),
  row(
    'nmc-75a',
    `.9958 .9922 .9895 .9862 .9843 | .9879 .9772 .9694 .9598 .9543 | .9709 .9452 .9264 .9034 .8901
     | .9808 .9447 .9075 .8502 .8111 | .9536 .8885 .8275 .7382 .6791 | .9577 .8655 .7674 .6136 .5077`,
  ),
  row(
    'nmc-50b1',
    `.9731 .9415 .9160 .8828 .8628 | .9550 .9021 .8595 .8041 .7705 | .9363 .8616 .8013 .7229 .6755
     | .9519 .9049 .8688 .8229 .7956 | .9243 .8456 .7839 .7050 .6578 | .9309 .8708 .8260 .7705 .7379`,
  ),
  row(
    'nmc-50b2',
    `.9769 .9561 .9409 .9222 .9114 | .9635 .9307 .9067 .8772 .8601 | .9503 .9057 .8730 .8329 .8097
     | .9749 .9521 .9352 .9143 .9022 | .9562 .9168 .8878 .8523 .8317 | .9592 .9085 .8653 .8066 .7699`,
  ),
  row(
    'nmc-sanyo',
    `.9761 .9456 .9203 .8866 .8659 | .9598 .9084 .8657 .8090 .7742 | .8961 .7633 .6529 .5063 .4164
     | .8451 .7163 .6222 .5070 .4400 | .7853 .5801 .4225 .2229 .1042 | .7478 .5486 .4065 .2348 .1362`,
  ),
  row(
    'nca-panasonic',
    `.9618 .9330 .9130 .8894 .8760 | .9387 .8925 .8604 .8224 .8009 | .9256 .8695 .8306 .7845 .7584
     | .9444 .8977 .8637 .8223 .7983 | .9163 .8484 .7997 .7409 .7070 | .9302 .8667 .8193 .7603 .7258`,
  ),
  row(
    'nmc-m50',
    `.9590 .9161 .8830 .8411 .8163 | .9529 .9038 .8658 .8178 .7893 | .9189 .8343 .7689 .6862 .6371
     | .9046 .8293 .7752 .7095 .6717 | .8729 .7663 .6883 .5927 .5372 | .8818 .7925 .7293 .6535 .6100`,
  ),
];

/** How far a model is from its row, for each condition: the worst of the five years. */
export function missOf({
  model,
  capacities,
}: Row): readonly { readonly name: string; readonly cycled: boolean; readonly worst: number }[] {
  const ageing: AgeingModel = modelOf(model);
  return conditions.map(({ name, cycled, use }, column) => {
    const misses = years.map((year, n) => Math.abs(capacityAfter(ageing, use, year * 365) - capacities[column]![n]!));
    return { name, cycled, worst: Math.max(...misses) };
  });
}

/**
 * How far a pack that is aged by weeks ends, after ten years of the once-a-day duty in the weather of a climate, from one that is
 * aged by days. From day to day the weather lies 6 K apart.
 * @returns once for weeks that know each of their days, once for weeks that know their mean temperature only
 */
export function weeklyMisses(id: string, climate: Climate): { readonly knowing: number; readonly blurred: number } {
  const model = modelOf(id);
  const dice = chance(7);
  const celsius = Array.from({ length: 3640 }, (_, day) => outsideC(climate, day) + 6 * normal(dice));
  const days = celsius.map(onceADay);
  const daily = unlike(model);
  const knowing = unlike(model);
  const blurred = unlike(model);
  for (let day = 0; day < days.length; day += 7) {
    const week = days.slice(day, day + 7);
    for (const it of week) stepFleet(daily, [[it]]);
    stepFleet(knowing, [week]);
    const mean = celsius.slice(day, day + 7).reduce((sum, it) => sum + it, 0) / 7;
    stepFleet(blurred, [[over(onceADay(mean), 7)]]);
  }
  const worst = (of: Fleet) => Math.max(...of.soh.map((it, n) => Math.abs(it - daily.soh[n]!)));
  return { knowing: worst(knowing), blurred: worst(blurred) };
}

/** Packs that lose more or less, and are used more or less, than the model says. */
const unlike = (model: AgeingModel): Fleet =>
  newFleet(
    model,
    [0.8, 1, 1.3].map((it) => ({ scale: it, initial: 1, intensity: 2 - it, knee: 1 })),
  );
