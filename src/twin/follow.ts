// Keeps a twin in step with a real pack: from its current, voltage and temperature it corrects, reading by reading, the
// charge, how much the pack holds, and its resistance. An extended Kalman filter (Plett 2004, J. Power Sources 134:277, doi
// 10.1016/j.jpowsour.2004.02.033) over one typical cell with four unknowns: charge, slow voltage, capacity, resistance.
import type { CellKind } from './kind.ts';
import { coldness } from './kind.ts';
import { slopeAt, valueAt } from './ocv.ts';

/** What is believed of a pack, and how surely. Plain data: to be kept between readings. */
export interface Belief {
  /** State of charge 0 to 1, slow voltage in V, capacity and resistance over those of a new cell. */
  readonly mean: readonly [soc: number, slowV: number, capacity: number, ohms: number];
  /**
   * Variances and covariances of these, row by row. What sensor and curve are wrong by always is not in them: a voltage that
   * is 5 mV off moves the capacity of an LFP pack by 1.5 points, of the others by half a point.
   */
  readonly spread: readonly number[];
  /** Readings in a row that could not be of this pack. */
  readonly misses: number;
  /** Voltages so far, and how far off they were: squares of deviations, 1 each where pack and curve are what is believed. */
  readonly voltages: number;
  readonly surprise: number;
}

export interface Reading {
  /** Since the reading before. */
  readonly seconds: number;
  /** Positive discharges; constant since the reading before. */
  readonly currentA: number;
  readonly celsius: number;
  /** Of a typical cell, in V; null when the sensor told nothing. */
  readonly cellV: number | null;
}

/** How unsure one is before the first reading. */
export interface Doubt {
  readonly soc: number;
  readonly capacity: number;
  readonly ohms: number;
}

/** A pack of which somebody said how full it is and what it holds. */
export const believed = (
  { soc, capacity = 1, ohms = 1 }: { soc: number; capacity?: number; ohms?: number },
  doubt: Doubt = { soc: 0.1, capacity: 0.1, ohms: 0.3 },
): Belief => ({
  mean: [soc, 0, capacity, ohms],
  spread: diagonal([doubt.soc ** 2, 0.005 ** 2, doubt.capacity ** 2, doubt.ohms ** 2]),
  ...{ misses: 0, voltages: 0, surprise: 0 },
});

/** Variances that an hour adds: a current sensor that drifts, a model that is not the cell, a cell that ages. */
const HOURLY = [0.003 ** 2, 0.002 ** 2, 0.0005 ** 2, 0.003 ** 2] as const;
/** Of a voltage, in V: 2 mV of the sensor and 6 mV of a curve that is not quite the cell's. Assumed. */
const VOLT_DEVIATION = 0.0065;
/** The curve's error stays for minutes, so that readings close together tell no more than one each minute. */
const NEWS_S = 60;
/** Further off than so many deviations a reading is not believed, unless so many come in a row. */
const OUTLIER = 5;
const CONVINCED = 20;

/** The belief after one more reading. @param nominalAh what the pack's plate says */
export function followed(belief: Belief, kind: CellKind, nominalAh: number, reading: Reading): Belief {
  const foreseen = foresee(belief, kind, nominalAh, reading);
  return reading.cellV === null ? foreseen : corrected(foreseen, kind, nominalAh, reading, reading.cellV);
}

function foresee(belief: Belief, kind: CellKind, nominalAh: number, { seconds, currentA, celsius }: Reading): Belief {
  const { mean, spread } = belief;
  const [soc, slowV, capacity, ohms] = mean;
  const kept = Math.exp(-seconds / kind.slowS);
  const slowOhm = (kind.slowOhmAh / nominalAh) * coldness(kind, celsius);
  const moved = (currentA * seconds) / (3600 * nominalAh);
  const next = [soc - moved / capacity, slowV * kept + (1 - kept) * currentA * slowOhm * ohms, capacity, ohms] as const;
  // How the next four depend on the four before.
  const slope = diagonal([1, kept, 1, 1]);
  slope[2] = moved / capacity ** 2;
  slope[7] = (1 - kept) * currentA * slowOhm;
  const grown = product(product(slope, spread), transposed(slope));
  for (let n = 0; n < 4; n++) grown[5 * n]! += (HOURLY[n]! * seconds) / 3600;
  return { ...belief, mean: next, spread: grown };
}

function corrected(
  belief: Belief,
  kind: CellKind,
  nominalAh: number,
  { seconds, currentA, celsius }: Reading,
  cellV: number,
): Belief {
  const { mean, spread, misses } = belief;
  const [soc, slowV, , ohms] = mean;
  const ohm = (kind.ohmAh / nominalAh) * coldness(kind, celsius);
  const drop = currentA * ohm * valueAt(kind.ohmShape, soc);
  const expected = valueAt(kind.ocvV, soc) - drop * ohms - slowV;
  const slope = [slopeAt(kind.ocvV, soc) - currentA * ohm * ohms * slopeAt(kind.ohmShape, soc), -1, 0, -drop];
  const reach = [0, 1, 2, 3].map((row) => slope.reduce((sum, it, n) => sum + spread[4 * row + n]! * it, 0));
  const variance =
    VOLT_DEVIATION ** 2 * Math.max(1, NEWS_S / seconds) + slope.reduce((sum, it, n) => sum + it * reach[n]!, 0);
  const off = cellV - expected;
  const told = {
    voltages: belief.voltages + 1,
    surprise: belief.surprise + Math.min(OUTLIER ** 2, off ** 2 / variance),
  };
  if (off ** 2 > OUTLIER ** 2 * variance && misses < CONVINCED) return { ...belief, ...told, misses: misses + 1 };

  const gain = reach.map((it) => it / variance);
  const at = (n: number, from: number, to: number) => Math.min(to, Math.max(from, mean[n]! + gain[n]! * off));
  const left = spread.map((it, n) => it - gain[n >> 2]! * reach[n & 3]!);
  return {
    mean: [at(0, 0, 1), at(1, -1, 1), at(2, 0.2, 1.3), at(3, 0.2, 10)],
    spread: left.map((it, n) => (it + left[4 * (n & 3) + (n >> 2)]!) / 2), // symmetric, whatever rounding does
    ...told,
    misses: 0,
  };
}

const diagonal = (values: readonly number[]): number[] =>
  Array.from({ length: 16 }, (_, n) => (n % 5 === 0 ? values[n / 5]! : 0));

function product(a: readonly number[], b: readonly number[]): number[] {
  const out = new Array<number>(16).fill(0);
  for (let row = 0; row < 4; row++)
    for (let column = 0; column < 4; column++)
      for (let n = 0; n < 4; n++) out[4 * row + column]! += a[4 * row + n]! * b[4 * n + column]!;
  return out;
}

const transposed = (a: readonly number[]): number[] => a.map((_, n) => a[4 * (n & 3) + (n >> 2)]!);
