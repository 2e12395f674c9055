import { firmwareText } from '../firmware.ts';
import type { Mount, PackModel, Point, Range } from '../model.ts';
import { type Aspect, type Cite, type Clause, type Fact, house, packClause, swapClause } from './clause.ts';
import { POSITION_TOLERANCE_MM, sameOutline, samePosition } from './tolerance.ts';

// The rules a profile is made of. Each takes the place where it is written, so that two standards can share one rule.

export const outline = (cite: Cite): Clause =>
  packClause(
    cite,
    { aspect: 'mechanical', about: 'outline', says: 'outline dimensions agree within table 1 of QC/T 1204.4-2024' },
    (q, _, model) => sameOutline(model.mount, q.vehicle.mount),
    (q, _, model) => ({ measured: size(model.mount), required: `${size(q.vehicle.mount)} within table 1` }),
  );

const position = (cite: Cite, aspect: Aspect, about: Fact, name: string, where: (mount: Mount) => Point): Clause =>
  packClause(
    cite,
    {
      aspect,
      about,
      says: `${name} within ${POSITION_TOLERANCE_MM} mm of the vehicle's, on each axis`,
      limits: { toleranceMm: POSITION_TOLERANCE_MM },
    },
    (q, _, model) => samePosition(where(model.mount), where(q.vehicle.mount)),
    (q, _, model) => ({
      measured: point(where(model.mount)),
      required: `${point(where(q.vehicle.mount))} ±${POSITION_TOLERANCE_MM} mm`,
    }),
  );
export const fixingPosition = (cite: Cite): Clause =>
  position(cite, 'mechanical', 'fixing-position', 'the fixing point is', (it) => it.fixingAt);
export const electricalPosition = (cite: Cite): Clause =>
  position(cite, 'electrical', 'electrical-position', 'the electrical interface is', (it) => it.electricalAt);
export const coolingPosition = (cite: Cite): Clause =>
  position(cite, 'cooling', 'cooling-position', 'the cooling interface is', (it) => it.coolingAt);

const same = (cite: Cite, aspect: Aspect, about: Fact, says: string, of: (mount: Mount) => string): Clause =>
  packClause(
    cite,
    { aspect, about, says },
    (q, _, model) => of(model.mount) === of(q.vehicle.mount),
    (q, _, model) => ({ measured: of(model.mount), required: of(q.vehicle.mount) }),
  );
export const sameLock = (cite: Cite): Clause =>
  same(cite, 'lock', 'lock', 'the swap mechanism is the same', (it) => it.lock);
export const sameElectrical = (cite: Cite): Clause =>
  same(cite, 'electrical', 'electrical-interface', 'the electrical interface is the same', (it) => it.electrical);
export const sameCooling = (cite: Cite): Clause =>
  same(cite, 'cooling', 'cooling-interface', 'the cooling interface is the same', (it) => it.cooling);
export const sameProtocol = (cite: Cite): Clause =>
  same(cite, 'bms', 'bms-protocol', 'pack and vehicle speak the same protocol', (it) => it.bms);

export const packMass: Clause = packClause(
  house('pack mass'),
  { aspect: 'mechanical', about: 'pack-mass', says: 'the pack is not heavier than the vehicle is built for' },
  (q, _, model) => model.massKg <= q.vehicle.maxPackMassKg,
  (q, _, model) => ({ measured: `${model.massKg} kg`, required: `at most ${q.vehicle.maxPackMassKg} kg` }),
);

export const voltageWindow: Clause = packClause(
  house('voltage window'),
  { aspect: 'electrical', about: 'voltage', says: "the pack's voltage stays inside the vehicle's window" },
  (q, _, model) => model.voltage.min >= q.vehicle.voltage.min && model.voltage.max <= q.vehicle.voltage.max,
  (q, _, model) => ({ measured: volts(model.voltage), required: `within ${volts(q.vehicle.voltage)}` }),
);

export const matings = (cite: Cite): Clause =>
  packClause(
    cite,
    { aspect: 'electrical', about: 'matings', says: 'the coupler has matings left' },
    (_, pack, model) => pack.matingCycles < model.ratedMatings,
    (_, pack, model) => ({ measured: `${pack.matingCycles} matings`, required: `below ${model.ratedMatings}` }),
  );

export const packFirmware: Clause = packClause(
  house('pack firmware'),
  { aspect: 'bms', about: 'pack-firmware', says: "the pack's firmware is not older than the vehicle accepts" },
  (q, pack) => pack.firmware >= q.vehicle.minPackFirmware,
  (q, pack) => ({ measured: firmwareText(pack.firmware), required: atLeast(q.vehicle.minPackFirmware) }),
);

