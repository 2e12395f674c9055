// Detector 6 of health.md 6.2, the charge a cell takes: its rise from rest to rest over that of the median cell. A cell that
// has lost capacity (plating, a broken parallel cell) rises further on the same ampere-hours. And the same of the whole pack:
// what it says it rose by over what the station counted. LFP cells tell nothing here, their pack does.
import { percentAt, slopeMvAt } from './curve.ts';
import { type Detector, ofPack, READING_MV } from './detector.ts';
import { apartIn } from './view.ts';

/** A lesser rise tells more of noise than of capacity. */
const LEAST_RISE = 30;
const FLAT_MV = 3;
const UNREST = 0.002;

export const capacity: Detector = {
  id: 'capacity',
  of: 'cell',
  habit: { forgetsDays: 60, bad: 'high', allows: 1 },
  tell(view) {
    const { chemistry } = view.facts;
    const before = apartIn(view, 'rest-before');
    const after = apartIn(view, 'rest-after');
    if (chemistry === 'LFP' || view.session.kind !== 'charge' || !before || !after) return undefined;
    const low = percentAt(chemistry, before.median);
    const high = percentAt(chemistry, after.median);
    const slopes = [slopeMvAt(chemistry, low), slopeMvAt(chemistry, high)] as const;
    if (!(high - low >= LEAST_RISE) || Math.min(...slopes) < FLAT_MV) return undefined;
    const values = after.by.map((it, i) => {
      const rise = percentAt(chemistry, after.median + it) - percentAt(chemistry, before.median + before.by[i]!);
      return Number.isNaN(it + before.by[i]!) ? Number.NaN : rise / (high - low) - 1;
    });
    return { values, deviation: Math.hypot(READING_MV / slopes[0], READING_MV / slopes[1]) / (high - low) + UNREST };
  },
};

/** Of a told charge, in percent: whole percents, and what the pack itself errs by. Assumed. */
const TOLD_PERCENT = 1.2;

export const chargeCount: Detector = {
  id: 'charge-count',
  of: 'pack',
  habit: { forgetsDays: 60, bad: 'high', allows: 1 },
  tell({ session: { kind, socBefore, socAfter, chargedAh }, facts: { capacityAh } }) {
    if (kind !== 'charge' || socBefore === null || socAfter === null || chargedAh === null) return undefined;
    const counted = (100 * chargedAh) / capacityAh;
    if (counted < LEAST_RISE) return undefined;
    return { values: ofPack((socAfter - socBefore) / counted), deviation: TOLD_PERCENT / counted };
  },
};
