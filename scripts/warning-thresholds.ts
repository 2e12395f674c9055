// node scripts/warning-thresholds.ts [pack-years] [seed]: sets the limits of early warning anew, from simulated healthy packs,
// so many pack-years of each chemistry. The same figures give the same file. `npm run bench -- warning` holds it against packs
// of another seed.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Thresholds } from '#health';
import { BUDGET, chemistries, limitsWithin, peaksOf } from '#health/lab';

const packYears = Number(process.argv[2] ?? 1500);
const seed = Number(process.argv[3] ?? 2026);
const file = fileURLToPath(new URL('../data/health/warning-thresholds.json', import.meta.url));
const started = performance.now();
const seconds = () => Math.round((performance.now() - started) / 1000);
const limits = chemistries.map((chemistry) => {
  const progress = (done: number) => {
    if (done % 100 === 0) console.error(`${chemistry}: ${done} of ${packYears} pack-years, ${seconds()} s`);
  };
  return [chemistry, limitsWithin(peaksOf(chemistry, { packYears, seed, progress }))] as const;
});
const thresholds: Thresholds = {
  version: `2-${seed}-${packYears}`,
  simulated: true,
  made: {
    command: `node scripts/warning-thresholds.ts ${packYears} ${seed}`,
    seed,
    packYears: packYears * chemistries.length,
    healthy:
      'twin: nmc-75a, lfp-250 and nca-panasonic in equal parts, 96 cells, taxi and family in equal parts, three climates, 0 to 6 years old; 2 mV noise, 1 mV and 1 K steps, 0.1 % of readings missing; see src/health/warning/shown.ts for what is assumed besides',
    tail: 'the highest figure of each pack-year; generalised Pareto over the highest twentieth where fewer than 25 years pass (src/health/warning/tail.ts); parts and least limits in src/health/warning/limits.ts',
  },
  budget: BUDGET,
  detectors: Object.fromEntries(limits) as Thresholds['detectors'],
  insulationOhmPerVolt: { inspect: 500, stop: 100 },
};
writeFileSync(file, `${JSON.stringify(thresholds, null, 2)}\n`);
console.log(`${file}: ${seconds()} s`);
