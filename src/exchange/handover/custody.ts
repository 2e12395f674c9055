// In whose hands a pack is: what the ledger says, and whose station that is.
import type { Work } from '#kernel';
import { type Holder, keptSince } from '#ledger';
import { whereAre } from '#pack';
import { find } from '#station';
import type { PackCode, PartyId, StationId } from '#units';
import type { Custody } from './decide.ts';

export async function custodyOf(work: Work, code: PackCode): Promise<Custody> {
  const holder = (await whereAre(work, [code])).get(code);
  return { holder, party: holder && (await organisationOf(work, holder)), since: await keptSince(work, code) };
}

/** Undefined for a vehicle: whoever drives it answers by his contract. */
export async function organisationOf(work: Work, holder: Holder): Promise<PartyId | undefined> {
  const id = holder.slice(holder.indexOf(':') + 1);
  if (holder.startsWith('party:')) return id as PartyId;
  if (!holder.startsWith('station:')) return undefined;
  return (await find(work, [id as StationId])).get(id as StationId)?.operatorId;
}
