import { type Door, Refused, serve, type Work } from '#kernel';
import type { Reach } from '#kernel/api';
import { knownParties } from '#party';
import { readKey } from '#record/verify';
import type { PackCode } from '#units';
import { titleApi } from '../api/title.ts';
import type { PacksReached } from '../routes.ts';
import { find } from '../store.ts';
import { act, type DemandReceiver, titleShown } from './index.ts';
import { addKey, endKey, type Key } from './store.ts';

export const titleRoutes = (door: Door, packsReached: PacksReached, demandReceiver: DemandReceiver): void =>
  serve(door, titleApi, {
    title: async (work, { params: { code }, reach }) => {
      await demandReached(work, packsReached, { code, reach });
      return await titleShown(work, code);
    },
    actOnTitle: async (work, { params: { code }, body: { note }, reach }) => {
      await demandReached(work, packsReached, { code, reach });
      return await act(work, code, note, demandReceiver);
    },
    addTitleKey: async (work, { body, reach }) => {
      await demandParty(work, body, reach);
      const read = await readKey(body.key).catch((error: Error) => {
        throw new Refused('title-key-wrong', error.message, {}, 422);
      });
      if (read.kind !== 'note') throw new Refused('title-key-wrong', 'This is the key of a witness', {}, 422);
      if (!(await addKey(work, body))) throw new Refused('title-key-known', 'This key speaks for somebody, or did');
      return body;
    },
    endTitleKey: async (work, { body, reach }) => {
      await demandParty(work, body, reach);
      if (!(await endKey(work, body)))
        throw new Refused('title-key-unknown', `${body.party} signs with no such key`, { partyId: body.party }, 404);
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
