// Detector 1 of health.md 6.2: a cell that stands apart from its pack where all should stand alike.
//   z = (V - median) / max(1.4826 MAD, 2 mV)
// Held against k of n as it is; the sum watches whether it is another than it was under the same current.
import { type Detector, READING_MV } from './detector.ts';
import { apartIn } from './view.ts';

export const voltage: Detector = {
  id: 'voltage',
  of: 'cell',
  mayStop: true,
  habit: { forgetsDays: 20, bad: 'both', allows: 2 },
  tell(view) {
    const { cells } = view.facts;
    const loaded = apartIn(view, 'end-of-charge');
    const rested = apartIn(view, 'rest-after');
    if (!loaded && !rested) return undefined;
    const values = new Float64Array(cells).fill(Number.NaN);
    const outliers = new Float64Array(cells).fill(Number.NaN);
    for (const it of [loaded, rested]) {
      if (!it) continue;
      const scale = Math.max(it.scale, READING_MV);
      for (let i = 0; i < cells; i++) {
        const z = it.by[i]! / scale;
        if (it === loaded) values[i] = z;
        if (!(Math.abs(z) <= outliers[i]!) && !Number.isNaN(z)) outliers[i] = Math.abs(z);
      }
    }
    return { values, outliers, deviation: 1 };
  },
};
