import { type Door, Refused, serve } from '#kernel';
import { addParties, addTokens, addVehicles, callerOf, enrol, keys, makeKey, revokeKey, setTokenStatus } from '#party';
import { partyApi } from './api.ts';
import type { Vehicle } from './party.ts';

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
      await addTokens(work, rows).catch(refuseStrangers);
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
    keys: async (work) => ({ items: await keys(work) }),
    revokeKey: async (work, { params }) => {
      await revokeKey(work, params.id);
      return params;
    },
  });

/** PostgreSQL holds every token to a driver and a vehicle that exist; its detail says which one does not. */
function refuseStrangers(error: unknown): never {
  const { code, detail } = error as { code?: string; detail?: string };
  if (code !== '23503') throw error;
  throw new Refused('reference-unknown', `Register the driver and the vehicle first: ${detail}`, {}, 422);
}
