import { type Door, Refused, serve, type Work } from '#kernel';
import type { Reach } from '#kernel/api';
import { knownParties } from '#party';
import type { PackCode } from '#units';
import { titleApi } from '../api/title.ts';
import type { PacksReached } from '../routes.ts';
import { find } from '../store.ts';
import { drafted } from './draft.ts';
import { act, type DemandReceiver, titleShown } from './index.ts';
import { registerKey, retireKey } from './keys.ts';
import { signedActs } from './signedActs.ts';
import type { Key } from './store.ts';

export const titleRoutes = (door: Door, packsReached: PacksReached, demandReceiver: DemandReceiver): void =>
  serve(door, titleApi, {
    title: async (work, { params: { code }, reach }) => {
      await demandReached(work, packsReached, { code, reach });
      return await titleShown(work, code);
    },
    titleActs: async (work, { params: { code }, reach }) => {
      await demandReached(work, packsReached, { code, reach });
      return { code, acts: await signedActs(work, code) };
    },
    draftTitle: async (work, { params: { code }, body, reach }) => {
      await demandReached(work, packsReached, { code, reach });
      return await drafted(work, code, body, demandReceiver);
    },
    actOnTitle: async (work, { params: { code }, body: { note }, reach }) => {
      await demandReached(work, packsReached, { code, reach });
      return await act(work, code, note, demandReceiver);
    },
    addTitleKey: async (work, { body, reach, caller }) => {
      await demandParty(work, body, reach);
      await registerKey(work, body, caller);
      return body;
    },
    endTitleKey: async (work, { body, reach, caller }) => {
      await demandParty(work, body, reach);
      await retireKey(work, body, caller);
      return body;
    },
  });

/** What lies beyond reach is not there. */
async function demandReached(
  work: Work,
  packsReached: PacksReached,
  { code, reach }: { readonly code: PackCode; readonly reach: Reach },
): Promise<void> {
  const isThere = (await find(work, [code])).length > 0;
  if (!isThere || !(reach.all || (await packsReached(work, reach, [code])).has(code)))
    throw new Refused('pack-unknown', `There is no pack ${code}`, { code }, 404);
}

async function demandParty(work: Work, { party }: Key, reach: Reach): Promise<void> {
  if (!(await knownParties(work, [party], reach)).has(party))
    throw new Refused('party-unknown', `There is no organisation ${party}`, { partyId: party }, 404);
}
