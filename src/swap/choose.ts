// Which packs wait for this driver: like for like, never less than promised.
import {
  allocate,
  bayOf,
  Firmware,
  type Pack,
  type PackFacts,
  type PackModelId,
  packDenials,
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

interface Wish {
  readonly station: Station;
  readonly who: Swapper;
  readonly stock: Stock;
  /** The packs that the vehicle has now. */
  readonly held: readonly PackFacts[];
  readonly at: Instant;
}

/** Drivers get as many packs of the models as they bring; plans that allow others come with billing. */
export function choose({ station, who, stock, held, at }: Wish): Choice {
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
  if (held.length > vehicle.blocks.max)
    return none(
      'NotAllowedTypeEVSE',
      'packs-out-of-step',
      `By the books this vehicle has ${held.length} packs, and it takes ${vehicle.blocks.max}: ask the operator to correct where they are`,
    );
  const promisedWh = Math.floor((held.reduce((sum, it) => sum + it.capacityWh, 0) * PROMISED_PERCENT) / 100) as Wh;
  const answer = allocate(
    { vehicle, station: preset, bay: bayOf(preset), firmware: firmwaresOf(who, station), at },
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

const firmwaresOf = (who: Swapper, station: Pick<Station, 'firmware'>) => ({
  vehicle: Firmware(who.firmware),
  station: firmwareOf(station),
});

const none = (status: AuthorisationStatus, code: string, sentence: string): Choice => ({
  is: 'none',
  status,
  why: { code, sentence },
});

/** Why a pack that waits for a driver cannot be given to him any more; undefined when it can. */
export function whyNotAnyMore(
  { code }: Pick<Promised, 'code'>,
  { station, who, stock, at }: Pick<Wish, 'station' | 'who' | 'stock' | 'at'>,
): string | undefined {
  const pack = stock.standing.find((it) => it.code === code);
  if (!pack) return `pack ${code} does not stand in the station any more`;
  if (pack.recalled) return `pack ${code} was recalled`;
  if (pack.quarantined) return `pack ${code} is in quarantine`;
  const preset = stationPreset(station.presetId)!;
  const vehicle = vehicleModel(who.modelId as VehicleModelId)!;
  const firmware = firmwaresOf(who, station);
  const [denial] = packDenials({ vehicle, packs: [], station: preset, bay: bayOf(preset), firmware, at }, pack);
  return denial && `pack ${code} may not go out any more: ${denial.sentence}`;
}
