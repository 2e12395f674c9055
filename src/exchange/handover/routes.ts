import { type Door, demand, Refused, readQuery, readSent, serve, type Work } from '#kernel';
import type { Reach } from '#kernel/api';
import { find } from '#pack';
import { knownParties } from '#party';
import type { Keeper } from '#record';
import type { PackCode, PartyId } from '#units';
import { certificateApi, handoverApi } from '../api/handover.ts';
import { certificateText, sealedEntry } from './certificate.ts';
import { type Heads, unknownPack } from './delivery.ts';
import { disputeDrafted, offerDrafted } from './draft.ts';
import { deliver } from './index.ts';
import { readHandover } from './statement.ts';
import { ofPack, type Row } from './store.ts';
import { handoversShown } from './told.ts';

interface Above {
  /** Those of these packs that a caller reaches. */
  readonly packsReached: (work: Work, reach: Reach, codes: readonly PackCode[]) => Promise<Set<PackCode>>;
  /** The log, once it is open. */
  readonly keeper: () => Keeper | undefined;
}

export function handoverRoutes(door: Door, { packsReached, keeper }: Above): void {
  const heads = (): Heads | undefined => {
    const log = keeper();
    return log && { newest: (code) => log.headOf(`pack:${code}`), holds: (head) => log.hadHead(head) };
  };
  const isReached = async (work: Work, code: PackCode, reach: Reach): Promise<boolean> => {
    if ((await find(work, [code])).length === 0) throw unknownPack(code);
    return reach.all || (await packsReached(work, reach, [code])).has(code);
  };
  /** Which hand-overs of a pack somebody may be told: all of his packs, and his own of those that went to others. */
  const seen = async (work: Work, code: PackCode, reach: Reach): Promise<(row: Row) => boolean> => {
    if (await isReached(work, code, reach)) return () => true;
    const rows = await ofPack(work, code);
    const ours = await knownParties(work, [...new Set(rows.flatMap((it) => [it.giver, it.receiver]))], reach);
    const isOurs = (row: Row) => ours.has(row.giver) || ours.has(row.receiver);
    if (!rows.some(isOurs)) throw unknownPack(code);
    return isOurs;
  };

  serve(door, handoverApi, {
    handovers: async (work, { params: { code }, reach }) =>
      await handoversShown(work, code, await seen(work, code, reach)),
    draftHandover: async (work, { params: { code }, body, reach }) => {
      const isTold = await seen(work, code, reach);
      if ('disputes' in body) {
        const row = (await ofPack(work, code)).find((it) => it.id === body.disputes);
        if (!row || !isTold(row)) throw unknownHandover(body.disputes);
        return await disputeDrafted(work, code, body);
      }
      if (!(await isReached(work, code, reach))) throw unknownPack(code);
      return await offerDrafted(work, code, body, heads());
    },
    deliverHandover: async (work, { params: { code }, body: { note }, reach }) => {
      const isSeen = await isReached(work, code, reach);
      if (!isSeen) await demandNamed(work, { code, note, reach });
      return await deliver(work, code, note, { isSeen, heads: heads() });
    },
  });

  // A receipt waits for witnesses: no work of one transaction.
  const { certificate } = certificateApi;
  door.http.get(certificate.path, async (request, reply) => {
    const caller = await door.identify(request);
    const reach = demand(caller, certificate.may);
    readQuery(certificate, request); // nothing is asked for there
    const { code, id } = readSent(certificate.params, request.params) as { code: PackCode; id: string };
    const log = keeper();
    const entry = await door.doWork(async (work) => {
      const isTold = await seen(work, code, reach);
      const row = (await ofPack(work, code)).find((it) => it.id === id);
      if (!row || !isTold(row)) throw unknownHandover(id);
      return await sealedEntry(work, row);
    });
    if (log === undefined) throw new Refused('log-closed', 'The log of this network is not open here', {}, 503);
    return reply
      .header('cache-control', 'no-store')
      .header('x-content-type-options', 'nosniff')
      .header('content-disposition', `attachment; filename="packloop-handover-${id.slice(0, 12)}.json"`)
      .type('application/json; charset=utf-8')
      .send(await certificateText(log, entry));
  });
}

const unknownHandover = (id: string) =>
  new Refused('handover-unknown', `There is no hand-over ${id} of this pack`, { id }, 404);

/** Who does not see the pack brings only what an organisation of his has a part in. @throws Refused `pack-unknown` */
async function demandNamed(
  work: Work,
  { code, note, reach }: { readonly code: PackCode; readonly note: string; readonly reach: Reach },
): Promise<void> {
  const { statement } = readHandover(note, code);
  const named: PartyId[] = statement.type === 'handover' ? [statement.from, statement.to] : [statement.by];
  if ((await knownParties(work, named, reach)).size === 0) throw unknownPack(code);
}
