import type { Brand, Fen, PackCode, Percent, W, Wh } from '#units';
import type { Firmware } from './firmware.ts';

/** What one pack is and how it stands now: all that a decision about it needs. */
export interface PackFacts {
  readonly code: PackCode;
  readonly model: PackModelId;
  /** Nominal, when new. */
  readonly capacityWh: Wh;
  readonly soh: Percent;
  readonly soc: Percent;
  readonly quarantined: boolean;
  readonly recalled: boolean;
  readonly producedOn: Temporal.PlainDate;
  /** Last leak (air tightness) test, or null when there was none. */
  readonly leakTestedOn: Temporal.PlainDate | null;
  readonly leakTestPassed: boolean;
  readonly firmware: Firmware;
  /** Equivalent full cycles since new. */
  readonly efc: number;
  /** How often its high-voltage coupler was mated. */
  readonly matingCycles: number;
  /** Hundredths of the service fee that go to its owners; absent or null: as many as usual. */
  readonly ownersPercent?: number | null;
}

/** What the pack holds for the driver: capacity x SoH x SoC, rounded down so that nobody is promised too much. */
export const usableWh = (pack: Pick<PackFacts, 'capacityWh' | 'soh' | 'soc'>): Wh =>
  Math.floor((pack.capacityWh * pack.soh * pack.soc) / 10_000) as Wh;

export type PackModelId = Brand<string, 'PackModelId'>;
export type VehicleModelId = Brand<string, 'VehicleModelId'>;
export type StationPresetId = Brand<string, 'StationPresetId'>;

export type Chemistry = 'LFP' | 'NMC';
/** Packs of one family share a station's robot and rack; whether they fit the same car is the mount's matter. */
export type PackFamily =
  | 'choco-20'
  | 'choco-25'
  | 'choco-block'
  | 'choco-75'
  | 'nio'
  | 'onvo'
  | 'firefly'
  | 'gbrc'
  | 'two-wheeler-48';
export type SwapProfile = 'chassis-robot' | 'truck-side' | 'truck-top' | 'cabinet';
/** UNECE / GB/T 15089 categories; L for two-wheelers. */
export type VehicleClass = 'M1' | 'N1' | 'N2' | 'N3' | 'L';

/** Where a number comes from, and which fields are our engineering assumption until somebody measures or publishes them. */
export interface Sourced<Row> {
  readonly source: string;
  readonly assumed: readonly (keyof Row)[];
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Millimetres from the pack's front left bottom corner: along, across, up. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** How a pack sits in a vehicle. Vehicle and pack each have one; they fit when these agree. */
export interface Mount {
  readonly lengthMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly lock: string;
  readonly electrical: string;
  readonly cooling: string;
  /** What the pack's BMS speaks with the vehicle. */
  readonly bms: string;
  readonly fixingAt: Point;
  readonly electricalAt: Point;
  readonly coolingAt: Point;
}

export interface PackModel extends Sourced<PackModel> {
  readonly id: PackModelId;
  readonly name: string;
  readonly maker: string;
  readonly family: PackFamily;
  readonly chemistry: Chemistry;
  readonly energyWh: Wh;
  readonly massKg: number;
  readonly series: number;
  readonly nominalV: number;
  /** From empty to full, at the terminals. */
  readonly voltage: Range;
  readonly mount: Mount;
  /** Entered into the common platform of QC/T 1243 (network entry): a certificate is on file. */
  readonly commonPlatform: boolean;
  readonly maxAgeYears: number;
  readonly ratedMatings: number;
  /** The oldest firmware of vehicle and station that can work with this pack. */
  readonly needsVehicleFirmware: Firmware;
  readonly needsStationFirmware: Firmware;
  /** At 2025 prices. */
  readonly priceFen: Fen | null;
}

export interface VehicleModel extends Sourced<VehicleModel> {
  readonly id: VehicleModelId;
  readonly name: string;
  readonly brand: string;
  readonly class: VehicleClass;
  readonly body: 'sedan' | 'hatchback' | 'suv' | 'mpv' | 'van' | 'tractor' | 'scooter' | 'motorcycle';
  readonly use: 'private' | 'taxi' | 'ride-hailing' | 'freight' | 'delivery';
  readonly swap: SwapProfile;
  readonly wheelbaseMm: number | null;
  readonly whPerKm: number;
  readonly kmPerMonth: number;
  readonly mount: Mount;
  /** How many packs (blocks) it runs on. */
  readonly blocks: Range;
  readonly chemistries: readonly Chemistry[];
  /** What its high-voltage side stands, for each block. */
  readonly voltage: Range;
  readonly maxPackMassKg: number;
  readonly minPackFirmware: Firmware;
  readonly commonPlatform: boolean;
}

export interface StationPreset extends Sourced<StationPreset> {
  readonly id: StationPresetId;
  readonly name: string;
  readonly profile: SwapProfile;
  /** Places for packs, all of them stocked by default. */
  readonly slots: number;
  readonly bays: number;
  readonly families: readonly PackFamily[];
  /** Net time of one swap. */
  readonly swapSeconds: number;
  /** Where a family takes longer or shorter. */
  readonly swapSecondsOf?: Partial<Record<PackFamily, number>>;
  /** From plugged in empty to ready, as the vendor claims or implies. */
  readonly chargeTurnHours: number;
  readonly powerLimitW: W;
  /** Vehicles that fit the bay; null where the gate is not a matter of wheelbase. */
  readonly wheelbaseMm: Range | null;
  /** What its lift carries. */
  readonly maxLoadKg: number;
  readonly vendorMaxPerDay: number | null;
}

/** Where a vehicle stands while it is swapped. */
export interface Bay {
  readonly no: number;
  readonly profile: SwapProfile;
  readonly inService: boolean;
  readonly maxLoadKg: number;
}

/** A bay as the preset builds it. @throws RangeError when the station has no such bay */
export function bayOf(station: StationPreset, no = 1): Bay {
  if (!Number.isInteger(no) || no < 1 || no > station.bays)
    throw new RangeError(`${station.id} has bays 1 to ${station.bays}, got ${no}`);
  return { no, profile: station.profile, inService: true, maxLoadKg: station.maxLoadKg };
}
