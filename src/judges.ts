// What a room below has to know of a room above when somebody writes by HTTP: told by the roof.
import { demandCertificate, demandLicensed, demandNotLost } from '#exchange';
import { demandNoRisk, demandNoTest, demandNotGradedOut } from '#health';
import type { Work } from '#kernel';
import type { Reach } from '#kernel/api';
import type { Holder } from '#ledger';
import { parseVin, type VehicleModelId, vehicleModel } from '#pack';
import { knownParties, knownVehicles, type Vehicle } from '#party';
import { passportReissued } from '#passport';
import { find, relabel } from '#station';
import type { PackCode, PartyId, StationId, Vin } from '#units';
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

/** A pack carries another code now: its passport ends and another begins, and whoever has it in a slot is told. */
export async function recoded(work: Work, from: PackCode, to: PackCode): Promise<void> {
  await passportReissued(work, from, to);
  await relabel(work, from, to);
}

/** Whether somebody may be given a pack. */
export async function demandReceiver(work: Work, code: PackCode, holder: Holder): Promise<void> {
  await demandCertificate(work, code, holder);
  if (holder.startsWith('party:')) await demandLicensed(work, holder.slice('party:'.length) as PartyId, code);
}

/** Whether a technician may let a pack out of quarantine. */
export async function demandClearable(work: Work, code: PackCode): Promise<void> {
  await demandNoTest(work, code);
  await demandNoRisk(work, code);
  await demandNotGradedOut(work, code);
  await demandNotLost(work, code);
}
