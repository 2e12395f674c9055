// How fast packs are judged beside a naive scorer of the same model, how long training takes, and how good the estimates are
// on the measured cells of ../shared. Without those only speed is measured, on SYNTHETIC cells that are labelled so.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type Basis,
  basisOfNone,
  type Cell,
  evaluate,
  filled,
  type GroupModel,
  judge,
  loadCells,
  readSplitGroups,
  type Score,
  type SplitGroup,
  syntheticCells,
  syntheticGroup,
  trainGroups,
} from '#health/lab';
import { type Bench, cpuSeconds, type Figure, median } from './harness.ts';
import { naively } from './load/naiveHealth.ts';

const data = fileURLToPath(new URL('../../shared/data/battery-ageing', import.meta.url));
const own = (file: string) => fileURLToPath(new URL(`../data/health/${file}`, import.meta.url));
const PACKS = 1000;
const QUICK = ['XJTU-RW'];

export const bench: Bench = async ({ quick }) => {
  const isMeasured = existsSync(data);
  if (!isMeasured)
    console.error('health: ../shared/data/battery-ageing is not there: SYNTHETIC cells instead, speed only');
  const groups = isMeasured
    ? readSplitGroups(data, own('dataset.json'), own('split.json')).filter((it) => !quick || QUICK.includes(it.name))
    : [synthetic];
  const cells = groups.map((group) => ({
    train: isMeasured ? loadCells(data, group, group.parts.train).cells : syntheticCells(6, 1),
    test: isMeasured ? loadCells(data, group, group.parts.test).cells : syntheticCells(2, 2),
  }));
  const cpu = cpuSeconds([process.pid]);
  const started = performance.now();
  const models = await trainGroups(groups.map((group, i) => ({ group, train: cells[i]!.train, calibration: [] })));
  const tookS = (performance.now() - started) / 1000;
  const usedS = cpuSeconds([process.pid]) - cpu;
  const label = isMeasured ? '' : ' SYNTHETIC';
  return [
    ...speed(models[0]!, cells[0]!.test, label),
    {
      metric: `train ${groups.length}${label} groups, 3 modes, with remaining life`,
      value: tookS,
      unit: 's',
      ...(groups.length === 9 && { goal: { atMost: 180 } }),
    },
    { metric: `train ${groups.length}${label} groups, processor`, value: usedS, unit: 'CPU s' },
    ...(isMeasured && !quick ? goodness(models.map((model, i) => evaluate(model, cells[i]!.test))) : []),
  ];
};

const synthetic: SplitGroup = { ...syntheticGroup, parts: { train: [], test: [], calibration: [] } };

/** The last charges of a thousand packs, judged with intervals: columns at once, and pack by pack through objects. */
function speed(model: GroupModel, cells: readonly Cell[], label: string): readonly Figure[] {
  const basis = rowsOf(
    cells.map((it) => basisOfNone(filled(it, model.range))),
    PACKS,
  );
  const naive = naively(model.soh.none, basis);
  const ours = judge(model.soh.none, basis);
  for (let i = 0; i < PACKS; i++) {
    const it = naive(i);
    if (!(Math.abs(it.value - ours.value[i]!) <= 1e-9 && Math.abs(it.half - ours.half[i]!) <= 1e-9))
      throw new Error(`the two scorers disagree about pack ${i}`); // a fast wrong answer is no answer
  }
  const fast: number[] = [];
  const slow: number[] = [];
  for (let pass = 0; pass < 15; pass++) {
    fast.push(cpuMs(() => judge(model.soh.none, basis)));
    slow.push(cpuMs(() => Array.from({ length: PACKS }, (_, i) => naive(i))));
  }
  const value = median(fast);
  const beside = median(slow);
  return [
    {
      metric: `estimate and interval of ${PACKS}${label} packs`,
      value,
      unit: 'CPU ms',
      baseline: { name: 'an object for each tree and pack', value: beside },
      goal: { atMost: 50 },
    },
    {
      metric: 'naive scorer of the same model, as many times slower',
      value: beside / value,
      unit: 'x',
      goal: { atLeast: 10 },
    },
  ];
}

