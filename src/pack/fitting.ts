import type { PackCode } from '#units';
import { type Instant, Percent } from '#units';
import { compatible, type Verdict } from './compatibility.ts';
import { bayOf, type PackFacts, type PackModel, type StationPreset, type VehicleModel } from './model.ts';
import type { Question } from './standards/clause.ts';

/** What is asked about other than the usual: as many packs as the vehicle needs at least, the first bay, firmware of today. */
interface Unusual {
  readonly blocks?: number | undefined;
  readonly bay?: number | undefined;
  readonly firmware?: Question['firmware'] | undefined;
}

/**
 * Could this car be served here at all, with packs of this model? Asks `compatible` about flawless new packs and up-to-date
 * firmware, so search and siting follow the very rules that a swap follows later.
 * @throws RangeError when the station has no such bay
 */
export function fits(
  vehicle: VehicleModel,
  model: PackModel,
  station: StationPreset,
  at: Instant,
  unusual: Unusual = {},
): Verdict {
  const today = at.toZonedDateTimeISO('Asia/Shanghai').toPlainDate();
  const packs = Array.from(
    { length: unusual.blocks ?? Math.max(1, vehicle.blocks.min) },
    (_, n): PackFacts => ({
      code: `new-${n}` as PackCode,
      model: model.id,
      capacityWh: model.energyWh,
      soh: Percent(100),
      soc: Percent(100),
      quarantined: false,
      recalled: false,
      producedOn: today,
      leakTestedOn: today,
      leakTestPassed: true,
      firmware: vehicle.minPackFirmware,
      efc: 0,
      matingCycles: 0,
    }),
  );
  const newest = { vehicle: model.needsVehicleFirmware, station: model.needsStationFirmware };
  const { firmware = newest } = unusual;
  return compatible({ vehicle, packs, station, bay: bayOf(station, unusual.bay), firmware, at });
}
