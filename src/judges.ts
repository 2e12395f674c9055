// What a room below has to know of a room above when somebody writes by HTTP: told by the roof.
import type { Work } from '#kernel';
import type { Reach } from '#kernel/api';
import type { Holder } from '#ledger';
import { parseVin, type VehicleModelId, vehicleModel } from '#pack';
import { knownParties, knownVehicles, type Vehicle } from '#party';
import { find } from '#station';
import type { PartyId, StationId, Vin } from '#units';
import { checkRequest } from './ocpp/schema/check.ts';

export function judgeVehicle({ vin, modelId }: Vehicle): { field: string; problem: string } | undefined {
  const read = parseVin(vin);
  if (!read.ok) return { field: `vin.${read.field}`, problem: `${read.problem}: ${read.hint}` };
  if (!vehicleModel(modelId as VehicleModelId))
    return { field: 'modelId', problem: `there is no vehicle model "${modelId}"` };
  return undefined;
}

export const judgeCommand = (action: string, payload: object) => checkRequest(action, payload);

/** Those of these holders that nobody registered, or that lie beyond reach. */
export async function unknownHolders(work: Work, holders: readonly Holder[], reach: Reach): Promise<Holder[]> {
  const named = (kind: string) =>
    holders.filter((it) => it.startsWith(`${kind}:`)).map((it) => it.slice(kind.length + 1));
  const stations = await find(work, named('station') as StationId[], reach);
  const vehicles = await knownVehicles(work, named('vehicle') as Vin[], reach);
  const parties = await knownParties(work, named('party') as PartyId[], reach);
  const known = new Set<string>([
    ...[...stations.keys()].map((it) => `station:${it}`),
    ...[...vehicles].map((it) => `vehicle:${it}`),
    ...[...parties].map((it) => `party:${it}`),
  ]);
  return holders.filter((it) => !known.has(it));
}
