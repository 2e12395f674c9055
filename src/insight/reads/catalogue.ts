// The models that the network knows, as files: every figure with its unit, what nobody confirmed, and where it comes from.
import { firmwareText, type Mount, packModels, stationPresets, vehicleModels } from '#pack';
import { atOnce, type Column } from '../listing.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly assumed: readonly PropertyKey[];
}

const named: readonly Column<Row>[] = [
  { name: 'id', kind: 'text', of: (it) => it.id },
  { name: 'name', kind: 'text', of: (it) => it.name },
];
const sourced: readonly Column<Row>[] = [
  { name: 'assumed', kind: 'text', of: (it) => it.assumed.map(String).join(' ') },
  { name: 'source', kind: 'text', of: (it) => it.source },
];
const mounted: readonly Column<{ readonly mount: Mount }>[] = [
  { name: 'length_mm', kind: 'number', of: ({ mount }) => mount.lengthMm },
  { name: 'width_mm', kind: 'number', of: ({ mount }) => mount.widthMm },
  { name: 'height_mm', kind: 'number', of: ({ mount }) => mount.heightMm },
  { name: 'lock', kind: 'text', of: ({ mount }) => mount.lock },
  { name: 'electrical', kind: 'text', of: ({ mount }) => mount.electrical },
  { name: 'cooling', kind: 'text', of: ({ mount }) => mount.cooling },
  { name: 'bms', kind: 'text', of: ({ mount }) => mount.bms },
];

const listing = <R extends Row>(rows: readonly R[], columns: readonly Column<R>[]) =>
  atOnce<unknown, R>(
    () => rows,
    (it) => it.id,
    [...named, ...columns, ...sourced],
  );

export const packModelListing = listing(packModels, [
  { name: 'maker', kind: 'text', of: (it) => it.maker },
  { name: 'family', kind: 'text', of: (it) => it.family },
  { name: 'chemistry', kind: 'text', of: (it) => it.chemistry },
  { name: 'energy_wh', kind: 'whole', of: (it) => it.energyWh },
  { name: 'mass_kg', kind: 'number', of: (it) => it.massKg },
  { name: 'series', kind: 'whole', of: (it) => it.series },
  { name: 'nominal_v', kind: 'number', of: (it) => it.nominalV },
  { name: 'min_v', kind: 'number', of: (it) => it.voltage.min },
  { name: 'max_v', kind: 'number', of: (it) => it.voltage.max },
  ...mounted,
  { name: 'common_platform', kind: 'yes-no', of: (it) => it.commonPlatform },
  { name: 'max_age_years', kind: 'number', of: (it) => it.maxAgeYears },
  { name: 'rated_matings', kind: 'whole', of: (it) => it.ratedMatings },
  { name: 'needs_vehicle_firmware', kind: 'text', of: (it) => firmwareText(it.needsVehicleFirmware) },
  { name: 'needs_station_firmware', kind: 'text', of: (it) => firmwareText(it.needsStationFirmware) },
  { name: 'price_fen', kind: 'whole', of: (it) => it.priceFen },
]);

export const vehicleModelListing = listing(vehicleModels, [
  { name: 'brand', kind: 'text', of: (it) => it.brand },
  { name: 'class', kind: 'text', of: (it) => it.class },
  { name: 'body', kind: 'text', of: (it) => it.body },
  { name: 'use', kind: 'text', of: (it) => it.use },
  { name: 'swap', kind: 'text', of: (it) => it.swap },
  { name: 'wheelbase_mm', kind: 'number', of: (it) => it.wheelbaseMm },
  { name: 'wh_per_km', kind: 'number', of: (it) => it.whPerKm },
  { name: 'km_per_month', kind: 'number', of: (it) => it.kmPerMonth },
  { name: 'min_packs', kind: 'whole', of: (it) => it.blocks.min },
  { name: 'max_packs', kind: 'whole', of: (it) => it.blocks.max },
  { name: 'chemistries', kind: 'text', of: (it) => it.chemistries.join(' ') },
  { name: 'min_v', kind: 'number', of: (it) => it.voltage.min },
  { name: 'max_v', kind: 'number', of: (it) => it.voltage.max },
  { name: 'max_pack_mass_kg', kind: 'number', of: (it) => it.maxPackMassKg },
  ...mounted,
  { name: 'min_pack_firmware', kind: 'text', of: (it) => firmwareText(it.minPackFirmware) },
  { name: 'common_platform', kind: 'yes-no', of: (it) => it.commonPlatform },
]);

export const stationPresetListing = listing(stationPresets, [
  { name: 'families', kind: 'text', of: (it) => it.families.join(' ') },
  { name: 'profile', kind: 'text', of: (it) => it.profile },
  { name: 'slots', kind: 'whole', of: (it) => it.slots },
  { name: 'bays', kind: 'whole', of: (it) => it.bays },
  { name: 'swap_seconds', kind: 'number', of: (it) => it.swapSeconds },
  { name: 'charge_turn_hours', kind: 'number', of: (it) => it.chargeTurnHours },
  { name: 'power_limit_w', kind: 'number', of: (it) => it.powerLimitW },
  { name: 'min_wheelbase_mm', kind: 'number', of: (it) => it.wheelbaseMm?.min },
  { name: 'max_wheelbase_mm', kind: 'number', of: (it) => it.wheelbaseMm?.max },
  { name: 'max_load_kg', kind: 'number', of: (it) => it.maxLoadKg },
  { name: 'vendor_max_per_day', kind: 'whole', of: (it) => it.vendorMaxPerDay },
]);
