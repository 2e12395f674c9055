import { type Door, Refused, serve, type Work } from '#kernel';
import {
  addParties,
  addTokens,
  addVehicles,
  callerOf,
  enrol,
  keys,
  knownDrivers,
  knownVehicles,
  makeKey,
  revokeKey,
  setTokenStatus,
  topUp,
} from '#party';
import { Fen } from '#units';
import { partyApi } from './api.ts';
import type { Token, Vehicle } from './party.ts';

/** What is wrong with a vehicle; the rooms that know models and VINs stand above this one. */
export type JudgeVehicle = (vehicle: Vehicle) => { field: string; problem: string } | undefined;

interface Judges {
  readonly random: (size: number) => Uint8Array;
  readonly judgeVehicle: JudgeVehicle;
}

export const partyRoutes = (door: Door, { random, judgeVehicle }: Judges): void =>
  serve(door, partyApi, {
    addParties: async (work, { body }) => {
      const rows = [body].flat();
      await addParties(work, rows);
      return { received: rows.length };
    },
    addDrivers: async (work, { body }) => {
      const rows = [body].flat();
      await enrol(work, rows);
      return { received: rows.length };
    },
    topUp: async (work, { params: { driverId }, body: { amount, payment }, caller }) =>
      await topUp(work, driverId, { amount: Fen(amount), number: payment }, caller.name),
    addVehicles: async (work, { body }) => {
      const rows = [body].flat();
      const issues = rows.flatMap((it, index) => {
        const wrong = judgeVehicle(it);
        return wrong ? [{ field: `${index}.${wrong.field}`, problem: wrong.problem }] : [];
      });
      if (issues.length > 0)
        throw new Refused('vehicle-wrong', `${issues[0]!.field}: ${issues[0]!.problem}`, { issues }, 400);
      await addVehicles(work, rows);
      return { received: rows.length };
    },
    addTokens: async (work, { body }) => {
      const rows = [body].flat();
      await demandKnown(work, rows);
      await addTokens(work, rows);
      return { received: rows.length };
    },
    setTokenStatus: async (work, { params, body }) => {
      const { numAffectedRows } = await setTokenStatus(work, params.idToken, body.status);
      if (numAffectedRows === 0n) throw new Refused('token-unknown', 'This token is not registered', {}, 404);
      return body;
    },
    makeKey: async (work, { body }) => {
      const key = await makeKey(work, { ...body, random: random(32) });
      const { name } = await callerOf(work, `Bearer ${key}`);
      return { id: name.replace('key:', ''), key };
    },
    keys: async (work, { reach }) => ({ items: await keys(work, reach) }),
    revokeKey: async (work, { params, reach }) => {
      await revokeKey(work, params.id, reach);
      return params;
    },
  });

/** @throws Refused `reference-unknown` that names the first driver or vehicle which nobody registered */
async function demandKnown(work: Work, tokens: readonly Token[]): Promise<void> {
  const drivers = await knownDrivers(work, [...new Set(tokens.map((it) => it.driverId))]);
  const vehicles = await knownVehicles(work, [...new Set(tokens.map((it) => it.vin))]);
  const issues = tokens.flatMap(({ driverId, vin }, index) => [
    ...(drivers.has(driverId) ? [] : [{ field: `${index}.driverId`, problem: `there is no driver "${driverId}"` }]),
    ...(vehicles.has(vin) ? [] : [{ field: `${index}.vin`, problem: `there is no vehicle "${vin}"` }]),
  ]);
  const [first] = issues;
  if (!first) return;
  const facts = { issues: issues.slice(0, 100) };
  throw new Refused('reference-unknown', `${first.field}: ${first.problem}: register it first`, facts, 422);
}
