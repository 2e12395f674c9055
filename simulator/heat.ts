// How warm a pack gets. Simulated, not measured: one lump of heat capacity, losses in proportion to the charging power,
// and coolant that takes the warmth away with one time constant.

/** Of the charging power this share becomes heat. Assumed. */
const LOSS = 0.03;
/** Heat capacity of a pack in J/K for each Wh it holds when new: 160 Wh/kg and 1000 J/(kg K). Assumed. */
const JOULE_PER_KELVIN_WH = 1000 / 160;
/** In this time the coolant takes 63 % of the difference away. Assumed. */
const COOLED_S = 1800;
/** What the coolant, and so a pack at rest, has. Assumed: stations are kept at it. */
export const AMBIENT_C = 25;
/** What a pack has when it comes from the road. Assumed. */
export const DRIVEN_C = 32;

/**
 * The temperature in degrees Celsius after so many seconds of charging with one power in W, from `nowC`: exactly
 * T(t) = Te + (T0 - Te) exp(-t/tau), with Te = ambient + LOSS x P x tau / C.
 */
export function warmedC(nowC: number, powerW: number, seconds: number, capacityWh: number): number {
  const settledC = AMBIENT_C + (LOSS * powerW * COOLED_S) / (JOULE_PER_KELVIN_WH * capacityWh);
  return settledC + (nowC - settledC) * Math.exp(-seconds / COOLED_S);
}
