// Detector 5 of health.md 6.2: warmth that current does not explain. One probe beside its neighbours; and the whole pack
// beside m Cp dT/dt = I^2 R + I T dU/dT - hA (T - Ta), with R from the fall of its own voltage.
import { COOLED_S, kinds } from '#twin';
import { type Detector, ofPack } from './detector.ts';
import { fallsMv } from './resistance.ts';
import { beganC, pointIn } from './view.ts';

/** Of a difference of two temperatures in whole degrees, and of a pack that is not equally warm. Assumed. */
const PROBE_K = 0.6;

export const heat: Detector = {
  id: 'heat',
  of: 'probe',
  mayStop: true,
  habit: { forgetsDays: 20, bad: 'high', allows: 1 },
  tell: ({ warm }) => warm && { values: warm.by, deviation: PROBE_K },
};

/** Of the pack's rise against what is reckoned: cooling, entropy and weather are known roughly only. Assumed. */
const PACK_K = 1;
const KELVIN = 273.15;

export const heatPack: Detector = {
  id: 'heat-pack',
  of: 'pack',
  mayStop: true,
  habit: { forgetsDays: 20, bad: 'high', allows: 1 },
  tell(view) {
    const { session, facts, warm } = view;
    const { kind, chargedAh, chargingS, ambientC } = session;
    const fall = fallsMv(view);
    if (kind !== 'charge' || !fall || !warm || !chargedAh || !chargingS || ambientC === null) return undefined;
    const meanA = (3600 * chargedAh) / chargingS;
    const ohm = fall.median / 1000 / pointIn(view, 'end-of-charge')!.currentA!;
    const heatJPerK = kinds[facts.chemistry].heatJPerK * facts.capacityAh;
    const kept = Math.exp(-chargingS / COOLED_S);
    const watts = meanA ** 2 * ohm + meanA * (ambientC + KELVIN) * kinds[facts.chemistry].entropyVPerK;
    const reckoned = ambientC + (beganC(view) - ambientC) * kept + (watts / heatJPerK) * COOLED_S * (1 - kept);
    return { values: ofPack(warm.median - reckoned), deviation: PACK_K };
  },
};
