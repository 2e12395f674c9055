// Detector 6 of health.md 6.2, insulation: its trend on a logarithmic scale, and what the law demands.
import { type Detector, ofPack } from './detector.ts';
import type { View } from './view.ts';

/** Weather moves insulation by a quarter either way. Assumed. */
const WEATHER = 0.25;

export const insulation: Detector = {
  id: 'insulation',
  of: 'pack',
  mayStop: true,
  habit: { forgetsDays: 60, bad: 'low', allows: 1 },
  tell: ({ session: { insulationKOhm } }) =>
    insulationKOhm === null ? undefined : { values: ofPack(Math.log(Math.max(1, insulationKOhm))), deviation: WEATHER },
};

/** Ohm for each volt of the pack, which GB 18384 limits; undefined when one of the two was not told. */
export function ohmPerVolt({ session: { insulationKOhm }, facts, aparts }: View): number | undefined {
  const volts = ((aparts.at(-1)?.median ?? 0) / 1000) * facts.cells;
  return insulationKOhm !== null && volts > 0 ? (1000 * insulationKOhm) / volts : undefined;
}