const firmwareFor = (
  who: 'vehicle' | 'station',
  needs: (model: PackModel) => PackModel['needsVehicleFirmware'],
): Clause =>
  packClause(
    house(`${who} firmware`),
    { aspect: 'bms', about: `${who}-firmware`, says: `the ${who}'s firmware knows this pack model` },
    (q, _, model) => q.firmware[who] >= needs(model),
    (q, _, model) => ({ measured: firmwareText(q.firmware[who]), required: atLeast(needs(model)) }),
  );
export const vehicleFirmware: Clause = firmwareFor('vehicle', (it) => it.needsVehicleFirmware);
export const stationFirmware: Clause = firmwareFor('station', (it) => it.needsStationFirmware);

export const enteredPlatform = (cite: Cite): Clause =>
  packClause(
    { ...cite, commonPlatformOnly: true },
    {
      aspect: 'mechanical',
      about: 'common-platform',
      says: 'a common-platform vehicle takes common-platform packs only',
    },
    (_, __, model) => model.commonPlatform,
    () => ({ measured: 'no network entry on file', required: 'a pack entered into the common platform' }),
  );

export const family: Clause = packClause(
  house('pack family'),
  { aspect: 'station', about: 'family', says: "the station's rack and robot take this family of packs" },
  (q, _, model) => q.station.families.includes(model.family),
  (q, _, model) => ({ measured: model.family, required: `one of ${q.station.families.join(', ')}` }),
);

/** The weaker of station and bay counts. */
export const lift = (cite: Cite): Clause =>
  packClause(
    cite,
    { aspect: 'station', about: 'lift', says: 'the pack is not heavier than the exchange equipment carries' },
    (q, _, model) => model.massKg <= q.bay.maxLoadKg && model.massKg <= q.station.maxLoadKg,
    (q, _, model) => ({
      measured: `${model.massKg} kg`,
      required: `at most ${Math.min(q.bay.maxLoadKg, q.station.maxLoadKg)} kg`,
    }),
  );

export const swapProfile: Clause = swapClause(
  house('swap profile'),
  { aspect: 'station', about: 'swap-profile', says: 'the bay swaps the way the vehicle is built for' },
  (q) => q.vehicle.swap === q.bay.profile && q.vehicle.swap === q.station.profile,
  (q) => ({ measured: `station ${q.station.profile}, bay ${q.bay.profile}`, required: q.vehicle.swap }),
);

export const wheelbase: Clause = swapClause(
  house('wheelbase gate'),
  { aspect: 'station', about: 'wheelbase', says: "the vehicle's wheelbase fits the bay" },
  ({ station: { wheelbaseMm: gate }, vehicle: { wheelbaseMm: base } }) =>
    gate === null || (base !== null && base >= gate.min && base <= gate.max),
  ({ station, vehicle }) => ({
    measured: vehicle.wheelbaseMm === null ? 'no wheelbase known' : `${vehicle.wheelbaseMm} mm`,
    required: `${station.wheelbaseMm?.min} to ${station.wheelbaseMm?.max} mm`,
  }),
);

export const bayInService: Clause = swapClause(
  house('bay in service'),
  { aspect: 'station', about: 'bay', says: 'the bay is in service' },
  (q) => q.bay.inService === true,
  (q) => ({ measured: `bay ${q.bay.no} is out of service`, required: 'in service' }),
);

/** GB/T 29772-2024, 8.5.1 says "should": 300 s for cars, 360 s for commercial vehicles. */
export const swapTime = (seconds: number): Clause =>
  swapClause(
    { standard: 'GB/T 29772-2024', clause: '8.5.1' },
    {
      aspect: 'station',
      about: 'swap-time',
      says: `a swap should take no longer than ${seconds} s`,
      limits: { seconds },
      binding: false,
    },
    (q) => q.station.swapSeconds <= seconds,
    (q) => ({ measured: `${q.station.swapSeconds} s`, required: `at most ${seconds} s` }),
  );

const size = (it: Mount): string => `${it.lengthMm} x ${it.widthMm} x ${it.heightMm} mm`;
const point = (it: Point): string => `(${it.x}, ${it.y}, ${it.z})`;
const volts = (it: Range): string => `${it.min.toFixed(0)} to ${it.max.toFixed(0)} V`;
const atLeast = (it: PackModel['needsVehicleFirmware']): string => `at least ${firmwareText(it)}`;
