import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Door, demand, Refused, readQuery, readSent, seqCursor, serve, toPage, type Work } from '#kernel';
import type { Reach } from '#kernel/api';
import { bodyFor, classesOf, history, type Keeper, payload, type Subject } from '#record';
import { type ChainStanding, proofApi, recordApi } from './api.ts';
import { producerRoutes } from './producerRoutes.ts';
import { serveLog } from './store/serve.ts';

/** Whether a caller reaches what an entry is about: the rooms that know whose it is stand above this one. */
type SubjectReached = (work: Work, reach: Reach, subject: string) => Promise<boolean>;

interface Place {
  readonly reached: SubjectReached;
  /** The log, once it is open. */
  readonly keeper: () => Keeper | undefined;
  /** How the chain stands, where there is one. */
  readonly chain: () => ChainStanding | undefined;
  /** Whether anybody may read what the log publishes. */
  readonly isPublic: boolean;
}

export function recordRoutes(door: Door, { reached, keeper, chain, isPublic }: Place): void {
  const open = (): Keeper => {
    const it = keeper();
    if (it === undefined) throw new Refused('log-closed', 'The log of this network is not open here', {}, 503);
    return it;
  };

  serve(door, recordApi, {
    chain: async () => ({ chain: chain() ?? null }),
    history: async (work, { params, query: { cursor, limit }, reach, caller }) => {
      if (!(await reached(work, reach, params.subject))) return { items: [] };
      const after = seqCursor(cursor);
      const rows = await history(work, params.subject as Subject, { after, most: limit + 1 });
      const classes = classesOf(caller);
      return toPage(
        rows.map((it) => ({ ...it, body: bodyFor(classes, it) })),
        limit,
        (it) => String(it.seq),
      );
    },
    payloads: async (work, { params: { subject }, query: { cursor, limit }, reach, caller }) => {
      const { secret } = open().house;
      if (!(await reached(work, reach, subject))) return { items: [] };
      const rows = await history(work, subject as Subject, { after: seqCursor(cursor), most: limit + 1 });
      const page = toPage(rows, limit, (it) => String(it.seq));
      const items = page.items.flatMap((it) =>
        classesOf(caller).flatMap((to) => payload(secret, it as never, to) ?? []),
      );
      return { ...page, items };
    },
    keys: async (work, { params: { subject }, reach, caller }) => {
      const { secret } = open().house;
      const classes = (await reached(work, reach, subject)) ? classesOf(caller) : [];
      return { items: classes.map((to) => ({ to, key: secret.classKey(subject, to).toBase64() })) };
    },
  });

  /** Who asks about what, when he reaches it. */
  const asked = async (request: FastifyRequest, route: (typeof proofApi)[keyof typeof proofApi]) => {
    const caller = await door.identify(request);
    const reach = demand(caller, route.may);
    readQuery(route, request); // nothing is asked for there
    const params = readSent(route.params, request.params) as { subject: string; seq: number };
    if (!(await door.doWork((work) => reached(work, reach, params.subject))))
      throw new Refused('record-unknown', `The log has nothing about ${params.subject}`, {}, 404);
    return { ...params, caller };
  };
  door.http.get(proofApi.receipt.path, async (request, reply) => {
    const { subject, seq, caller } = await asked(request, proofApi.receipt);
    const receipt = await open().receipt(subject, seq, classesOf(caller));
    return privately(reply)
      .type('text/plain; charset=utf-8')
      .header('content-disposition', `attachment; filename="packloop-receipt-${seq}.txt"`)
      .send(receipt);
  });
  door.http.get(proofApi.proof.path, async (request, reply) => {
    const { subject } = await asked(request, proofApi.proof);
    return privately(reply).send(await open().history(subject));
  });

  producerRoutes(door, open);
  serveLog(door, { open, isPublic });
}

const privately = (reply: FastifyReply) =>
  reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
