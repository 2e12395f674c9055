// What the twin is held against beside laboratories: cars on the road. 5,196 readings of Tesla Model 3 Long Range cars, energy
// of a full pack over 76 kWh, medians by mileage; from the example data of BLAST-Lite (BSD-3) as reduced in health.md 5.4.
import { chance } from '#units';
import { climates, outsideC } from './api/climate.ts';
import { type Duty, dutyUsage } from './api/duty.ts';
import { newFleet, stepFleet } from './api/fleet.ts';
import { modelOf } from './api/models.ts';
import { individual, usualSpread } from './api/spread.ts';
import { over } from './api/use.ts';

/** Middle of the bin, and the median of its readings; a tenth lay 4 % above or below it. */
const readings: readonly (readonly [miles: number, median: number])[] = [
  [5_000, 0.997],
  [15_000, 0.961],
  [30_000, 0.943],
  [50_000, 0.921],
  [70_000, 0.904],
  [90_000, 0.892],
  [115_000, 0.885],
  [165_000, 0.865],
];
export const FIELD_BAND = 0.04;

/** How they were driven nobody wrote down. Assumed. */
const MILES_A_YEAR = 18_000;
const KWH_A_MILE = 0.27;
const car: Duty = {
  id: 'tesla',
  name: 'car that charges at home',
  efcPerDay: (MILES_A_YEAR * KWH_A_MILE) / 76 / 365,
  onRoad: 0.6,
  drivingHours: 1.5,
  policy: { chargeTo: 0.8, returnAt: 0.45, chargeC: 0.15, storageSoc: 0.8 },
};

/** For each bin how far the median of 400 simulated NCA packs lies from the median of the road. */
export function fieldMisses(): readonly { readonly miles: number; readonly miss: number }[] {
  const dice = chance(1);
  const packs = Array.from({ length: 400 }, () => individual(dice, usualSpread, 96));
  const fleet = newFleet(modelOf('nca-panasonic'), packs);
  let days = 0;
  return readings.map(([miles, median]) => {
    const until = (miles / MILES_A_YEAR) * 365;
    while (days < until) {
      const span = Math.min(7, until - days);
      stepFleet(fleet, [[over(dutyUsage(car, car.policy, outsideC(climates[0], days + span / 2)), span)]]);
      days += span;
    }
    return { miles, miss: fleet.soh.toSorted()[200]! - median };
  });
}
