import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import { cursorWrong, type Door, demand, type Finding, type Live, Refused, serve, toPage, type Work } from '#kernel';
import type { Route } from '#kernel/api';
import type { Instant, PackCode, SlotNo } from '#units';
import { auditApi, closed, consoleApi, insightApi, liveApi } from './api.ts';
import { LiveFeed, type Screen } from './live.ts';
import { anomalies, swaps } from './store.ts';
import { NetworkView } from './view.ts';

interface AuditDone {
  readonly id: string;
  readonly at: Instant;
  readonly askedBy: string;
  readonly clean: boolean;
  readonly tookMs: number;
  readonly findings: readonly Finding[];
}

interface Place {
  readonly live: Live;
  /** Seconds of the network in one of the world. */
  readonly clockSpeed: number;
  readonly simulated: boolean;
  /** Whether anybody may look without a key. */
  readonly publicView: boolean;
  readonly log: FastifyBaseLogger;
  readonly audit: (work: Work, askedBy: string) => Promise<AuditDone>;
  readonly lastAudit: (work: Work) => Promise<AuditDone | undefined>;
}

/** @returns the function that ends all live connections */
export function insightRoutes(door: Door, place: Place): () => void {
  const { live, clockSpeed, simulated, publicView, log } = place;
  const view = new NetworkView();
  const { network, ...lists } = publicView ? insightApi : closed(insightApi);
  const admit = async (request: FastifyRequest, route: Route): Promise<void> => {
    if (route.may === 'anyone' && request.headers.authorization === undefined) return;
    demand(await door.identify(request), route.may);
  };
  door.http.get(network.path, async (request, reply) => {
    await admit(request, network);
    return reply.type('application/json').send(await view.text(door.doWork, { clockSpeed, simulated }));
  });
  serve(door, lists, {
    swaps: async (work, { query: { station, state, cursor, limit } }) => {
      const rows = await swaps(work, { station, state, before: asId(cursor), most: limit + 1 });
      return { ...toPage(rows.map(inShort), limit, (it) => it.id), at: work.at };
    },
    anomalies: async (work, { query: { station, limit }, caller }) => {
      const isOurs = caller.kind !== 'nobody';
      const rows = await anomalies(work, { station, strangers: isOurs, most: limit });
      return { items: rows.map(({ facts, ...it }) => (isOurs ? { ...it, facts } : it)), at: work.at };
    },
  });
  serve(door, consoleApi, { config: async ({ at }) => ({ at, clockSpeed, simulated, publicView }) });
  serve(door, auditApi, {
    latest: async (work) => reported((await place.lastAudit(work)) ?? neverAudited()),
    run: async (work, { caller }) => reported(await place.audit(work, caller.name)),
  });

  const feed = new LiveFeed({ doWork: door.doWork, live, view, clockSpeed, log });
  const { live: route } = publicView ? liveApi : closed(liveApi);
  door.http.get(route.path, async (request, reply) => {
    await admit(request, route);
    if (request.method === 'HEAD') return reply.headers(streamHeaders).send();
    stream(reply, feed);
  });
  return () => feed.close();
}

const streamHeaders = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
};

function stream(reply: FastifyReply, feed: LiveFeed): void {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, streamHeaders);
  const screen: Screen = {
    write: (text) => void raw.write(text),
    get waiting() {
      return raw.writableLength;
    },
    close: () => void raw.destroy(),
  };
  raw.on('close', feed.add(screen));
}

/** @throws Refused `cursor-wrong` */
function asId(cursor: string | undefined): string | undefined {
  if (cursor === undefined || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(cursor)) return cursor;
  throw cursorWrong();
}

type Row = Awaited<ReturnType<typeof swaps>>[number];

const inShort = ({ returned, given, problems, ...it }: Row) => ({
  ...it,
  returned: returned.map(packOf),
  given: given.map(packOf),
  problems: problems.map((problem) => problem.sentence),
});

const packOf = ({ code, soc, slotNo }: Row['given'][number]) => ({
  code: code as PackCode,
  soc,
  slotNo: slotNo as SlotNo,
});

const reported = (it: AuditDone) => ({
  ...it,
  findings: it.findings.map((finding) => ({ ...finding, violations: [...finding.violations] })),
});

function neverAudited(): never {
  throw new Refused('never-audited', 'Nobody has checked the books yet: POST /v1/audit', {}, 404);
}
