// What cells of one chemistry have in common electrically and thermally.
import type { Chemistry } from './api/model.ts';
import { openCircuit, PARTS } from './ocv.ts';

export interface CellKind {
  readonly chemistry: Chemistry;
  /** At rest, in V over the charge. */
  readonly ocvV: Float64Array;
  /** How much more resistance it has than in the middle, over the charge. */
  readonly ohmShape: Float64Array;
  /** At once, and after a while: ohms of a cell of 1 Ah at 25 °C; one of 100 Ah has a hundredth. */
  readonly ohmAh: number;
  readonly slowOhmAh: number;
  /** In this time the slow part reaches 63 %. */
  readonly slowS: number;
  /** Of how resistance falls with warmth. */
  readonly activationJ: number;
  /** Change of the voltage at rest in V for each kelvin: what makes a cell cool or warm beside its losses. */
  readonly entropyVPerK: number;
  /** For each Ah. */
  readonly heatJPerK: number;
  readonly maxV: number;
  readonly minV: number;
}

/**
 * Resistance of 1 mOhm in a cell of 100 Ah, 40 % of it at once, 30 s for the rest, 20 kJ/mol: the example cell of PyBaMM's
 * equivalent circuit (BSD-3). The same for all chemistries: assumed. So are the shape over charge and the entropy.
 */
const shared = {
  ohmAh: 0.04,
  slowOhmAh: 0.06,
  slowS: 30,
  activationJ: 20_000,
  ohmShape: Float64Array.from(
    { length: PARTS + 1 },
    (_, n) => 1 + 0.6 * Math.exp(-n / PARTS / 0.08) + 0.15 * Math.exp((n / PARTS - 1) / 0.05),
  ),
} as const;

/** 160 Wh/kg and 1000 J/(kg K), as the simulator has them. Assumed. */
const JOULE_PER_KELVIN_WH = 1000 / 160;

export const kinds: Readonly<Record<Chemistry, CellKind>> = {
  LFP: {
    ...shared,
    chemistry: 'LFP',
    ocvV: openCircuit('LFP'),
    entropyVPerK: -0.05e-3,
    heatJPerK: JOULE_PER_KELVIN_WH * 3.2,
    maxV: 3.65,
    minV: 2.5,
  },
  NMC: {
    ...shared,
    chemistry: 'NMC',
    ocvV: openCircuit('NMC'),
    entropyVPerK: -0.1e-3,
    heatJPerK: JOULE_PER_KELVIN_WH * 3.65,
    maxV: 4.2,
    minV: 2.5,
  },
  NCA: {
    ...shared,
    chemistry: 'NCA',
    ocvV: openCircuit('NCA'),
    entropyVPerK: -0.1e-3,
    heatJPerK: JOULE_PER_KELVIN_WH * 3.6,
    maxV: 4.2,
    minV: 2.5,
  },
};

const GAS = 8.314;
const KELVIN = 273.15;
const REFERENCE = 298.15;

/** How many times the resistance at 25 °C a cell has at another temperature: e^(Ea/R (1/T - 1/298.15)). */
export const coldness = ({ activationJ }: CellKind, celsius: number): number =>
  Math.exp((activationJ / GAS) * (1 / (celsius + KELVIN) - 1 / REFERENCE));
