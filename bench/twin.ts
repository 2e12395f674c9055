// The digital twin: right against published curves, and fast enough for every pack of a large network.
import assert from 'node:assert/strict';
import {
  climates,
  duties,
  dutyUsage,
  individual,
  kinds,
  modelOf,
  newCells,
  newFleet,
  normal,
  outsideC,
  PackTwin,
  stepCells,
  stepFleet,
  usualSpread,
} from '#twin';
import { Celsius, chance, Percent } from '#units';
import { FIELD_BAND, fieldMisses } from '../src/twin/field.ts';
import { missOf, table, weeklyMisses } from '../src/twin/validation.ts';
import { type Bench, type Figure, interleaved, measure } from './harness.ts';
import { AskingPack, ToldPack } from './load/naive/pack.ts';

const PACKS = 100_000;
const WEEKS = 522;
const CELLS_IN_SERIES = 100;
/** One core: nothing here has a second thread, so processor time is what counts on a shared machine. */
const trees = [process.pid];

export const bench: Bench = async ({ quick }) => [
  ...accuracy(quick),
  ...(await ageing(quick)),
  ...(await minutes(quick)),
];

/** The worst miss of each model against health.md 5.4, of weekly against daily steps, and against cars on the road. */
function accuracy(quick: boolean): Figure[] {
  const misses = table.flatMap(missOf);
  const worst = (cycled: boolean) => Math.max(...misses.filter((it) => it.cycled === cycled).map((it) => it.worst));
  const seasons = quick ? climates.filter((it) => it.id === 'hot') : climates; // where a mean hides most
  const apart = table.flatMap(({ model }) => seasons.map((climate) => weeklyMisses(model, climate)));
  const field = Math.max(...fieldMisses().map((it) => Math.abs(it.miss)));
  const figure = (metric: string, value: number, atMost: number): Figure => ({
    metric,
    value: value * 1e6,
    unit: 'millionths of capacity',
    goal: { atMost: atMost * 1e6 },
  });
  return [
    figure('storage against the reference, 8 models, worst of 120 points', worst(false), 3e-4),
    figure('cycling against the reference, 8 models, worst of 120 points', worst(true), 2e-3),
    figure(
      'weather of ten years by weeks against by days, 8 models, worst',
      Math.max(...apart.map((it) => it.knowing)),
      5e-4,
    ),
    {
      metric: 'the same when a week knows its mean temperature only',
      value: 1e6 * Math.max(...apart.map((it) => it.blurred)),
      unit: 'millionths of capacity',
    },
    figure('median of NCA packs against 5,196 readings of cars, worst of 8 bins', field, FIELD_BAND),
  ];
}

/** Ten years of a whole network, week by week: in arrays, and as objects of two kinds. */
async function ageing(quick: boolean): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const id of quick ? ['lfp-250'] : ['lfp-250', 'nmc-50b2', 'lfp-sony']) {
    const model = modelOf(id);
    const dice = chance(12);
    const them = Array.from({ length: PACKS }, () => individual(dice, usualSpread, CELLS_IN_SERIES));
    const [taxi, family] = duties;
    const groups = climates.flatMap((climate) => [taxi, family].map((duty) => ({ climate, duty })));
    const weather = Array.from({ length: 7 * WEEKS }, () => 6 * normal(dice));
    /** Of each group the seven days of a week. */
    const livesOf = (week: number) =>
      groups.map(({ climate, duty }) =>
        Array.from({ length: 7 }, (_, n) => {
          const day = 7 * week + n;
          return dutyUsage(duty, duty.policy, outsideC(climate, day) + weather[day]!);
        }),
      );
    const asked = quick ? 50 : 100;
    const told = quick ? 1000 : 2000;
    const soh = new Map<string, ArrayLike<number>>();
    const speed = await interleaved(quick ? 1 : 3, {
      arrays: () =>
        measure(trees, async () => {
          const fleet = newFleet(model, them, (n) => n % groups.length);
          for (let week = 0; week < WEEKS; week++) stepFleet(fleet, livesOf(week));
          soh.set('arrays', fleet.soh);
          return PACKS;
        }),
      asked: () =>
        measure(trees, async () => {
          const packs = them.slice(0, asked).map((it) => new AskingPack(model, it));
          for (let week = 0; week < WEEKS; week++) {
            const lives = livesOf(week);
            for (const [n, it] of packs.entries()) it.week(lives[n % lives.length]!);
          }
          soh.set(
            'asked',
            packs.map((it) => it.soh),
          );
          return asked;
        }),
      told: () =>
        measure(trees, async () => {
          const packs = them.slice(0, told).map((it) => new ToldPack(model, it));
          for (let week = 0; week < WEEKS; week++) {
            const lives = livesOf(week).map((days) =>
              days.map((use) => ({ use, rates: model.losses.map((loss) => loss.rate(use)) })),
            );
            for (const [n, it] of packs.entries()) it.week(lives[n % lives.length]!);
          }
          soh.set(
            'told',
            packs.map((it) => it.soh),
          );
          return told;
        }),
    });
    for (const way of ['asked', 'told'])
      for (const [n, it] of Array.from(soh.get(way)!).entries())
        assert.ok(Math.abs(it - soh.get('arrays')![n]!) < 1e-9, 'a fast wrong answer is none');
    const seconds = (way: keyof typeof speed) => (speed[way].cpuMsEach * PACKS) / 1000;
    const metric = `${PACKS} packs, ${WEEKS} weeks, ${id}`;
    const isGoal = id === 'lfp-250';
    figures.push(
      {
        metric,
        value: seconds('arrays'),
        unit: 's CPU',
        baseline: { name: `objects that ask their model each day, from ${asked}`, value: seconds('asked') },
        ...(isGoal && { goal: { atMost: 12 } }),
      },
      {
        metric,
        value: seconds('arrays'),
        unit: 's CPU',
        baseline: { name: `objects that are told each day’s rates, from ${told}`, value: seconds('told') },
      },
    );
  }
  return figures;
}

/** A day of packs at work, minute by minute: voltage and warmth. */
async function minutes(quick: boolean): Promise<Figure[]> {
  const many = 1000;
  const few = quick ? 20 : 100;
  const ampere = (minute: number, n: number) => 60 * Math.sin(minute / 97 + n);
  const speed = await interleaved(quick ? 3 : 5, {
    arrays: () =>
      measure(trees, async () => {
        const cells = newCells(kinds.NMC, many);
        const currents = new Float64Array(many);
        const around = new Float64Array(many).fill(20);
        for (let minute = 0; minute < 1440; minute++) {
          for (let n = 0; n < many; n++) currents[n] = ampere(minute, n);
          stepCells(cells, currents, 60, around);
        }
        assert.ok(cells.volts.every((it) => it > 2 && it < 5));
        return many;
      }),
    packs: () =>
      measure(trees, async () => {
        for (let n = 0; n < few; n++) {
          const pack = new PackTwin({ model: 'nmc-75a', series: CELLS_IN_SERIES, capacityAh: 100, soc: Percent(50) });
          for (let minute = 0; minute < 1440; minute++) pack.step(ampere(minute, n), 60, Celsius(20));
          assert.ok(pack.truth().voltageV > 200);
        }
        return few;
      }),
  });
  return [
    {
      metric: 'a day by minutes, voltage and warmth, 1,000 packs, a typical cell each',
      value: speed.arrays.cpuMsEach,
      unit: 's CPU',
      baseline: {
        name: `whole packs of ${CELLS_IN_SERIES} cells that age and can be broken, from ${few}`,
        value: speed.packs.cpuMsEach,
      },
      goal: { atMost: 3 },
    },
  ];
}
