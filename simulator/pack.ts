// A simulated battery pack: energy in, energy out. Simulated, not measured: no ageing, no losses; how warm it gets is in heat.ts.
import { AMBIENT_C } from './heat.ts';
import type { RosterPack } from './roster.ts';

export interface Pack {
  readonly serial: string;
  readonly modelId: string;
  readonly capacityWh: number;
  readonly soh: number;
  /** Percent. */
  soc: number;
  /** How often its coupler was mated. */
  matings: number;
  /** Degrees Celsius. */
  temperatureC: number;
}

export const packOf = (it: RosterPack, matings: number): Pack => ({ ...it, matings, temperatureC: AMBIENT_C });

/** What it can hold now: nominal capacity x SoH. */
export const fullWh = (pack: Pack): number => (pack.capacityWh * pack.soh) / 100;

/** The energy above a state of charge that the pack keeps for itself. */
export const storedAboveWh = (pack: Pack, soc: number): number => (fullWh(pack) * Math.max(pack.soc - soc, 0)) / 100;

/** @param wh positive charges, negative discharges; stays within 0 and 100 percent */
export function addEnergy(pack: Pack, wh: number): void {
  pack.soc = Math.min(Math.max(pack.soc + (wh / fullWh(pack)) * 100, 0), 100);
}

/** From here the cells take less and less. Assumed, as is what they still take when full. */
const TAPER_FROM = 80;
const AT_FULL = 0.2;

/** The power in watts a pack takes, when a charge from empty to ready lasts `turnHours`. */
export function acceptsW(pack: Pack, turnHours: number): number {
  const nominalW = (fullWh(pack) / turnHours) * 1.1;
  if (pack.soc <= TAPER_FROM) return nominalW;
  return nominalW * (1 - ((1 - AT_FULL) * (pack.soc - TAPER_FROM)) / (100 - TAPER_FROM));
}

/** What each may draw when together they must not draw more than the limit: all are cut by the same share. */
export function sharedW(wanted: readonly number[], limitW: number): number[] {
  const sum = wanted.reduce((total, it) => total + it, 0);
  const share = sum > limitW ? limitW / sum : 1;
  return wanted.map((it) => it * share);
}
