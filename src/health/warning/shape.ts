// Detector 4 of health.md 6.2: features that tell how cells move together. Never an alarm alone.
import type { Detector } from './detector.ts';
import { ofPack, READING_MV } from './detector.ts';
import { apartIn } from './view.ts';

/** How little each cell's voltage goes along with the median's over the points of a charge: -log10 of 1 - r, as distance. */
export const correlation: Detector = {
  id: 'correlation',
  of: 'cell',
  habit: { forgetsDays: 20, bad: 'high', allows: 1 },
  onlySupports: true,
  tell({ session, facts: { cells }, points, aparts }) {
    if (session.kind !== 'charge' || points.length < 3 || aparts.includes(undefined)) return undefined;
    const middle = aparts.map((it) => it!.median);
    const mean = middle.reduce((a, b) => a + b, 0) / middle.length;
    const spread = middle.reduce((sum, it) => sum + (it - mean) ** 2, 0);
    const values = new Float64Array(cells);
    for (let i = 0; i < cells; i++) {
      let [own, squares, both] = [0, 0, 0];
      for (let n = 0; n < points.length; n++) own += (points[n]!.cellMv[i] ?? Number.NaN) / points.length;
      for (let n = 0; n < points.length; n++) {
        const off = (points[n]!.cellMv[i] ?? Number.NaN) - own;
        squares += off * off;
        both += off * (middle[n]! - mean);
      }
      values[i] = Math.log10(Math.max(1e-9, 1 - both / Math.sqrt(squares * spread)));
    }
    return { values, deviation: 1 };
  },
};

/** How few cells the distances from the median belong to at rest: 1 less the Shannon entropy of their shares, of 1 for all alike. */
export const entropy: Detector = {
  id: 'entropy',
  of: 'pack',
  habit: { forgetsDays: 20, bad: 'high', allows: 1 },
  onlySupports: true,
  tell(view) {
    const rested = apartIn(view, 'rest-after');
    if (!rested) return undefined;
    let [sum, bits] = [0, 0];
    for (const it of rested.by) if (!Number.isNaN(it)) sum += Math.max(READING_MV / 2, Math.abs(it));
    for (const it of rested.by) {
      if (Number.isNaN(it)) continue;
      const share = Math.max(READING_MV / 2, Math.abs(it)) / sum;
      bits -= share * Math.log(share);
    }
    return { values: ofPack(1 - bits / Math.log(rested.many)), deviation: 0.02 };
  },
};
