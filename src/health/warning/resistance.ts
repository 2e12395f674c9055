// Detector 3 of health.md 6.2: a cell that resists more than its neighbours, or more than it did. What a cell's voltage
// falls when the charging current ends, over what the median cell's falls; both at the warmth of the median.
import { coldness, kinds } from '#twin';
import { type Detector, READING_MV } from './detector.ts';
import { medianOf } from './robust.ts';
import { probeOf } from './session.ts';
import { pointIn, type View } from './view.ts';

/** Less current tells more of noise than of the cell. */
const LEAST_C = 0.1;
/** A temperature told in whole degrees, through e^(Ea/RT). */
const WARMTH = 0.01;
/** Cells of one pack differ by this from the first. Assumed. */
export const USUAL_SPREAD = 0.03;

export const resistance: Detector = {
  id: 'resistance',
  of: 'cell',
  mayStop: true,
  habit: { forgetsDays: 60, bad: 'high', allows: 1, prior: 5 },
  tell(view) {
    const fall = fallsMv(view);
    if (!fall) return undefined;
    const cold = coldOf(view);
    const values = fall.mv.map((it, i) => it / fall.median / cold[i]! - 1);
    const outlying = Math.max(USUAL_SPREAD, 1.4826 * medianOf(values.map(Math.abs)));
    const deviation = Math.hypot((Math.SQRT2 * READING_MV) / fall.median, WARMTH);
    return { values, deviation, outliers: values.map((it) => it / outlying) };
  },
};

/** What each cell's voltage falls from the end of the charge to half an hour later, at the same charge: I R of all its parts. */
export function fallsMv(view: View): { mv: Float64Array; median: number } | undefined {
  const loaded = pointIn(view, 'end-of-charge');
  const rested = pointIn(view, 'rest-after');
  if (!loaded || !rested || !(loaded.currentA !== null && loaded.currentA >= LEAST_C * view.facts.capacityAh))
    return undefined;
  const mv = new Float64Array(loaded.cellMv.length);
  for (let i = 0; i < mv.length; i++) mv[i] = (loaded.cellMv[i] ?? Number.NaN) - (rested.cellMv[i] ?? Number.NaN);
  const median = medianOf(mv);
  return median > 4 * READING_MV ? { mv, median } : undefined;
}

/** How much colder, as resistance counts it, each cell is than the median probe when the charge ends; 1 where no probe tells. */
function coldOf({ session, facts, warm }: View): Float64Array {
  const kind = kinds[facts.chemistry];
  const cold = new Float64Array(facts.cells).fill(1);
  if (!warm) return cold;
  const middle = coldness(kind, warm.median);
  const ofProbe = session.probeAfterC.map((it) => (it === null ? 1 : coldness(kind, it) / middle));
  for (let i = 0; i < cold.length; i++) cold[i] = ofProbe[probeOf(facts, i)] ?? 1;
  return cold;
}
