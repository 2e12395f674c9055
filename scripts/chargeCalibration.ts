// Makes data/health/charge-calibration.json: how wide the bands of estimates from charges have to be. From simulated packs.
import { writeFileSync } from 'node:fs';
import type { Calibration } from '../src/health/charges/calibration.ts';
import { estimated, inputsOf, type Known } from '../src/health/charges/estimate.ts';
import { simulatedCharge, simulatedPack, usualCourse } from '../src/health/charges/simulate.ts';
import { chance } from '../src/units/index.ts';

const SEED = 20261122;
const [PACKS, CHARGES] = [160, 8];
/** What sensors and curves are off by always: 5 mV move the capacity of an LFP pack by 1.5 points, of others by half a point. */
const BIAS = { LFP: { capacityBias: 0.012, ohmsBias: 0.03 }, NMC: { capacityBias: 0.005, ohmsBias: 0.03 } };
const plates = {
  LFP: { chemistry: 'LFP', series: 96, capacityAh: 140 },
  NMC: { chemistry: 'NMC', series: 96, capacityAh: 208 },
} as const;

const round = (it: number) => Math.round(it * 1e4) / 1e4;
const median = (all: number[]) => all.toSorted((a, b) => a - b)[all.length >> 1]!;
const quantile = (all: number[], share: number) =>
  all.toSorted((a, b) => a - b)[Math.min(all.length - 1, Math.ceil(share * (all.length + 1)) - 1)]!;

function calibrated(chemistry: 'LFP' | 'NMC') {
  const plain = { weakest: 0, factor: 1, ...BIAS[chemistry] };
  const calibration: Calibration = { version: 'none', LFP: plain, NMC: plain };
  const plate = plates[chemistry];
  const residuals: { off: number; wide: number }[][] = [];
  for (let n = 0; n < PACKS; n++) {
    const dice = chance(SEED).fork(`${chemistry} ${n}`);
    const pack = simulatedPack(plate, dice);
    let before: Known | null = null;
    const its: { off: number; wide: number }[] = [];
    for (let no = 0; no < CHARGES; no++) {
      const inputs = inputsOf(simulatedCharge(pack, usualCourse(dice), no), plate, {
        before,
        daysSince: 1,
        calibration,
      });
      if (typeof inputs === 'string') continue;
      const it = estimated(inputs);
      if (it.standing === 'abstained') continue;
      before = it.known;
      its.push({ off: it.soh.value / 100 - pack.twin.truth().soh / 100, wide: (it.soh.upper - it.soh.value) / 100 });
    }
    residuals.push(its);
  }
  const weakest = median(residuals.flat().map((it) => it.off));
  // Between pooled charges and whole packs: a pack that is off once is off often.
  const factor = quantile(
    residuals
      .filter((it) => it.length > 0)
      .map((its) =>
        quantile(
          its.map((it) => Math.abs(it.off - weakest) / it.wide),
          0.75,
        ),
      ),
    0.9,
  );
  // Twins have the very curves that the filter has: real cells differ, so a band is never made narrower than it believes.
  return { weakest: round(weakest), factor: Math.max(1, round(factor)), ...BIAS[chemistry] };
}

const file = {
  version: 'charges-2026-11',
  madeBy: 'node scripts/chargeCalibration.ts',
  simulated: true,
  seed: SEED,
  packs: PACKS,
  LFP: calibrated('LFP'),
  NMC: calibrated('NMC'),
};
writeFileSync(new URL('../data/health/charge-calibration.json', import.meta.url), `${JSON.stringify(file, null, 2)}\n`);
console.log(file);
