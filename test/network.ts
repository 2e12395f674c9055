// Networks of any size for crashes, fuzzing and load, written by the rooms' own verbs. What comes back is plain data.
import type { DoWork, Work } from '#kernel';
import { mustPost } from '#ledger';
import { type Entering, type PackModelId, register as registerPacks, type StationPresetId, stationPreset } from '#pack';
import { addParties, addTokens, addVehicles, enrol } from '#party';
import { register as registerStations, setSlots } from '#station';
import { type DriverId, Fen, type PackCode, type PartyId, Percent, type SlotNo, type StationId } from '#units';
import { cardOf, enteringPack, packCode, vinOf } from './seed.ts';

export interface Plan {
  readonly stations: number;
  /** Packs in each station, in slots 1, 2, … or from `firstSlot` on; the other slots are empty. */
  readonly standing: number;
  readonly firstSlot?: number;
  readonly vehicles: number;
  readonly packsEach?: number;
  readonly preset?: string;
  readonly vehicleModel?: string;
  readonly packModel?: string;
  /** State of charge of standing packs and of those in vehicles. */
  readonly soc?: { readonly standing: number; readonly vehicle: number };
  readonly balance?: Fen;
  /** Numbers begin after this: for a second network beside a first. */
  readonly from?: number;
}

export interface BuiltStation {
  readonly id: string;
  readonly password: string;
  /** By slot number - 1: the serial number of the pack that stands there, or null. */
  readonly slots: (string | null)[];
}

export interface BuiltVehicle {
  readonly vin: string;
  readonly driverId: string;
  readonly idToken: string;
  readonly packs: string[];
}

export interface BuiltNetwork {
  readonly stations: readonly BuiltStation[];
  readonly vehicles: readonly BuiltVehicle[];
}

/** So many rows in one work. */
const PORTION = 2000;

/** Builds a network on an empty database, or beside one that is there. */
export async function buildNetwork(doWork: DoWork, plan: Plan): Promise<BuiltNetwork> {
  const { preset = 'nio-g3', from = 0, packsEach = 1, firstSlot = 1, soc = { standing: 90, vehicle: 10 } } = plan;
  const ids = numbers(from, plan.stations).map((n) => `SZ-${n}` as StationId);
  const vehicles = numbers(from, plan.vehicles).map((n, index) => ({
    n,
    driverId: `driver-${n}` as DriverId,
    packs: numbers(5_000_000 + from + index * packsEach, packsEach).map(packCode),
  }));
  const standing = ids.flatMap((stationId, index) =>
    numbers(from + index * plan.standing, plan.standing).map((n, slot) => ({
      stationId,
      slotNo: (slot + firstSlot) as SlotNo,
      code: packCode(n),
    })),
  );
  await doWork((work) => people(work, plan, vehicles));
  const passwords = await doWork((work) =>
    registerStations(
      work,
      ids.map((id) => stationOf(id, preset)),
      random,
    ),
  );
  const packs = [
    ...standing.map((it) => entering(plan, it.code, `station:${it.stationId}`, soc.standing)),
    ...vehicles.flatMap((it) => it.packs.map((code) => entering(plan, code, `vehicle:${vinOf(it.n)}`, soc.vehicle))),
  ];
  for (let at = 0; at < packs.length; at += PORTION)
    await doWork((work) => registerPacks(work, packs.slice(at, at + PORTION)));
  const [charge, health] = [Percent(soc.standing), Percent(98)];
  await doWork((work) =>
    setSlots(
      work,
      standing.map(({ code, ...it }) => ({ ...it, state: 'occupied', packCode: code, soc: charge, soh: health })),
    ),
  );
  const codes = Map.groupBy(standing, (it) => it.stationId);
  return {
    stations: ids.map((id) => ({
      id,
      password: passwords.get(id)!,
      slots: Array.from(
        { length: stationPreset(preset as StationPresetId)!.slots },
        (_, index) => codes.get(id)?.[index + 1 - firstSlot]?.code ?? null,
      ),
    })),
    vehicles: vehicles.map(({ n, driverId, packs }) => ({ vin: vinOf(n), driverId, idToken: cardOf(n), packs })),
  };
}

const numbers = (from: number, many: number): number[] => Array.from({ length: many }, (_, index) => from + index + 1);
const random = (size: number) => crypto.getRandomValues(new Uint8Array(size));

const stationOf = (id: StationId, preset: string) => ({
  id,
  name: `Station ${id}`,
  operatorId: 'op' as PartyId,
  presetId: preset as StationPresetId,
  place: { latitude: 22.5, longitude: 114 },
  timeZone: 'Asia/Shanghai',
  swapOrder: 'In-Out' as const,
  securityProfile: 1 as const,
});

async function people(
  work: Work,
  { vehicleModel = 'nio-et5', balance = Fen(1_000_000_000) }: Plan,
  vehicles: readonly { readonly n: number; readonly driverId: DriverId }[],
): Promise<void> {
  await addParties(work, [
    { id: 'op' as PartyId, name: 'Operator', kind: 'operator' },
    { id: 'bank' as PartyId, name: 'Bank', kind: 'bank' },
    { id: 'maker' as PartyId, name: 'Maker', kind: 'maker' },
  ]);
  await enrol(
    work,
    vehicles.map(({ n, driverId }) => ({ id: driverId, name: `Driver ${n}`, payment: 'prepaid' })),
  );
  await addVehicles(
    work,
    vehicles.map(({ n }) => ({ vin: vinOf(n), modelId: vehicleModel, plate: `粤B${n}`, firmware: '9.0.0' })),
  );
  await addTokens(
    work,
    vehicles.map(({ n, driverId }) => ({
      idToken: cardOf(n),
      type: 'ISO14443',
      driverId,
      vin: vinOf(n),
      status: 'active',
    })),
  );
  await mustPost(
    work,
    vehicles.map(({ driverId }) => [
      {
        kind: 'posted',
        id: `top-up/${driverId}`,
        debit: { unit: 'money', asset: 'CNY', holder: 'outside:bank' },
        credit: { unit: 'money', asset: 'CNY', holder: `driver:${driverId}` },
        amount: balance,
        reason: 'top-up',
      },
    ]),
  );
}

const entering = ({ packModel: model = 'nio-75' }: Plan, code: PackCode, holder: Entering['holder'], soc: number) =>
  enteringPack({ code, holder, model: model as PackModelId, soc: Percent(soc) });
