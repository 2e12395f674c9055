import { W } from '#units';
import type { PackFamily, StationPreset, StationPresetId } from '../model.ts';

type Row = Omit<StationPreset, 'id' | 'profile' | 'bays' | 'powerLimitW' | 'families'> & {
  readonly powerKW: number;
  readonly profile?: StationPreset['profile'];
  readonly bays?: number;
};

const preset = (id: string, families: readonly PackFamily[], { powerKW, ...row }: Row): StationPreset => ({
  profile: 'chassis-robot',
  bays: 1,
  ...row,
  id: id as StationPresetId,
  families,
  powerLimitW: W(powerKW * 1000),
});

const LIFT = ['maxLoadKg'] as const;
const geely = 'Geely/E-energee: 27 to 39 packs, 2 h charging in the station, wheelbase gate 2700-3100 mm, 59 s claim';
const choco =
  'CATL Choco-Swap: 14 to 30 packs, 100 s; 822 a day claimed, which 30 packs reach with a 53-minute turn only';

/** Station types with the vendors' numbers. Where a vendor states only swaps a day, the charging turn is what they imply. */
export const stationPresets: readonly StationPreset[] = [
  preset('geely-27', ['gbrc'], {
    name: 'Geely 27',
    slots: 27,
    swapSeconds: 60,
    chargeTurnHours: 2,
    powerKW: 630,
    wheelbaseMm: { min: 2700, max: 3100 },
    maxLoadKg: 800,
    vendorMaxPerDay: null,
    source: geely,
    assumed: [...LIFT, 'powerLimitW'],
  }),
  preset('geely-39', ['gbrc'], {
    name: 'Geely 39',
    slots: 39,
    swapSeconds: 60,
    chargeTurnHours: 2,
    powerKW: 800,
    wheelbaseMm: { min: 2700, max: 3100 },
    maxLoadKg: 800,
    vendorMaxPerDay: null,
    source: geely,
    assumed: [...LIFT, 'powerLimitW'],
  }),
  preset('nio-g2', ['nio'], {
    name: 'NIO generation 2',
    slots: 13,
    swapSeconds: 180,
    chargeTurnHours: 1,
    powerKW: 550,
    wheelbaseMm: { min: 2700, max: 3200 },
    maxLoadKg: 700,
    vendorMaxPerDay: 312,
    source: 'NIO: 13 packs, 312 a day; about 3 to 5 minutes',
    assumed: [...LIFT, 'powerLimitW', 'wheelbaseMm', 'chargeTurnHours'],
  }),
  preset('nio-g3', ['nio', 'onvo'], {
    name: 'NIO generation 3',
    slots: 21,
    swapSeconds: 144,
    chargeTurnHours: 1.23,
    powerKW: 500,
    wheelbaseMm: { min: 2700, max: 3200 },
    maxLoadKg: 700,
    vendorMaxPerDay: 408,
    source: 'NIO: 21 packs, 144 s net, 408 a day, 500 kW',
    assumed: [...LIFT, 'wheelbaseMm', 'chargeTurnHours'],
  }),
  preset('nio-g4', ['nio', 'onvo'], {
    name: 'NIO generation 4',
    slots: 23,
    swapSeconds: 144,
    chargeTurnHours: 1.15,
    powerKW: 1000,
    wheelbaseMm: { min: 2600, max: 3300 },
    maxLoadKg: 700,
    vendorMaxPerDay: 480,
    source: 'NIO: 23 packs, 144 s (158-168 s measured), 480 a day',
    assumed: [...LIFT, 'powerLimitW', 'wheelbaseMm', 'chargeTurnHours'],
  }),
  preset('nio-g5', ['nio', 'onvo', 'firefly'], {
    name: 'NIO generation 5',
    slots: 28,
    swapSeconds: 108,
    swapSecondsOf: { firefly: 210 },
    chargeTurnHours: 1.34,
    powerKW: 1000,
    wheelbaseMm: { min: 2500, max: 3300 },
    maxLoadKg: 700,
    vendorMaxPerDay: 500,
    source: 'NIO: about 20 % more packs than generation 4, 108 s at best, Firefly 210 s, 500 a day',
    assumed: [...LIFT, 'slots', 'powerLimitW', 'wheelbaseMm', 'chargeTurnHours'],
  }),
  preset('choco-14', ['choco-20', 'choco-25', 'choco-block'], {
    name: 'Choco 14',
    slots: 14,
    swapSeconds: 100,
    chargeTurnHours: 1,
    powerKW: 600,
    wheelbaseMm: { min: 2200, max: 2900 },
    maxLoadKg: 450,
    vendorMaxPerDay: null,
    source: choco,
    assumed: [...LIFT, 'powerLimitW', 'chargeTurnHours', 'families'],
  }),
  preset('choco-30', ['choco-20', 'choco-25', 'choco-block'], {
    name: 'Choco 30',
    slots: 30,
    swapSeconds: 100,
    chargeTurnHours: 0.875,
    powerKW: 1250,
    wheelbaseMm: { min: 2200, max: 2900 },
    maxLoadKg: 450,
    vendorMaxPerDay: 822,
    source: choco,
    assumed: [...LIFT, 'powerLimitW', 'chargeTurnHours', 'families'],
  }),
  preset('upower-8', ['choco-25', 'gbrc'], {
    name: 'UPower 8',
    slots: 8,
    swapSeconds: 150,
    chargeTurnHours: 2,
    powerKW: 250,
    wheelbaseMm: { min: 2500, max: 3300 },
    maxLoadKg: 800,
    vendorMaxPerDay: 50,
    source: 'UPower: 8 packs on 90 m2, 2-3 minutes, 30-50 a day',
    assumed: [...LIFT, 'powerLimitW', 'wheelbaseMm', 'chargeTurnHours', 'families'],
  }),
  preset('truck-bay', ['choco-75'], {
    name: 'Truck bay',
    profile: 'truck-side',
    slots: 7,
    swapSeconds: 300,
    chargeTurnHours: 0.84,
    powerKW: 2000,
    wheelbaseMm: null,
    maxLoadKg: 1500,
    vendorMaxPerDay: 200,
    source: 'CATL QIJI class: 7 packs of 171 kWh, 5 minutes, about 150-200 a day',
    assumed: [...LIFT, 'powerLimitW', 'chargeTurnHours', 'profile'],
  }),
  preset('cabinet-12', ['two-wheeler-48'], {
    name: 'Cabinet 12',
    profile: 'cabinet',
    slots: 12,
    swapSeconds: 60,
    chargeTurnHours: 3,
    powerKW: 9,
    wheelbaseMm: null,
    maxLoadKg: 20,
    vendorMaxPerDay: null,
    source: 'Class of 12-door cabinets for delivery riders, no single product',
    assumed: [...LIFT, 'slots', 'swapSeconds', 'powerLimitW', 'chargeTurnHours'],
  }),
];

const byId = new Map<string, StationPreset>(stationPresets.map((it) => [it.id, it]));
export const stationPreset = (id: StationPresetId): StationPreset | undefined => byId.get(id);
