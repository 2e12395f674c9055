// A question about compatibility as it comes by HTTP: names become models, presets and packs.
import type { z } from 'zod';
import { Refused, type Work } from '#kernel';
import type { PackCode } from '#units';
import type { packApi } from './api.ts';
import { packModel } from './catalogue/packs.ts';
import { stationPreset } from './catalogue/stations.ts';
import { vehicleModel } from './catalogue/vehicles.ts';
import { compatible, type Verdict } from './compatibility.ts';
import { Firmware } from './firmware.ts';
import { fits } from './fitting.ts';
import { bayOf, type PackModelId, type StationPresetId, type VehicleModelId } from './model.ts';
import { find } from './store.ts';

type Asked = z.infer<(typeof packApi)['check']['body'] & z.ZodType>;

/** @throws Refused `model-unknown`, `preset-unknown`, `pack-unknown`, `packs-missing`, `bay-unknown` */
export async function compatibilityChecked(
  work: Work,
  asked: Asked,
  reached: (codes: readonly PackCode[]) => Promise<Set<PackCode>>,
) {
  const vehicle = vehicleModel(asked.vehicleModelId as VehicleModelId);
  if (!vehicle) throw unknown('model-unknown', 'vehicleModelId', asked.vehicleModelId);
  const station = stationPreset(asked.presetId as StationPresetId);
  if (!station) throw unknown('preset-unknown', 'presetId', asked.presetId);
  const at = asked.at ?? work.at;
  if (asked.bay > station.bays)
    throw new Refused('bay-unknown', `${station.id} has bays 1 to ${station.bays}`, { field: 'bay' }, 422);
  const given = asked.firmware && {
    vehicle: Firmware(asked.firmware.vehicle),
    station: Firmware(asked.firmware.station),
  };

  if (!asked.packs) {
    if (asked.packModelId === undefined)
      throw new Refused('packs-missing', 'Give `packs` or `packModelId`', { field: 'packs' }, 400);
    const model = packModel(asked.packModelId as PackModelId);
    if (!model) throw unknown('model-unknown', 'packModelId', asked.packModelId);
    return reply(fits(vehicle, model, station, at, { blocks: asked.blocks, bay: asked.bay, firmware: given }));
  }
  const found = new Map((await find(work, asked.packs)).map((it) => [it.code, it]));
  const within = await reached(asked.packs);
  const packs = asked.packs.map((code) => (within.has(code) && found.get(code)) || refuse(code));
  const firmware = given ?? { vehicle: Firmware('999'), station: Firmware('999') };
  return reply(compatible({ vehicle, packs, station, bay: bayOf(station, asked.bay), firmware, at }));
}

function refuse(code: PackCode): never {
  throw unknown('pack-unknown', 'packs', code);
}

const unknown = (code: string, field: string, value: string) =>
  new Refused(code, `${field}: there is no "${value}"`, { field, value }, 422);

const reply = (verdict: Verdict) =>
  verdict.allowed
    ? { allowed: true as const, because: verdict.because.map((it) => ({ ...it })) }
    : { allowed: false as const, denied: verdict.denied.map((it) => ({ ...it, also: [...it.also] })) };
