// Detector 2 of health.md 6.2: a cell that loses charge by itself. Its distance from the median cell at rest, in percent of
// charge by the slope of the curve, falls from session to session; LFP tells it only near full and near empty, where its
// curve is steep, and is silent on the plateau.
import { percentAt, slopeMvAt } from './curve.ts';
import { type Detector, READING_MV } from './detector.ts';
import { USUAL_SPREAD } from './resistance.ts';
import type { PackFacts } from './session.ts';
import type { Trace } from './trace.ts';
import { apartIn } from './view.ts';

/** Where a percent of charge moves the voltage by less, a reading tells nothing; on LFP hysteresis alone is more. */
const FLAT_MV = { LFP: 2, NMC: 0.8, NCA: 0.8 } as const;
/** Between sessions cells lie apart by a few hundredths of a percent more than their readings' noise. Assumed. */
const UNREST_PERCENT = 0.05;

/** At the end of a rest, mostly full; after a charge, also just before its current ended. */
export const leak: Detector = {
  id: 'leak',
  of: 'cell',
  mayStop: true,
  habit: { forgetsDays: 20, bad: 'low', allows: 1, driftsBy: 0.01, closely: true },
  tell(view) {
    const { chemistry } = view.facts;
    const rested = apartIn(view, 'rest-after');
    if (!rested) return undefined;
    const loaded = apartIn(view, 'end-of-charge');
    const where = percentAt(chemistry, rested.median);
    const slope = slopeMvAt(chemistry, where);
    if (slope < FLAT_MV[chemistry]) return undefined;
    const inPercent = (it: number) => it / slope;
    return {
      values: rested.by.map(inPercent),
      deviation: Math.hypot(READING_MV / slope, UNREST_PERCENT),
      where,
      ...(loaded && {
        again: {
          values: loaded.by.map(inPercent),
          deviation: Math.hypot(
            READING_MV / slope,
            UNREST_PERCENT,
            (USUAL_SPREAD * (loaded.median - rested.median)) / slope,
          ),
        },
      }),
    };
  },
};

/** A slope below this bends within the distance of one cell from another. */
const BENT_MV = 4;
const LOW_UNREST_PERCENT = 0.15;

/**
 * Before a charge, near empty: there capacities that differ move cells apart too, the further the emptier, and the curve
 * bends so much that each cell has to be read on it by itself.
 */
export const leakLow: Detector = {
  id: 'leak-low',
  of: 'cell',
  mayStop: true,
  habit: { forgetsDays: 20, bad: 'low', allows: 1, driftsBy: 0.03 },
  tell(view) {
    const { chemistry } = view.facts;
    const rested = view.session.kind === 'charge' ? apartIn(view, 'rest-before') : undefined;
    if (!rested) return undefined;
    const where = percentAt(chemistry, rested.median);
    const slope = slopeMvAt(chemistry, where);
    if (slope < BENT_MV) return undefined;
    const values = rested.by.map((it) => percentAt(chemistry, rested.median + it) - where);
    return { values, deviation: Math.hypot(READING_MV / slope, LOW_UNREST_PERCENT), where };
  },
};

/**
 * The resistance in ohm through which a cell loses what its trace shows, R = V / (dQ/dt); undefined while it loses nothing.
 * On LFP it is an upper bound: beyond the steep part of the curve a cell may be emptier than its voltage tells.
 */
export function leakOhm(
  trace: Trace,
  cell: number,
  now: { value: number; mv: number },
  facts: PackFacts,
): number | undefined {
  const { sum, sumFrom, sumFromS } = trace.of;
  if (!(sum[cell]! > 0)) return undefined;
  const lostAh = ((sumFrom[cell]! - now.value) / 100) * facts.capacityAh;
  const hours = (trace.atS - sumFromS[cell]!) / 3600;
  return lostAh > 0 && hours > 0 ? now.mv / 1000 / (lostAh / hours) : undefined;
}
