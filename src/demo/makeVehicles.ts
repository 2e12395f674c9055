// Made-up vehicles, drivers and tokens, with VINs that a reader accepts.
import {
  fits,
  type PackModelId,
  packModel,
  stationPreset,
  type VehicleModelId,
  vehicleModel,
  withCheckDigit,
} from '#pack';
import type { NewStation } from '#station';
import {
  type Chance,
  type DriverId,
  distanceKm,
  type Instant,
  Percent,
  type Place,
  type StationId,
  type Vin,
} from '#units';
import type { MakePack } from './makePacks.ts';
import type { Traveller } from './world.ts';

/** So many vehicles of one kind around one place. */
export interface Fleet {
  readonly model: VehicleModelId;
  readonly pack: PackModelId;
  /** Blocks in each vehicle. */
  readonly blocks?: number;
  readonly many: number;
  readonly around: Place;
  readonly use: Traveller['use'];
  readonly swapsPerDay: number;
  readonly payment: 'prepaid' | 'postpaid';
}

/** How far from the middle of their fleet vehicles live, and how far they drive for a pack. */
const LIVES_WITHIN_KM = 12;
const DRIVES_KM = 120;
/** A driver knows so many stations. */
const KNOWS = 12;

const HOW: Readonly<Record<Traveller['use'], Traveller['how']>> = {
  taxi: { app: 2, card: 7, remote: 1 },
  'ride-hailing': { app: 5, card: 3, remote: 2 },
  private: { app: 5, card: 2, remote: 3 },
  freight: { app: 3, card: 7, remote: 0 },
  delivery: { app: 1, card: 8, remote: 1 },
};

export interface VehicleMaker {
  readonly chance: Chance;
  readonly at: Instant;
  readonly makePack: MakePack;
  readonly stations: readonly NewStation[];
}

/** Makes the vehicles of all fleets; serials count through. */
export function makeTravellers(fleets: readonly Fleet[], maker: VehicleMaker): Traveller[] {
  let serial = 0;
  return fleets.flatMap((fleet) => {
    const serving = stationsFor(fleet, maker);
    return Array.from({ length: fleet.many }, () => traveller(fleet, ++serial, serving, maker));
  });
}

/** Stations that may serve this kind of vehicle with its kind of pack, by the rules that a swap follows later. */
function stationsFor({ model, pack }: Fleet, { at, stations }: VehicleMaker): NewStation[] {
  const presets = new Set(stations.map((it) => it.presetId));
  const serving = new Set(
    [...presets].filter((it) => fits(vehicleModel(model)!, packModel(pack)!, stationPreset(it)!, at).allowed),
  );
  return stations.filter((it) => serving.has(it.presetId));
}

function traveller(
  fleet: Fleet,
  serial: number,
  serving: readonly NewStation[],
  { chance, makePack }: VehicleMaker,
): Traveller {
  const vin = vinOf(fleet.model, serial);
  const driverId = `sim-${String(serial).padStart(5, '0')}` as DriverId;
  const place = near(fleet.around, chance);
  const capacityWh = packModel(fleet.pack)!.energyWh * (fleet.blocks ?? 1);
  const soc = Percent(chance.between(30, 95));
  const first = makePack({ model: fleet.pack, holder: `vehicle:${vin}`, soc });
  const others = Array.from({ length: (fleet.blocks ?? 1) - 1 }, () =>
    makePack({ model: fleet.pack, holder: `vehicle:${vin}`, soc, like: first }),
  );
  const kmPerSwap = (0.72 * capacityWh) / vehicleModel(fleet.model)!.whPerKm;
  return {
    vehicle: { vin, modelId: fleet.model, plate: `SIM${String(serial).padStart(5, '0')}`, firmware: '3.0.0' },
    token: { idToken: cardOf(chance), type: 'ISO14443', driverId, vin, status: 'active' },
    use: fleet.use,
    // A private car charges at home, too; all others live on swaps.
    kmPerDay: Math.round(
      fleet.use === 'private' ? vehicleModel(fleet.model)!.kmPerMonth / 30 : fleet.swapsPerDay * kmPerSwap,
    ),
    swapsPerDay: fleet.swapsPerDay,
    place,
    packs: [first, ...others],
    stationIds: nearestFirst(place, serving),
    how: HOW[fleet.use],
  };
}

const nearestFirst = (place: Place, stations: readonly NewStation[]): StationId[] =>
  stations
    .map((it) => ({ id: it.id, km: distanceKm(place, it.place) }))
    .filter((it) => it.km <= DRIVES_KM)
    .toSorted((a, b) => a.km - b.km)
    .slice(0, KNOWS)
    .map((it) => it.id);

/** A degree of latitude is 111 km everywhere, one of longitude that times the cosine. */
export function near(around: Place, chance: Chance): Place {
  const km = LIVES_WITHIN_KM * Math.sqrt(chance.next());
  const angle = 2 * Math.PI * chance.next();
  const latitude = around.latitude + (km * Math.sin(angle)) / 111.2;
  const longitude = around.longitude + (km * Math.cos(angle)) / (111.2 * Math.cos((latitude * Math.PI) / 180));
  return { latitude: rounded(latitude), longitude: rounded(longitude) };
}

const rounded = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;

/** LDM is no maker's code: the vehicle does not exist. Model in the description, T for 2026, serial at the end. */
function vinOf(model: VehicleModelId, serial: number): Vin {
  const kind = [...model].reduce((sum, it) => (sum * 31 + it.charCodeAt(0)) % 10_000, 7);
  return withCheckDigit(`LDM${String(kind).padStart(4, '0')}D0TP${String(serial).padStart(6, '0')}`);
}

/** The seven bytes of an RFID card. */
const cardOf = (chance: Chance): string =>
  Array.from({ length: 7 }, () => chance.between(0, 255).toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
