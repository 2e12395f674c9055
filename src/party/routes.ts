import { type Caller, type Door, Refused, serve, type Work } from '#kernel';
import { everything, nothing, type Reach } from '#kernel/api';
import {
  addParties,
  addTokens,
  addVehicles,
  callerOf,
  enrol,
  keys,
  knownDrivers,
  knownParties,
  knownTokens,
  knownVehicles,
  makeKey,
  parties,
  revokeKey,
  sameCase,
  setTokenStatus,
  topUp,
} from '#party';
import { Fen, type PartyId } from '#units';
import { partyApi } from './api.ts';
import { demandWithin } from './members.ts';
import type { Token, Vehicle } from './party.ts';

/** What is wrong with a vehicle; the rooms that know models and VINs stand above this one. */
export type JudgeVehicle = (vehicle: Vehicle) => { field: string; problem: string } | undefined;

interface Judges {
  readonly random: (size: number) => Uint8Array;
  readonly judgeVehicle: JudgeVehicle;
}

export const partyRoutes = (door: Door, { random, judgeVehicle }: Judges): void =>
  serve(door, partyApi, {
    parties: async (work, { caller }) => ({ items: await parties(work, sightOf(caller)), at: work.at }),
    addParties: async (work, { body, reach }) => {
      if (!reach.all) throw new Refused('platform-only', 'Only the platform registers organisations', {}, 403);
      const rows = [body].flat();
      await addParties(work, rows);
      return { received: rows.length };
    },
    addDrivers: async (work, { body, caller, reach }) => {
      const rows = await owned(work, [body].flat(), caller, reach);
      await enrol(work, rows);
      const ids = rows.map((it) => it.id);
      demandOurs('driver', ids, await knownDrivers(work, ids, reach));
      return { received: rows.length };
    },
    topUp: async (work, { params: { driverId }, body: { amount, payment }, caller, reach }) => {
      if (!(await knownDrivers(work, [driverId], reach)).has(driverId))
        throw new Refused('driver-unknown', `There is no driver ${driverId}`, { driverId }, 404);
      return await topUp(work, driverId, { amount: Fen(amount), number: payment }, caller.name);
    },
    addVehicles: async (work, { body, caller, reach }) => {
      const rows = await owned(work, [body].flat(), caller, reach);
      const issues = rows.flatMap((it, index) => {
        const wrong = judgeVehicle(it);
        return wrong ? [{ field: `${index}.${wrong.field}`, problem: wrong.problem }] : [];
      });
      if (issues.length > 0)
        throw new Refused('vehicle-wrong', `${issues[0]!.field}: ${issues[0]!.problem}`, { issues }, 400);
      await addVehicles(work, rows);
      const vins = rows.map((it) => it.vin);
      demandOurs('vehicle', vins, await knownVehicles(work, vins, reach));
      return { received: rows.length };
    },
    addTokens: async (work, { body, reach }) => {
      const rows = [body].flat();
      await demandKnown(work, rows, reach);
      await addTokens(work, rows);
      const idTokens = rows.map((it) => sameCase(it.idToken));
      demandOurs('token', idTokens, await knownTokens(work, idTokens, reach));
      return { received: rows.length };
    },
    setTokenStatus: async (work, { params, body, reach }) => {
      const { numAffectedRows } = await setTokenStatus(work, params.idToken, body.status, reach);
      if (numAffectedRows === 0n) throw new Refused('token-unknown', 'This token is not registered', {}, 404);
      return body;
    },
    makeKey: async (work, { body, caller, reach, note }) => {
      // A key is not confined, so nobody who is can make one.
      demandWithin({}, reach);
      const [wanted] = await owned(work, [body], caller, reach);
      const key = await makeKey(work, { ...wanted!, random: random(32) });
      const id = (await callerOf(work, `Bearer ${key}`)).name.replace('key:', '');
      const { name, scopes, partyId = null } = wanted!;
      note({ about: partyId, subject: { id, name, scopes } });
      return { id, key };
    },
    keys: async (work, { reach }) => ({ items: await keys(work, reach), at: work.at }),
    revokeKey: async (work, { params, reach, note }) => {
      note({ about: await revokeKey(work, params.id, reach) });
      return params;
    },
  });

/** Organisations are known to whoever sees what is not his own; to others their own. */
function sightOf({ grants, tenant }: Caller): Reach {
  const { 'network.see': _, ...others } = grants;
  if (Object.values(others).some((it) => it.all)) return everything;
  return tenant === undefined ? nothing : { all: false, tenants: [tenant] };
}

/**
 * The rows with whose they are: the caller's own unless they say whose.
 * @throws Refused `party-unknown` for an organisation that is not registered, or lies beyond reach
 */
async function owned<Row extends { readonly partyId?: PartyId | null | undefined }>(
  work: Work,
  rows: readonly Row[],
  { tenant }: Caller,
  reach: Reach,
): Promise<(Row & { partyId: PartyId | undefined })[]> {
  const own = reach.all ? undefined : tenant;
  const named = [...new Set(rows.flatMap((it) => it.partyId ?? []))];
  const known = await knownParties(work, named, reach);
  const stranger = named.find((it) => !known.has(it));
  if (stranger) throw new Refused('party-unknown', `There is no organisation ${stranger}`, { partyId: stranger }, 404);
  return rows.map((it) => ({ ...it, partyId: it.partyId ?? own }));
}

/** What was known before stays as it is: if it is somebody else's, this was not registered. */
function demandOurs(what: 'driver' | 'vehicle' | 'token', ids: readonly string[], ours: ReadonlySet<string>): void {
  const other = ids.find((it) => !ours.has(it));
  if (other !== undefined)
    throw new Refused(`${what}-known`, `This ${what} is registered with another organisation: ${other}`, { id: other });
}

/** @throws Refused `reference-unknown` that names the first driver or vehicle which nobody registered */
async function demandKnown(work: Work, tokens: readonly Token[], reach: Reach): Promise<void> {
  const drivers = await knownDrivers(work, [...new Set(tokens.map((it) => it.driverId))], reach);
  const vehicles = await knownVehicles(work, [...new Set(tokens.map((it) => it.vin))], reach);
  const issues = tokens.flatMap(({ driverId, vin }, index) => [
    ...(drivers.has(driverId) ? [] : [{ field: `${index}.driverId`, problem: `there is no driver "${driverId}"` }]),
    ...(vehicles.has(vin) ? [] : [{ field: `${index}.vin`, problem: `there is no vehicle "${vin}"` }]),
  ]);
  const [first] = issues;
  if (!first) return;
  const facts = { issues: issues.slice(0, 100) };
  throw new Refused('reference-unknown', `${first.field}: ${first.problem}: register it first`, facts, 422);
}
