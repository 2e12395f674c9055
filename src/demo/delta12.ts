// The reference network of the demo: twelve stations in three cities and on the G40 motorway. Everything in it is made up.
import { type Owner, type PackModelId, type StationPresetId, stationPreset, type VehicleModelId } from '#pack';
import type { Party } from '#party';
import type { NewStation } from '#station';
import {
  type Chance,
  chance as chanceFrom,
  Fen,
  type Instant,
  type PartyId,
  Percent,
  type Place,
  type SlotNo,
  type StationId,
} from '#units';
import { type MakePack, packMaker } from './makePacks.ts';
import { type Fleet, makeTravellers } from './makeVehicles.ts';
import type { Held, OwnersToBe } from './property.ts';
import type { World } from './world.ts';

const party = (id: string, kind: Party['kind'], name: string): Party => ({
  id: id as PartyId,
  kind,
  name: `${name} (simulated)`,
});
const share = (id: string, millionths: number): Owner => ({ party: id as PartyId, millionths });
const place = (latitude: number, longitude: number): Place => ({ latitude, longitude });

const parties: readonly Party[] = [
  party('op-pearl', 'operator', 'Pearl Swap'),
  party('op-corridor', 'operator', 'G40 Corridor Energy'),
  party('bank-anhui', 'bank', 'Anhui Battery Bank'),
  party('bank-south', 'bank', 'Southern Battery Bank'),
  party('maker-catl', 'maker', 'Cell maker'),
  party('maker-nio', 'maker', 'Car maker N'),
  party('maker-livan', 'maker', 'Car maker L'),
  party('owner-taxi', 'owner', 'Shenzhen taxi cooperative'),
  party('owner-fund', 'owner', 'Delta pack fund'),
  // The platform itself is as real as ever: the server registered it before us, with its first administrator.
  { id: 'platform' as PartyId, kind: 'platform', name: 'Packloop' },
];

const owners: OwnersToBe = {
  makers: { CATL: 'maker-catl' as PartyId, NIO: 'maker-nio' as PartyId, Livan: 'maker-livan' as PartyId },
  banks: ['bank-anhui' as PartyId, 'bank-south' as PartyId],
  joint: [
    [share('bank-south', 500_000), share('op-pearl', 300_000), share('owner-taxi', 200_000)],
    [share('owner-fund', 666_667), share('bank-anhui', 333_333)],
  ],
};

const cities = {
  shenzhen: place(22.5431, 114.0579),
  hefei: place(31.8206, 117.2272),
  chongqing: place(29.563, 106.5516),
  nanjing: place(32.0603, 118.7969),
  luan: place(31.7349, 116.5077),
};

type Plan = readonly [
  id: string,
  name: string,
  preset: string,
  place: Place,
  operator: string,
  stock: Readonly<Record<string, number>>,
];

