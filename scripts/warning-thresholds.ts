// node scripts/warning-thresholds.ts [pack-years] [seed]: sets the limits of early warning anew, from simulated healthy packs.
// The same figures give the same file. `npm run bench -- warning` holds it against packs of another seed.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Thresholds } from '#health';
import { BUDGET, limitsWithin, peaksOf } from '#health/lab';

const packYears = Number(process.argv[2] ?? 1500);
const seed = Number(process.argv[3] ?? 2026);
const file = fileURLToPath(new URL('../data/health/warning-thresholds.json', import.meta.url));
const started = performance.now();
const peaks = peaksOf(packYears, seed, (done) => {
  if (done % 100 === 0)
    console.error(`${done} of ${packYears} pack-years, ${Math.round((performance.now() - started) / 1000)} s`);
});
const thresholds: Thresholds = {
  version: `1-${seed}-${packYears}`,
  simulated: true,
  made: {
    command: `node scripts/warning-thresholds.ts ${packYears} ${seed}`,
    seed,
    packYears: peaks.packYears,
    healthy:
      'twin: nmc-75a and lfp-250, 96 cells, taxi and family in equal parts, three climates, 0 to 6 years old; 2 mV noise, 1 mV and 1 K steps, 0.1 % of readings missing; see src/health/warning/shown.ts for what is assumed besides',
    tail: 'the highest figure of each pack-year; generalised Pareto over the highest twentieth where fewer than 25 years pass (src/health/warning/tail.ts)',
  },
  budget: BUDGET,
  detectors: limitsWithin(peaks),
  insulationOhmPerVolt: { inspect: 500, stop: 100 },
};
writeFileSync(file, `${JSON.stringify(thresholds, null, 2)}\n`);
console.log(`${file}: ${Math.round((performance.now() - started) / 1000)} s`);
