// What the simulator is told: a file in the form that simulator/roster.ts asks for.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { type Entering, packModel, stationPreset, type VehicleModelId, vehicleModel } from '#pack';
import type { Station } from '#station';
import { timedSteps } from '#swap';
import type { StationId } from '#units';
import type { Roster as Played, RosterPack, RosterStation, RosterVehicle } from '../../simulator/roster.ts';
import type { Held } from './property.ts';
import type { Traveller, World } from './world.ts';

/** What the simulator plays, and who stays at home: vehicles without a pack, for their swap was cut off. */
export type Roster = Played & {
  readonly atHome?: readonly RosterVehicle[];
  /** Under which structure all the packs entered; absent where structures are mixed. */
  readonly property?: Held;
};

/** Where the simulator finds the server, and by which clock both live. */
export type Meeting = Pick<Roster, 'ocppUrl' | 'httpUrl' | 'apiKey' | 'clock' | 'seed'>;

export function rosterOf(world: World, passwords: ReadonlyMap<StationId, string>, meeting: Meeting): Roster {
  const stockAt = Map.groupBy(world.stock, (it) => it.change.stationId);
  return {
    ...meeting,
    stations: world.stations.map((it) => stationEntry(it, passwords.get(it.id) ?? '', stockAt.get(it.id) ?? [])),
    vehicles: world.travellers.map(vehicleEntry),
  };
}

/** Stations whose chargers hear no single cells: not all do. Assumed, so that the demo has both kinds. */
const silentOnCells: ReadonlySet<string> = new Set(['cabinet-12', 'upower-8']);

/** A station as the simulator plays it; its slots are those of the preset. */
export function stationEntry(
  { id, name, place, presetId }: Pick<Station, 'id' | 'name' | 'place' | 'presetId'>,
  password: string,
  stock: World['stock'],
): RosterStation {
  const preset = stationPreset(presetId)!;
  const inSlot = new Map(stock.map((it) => [it.change.slotNo as number, it.pack]));
  return {
    id,
    password,
    name,
    place,
    profile: preset.profile,
    vendor: 'Packloop simulator',
    model: preset.id,
    firmware: '2.1.0',
    swapSeconds: preset.swapSeconds,
    steps: timedSteps(preset.profile, preset.swapSeconds) as RosterStation['steps'],
    powerLimitW: preset.powerLimitW,
    chargeTurnHours: preset.chargeTurnHours,
    // A cabinet has no robot whose steps it could tell.
    reportsSteps: preset.profile !== 'cabinet',
    tellsCells: !silentOnCells.has(preset.id),
    slots: Array.from({ length: preset.slots }, (_, index) => slotEntry(index + 1, inSlot.get(index + 1))),
  };
}

const slotEntry = (slotNo: number, pack: Entering | undefined): RosterStation['slots'][number] =>
  pack ? { slotNo, ...packEntry(pack) } : { slotNo, serial: null };

export const packEntry = ({
  code,
  capacityWh,
  soc,
  soh,
  model,
  counted,
}: Pick<Entering, 'code' | 'capacityWh' | 'soc' | 'soh' | 'model'> & Pick<RosterPack, 'counted'>) => ({
  serial: code,
  capacityWh,
  soc,
  soh,
  modelId: model,
  ...cellsOf(model),
  ...(counted && { counted }),
});

/** What the catalogue knows of its cells, for the simulated pack. */
function cellsOf(id: Entering['model']): Pick<RosterPack, 'chemistry' | 'series'> {
  const model = packModel(id);
  return model ? { chemistry: model.chemistry, series: model.series } : {};
}

function vehicleEntry({
  vehicle,
  token,
  use,
  kmPerDay,
  swapsPerDay,
  place,
  packs,
  stationIds,
  how,
}: Traveller): RosterVehicle {
  return {
    vin: vehicle.vin,
    idToken: token.idToken,
    tokenType: token.type,
    modelId: vehicle.modelId,
    use,
    whPerKm: vehicleModel(vehicle.modelId as VehicleModelId)!.whPerKm,
    kmPerDay,
    swapsPerDay,
    place,
    packs: packs.map(packEntry),
    stationIds: [...stationIds],
    // A driver gets packs of the models that he brings.
    packModelIds: [...new Set(packs.map((it) => it.model))],
    how,
  };
}

/** Holds passwords and a key, so only its owner may read it. Written beside and moved, never half there. */
export function writeRoster(file: string, roster: Roster): void {
  writeFileSync(`${file}.new`, JSON.stringify(roster), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export const readRoster = (file: string): Roster => JSON.parse(readFileSync(file, 'utf8')) as Roster;