/** At least one slot stays empty for the pack that comes in. */
const plans: readonly Plan[] = [
  [
    'SZ-01',
    'Shenzhen Nanshan',
    'choco-30',
    place(22.5333, 113.9305),
    'op-pearl',
    { 'choco-20-lfp': 12, 'choco-25-nmc': 10, 'choco-block-26': 6 },
  ],
  ['SZ-02', 'Shenzhen Futian', 'nio-g3', place(22.5411, 114.0596), 'op-pearl', { 'nio-75': 11, 'nio-100': 8 }],
  [
    'SZ-03',
    'Shenzhen Longhua courier cabinet',
    'cabinet-12',
    place(22.6569, 114.0247),
    'op-pearl',
    { 'two-wheeler-48v': 9 },
  ],
  ['HF-01', 'Hefei Shushan', 'nio-g4', place(31.8512, 117.2605), 'op-corridor', { 'nio-75': 13, 'nio-100': 8 }],
  ['HF-02', 'Hefei Baohe', 'geely-39', place(31.7932, 117.3095), 'op-corridor', { 'gbrc-50': 36 }],
  [
    'HF-03',
    'Hefei Luyang',
    'choco-30',
    place(31.8786, 117.2646),
    'op-corridor',
    { 'choco-20-lfp': 18, 'choco-25-nmc': 10 },
  ],
  ['CQ-01', 'Chongqing Yubei', 'geely-39', place(29.7182, 106.6307), 'op-pearl', { 'gbrc-50': 36 }],
  [
    'CQ-02',
    'Chongqing Jiulongpo',
    'choco-30',
    place(29.5022, 106.5107),
    'op-pearl',
    { 'choco-20-lfp': 14, 'choco-25-nmc': 8, 'choco-block-26': 6 },
  ],
  [
    'CQ-03',
    'Chongqing Guoyuan port, truck bay',
    'truck-bay',
    place(29.6132, 106.7441),
    'op-pearl',
    { 'choco-75-lfp': 6 },
  ],
  [
    'G40-NJ',
    'G40 hub Nanjing west',
    'nio-g5',
    place(32.1147, 118.6202),
    'op-corridor',
    { 'nio-75': 10, 'nio-100': 6, 'onvo-60': 6, 'firefly-42': 4 },
  ],
  [
    'G40-LA',
    'G40 hub Liu’an',
    'nio-g5',
    place(31.7743, 116.5462),
    'op-corridor',
    { 'nio-75': 10, 'nio-100': 6, 'onvo-60': 6, 'firefly-42': 4 },
  ],
  [
    'HF-D1',
    'Hefei depot (tier 3)',
    'upower-8',
    place(31.7101, 117.1203),
    'op-corridor',
    { 'gbrc-50': 4, 'choco-25-nmc': 3 },
  ],
];

const fleet = (
  model: string,
  pack: string,
  many: number,
  around: Place,
  use: Fleet['use'],
  swapsPerDay: number,
  blocks = 1,
): Fleet => ({
  model: model as VehicleModelId,
  pack: pack as PackModelId,
  many,
  around,
  use,
  swapsPerDay,
  blocks,
  payment: use === 'private' || use === 'delivery' ? 'prepaid' : 'postpaid',
});

const { shenzhen, hefei, chongqing, nanjing, luan } = cities;

/** 300 taxis, 350 ride-hailing cars, 1,100 private vehicles (40 of them couriers' two-wheelers), 50 vans and trucks. */
const fleets: readonly Fleet[] = [
  fleet('oshan-520-taxi', 'choco-20-lfp', 60, shenzhen, 'taxi', 1.3),
  fleet('aion-s-taxi', 'choco-25-nmc', 50, shenzhen, 'taxi', 1.3),
  fleet('oshan-520-taxi', 'choco-20-lfp', 60, hefei, 'taxi', 1.3),
  fleet('aion-s-taxi', 'choco-25-nmc', 30, hefei, 'taxi', 1.3),
  fleet('oshan-520-taxi', 'choco-20-lfp', 65, chongqing, 'taxi', 1.3),
  fleet('aion-s-taxi', 'choco-25-nmc', 35, chongqing, 'taxi', 1.3),
  fleet('maple-80v', 'gbrc-50', 80, chongqing, 'ride-hailing', 0.74),
  fleet('livan-9', 'gbrc-50', 70, chongqing, 'ride-hailing', 0.74),
  fleet('maple-80v', 'gbrc-50', 75, hefei, 'ride-hailing', 0.74),
  fleet('livan-9', 'gbrc-50', 75, hefei, 'ride-hailing', 0.74),
  fleet('bestune-nat', 'choco-block-26', 25, shenzhen, 'ride-hailing', 0.74, 1),
  fleet('bestune-nat', 'choco-block-26', 25, chongqing, 'ride-hailing', 0.74, 2),
  fleet('nio-et5', 'nio-75', 180, shenzhen, 'private', 0.06),
  fleet('nio-es6', 'nio-100', 120, shenzhen, 'private', 0.06),
  fleet('nio-et5', 'nio-75', 170, hefei, 'private', 0.06),
  fleet('nio-et7', 'nio-100', 100, hefei, 'private', 0.06),
  fleet('onvo-l60', 'onvo-60', 110, nanjing, 'private', 0.12),
  fleet('firefly', 'firefly-42', 70, nanjing, 'private', 0.12),
  fleet('nio-et5', 'nio-75', 70, nanjing, 'private', 0.12),
  fleet('onvo-l60', 'onvo-60', 60, luan, 'private', 0.12),
  fleet('nio-es6', 'nio-100', 60, luan, 'private', 0.12),
  fleet('livan-7', 'gbrc-50', 120, chongqing, 'private', 0.06),
  fleet('courier-scooter', 'two-wheeler-48v', 30, shenzhen, 'delivery', 1.5),
  fleet('courier-motorcycle', 'two-wheeler-48v', 10, shenzhen, 'delivery', 1.2, 2),
  fleet('tractor-6x4', 'choco-75-lfp', 20, chongqing, 'freight', 1.5),
  fleet('city-van', 'choco-25-nmc', 15, shenzhen, 'freight', 1.5),
  fleet('city-van', 'choco-25-nmc', 15, hefei, 'freight', 1.5),
];

