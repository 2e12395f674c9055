// The rows of the catalogue as they travel: the contract lets any field through, these are the ones that are shown.
import { packApi } from '#pack/api';
import { type Reading, useRead } from '../../api/read.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  /** Names of the fields that no source confirms. */
  readonly assumed: readonly string[];
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

export interface Mount {
  readonly lengthMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly lock: string;
  readonly electrical: string;
  readonly cooling: string;
  readonly bms: string;
}

export type SwapProfile = 'chassis-robot' | 'truck-side' | 'truck-top' | 'cabinet';

export interface PackModel extends Row {
  readonly maker: string;
  readonly family: string;
  readonly chemistry: string;
  readonly energyWh: number;
  readonly massKg: number;
  readonly series: number;
  readonly nominalV: number;
  readonly voltage: Range;
  readonly mount: Mount;
  readonly commonPlatform: boolean;
  readonly maxAgeYears: number;
  readonly ratedMatings: number;
  readonly needsVehicleFirmware: number;
  readonly needsStationFirmware: number;
  readonly priceFen: number | null;
}

export interface VehicleModel extends Row {
  readonly brand: string;
  readonly class: string;
  readonly body: 'sedan' | 'hatchback' | 'suv' | 'mpv' | 'van' | 'tractor' | 'scooter' | 'motorcycle';
  readonly use: 'private' | 'taxi' | 'ride-hailing' | 'freight' | 'delivery';
  readonly swap: SwapProfile;
  readonly wheelbaseMm: number | null;
  readonly whPerKm: number;
  readonly kmPerMonth: number;
  readonly mount: Mount;
  readonly blocks: Range;
  readonly chemistries: readonly string[];
  readonly voltage: Range;
  readonly maxPackMassKg: number;
  readonly minPackFirmware: number;
  readonly commonPlatform: boolean;
}

export interface StationPreset extends Row {
  readonly profile: SwapProfile;
  readonly slots: number;
  readonly bays: number;
  readonly families: readonly string[];
  readonly swapSeconds: number;
  readonly chargeTurnHours: number;
  readonly powerLimitW: number;
  readonly wheelbaseMm: Range | null;
  readonly maxLoadKg: number;
  readonly vendorMaxPerDay: number | null;
}

export type Model = PackModel | VehicleModel | StationPreset;

type Items<M> = Pick<Reading<{ readonly items: readonly M[] }>, 'data' | 'error' | 'again'>;

export const usePackModels = () => useRead(packApi.packModels) as unknown as Items<PackModel>;
export const useVehicleModels = () => useRead(packApi.vehicleModels) as unknown as Items<VehicleModel>;
export const useStationPresets = () => useRead(packApi.stationPresets) as unknown as Items<StationPreset>;

/** 2014003 is 2.14.3. */
export const firmwareText = (it: number): string =>
  `${Math.floor(it / 1_000_000)}.${Math.floor(it / 1000) % 1000}.${it % 1000}`;
