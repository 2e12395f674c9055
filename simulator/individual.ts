// How a simulated pack came to be as it is: cells of its chemistry, no two alike, worn to about what its BMS says.
import {
  aged,
  capacityOf,
  duties,
  dutyUsage,
  type Fault,
  kinds,
  modelOf,
  normal,
  over,
  PackTwin,
  type Use,
  unworn,
  usualSpread,
  valueAt,
} from '#twin';
import { Celsius, type Chance, Percent } from '#units';
import { FIRST_SOC, gaugeOf, LEAST_SOH } from './bms.ts';
import type { RosterPack } from './roster.ts';

/** Ageing models of large cells, by chemistry. */
const models = { LFP: 'lfp-250', NMC: 'nmc-75a' } as const;
/** Where the roster does not say: the usual pack of a taxi. Assumed. */
const USUAL = { chemistry: 'LFP', series: 108 } as const;
/** No pack got its wear in more days than these. */
const OLDEST_DAYS = 7300;

/** The pack of the roster as it truly is; the same roster entry and dice give the same pack. */
export function twinOf(
  { capacityWh, chemistry = USUAL.chemistry, series = USUAL.series, soc, soh }: RosterPack,
  dice: Chance,
  faults: readonly Fault[] = [],
): PackTwin {
  const model = models[chemistry];
  const twin = new PackTwin({
    model,
    series,
    capacityAh: capacityWh / (series * meanVolts(chemistry)),
    spread: { of: usualSpread, dice: dice.fork('cells') },
    faults,
    soc: Percent(Math.min(100, Math.max(0, soc + FIRST_SOC * normal(dice.fork('charge'))))),
    celsius: Celsius(25),
  });
  const truly = Math.min(1, Math.max(LEAST_SOH, soh) / 100 / gaugeOf(dice));
  const days = wornFor(model, truly);
  if (days > 0) twin.live(over(life(), days));
  const { capacityAh, nominalAh, ohms } = twin.cells;
  const weakest = Math.min(...capacityAh) / nominalAh;
  const mean = meanOf(capacityAh) / nominalAh;
  // Its weakest cell is what a pack can do; the others keep their distance from it.
  twin.agree({ soc: meanOf(twin.cells.soc), capacity: (mean * truly) / weakest, ohms: meanOf(ohms) });
  return twin;
}

/** So that a new pack gives its energy from full to empty, at rest. */
function meanVolts(chemistry: 'LFP' | 'NMC'): number {
  const { ocvV } = kinds[chemistry];
  let sum = 0;
  for (let n = 0; n < 100; n++) sum += valueAt(ocvV, (n + 0.5) / 100);
  return sum / 100;
}

let aTaxi: Use | undefined;
/** Most packs here drove in taxis, at 25 degrees; how they wore beyond that is their individual matter. Assumed. */
function life(): Use {
  aTaxi ??= dutyUsage(duties[0], duties[0].policy, 25);
  return aTaxi;
}

/** After how many such days the model's cell holds only this share of its plate. */
function wornFor(id: string, capacity: number): number {
  const model = modelOf(id);
  const after = (days: number) => capacityOf(model, aged(model, unworn(model), over(life(), days)));
  if (after(1) <= capacity) return 0;
  let [low, high] = [0, OLDEST_DAYS];
  for (let n = 0; n < 24; n++) {
    const middle = (low + high) / 2;
    if (after(middle) > capacity) low = middle;
    else high = middle;
  }
  return low;
}

const meanOf = (values: Float64Array): number => values.reduce((sum, it) => sum + it, 0) / values.length;
