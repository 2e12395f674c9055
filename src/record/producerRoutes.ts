import { type Door, demand, readSent, serve } from '#kernel';
import { utf8 } from '#record/verify';
import { batchApi, producerApi } from './api/producers.ts';
import type { Keeper } from './store/keeper.ts';
import { admitKey, producerKeys, revokeKey } from './store/producers.ts';

/** @param open the log @throws Refused `log-closed` */
export function producerRoutes(door: Door, open: () => Keeper): void {
  serve(door, producerApi, {
    producers: async (work) => ({ items: await producerKeys(work) }),
    admitProducer: async (work, { body: { vkey }, caller }) => {
      await admitKey(work, open().house.origin, vkey, caller.name);
      return { items: await producerKeys(work) };
    },
    revokeProducer: async (work, { body, caller }) => {
      await revokeKey(work, { ...body, by: caller.name });
      return { items: await producerKeys(work) };
    },
  });

  // Who brings a batch is of no account: it is sealed, and comes once.
  door.http.post(batchApi.takeBatch.path, async (request, reply) => {
    demand(await door.identify(request), batchApi.takeBatch.may);
    const { entries } = readSent(batchApi.takeBatch.body, request.body) as { entries: string[] };
    const nowMs = await door.doWork(async ({ at }) => at.epochMilliseconds);
    return reply.code(201).send(await open().writer.takeBatch({ entries: entries.map(utf8), nowMs }));
  });
}
