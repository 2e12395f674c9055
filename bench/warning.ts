// Early warning, on SIMULATED packs: how soon faults are found that the twin puts in, how fast the rule of thermal runaway is,
// and how often healthy packs are suspected. Beside each what shouts whenever cells lie 50 mV apart.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readThresholds, type Thresholds } from '#health';
import { BUDGET, falseAlarms, type Outcome, runawayDelays, type Trial, tried } from '#health/lab';
import { type Bench, cpuSeconds, type Figure, median } from './harness.ts';

const file = fileURLToPath(new URL('../data/health/warning-thresholds.json', import.meta.url));
/** Not the seed that the thresholds are made of. */
const SEED = 7041;

export const bench: Bench = async ({ quick }) => {
  const thresholds = readThresholds(readFileSync(file, 'utf8'));
  return [...faults(thresholds, quick), ...runaway(), ...calm(thresholds, quick ? 60 : 10_000)];
};

type Fault = Pick<Trial, 'chemistry' | 'fault'> & Partial<Trial> & { name: string; hours?: number; charges?: number };

const short =
  (ohm: number): Trial['fault'] =>
  (fromS, dice) => ({ kind: 'internal-short', fromS, cell: dice.between(0, 95), ohm });
const DAY_S = 86_400;

/** In the order of the goals; those without one inform. */
const list: readonly Fault[] = [
  { name: 'NMC short of 100 ohm', chemistry: 'NMC', fault: short(100), hours: 72 },
  { name: 'NMC short of 10 ohm', chemistry: 'NMC', fault: short(10), hours: 12 },
  { name: 'LFP short of 10 ohm', chemistry: 'LFP', fault: short(10), charges: 2 },
  { name: 'NCA short of 100 ohm', chemistry: 'NCA', fault: short(100) },
  { name: 'NCA short of 10 ohm', chemistry: 'NCA', fault: short(10) },
  { name: 'NMC short of 300 ohm', chemistry: 'NMC', fault: short(300) },
  { name: 'LFP short of 100 ohm', chemistry: 'LFP', fault: short(100) },
  { name: 'LFP short of 10 ohm, charged to 95 %', chemistry: 'LFP', fault: short(10), chargeTo: 0.95 },
  { name: 'NMC short of 100 ohm, family', chemistry: 'NMC', duty: 'family', fault: short(100) },
  {
    name: 'resistance doubles in a day',
    chemistry: 'NMC',
    fault: (fromS, dice) => ({ kind: 'resistance', fromS, cell: dice.between(0, 95), times: 2, withinS: DAY_S }),
  },
  {
    name: 'insulation falls to 200 kohm in a week',
    chemistry: 'LFP',
    fault: (fromS) => ({ kind: 'insulation', fromS, kOhm: 200, withinS: 7 * DAY_S }),
  },
  { name: 'coolant lost', chemistry: 'NMC', fault: (fromS) => ({ kind: 'coolant', fromS, remains: 0.05 }) },
  {
    name: 'a cell read 30 mV too low',
    chemistry: 'NMC',
    fault: (fromS, dice) => ({
      kind: 'sensor',
      fromS,
      of: 'cell-voltage',
      at: dice.between(0, 95),
      does: { is: 'offset', by: -0.03 },
    }),
  },
];
const IN_QUICK = 3;
const PACKS = 20;

function faults(thresholds: Thresholds, quick: boolean): Figure[] {
  return list.slice(0, quick ? IN_QUICK : list.length).flatMap(({ name, hours, charges, ...it }) => {
    const outcomes = Array.from({ length: PACKS }, (_, n) => tried({ ...it, seed: SEED + n, thresholds }));
    const clean = outcomes.filter((one) => !one.wasSuspected);
    const of = (figure: (one: Outcome) => number) =>
      clean.map((one) => (Number.isNaN(figure(one)) ? Number.POSITIVE_INFINITY : figure(one)));
    const found = of((one) => one.foundH);
    const naive = of((one) => one.naiveH);
    const figures: Figure[] = [
      {
        metric: `${name}: found after, median`,
        value: median(found),
        unit: 'h',
        baseline: { name: '50 mV apart', value: median(naive) },
      },
      {
        metric: `${name}: found after, worst of ${clean.length}`,
        value: Math.max(...found),
        unit: 'h',
        baseline: { name: '50 mV apart', value: Math.max(...naive) },
        ...(hours && { goal: { atMost: hours } }),
      },
      {
        metric: `${name}: not found within three weeks`,
        value: found.filter((one) => one === Number.POSITIVE_INFINITY).length,
        unit: `of ${clean.length}`,
      },
      { metric: `${name}: stopped after, median`, value: median(of((one) => one.stoppedH)), unit: 'h' },
    ];
    if (charges)
      figures.push({
        metric: `${name}: charges until found, worst`,
        value: Math.max(...of((one) => (Number.isNaN(one.foundH) ? Number.NaN : one.charges))),
        unit: 'charges',
        goal: { atMost: charges },
      });
    const others = clean.filter((one) => one.isRightCell === false).length;
    if (others > 0)
      figures.push({ metric: `${name}: another cell was named first`, value: others, unit: `of ${clean.length}` });
    if (outcomes.length > clean.length)
      figures.push({
        metric: `${name}: suspected before anything was wrong`,
        value: outcomes.length - clean.length,
        unit: `of ${outcomes.length}`,
      });
    return figures;
  });
}

/** How long after the pack itself fulfils the rule it is confirmed from what its sensors tell. */
function runaway(): Figure[] {
  return [1, 2, 5].map((everyS) => {
    const delays = Array.from({ length: PACKS }, (_, n) => runawayDelays({ seed: SEED + n, everyS }));
    const seconds = delays.map((it) => it.delayS);
    return {
      metric: `runaway confirmed after, worst of ${seconds.length}, samples every ${everyS} s`,
      value: Math.max(...seconds),
      unit: 's',
      ...(everyS < 5 && { goal: { atMost: 5 } }),
    };
  });
}

function calm(thresholds: Thresholds, packYears: number): Figure[] {
  const cpu = cpuSeconds([process.pid]);
  const told = falseAlarms(thresholds, {
    packYears,
    seed: SEED,
    progress: (done) => {
      if (done % 500 === 0) console.error(`warning: ${done} of ${packYears} healthy pack-years`);
    },
  });
  const usedS = cpuSeconds([process.pid]) - cpu;
  const naive = told.naive / told.packYears;
  const per = (metric: string, many: number, atMost: number): Figure => ({
    metric: `${metric} of ${told.packYears.toLocaleString('en')} healthy pack-years`,
    value: many / told.packYears,
    unit: 'each',
    ...(naive > 0 && { baseline: { name: '50 mV apart', value: naive } }),
    goal: { atMost },
  });
  return [
    per('false inspections', told.inspect, BUDGET.inspect),
    per('false stops', told.stop, BUDGET.stop),
    ...Object.entries(told.byDetector).map(([name, many]) => ({
      metric: `false inspections first named by ${name}`,
      value: many / told.packYears,
      unit: 'each',
    })),
    { metric: 'one session watched, simulation included', value: (1e6 * usedS) / told.sessions, unit: 'CPU us' },
  ];
}