/** What a prepaid driver has paid in: enough for months of swaps. */
const TOP_UP = Fen(500_000);

/** The network `delta-12` as it is at `at`: the same seed makes the same network. Without a `property` its packs are owned in all three ways. */
export function delta12(seed: number, at: Instant, property?: Held): World {
  const chance = chanceFrom(seed);
  const makePack = packMaker(chance.fork('packs'), at, { ...owners, ...(property && { property }) });
  const stations = plans.map(station);
  const travellers = makeTravellers(fleets, { chance: chance.fork('vehicles'), at, makePack, stations });
  const payments = fleets.flatMap((it) => Array.from({ length: it.many }, () => it.payment));
  const drivers = travellers.map(({ token }, index) => ({
    id: token.driverId,
    name: `Driver ${index + 1} (simulated)`,
    payment: payments[index]!,
  }));
  return {
    parties,
    stations,
    stock: plans.flatMap((it) => stockOf(it, makePack, chance.fork(`stock ${it[0]}`))),
    drivers,
    travellers,
    topUps: drivers.filter((it) => it.payment === 'prepaid').map((it) => ({ driverId: it.id, amount: TOP_UP })),
  };
}

/** By the first letters of a station's id: province and city, as dispatchers are confined to. */
const regions: Readonly<Record<string, string>> = { SZ: 'CN-GD-SZ', HF: 'CN-AH-HF', CQ: 'CN-CQ' };

const station = ([id, name, presetId, place, operatorId]: Plan): NewStation => ({
  id: id as StationId,
  name: `${name} (simulated)`,
  operatorId: operatorId as PartyId,
  region: regions[id.slice(0, 2)]!,
  presetId: presetId as StationPresetId,
  place,
  timeZone: 'Asia/Shanghai',
  swapOrder: 'In-Out',
  securityProfile: 1,
});

function stockOf([id, , presetId, , , stock]: Plan, makePack: MakePack, chance: Chance): World['stock'] {
  const slots = stationPreset(presetId as StationPresetId)!.slots;
  const models = Object.entries(stock).flatMap(([model, many]) => Array.from({ length: many }, () => model));
  if (models.length >= slots) throw new RangeError(`${id} has ${slots} slots and stock for ${models.length}`);
  return fillSlots(id as StationId, models as PackModelId[], makePack, chance);
}

/** Packs for the first slots of a station: of ten seven are charged. Blocks are all of one age, so that they match. */
export function fillSlots(
  stationId: StationId,
  models: readonly PackModelId[],
  makePack: MakePack,
  chance: Chance,
): World['stock'] {
  const firstOf = new Map<PackModelId, World['stock'][number]['pack']>();
  return models.map((model, index) => {
    const isCharged = index % 10 < 7;
    const soc = Percent(isCharged ? chance.between(95, 98) : chance.between(30, 80));
    const isBlock = model.includes('block') || model.includes('two-wheeler');
    const like = isBlock ? firstOf.get(model) : undefined;
    const pack = makePack({ model, holder: `station:${stationId}`, soc, ...(like && { like }) });
    firstOf.set(model, pack);
    const { code, soh } = pack;
    const slotNo = (index + 1) as SlotNo;
    return { pack, change: { stationId, slotNo, state: 'occupied', packCode: code, soc, soh } };
  });
}
