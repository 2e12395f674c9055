// What a pack was put through in some span of time: all that the ageing models ask about.
import { anodeV } from './anode.ts';

const KELVIN = 273.15;

/** How a pack stood for a share of the span. */
export interface Standing {
  /** State of charge, 0 to 1. */
  readonly soc: number;
  readonly kelvin: number;
  /** Anode against lithium, in V; follows from the state of charge. */
  readonly anodeV: number;
  /** Of the span's time; all shares add up to 1. */
  readonly share: number;
}

/** One span of use. */
export interface Use {
  readonly days: number;
  /** Charge moved in and out, halved, over the nominal capacity. */
  readonly efc: number;
  /** Depth of the cycles, 0 to 1: their mean, weighted by charge. */
  readonly dod: number;
  /** Mean over all time, rest included, of |current| over nominal capacity, in 1/h; currents below 0.01 C are rest. */
  readonly meanC: number;
  /** Mean discharge rate while it discharges, in 1/h; 0 when it never does. */
  readonly dischargeC: number;
  /** The same while it charges, and how warm it is then; 0 and 25 when it never does. */
  readonly chargeC: number;
  readonly chargeCelsius: number;
  readonly standing: readonly Standing[];
}

/** @param soc 0 to 1 */
export const standing = (soc: number, celsius: number, share: number): Standing => ({
  soc,
  kelvin: celsius + KELVIN,
  anodeV: anodeV(soc),
  share,
});

/** The time average of a rate over all ways in which the pack stood. */
export function averaged(use: Use, rate: (at: Standing) => number): number {
  let sum = 0;
  for (const at of use.standing) sum += at.share * rate(at);
  return sum;
}

/** The same use, at its pace, over another number of days. */
export const over = (use: Use, days: number): Use => ({ ...use, days, efc: (use.efc / use.days) * days });

/** A pack that only lies there. @param soc 0 to 1 */
export const stored = (soc: number, celsius: number, days: number): Use => ({
  days,
  efc: 0,
  dod: 0,
  meanC: 0,
  dischargeC: 0,
  chargeC: 0,
  chargeCelsius: 25,
  standing: [standing(soc, celsius, 1)],
});
