// Stations from somebody's list, on request with made-up packs and vehicles, so that the simulator can run them.
import { type PackFamily, type PackModelId, type StationPresetId, stationPreset, type VehicleModelId } from '#pack';
import type { NewStation } from '#station';
import { type Chance, chance as chanceFrom, Fen, type Instant, type PartyId, type Place, type StationId } from '#units';
import { fillSlots } from './delta12.ts';
import { packMaker } from './makePacks.ts';
import { type Fleet, makeTravellers } from './makeVehicles.ts';
import type { World } from './world.ts';

export interface Listed {
  readonly id: string;
  readonly name?: string | undefined;
  readonly latitude: number;
  readonly longitude: number;
  readonly chargers?: number | undefined;
}

export interface Terms {
  /** Of all stations; by their size when absent. */
  readonly preset: StationPresetId | undefined;
  readonly operator: string;
  /** In which all of them lie; none when absent. */
  readonly region?: string | undefined;
  readonly stock?: boolean | undefined;
  readonly vehicles: number;
  readonly seed: number;
  readonly at: Instant;
}

/** A place where so many can charge at once becomes a large station, any other a small one. */
const LARGE = 20;
const presetFor = ({ chargers = 0 }: Listed) => (chargers >= LARGE ? 'choco-30' : 'choco-14') as StationPresetId;

/** What stands in the slots of a station for each family it takes, and who comes for it. */
const usual: Readonly<
  Record<
    PackFamily,
    { readonly pack: string; readonly vehicle: string; readonly use: Fleet['use']; readonly swapsPerDay: number }
  >
> = {
  'choco-20': { pack: 'choco-20-lfp', vehicle: 'oshan-520-taxi', use: 'taxi', swapsPerDay: 1.3 },
  'choco-25': { pack: 'choco-25-nmc', vehicle: 'aion-s-taxi', use: 'taxi', swapsPerDay: 1.3 },
  'choco-block': { pack: 'choco-block-26', vehicle: 'bestune-nat', use: 'ride-hailing', swapsPerDay: 0.74 },
  'choco-75': { pack: 'choco-75-lfp', vehicle: 'tractor-6x4', use: 'freight', swapsPerDay: 1.5 },
  nio: { pack: 'nio-75', vehicle: 'nio-et5', use: 'private', swapsPerDay: 0.1 },
  onvo: { pack: 'onvo-60', vehicle: 'onvo-l60', use: 'private', swapsPerDay: 0.1 },
  firefly: { pack: 'firefly-42', vehicle: 'firefly', use: 'private', swapsPerDay: 0.1 },
  gbrc: { pack: 'gbrc-50', vehicle: 'maple-80v', use: 'ride-hailing', swapsPerDay: 0.74 },
  'two-wheeler-48': { pack: 'two-wheeler-48v', vehicle: 'courier-scooter', use: 'delivery', swapsPerDay: 1.5 },
};

/** Slots that stay empty for packs that come in. */
const EMPTY = 2;

export function importedWorld(listed: readonly Listed[], terms: Terms): World {
  const chance = chanceFrom(terms.seed);
  const operatorId = terms.operator as PartyId;
  const makePack = packMaker(chance.fork('packs'), terms.at, { makers: {}, banks: [operatorId], joint: [] });
  const stations = listed.map((it) => stationOf(it, operatorId, terms));
  const stock = terms.stock
    ? stations.flatMap((it) => fillSlots(it.id, stockFor(it.presetId), makePack, chance.fork(it.id)))
    : [];
  const fleets = fleetsNear(stations, terms.vehicles, chance.fork('fleets'));
  const travellers = makeTravellers(fleets, { chance: chance.fork('vehicles'), at: terms.at, makePack, stations });
  const drivers = travellers.map(({ token, use }, index) => ({
    id: token.driverId,
    name: `Driver ${index + 1} (simulated)`,
    payment: use === 'private' || use === 'delivery' ? ('prepaid' as const) : ('postpaid' as const),
  }));
  const isPrepaid = (it: (typeof drivers)[number]) => it.payment === 'prepaid';
  return {
    parties: [{ id: operatorId, name: terms.operator, kind: 'operator' }],
    stations,
    stock,
    drivers,
    travellers,
    topUps: drivers.filter(isPrepaid).map((it) => ({ driverId: it.id, amount: Fen(500_000) })),
  };
}

const stationOf = (it: Listed, operatorId: PartyId, { preset, region }: Terms): NewStation => ({
  id: it.id as StationId,
  name: it.name ?? `Station ${it.id}`,
  operatorId,
  region,
  presetId: preset ?? presetFor(it),
  place: placeOf(it),
  timeZone: 'Asia/Shanghai',
  swapOrder: 'In-Out',
  securityProfile: 1,
});

const placeOf = ({ latitude, longitude }: Listed): Place => ({ latitude, longitude });

/** Two families that the station takes, turn by turn: variety enough to choose from, depth enough to serve. */
function stockFor(presetId: StationPresetId): PackModelId[] {
  const { families, slots } = stationPreset(presetId)!;
  const models = families.slice(0, 2).map((it) => usual[it].pack as PackModelId);
  return Array.from({ length: slots - EMPTY }, (_, index) => models[index % models.length]!);
}

/** Each vehicle lives near a station that may serve it. */
function fleetsNear(stations: readonly NewStation[], many: number, chance: Chance): Fleet[] {
  return Array.from({ length: many }, () => {
    const home = chance.pick(stations);
    const { pack, vehicle, use, swapsPerDay } = usual[chance.pick(stationPreset(home.presetId)!.families.slice(0, 2))];
    return {
      model: vehicle as VehicleModelId,
      pack: pack as PackModelId,
      many: 1,
      around: home.place,
      use,
      swapsPerDay,
      payment: 'postpaid',
    };
  });
}
