// How far estimates from charges may be off, learnt from simulated packs: no real pack has been measured beside them yet.
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const share = z.number().min(0).max(0.2);
const one = z.strictObject({
  /** So much less than its typical cell a pack holds: its weakest cell ends each discharge. A share of the plate. */
  weakest: z.number().min(-0.05).max(0.1),
  /** What many charges do not average away, as shares. */
  capacityBias: share,
  ohmsBias: share,
  /** The bands are so many times as wide as the filter believes: then they hold nine of ten packs. */
  factor: z.number().min(0.5).max(10),
});

const calibrationFile = z.strictObject({
  version: z.string(),
  /** How it was made. */
  madeBy: z.string(),
  simulated: z.literal(true),
  seed: z.int(),
  packs: z.int(),
  LFP: one,
  NMC: one,
});

export type Calibration = Readonly<Record<'LFP' | 'NMC', z.output<typeof one>>> & { readonly version: string };

/** As committed. @throws ZodError that names the field */
export function committedCalibration(): Calibration {
  const file = new URL('../../../data/health/charge-calibration.json', import.meta.url);
  const { version, LFP, NMC } = calibrationFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  return { version, LFP, NMC };
}
