// At which stations a car could be served with a kind of pack, and the fewest clauses that deny the others.
import { sql } from 'kysely';
import { Refused, type Work } from '#kernel';
import type { Reach } from '#kernel/api';
import {
  type Denial,
  fits,
  type PackModel,
  type PackModelId,
  packModel,
  type StationPreset,
  type StationPresetId,
  stationPreset,
  type VehicleModel,
  type VehicleModelId,
  vehicleModel,
} from '#pack';
import type { StationId } from '#units';
import { packWithin, stationWithin, vehicleWithin } from '../reach.ts';

interface StationRow {
  readonly id: StationId;
  readonly name: string;
  readonly presetId: StationPresetId;
  readonly latitude: number;
  readonly longitude: number;
  readonly online: boolean;
}

interface Reason {
  stations: number;
  readonly presetIds: string[];
  readonly denied: readonly Denial[];
}

/** How far the caller sees stations, packs, and the vehicles of people. */
interface Sight {
  readonly stations: Reach;
  readonly packs: Reach;
  readonly people: Reach;
}

/**
 * Asks each kind of station once, about flawless new packs and the firmware that the models need: `fits` of the pack room.
 * @throws Refused `model-unknown`
 */
export async function stationsFor(
  work: Work,
  asked: { readonly vehicle: string; readonly pack: string },
  { stations: reach, packs, people }: Sight,
) {
  const vehicle = await theVehicle(work, asked.vehicle, people);
  const pack = await thePack(work, asked.pack, packs);
  const { rows } = await sql<StationRow>`select s.id, s.name, s.preset_id, s.latitude, s.longitude, s.online
    from station.station s where ${reach.all ? sql`true` : stationWithin(reach)} order by s.id`.execute(work.db);
  const reasons = new Map<string, Reason & { readonly no: number }>();
  const denials = new Map<StationPresetId, string | null>();
  const stations = rows.map(({ latitude, longitude, ...it }) => {
    let why = denials.get(it.presetId);
    if (why === undefined) {
      const denied = deniedAt(work, vehicle, pack, stationPreset(it.presetId));
      why = denied?.map((one) => `${one.id} ${one.measured} ${one.required}`).join('\n') ?? null;
      denials.set(it.presetId, why);
      if (denied && why !== null) {
        const reason = reasons.get(why) ?? { no: reasons.size, stations: 0, presetIds: [], denied };
        reason.presetIds.push(it.presetId);
        reasons.set(why, reason);
      }
    }
    const reason = why === null ? undefined : reasons.get(why);
    if (reason) reason.stations++;
    return { ...it, place: { latitude, longitude }, fits: !reason, reason: reason?.no ?? null };
  });
  return {
    at: work.at,
    vehicle: { id: vehicle.id, name: vehicle.name },
    pack: { id: pack.id, name: pack.name },
    stations,
    fitting: stations.filter((it) => it.fits).length,
    reasons: [...reasons.values()].map(({ stations: many, presetIds, denied }) => ({
      stations: many,
      presetIds,
      denied: denied.map((it) => ({ ...it, also: [...it.also] })),
    })),
  };
}

/** Null when it fits. A kind of station that left the catalogue serves nobody. */
function deniedAt(work: Work, vehicle: VehicleModel, pack: PackModel, preset: StationPreset | undefined) {
  if (!preset) return [];
  const verdict = fits(vehicle, pack, preset, work.at);
  return verdict.allowed ? null : verdict.denied;
}

async function theVehicle(work: Work, text: string, reach: Reach): Promise<VehicleModel> {
  const model = vehicleModel(text as VehicleModelId);
  if (model) return model;
  const { rows } = await sql<{
    modelId: VehicleModelId;
  }>`select v.model_id from party.vehicle v
    where v.vin = ${text} and ${reach.all ? sql`true` : vehicleWithin(reach)}`.execute(work.db);
  const known = rows[0] && vehicleModel(rows[0].modelId);
  if (!known) throw modelUnknown('vehicle', text);
  return known;
}

async function thePack(work: Work, text: string, reach: Reach): Promise<PackModel> {
  const model = packModel(text as PackModelId);
  if (model) return model;
  const { rows } = await sql<{ model: PackModelId }>`select p.model from pack.pack p
    where p.code = ${text} and ${reach.all ? sql`true` : packWithin(reach)}`.execute(work.db);
  const known = rows[0] && packModel(rows[0].model);
  if (!known) throw modelUnknown('pack', text);
  return known;
}

const modelUnknown = (field: string, value: string) =>
  new Refused(
    'model-unknown',
    `${field}: the catalogue has no "${value}", and nothing registered has this code`,
    { field, value },
    422,
  );
