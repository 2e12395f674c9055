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

/** Charges a pack until then, or until it is full, minute by minute: the pack's time stands there, and its sensors are read. */
export function charge(pack: Pack, order: Order): Flow {
  const flow = flowed(pack, order);
  pack.look();
  return flow;
}

function flowed(pack: Pack, { powerW, turnHours, maxSoc, untilMs }: Order): Flow {
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
    currentA = Math.min(most, currentAt(cells, KEEPS * Math.min(powerW, acceptsW(pack, turnHours)), lookS));
    const seconds = Math.min(lookS, Math.max(1, secondsTo(pack, maxSoc, currentA)));
    const before = voltsUnder(cells, currentA);
    const { voltageV } = pack.carry(-currentA, seconds, STATION_C);
    wh += (currentA * ((before + voltageV) / 2) * seconds) / 3600;
    if (pack.soc >= maxSoc - NEARLY) return { wh, currentA, isFull: true };
  }
  return { wh, isFull: false, ...(currentA !== undefined && { currentA }) };
}

const secondsTo = (pack: Pack, soc: number, currentA: number): number =>
  ((((soc - pack.soc) / 100) * pack.twin.cells.nominalAh * pack.soh) / 100 / currentA) * 3600;

/** The charging current in A, above nothing, that comes to this power after so many seconds, when voltage has risen with it. */
export function currentAt({ kind, nominalAh, ...cells }: Cells, powerW: number, seconds: number): number {
  const { soc, slowV, ohms, celsius, capacityAh } = cells;
  const kept = Math.exp(-seconds / kind.slowS);
  let behind = 0;
  let ohm = 0;
  for (let i = 0; i < soc.length; i++) {
    const cold = (coldness(kind, celsius[i]!) * ohms[i]!) / nominalAh;
    const steep = (valueAt(kind.ocvV, soc[i]! + 0.004) - valueAt(kind.ocvV, soc[i]! - 0.004)) / 0.008;
    behind += valueAt(kind.ocvV, soc[i]!) - slowV[i]! * kept;
    ohm += cold * (kind.ohmAh * valueAt(kind.ohmShape, soc[i]!) + kind.slowOhmAh * (1 - kept));
    ohm += (steep * seconds) / (3600 * capacityAh[i]!);
  }
  // P = (E + I R) I, the current above nothing.
  return (Math.sqrt(behind ** 2 + 4 * ohm * powerW) - behind) / (2 * ohm);
}

/** At the poles in V, the moment a charging current begins to flow. */
function voltsUnder({ kind, nominalAh, soc, slowV, ohms, celsius }: Cells, currentA: number): number {
  let volts = 0;
  for (let i = 0; i < soc.length; i++) {
    const ohm = (kind.ohmAh / nominalAh) * coldness(kind, celsius[i]!) * ohms[i]! * valueAt(kind.ohmShape, soc[i]!);
    volts += valueAt(kind.ocvV, soc[i]!) - slowV[i]! + currentA * ohm;
  }
  return volts;
}