function cpuMs(act: () => unknown): number {
  const before = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function rowsOf(bases: readonly Basis[], many: number): Basis {
  const { columns } = bases[0]!;
  const x = new Float64Array(columns.length * many);
  for (let i = 0; i < many; i++) {
    const from = bases[i % bases.length]!;
    const row = Math.floor(i / bases.length) % from.rows;
    for (let column = 0; column < columns.length; column++) x[column * many + i] = from.x[column * from.rows + row]!;
  }
  return { columns, rows: many, x, anchor: new Float64Array(many).fill(Number.NaN) };
}

/** The goals of the room, from the test cells of all groups. */
function goodness(scores: readonly (readonly Score[])[]): readonly Figure[] {
  const [none, commissioned, retested] = [0, 1, 2].map((mode) => scores.map((it) => it[mode]!));
  const all = scores.flat();
  const sure = all.filter((it) => it.calibrationCells >= 20);
  const forecast = all.filter((it) => it.rulRmseCycles !== null && it.rulMeanGuessRmse !== null);
  const rul = forecast.map((it) => it.rulRmseCycles! / it.rulMeanGuessRmse!);
  const covered = (100 * forecast.reduce((sum, it) => sum + it.rulCoverage90!, 0)) / forecast.length;
  const better = retested!.map((it) => it.baselines.holdLastTestMape! / it.mape);
  const of = (its: readonly Score[] | undefined, holds: (it: Score) => boolean) => its!.filter(holds).length;
  return [
    {
      metric: 'no history: MAPE, median group',
      value: median(none!.map((it) => it.mape)),
      unit: '%',
      goal: { atMost: 0.85 },
    },
    {
      metric: 'no history: MAPE, worst group',
      value: Math.max(...none!.map((it) => it.mape)),
      unit: '%',
      goal: { atMost: 1.3 },
    },
    {
      metric: 'commissioned: groups of RMSE <= 0.0100',
      value: of(commissioned, (it) => it.rmse <= 0.01),
      unit: 'of 9',
      goal: { atLeast: 8 },
    },
    {
      metric: 'retested: groups of MAPE <= 0.5 %',
      value: of(retested, (it) => it.mape <= 0.5),
      unit: 'of 9',
      goal: { atLeast: 8 },
    },
    {
      metric: 'retested: times better than holding the last test, least of the best 8',
      value: better.toSorted((a, b) => b - a)[7]!,
      unit: 'x',
      goal: { atLeast: 3 },
    },
    {
      metric: 'intervals, >= 20 calibration cells: least coverage',
      value: 100 * Math.min(...sure.map((it) => it.coverage90)),
      unit: '%',
      goal: { atLeast: 87 },
    },
    {
      metric: 'intervals, >= 20 calibration cells: most coverage',
      value: 100 * Math.max(...sure.map((it) => it.coverage90)),
      unit: '%',
      goal: { atMost: 95 },
    },
    {
      metric: 'intervals, >= 20 calibration cells: worst cell',
      value: 100 * Math.min(...sure.map((it) => it.worstCellCoverage90)),
      unit: '%',
      goal: { atLeast: 75 },
    },
    {
      metric: 'remaining life: RMSE by that of the mean-life guess, median of groups and modes',
      value: median(rul),
      unit: 'x',
      goal: { atMost: 0.45 },
    },
    {
      metric: 'remaining life: groups and modes with at most 0.45 of that guess',
      value: rul.filter((it) => it <= 0.45).length,
      unit: `of ${rul.length}`,
    },
    { metric: 'remaining life: coverage, mean', value: covered, unit: '%', goal: { atLeast: 85 } },
    { metric: 'remaining life: coverage, mean, not for width alone', value: covered, unit: '%', goal: { atMost: 95 } },
  ];
}
