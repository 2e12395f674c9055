// Which packs wait for this driver: like for like, never less than promised.
import {
  allocate,
  bayOf,
  Firmware,
  type Pack,
  type PackFacts,
  type PackModelId,
  stationPreset,
  usableWh,
  type VehicleModelId,
  vehicleModel,
} from '#pack';
import type { Swapper } from '#party';
import type { Station } from '#station';
import type { Instant, PackCode, SlotNo, Wh } from '#units';
import type { AuthorisationStatus } from './authorise.ts';
import { firmwareOf } from './guard.ts';
import type { Promised } from './swap.ts';

/** The packs of one station: those that stand there, and those of them that somebody else was promised. */
export interface Stock {
  readonly standing: readonly (Pack & { readonly slotNo: SlotNo })[];
  readonly taken: Set<PackCode>;
}

export type Choice =
  | { readonly is: 'packs'; readonly packs: readonly Promised[]; readonly because: string }
  | {
      readonly is: 'none';
      readonly status: AuthorisationStatus;
      readonly why: { readonly code: string; readonly sentence: string };
    };

/** A driver is promised this share of what the packs that he brings hold when new. */
const PROMISED_PERCENT = 75;

/** Drivers get as many packs of the models as they bring; plans that allow others come with billing. */
export function choose({
  station,
  who,
  stock,
  held,
  at,
}: {
  station: Station;
  who: Swapper;
  stock: Stock;
  held: readonly PackFacts[];
  at: Instant;
}): Choice {
  const preset = stationPreset(station.presetId);
  const vehicle = vehicleModel(who.modelId as VehicleModelId);
  if (!preset || !vehicle)
    return none(
      'NotAllowedTypeEVSE',
      'model-unknown',
      `The catalogue knows no ${preset ? `vehicle ${who.modelId}` : `station ${station.presetId}`}`,
    );
  if (held.length === 0)
    return none('NotAllowedTypeEVSE', 'no-pack-to-return', 'By the books this vehicle has no pack to return');
  const promisedWh = Math.floor((held.reduce((sum, it) => sum + it.capacityWh, 0) * PROMISED_PERCENT) / 100) as Wh;
  const answer = allocate(
    {
      vehicle,
      station: preset,
      bay: bayOf(preset),
      firmware: { vehicle: Firmware(who.firmware), station: firmwareOf(station) },
      at,
    },
    {
      promisedWh,
      count: held.length,
      entitledTo: [...new Set(held.map((it): PackModelId => it.model))],
      standing: stock.standing.map((it) => ({ ...it, slot: it.slotNo, held: stock.taken.has(it.code) })),
    },
  );
  if (answer.chosen)
    return {
      is: 'packs',
      packs: answer.packs.map((it) => ({ code: it.code, slotNo: it.slot, energyWh: usableWh(it) })),
      because: answer.reason.sentence,
    };
  const { code, sentence } = answer.reason;
  return none(code === 'all-denied' || code === 'not-served' ? 'NotAllowedTypeEVSE' : 'NotAtThisTime', code, sentence);
}

const none = (status: AuthorisationStatus, code: string, sentence: string): Choice => ({
  is: 'none',
  status,
  why: { code, sentence },
});
