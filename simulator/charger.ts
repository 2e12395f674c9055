// What a charger lets flow into a pack: constant current first, then what keeps every cell below its highest voltage.
import { type Cells, coldness, valueAt } from '#twin';
import { acceptsW, type Pack, STATION_C } from './pack.ts';

/** Between two looks of the charger, in seconds. */
const LOOK_S = 60;
/** From this current down, over what the plate says, a pack that keeps its voltage counts as full: C/20, as makers have it. */
const CUT_OFF_C = 1 / 20;
/** It keeps a little below the power it may draw. */
const KEEPS = 0.999;
/** A hundredth of a percent is no charge to wait for. */
const NEARLY = 0.005;

export interface Order {
  /** The most it may draw. */
  readonly powerW: number;
  /** From empty to ready: what the BMS asks for follows from it. */
  readonly turnHours: number;
  readonly maxSoc: number;
  readonly untilMs: number;
}

export interface Flow {
  readonly wh: number;
  /** At the end, or when it was full. Nothing when no time passed. */
  readonly currentA?: number;
  /** It took no more: by its charge, or by the voltage of its cells. */
  readonly isFull: boolean;
}

/** Charges a pack until then, or until it is full, minute by minute: the pack's time stands there. */
export function charge(pack: Pack, { powerW, turnHours, maxSoc, untilMs }: Order): Flow {
  const { cells } = pack.twin;
  let wh = 0;
  let currentA: number | undefined;
  while (pack.untilMs < untilMs) {
    const lookS = Math.min(LOOK_S, (untilMs - pack.untilMs) / 1000);
    const most = pack.twin.chargeLimitA(LOOK_S);
    if (most < CUT_OFF_C * cells.nominalAh) {
      pack.bms.full();
      return { wh, isFull: true, ...(currentA !== undefined && { currentA }) };
    }
    const circuit = circuitOf(cells, lookS);
    currentA = Math.min(most, currentAt(circuit, KEEPS * Math.min(powerW, acceptsW(pack, turnHours))));
    const seconds = Math.min(lookS, Math.max(1, secondsTo(pack, maxSoc, currentA)));
    const firstV = circuit.now.volts + currentA * circuit.now.ohms;
    const { voltageV } = pack.carry(-currentA, seconds, STATION_C);
    wh += (currentA * ((firstV + voltageV) / 2) * seconds) / 3600;
    if (pack.soc >= maxSoc - NEARLY) return { wh, currentA, isFull: true };
  }
  return { wh, isFull: false, ...(currentA !== undefined && { currentA }) };
}

const secondsTo = (pack: Pack, soc: number, currentA: number): number =>
  ((((soc - pack.soc) / 100) * pack.twin.cells.nominalAh * pack.soh) / 100 / currentA) * 3600;

/** What stands against a charging current: this voltage, and this much more for each ampere. */
interface Against {
  readonly volts: number;
  readonly ohms: number;
}

/** What a string of cells sets against a charging current, the moment it begins to flow and after so many seconds of it. */
export function circuitOf({ kind, nominalAh, ...cells }: Cells, seconds: number): { now: Against; later: Against } {
  const { soc, slowV, ohms, celsius, capacityAh } = cells;
  const kept = Math.exp(-seconds / kind.slowS);
  const now = { volts: 0, ohms: 0 };
  const later = { volts: 0, ohms: 0 };
  for (let i = 0; i < soc.length; i++) {
    const cold = (coldness(kind, celsius[i]!) * ohms[i]!) / nominalAh;
    const steep = (valueAt(kind.ocvV, soc[i]! + 0.004) - valueAt(kind.ocvV, soc[i]! - 0.004)) / 0.008;
    const openV = valueAt(kind.ocvV, soc[i]!);
    const ohm = cold * kind.ohmAh * valueAt(kind.ohmShape, soc[i]!);
    now.volts += openV - slowV[i]!;
    now.ohms += ohm;
    later.volts += openV - slowV[i]! * kept;
    later.ohms += ohm + cold * kind.slowOhmAh * (1 - kept) + (steep * seconds) / (3600 * capacityAh[i]!);
  }
  return { now, later };
}

/** The charging current in A, above nothing, that comes to this power later, when the voltage has risen with it. */
export const currentAt = ({ later: { volts, ohms } }: { readonly later: Against }, powerW: number): number =>
  (Math.sqrt(volts ** 2 + 4 * ohms * powerW) - volts) / (2 * ohms); // P = (E + I R) I
