// The voltage of a cell at rest: cathode against lithium, less anode against lithium, over the charge.
import type { Chemistry } from './api/model.ts';

/** Graphite: Chen 2020, J. Electrochem. Soc. 167 080534, doi 10.1149/1945-7111/ab9050. */
const graphite = (x: number): number =>
  1.9793 * Math.exp(-39.3631 * x) +
  0.2482 -
  0.0909 * Math.tanh(29.8538 * (x - 0.1234)) -
  0.04478 * Math.tanh(14.9159 * (x - 0.2769)) -
  0.0205 * Math.tanh(30.4444 * (x - 0.6103));

interface Electrodes {
  readonly cathode: (x: number) => number;
  /** Lithium in cathode and anode when empty and when full, as shares of all they could take. */
  readonly cathodeAt: readonly [empty: number, full: number];
  readonly anodeAt: readonly [empty: number, full: number];
}

const electrodes: Readonly<Record<Chemistry, Electrodes>> = {
  // Afshar 2017, arXiv 1709.03970. Windows chosen so that the cell is at 2.5 V when empty and rests below 3.4 V when full.
  LFP: {
    cathode: (x) => 3.4077 - 0.020269 * x + 0.5 * Math.exp(-150 * x) - 0.9 * Math.exp(-30 * (1 - x)),
    cathodeAt: [0.9, 0.02],
    anodeAt: [0.0345, 0.811],
  },
  // Chen 2020, with the windows of that paper: 2.5 to 4.2 V.
  NMC: {
    cathode: (x) =>
      -0.809 * x +
      4.4875 -
      0.0428 * Math.tanh(18.5138 * (x - 0.5542)) -
      17.7326 * Math.tanh(15.789 * (x - 0.3117)) +
      17.5842 * Math.tanh(15.9308 * (x - 0.312)),
    cathodeAt: [0.9077, 0.2661],
    anodeAt: [0.0279, 0.9014],
  },
  // Kim 2011, J. Electrochem. Soc. 158 A955, doi 10.1149/1.3597614. Windows chosen for 2.5 to 4.2 V.
  NCA: {
    cathode: (x) =>
      horner(x, [1.638, -2.222, 15.056, -23.488, 81.246, -344.566, 621.3475, -554.774, 264.427, -66.3691, 11.8058]) -
      0.61386 * Math.exp(5.8201 * x ** 136.4),
    cathodeAt: [0.92, 0.32],
    anodeAt: [0.0279, 0.9014],
  },
};

const horner = (x: number, coefficients: readonly number[]): number =>
  coefficients.reduce((sum, it) => sum * x + it, 0);

/** In so many parts a range from empty to full is tabulated. */
export const PARTS = 512;

/** Open-circuit voltage in V at every 1/512 of the charge, from empty to full. */
export function openCircuit(chemistry: Chemistry): Float64Array {
  const { cathode, cathodeAt, anodeAt } = electrodes[chemistry];
  const between = ([empty, full]: readonly [number, number], soc: number) => empty + (full - empty) * soc;
  return Float64Array.from(
    { length: PARTS + 1 },
    (_, n) => cathode(between(cathodeAt, n / PARTS)) - graphite(between(anodeAt, n / PARTS)),
  );
}

/** A value of a table over the charge, in straight lines between; the ends hold beyond. */
export function valueAt(table: Float64Array, soc: number): number {
  if (!(soc > 0)) return table[0]!;
  if (soc >= 1) return table[PARTS]!;
  const x = soc * PARTS;
  const n = x | 0;
  return table[n]! + (table[n + 1]! - table[n]!) * (x - n);
}

/** How steep a table is there, for a whole charge. */
export function slopeAt(table: Float64Array, soc: number): number {
  const n = Math.min(PARTS - 1, Math.max(0, Math.floor(soc * PARTS)));
  return (table[n + 1]! - table[n]!) * PARTS;
}
