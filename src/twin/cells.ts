// Cells as an equivalent circuit with heat: a voltage that depends on charge, a resistance, a slower resistance beside a
// capacitor, one lump of warmth. Kept as arrays: the cells of one pack, or one typical cell of each of many packs.
//
//   V = OCV(SoC) - I R0(T, SoC, SoH) - v1
//   dv1/dt = I/C1 - v1/(R1 C1)
//   m Cp dT/dt = I^2 R0 + I v1 - I T dU/dT - hA (T - Ta)
import { type CellKind, coldness } from './kind.ts';
import { slopeAt, valueAt } from './ocv.ts';

export interface Cells {
  readonly kind: CellKind;
  /** What their plate says. */
  readonly nominalAh: number;
  /** What each holds now, in Ah. */
  readonly capacityAh: Float64Array;
  /** Of each, times that of a new one. */
  readonly ohms: Float64Array;
  /** A short inside, from pole to pole; Infinity where there is none. Its warmth stays in the cell. */
  readonly shortOhm: Float64Array;
  /** In this time cooling takes 63 % of the difference away, in s; Infinity where nothing cools. */
  readonly cooledS: Float64Array;
  /** State of charge, 0 to 1. */
  readonly soc: Float64Array;
  /** Voltage across the slow part, in V. */
  readonly slowV: Float64Array;
  readonly celsius: Float64Array;
  /** At the poles after the last step, in V. */
  readonly volts: Float64Array;
}

/** As the simulator has it: in a station or a vehicle with liquid cooling. Assumed. */
export const COOLED_S = 1800;

/** So many new cells at rest. */
export function newCells(kind: CellKind, many: number, { nominalAh = 100, soc = 0.5, celsius = 25 } = {}): Cells {
  const all = (value: number) => new Float64Array(many).fill(value);
  return {
    kind,
    nominalAh,
    capacityAh: all(nominalAh),
    ohms: all(1),
    shortOhm: all(Number.POSITIVE_INFINITY),
    cooledS: all(COOLED_S),
    soc: all(soc),
    slowV: all(0),
    celsius: all(celsius),
    volts: all(valueAt(kind.ocvV, soc)),
  };
}

const KELVIN = 273.15;

/**
 * All cells carry a constant current for some seconds: exact for the slow part and for warmth, while resistance stands
 * still; a minute is short enough.
 * @param currentA of each cell; positive discharges, as GB/T 32960 has it
 * @param ambientC around each cell
 */
export function stepCells(
  cells: Cells,
  currentA: ArrayLike<number>,
  seconds: number,
  ambientC: ArrayLike<number>,
): void {
  const { kind, nominalAh, capacityAh, ohms, shortOhm, cooledS, soc, slowV, celsius, volts } = cells;
  const { ocvV, ohmShape, entropyVPerK, slowS } = kind;
  const ohm = kind.ohmAh / nominalAh;
  const slowOhm = kind.slowOhmAh / nominalAh;
  const heat = kind.heatJPerK * nominalAh;
  const kept = Math.exp(-seconds / slowS);
  const meanKept = ((1 - kept) * slowS) / seconds;
  let cooling = Number.NaN;
  let warmthKept = 1;
  let warming = seconds;
  for (let i = 0; i < soc.length; i++) {
    const cold = coldness(kind, celsius[i]!) * ohms[i]!;
    const r0 = ohm * cold * valueAt(ohmShape, soc[i]!);
    const outside = currentA[i]!;
    const behind = valueAt(ocvV, soc[i]!) - slowV[i]!;
    // An empty cell drives nothing through its short any more.
    const leak = soc[i]! > 0 ? Math.max(0, (behind - outside * r0) / (shortOhm[i]! + r0)) : 0;
    const current = outside + leak;
    const settledV = current * slowOhm * cold;
    const meanSlowV = settledV + (slowV[i]! - settledV) * meanKept;
    const watts =
      current * (current * r0 + meanSlowV - (celsius[i]! + KELVIN) * entropyVPerK) + leak * (behind - current * r0);

    soc[i] = Math.min(1, Math.max(0, soc[i]! - (current * seconds) / (3600 * capacityAh[i]!)));
    slowV[i] = settledV + (slowV[i]! - settledV) * kept;
    if (cooledS[i] !== cooling) {
      cooling = cooledS[i]!;
      warmthKept = Math.exp(-seconds / cooling);
      warming = cooling === Number.POSITIVE_INFINITY ? seconds : (1 - warmthKept) * cooling;
    }
    celsius[i] = ambientC[i]! + (celsius[i]! - ambientC[i]!) * warmthKept + (watts / heat) * warming;
    volts[i] = valueAt(ocvV, soc[i]!) - current * r0 - slowV[i]!;
  }
}

/**
 * The most current, in A above nothing, with which all cells of a string can be charged for some seconds without one of
 * them passing its highest voltage: what a charger that keeps the voltage would give.
 */
export function chargeLimitA(cells: Cells, seconds: number): number {
  const { kind, nominalAh, capacityAh, ohms, soc, slowV, celsius } = cells;
  const kept = Math.exp(-seconds / kind.slowS);
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < soc.length; i++) {
    const cold = (coldness(kind, celsius[i]!) * ohms[i]!) / nominalAh;
    const rising = (slopeAt(kind.ocvV, soc[i]!) * seconds) / (3600 * capacityAh[i]!); // it gets fuller meanwhile
    const ohm = cold * (kind.ohmAh * valueAt(kind.ohmShape, soc[i]!) + kind.slowOhmAh * (1 - kept)) + rising;
    const room = (1 - soc[i]!) * capacityAh[i]! * (3600 / seconds);
    least = Math.min(least, (kind.maxV - valueAt(kind.ocvV, soc[i]!) + slowV[i]! * kept) / ohm, room);
  }
  return Math.max(0, least);
}

/**
 * The current in A with which a string gives a power now: stations and vehicles ask for watts, cells carry amperes.
 * @param powerW positive discharges. More than the string can give is given the current of the most it can.
 */
export function currentFor({ kind, nominalAh, ohms, soc, slowV, celsius }: Cells, powerW: number): number {
  let behind = 0;
  let ohm = 0;
  for (let i = 0; i < soc.length; i++) {
    behind += valueAt(kind.ocvV, soc[i]!) - slowV[i]!;
    ohm += (kind.ohmAh / nominalAh) * coldness(kind, celsius[i]!) * ohms[i]! * valueAt(kind.ohmShape, soc[i]!);
  }
  // P = (E - I R) I, the smaller of its two currents.
  return (behind - Math.sqrt(Math.max(0, behind ** 2 - 4 * ohm * powerW))) / (2 * ohm);
}
