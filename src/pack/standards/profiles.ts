import type { Instant } from '#units';
import type { VehicleClass } from '../model.ts';
import { type Aspect, type Cite, type Clause, house } from './clause.ts';
import * as rule from './clauses.ts';

/** Passenger cars (M1), commercial vehicles (N), two-wheelers (L). */
export type Scope = 'passenger' | 'commercial' | 'light';
export const scopeOf = (vehicleClass: VehicleClass): Scope =>
  vehicleClass === 'M1' ? 'passenger' : vehicleClass === 'L' ? 'light' : 'commercial';

/** The rules of one aspect for one kind of vehicle, from one day (in China) to the next version's. */
export interface Profile {
  readonly id: string;
  readonly scope: Scope;
  readonly aspect: Exclude<Aspect, 'guard' | 'set'>;
  readonly version: number;
  readonly validFrom: string;
  /** The first day it no longer holds, or null. */
  readonly validUntil: string | null;
  readonly clauses: readonly Clause[];
}

const cite = (standard: string, clause: string): Cite => ({ standard, clause });
const platform = (part: number, clause: string): Cite => ({
  ...cite(`QC/T 1243.${part}-2025`, clause),
  commonPlatformOnly: true,
});
const pack4 = (clause: string) => cite('QC/T 1204.4-2024', clause);

/** QC/T 1204 and GB/T 40032 for cars; the common platform joins on the day QC/T 1243 comes into force. */
const CARS = '2025-01-01';
const COMMON_PLATFORM = '2026-07-01';
/** QC/T 1201, later with GB/T 40032.2-2025, whose day is assumed, see the registry. */
const TRUCKS = '2025-01-01';
const TRUCK_SAFETY = '2025-11-01';
const LIGHT = '2021-01-01';

type Version = readonly [from: string, clauses: readonly Clause[]];
/** Versions of one profile: each ends when the next begins, and holds all clauses of the one before unless it says otherwise. */
const profile = (scope: Scope, aspect: Profile['aspect'], ...versions: readonly Version[]): readonly Profile[] =>
  versions.map(([validFrom, clauses], at) => ({
    id: `${scope}-${aspect}@${at + 1}`,
    scope,
    aspect,
    version: at + 1,
    validFrom,
    validUntil: versions[at + 1]?.[0] ?? null,
    clauses,
  }));

const firmware = [rule.packFirmware, rule.vehicleFirmware, rule.stationFirmware];
const bay = [rule.swapProfile, rule.bayInService, rule.family, rule.wheelbase];
const robot = [...bay, rule.lift(cite('GB/T 29772-2024', '8.5.2'))];

const mechanical = [rule.outline(pack4('4.3')), rule.fixingPosition(pack4('4.1')), rule.packMass];
const electrical = [
  rule.sameElectrical(pack4('4.3')),
  rule.electricalPosition(pack4('4.1')),
  rule.voltageWindow,
  rule.matings(cite('GB/T 40032-2021', '4.3')),
];
const cooling = [rule.sameCooling(pack4('4.3')), rule.coolingPosition(pack4('4.1'))];
const lock = [rule.sameLock(pack4('4.3'))];
const bms = [rule.sameProtocol(cite('QC/T 1204.5-2024', 'protocol')), ...firmware];

const truckElectrical = [
  rule.sameElectrical(cite('QC/T 1201.1-2023', 'interface')),
  rule.electricalPosition(cite('QC/T 1201.3-2023', 'interface position')),
  rule.voltageWindow,
];
const truckLock = [rule.sameLock(cite('QC/T 1201.3-2023', 'mechanism'))];

/**
 * Every version of every profile. What QC/T 1201 demands of positions is not public: we hold trucks to the 2 mm of cars.
 * Vans (N1) are outside QC/T 1201's scope (N2, N3) and take it as reference.
 */
export const profiles: readonly Profile[] = [
  ...profile(
    'passenger',
    'mechanical',
    [CARS, mechanical],
    [
      COMMON_PLATFORM,
      [...mechanical, rule.outline(platform(1, 'annex A')), rule.enteredPlatform(cite('QC/T 1243.1-2025', '8'))],
    ],
  ),
  ...profile(
    'passenger',
    'electrical',
    [CARS, electrical],
    [COMMON_PLATFORM, [...electrical, rule.sameElectrical(platform(2, 'interchangeability'))]],
  ),
  ...profile(
    'passenger',
    'cooling',
    [CARS, cooling],
    [COMMON_PLATFORM, [...cooling, rule.sameCooling(platform(2, 'interchangeability'))]],
  ),
  ...profile(
    'passenger',
    'lock',
    [CARS, lock],
    [COMMON_PLATFORM, [...lock, rule.sameLock(platform(2, 'interchangeability'))]],
  ),
  ...profile(
    'passenger',
    'bms',
    [CARS, bms],
    [COMMON_PLATFORM, [...bms, rule.sameProtocol(platform(3, 'communication'))]],
  ),
  ...profile('passenger', 'station', [CARS, [...robot, rule.swapTime(300)]]),

  ...profile('commercial', 'mechanical', [
    TRUCKS,
    [
      rule.outline(cite('QC/T 1201.4-2023', 'outline')),
      rule.fixingPosition(cite('QC/T 1201.3-2023', 'interface position')),
      rule.packMass,
    ],
  ]),
  ...profile(
    'commercial',
    'electrical',
    [TRUCKS, truckElectrical],
    [TRUCK_SAFETY, [...truckElectrical, rule.matings(cite('GB/T 40032.2-2025', 'components'))]],
  ),
  ...profile('commercial', 'cooling', [
    TRUCKS,
    [
      rule.sameCooling(cite('QC/T 1201.2-2023', '4')),
      rule.coolingPosition(cite('QC/T 1201.3-2023', 'interface position')),
    ],
  ]),
  ...profile(
    'commercial',
    'lock',
    [TRUCKS, truckLock],
    [TRUCK_SAFETY, [...truckLock, rule.sameLock(cite('GB/T 40032.2-2025', 'locking'))]],
  ),
  ...profile('commercial', 'bms', [TRUCKS, [rule.sameProtocol(cite('QC/T 1201.5-2023', 'protocol')), ...firmware]]),
  ...profile('commercial', 'station', [TRUCKS, [...robot, rule.swapTime(360)]]),

  ...profile('light', 'mechanical', [LIGHT, [rule.outline(house('outline')), rule.packMass]]),
  ...profile('light', 'electrical', [
    LIGHT,
    [rule.sameElectrical(house('coupler')), rule.voltageWindow, rule.matings(house('coupler'))],
  ]),
  ...profile('light', 'cooling', [LIGHT, [rule.sameCooling(house('cooling'))]]),
  ...profile('light', 'lock', [LIGHT, [rule.sameLock(house('latch'))]]),
  ...profile('light', 'bms', [LIGHT, [rule.sameProtocol(house('protocol')), ...firmware]]),
  ...profile('light', 'station', [LIGHT, [...bay, rule.lift(house('door load'))]]),
];

/** The profiles that hold for such a vehicle at this moment, one an aspect; empty before the first version. */
export function profilesInForce(scope: Scope, at: Instant): readonly Profile[] {
  const day = at.toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString();
  return profiles.filter(
    (it) => it.scope === scope && it.validFrom <= day && (it.validUntil === null || day < it.validUntil),
  );
}
