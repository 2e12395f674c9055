// Whether a pack that went out may be on the road in this vehicle: the same rules that promised packs pass.
import { bayOf, Firmware, isPackAllowed, packDenials, stationPreset, type VehicleModelId, vehicleModel } from '#pack';
import type { PackCode } from '#units';
import type { Desk } from './desk.ts';
import type { Swap } from './swap.ts';

/** Why not, as a sentence; undefined when nothing speaks against it. A vehicle we cannot name is not judged, its pack is. */
export function whyForbidden(desk: Desk, swap: Swap, code: PackCode): string | undefined {
  const pack = desk.packs.get(code);
  if (!pack) return `Pack ${code} went out; nobody registered it`;
  if (pack.quarantined) return `Pack ${code} is in quarantine and went out: stop the vehicle`;
  if (pack.recalled) return `Pack ${code} is recalled and went out: stop the vehicle`;
  const at = desk.stations.get(swap.stationId);
  const who = desk.swappers.get(swap.idToken);
  const station = at && stationPreset(at.presetId);
  const vehicle = who && vehicleModel(who.modelId as VehicleModelId);
  if (!station || !vehicle) return undefined;
  const firmware = { vehicle: Firmware(who.firmware), station: firmwareOf(at) };
  const question = { vehicle, packs: [], station, bay: bayOf(station), firmware, at: desk.at };
  if (isPackAllowed(question, pack)) return undefined;
  const [denial] = packDenials(question, pack);
  return `Pack ${code} went out and must not be in this vehicle: ${denial?.sentence ?? 'denied'}`;
}

/** Stations say their firmware in many ways; one that says nothing we can read counts as the first version. */
export function firmwareOf({ firmware }: { readonly firmware: string | null }): Firmware {
  const version = firmware?.match(/\d{1,3}(\.\d{1,3}){0,2}/)?.[0];
  return Firmware(version ?? '1.0.0');
}
