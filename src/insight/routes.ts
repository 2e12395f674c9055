import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import {
  type Caller,
  type Door,
  demand,
  isSimulated,
  type Live,
  readQuery,
  sendAnswer,
  serve,
  type Work,
  watchOver,
  written,
} from '#kernel';
import type { Route } from '#kernel/api';
import { auditApi, closed, consoleApi, insightApi, liveApi } from './api.ts';
import { BoardView } from './board.ts';
import { answer } from './listing.ts';
import { type LiveEvent, LiveFeed, liveEvents, type Screen, type Sight, sightOf } from './live.ts';
import { readRoutes } from './readRoutes.ts';
import { anomalyListing } from './reads/anomalies.ts';
import { type AuditDone, type LastAudit, theLastAudit } from './reads/audits.ts';
import { demandNoPack, demandNoPerson, swapListing } from './reads/swaps.ts';
import { stationView, swapInPublic, viewOf } from './sight.ts';
import { keepMap } from './snapshots.ts';
import { NetworkView } from './view.ts';

interface Place {
  readonly live: Live;
  /** Seconds of the network in one of the world. */
  readonly clockSpeed: number;
  readonly simulated: boolean;
  /** Whether anybody may look without a key. */
  readonly publicView: boolean;
  readonly basemap: z.output<(typeof consoleApi)['config']['reply']>['basemap'];
  readonly log: FastifyBaseLogger;
  readonly audit: (work: Work, askedBy: string) => Promise<AuditDone>;
  readonly lastAudit: LastAudit;
}

export interface Insight {
  /** Ends all live connections. */
  end(): void;
  /** A sweep: keeps the map as it is now, once in five minutes. */
  keepMap(work: Work): Promise<void>;
}

export function insightRoutes(door: Door, place: Place): Insight {
  const { live, clockSpeed, simulated, publicView, basemap, log, lastAudit } = place;
  const view = new NetworkView();
  const { network, ...lists } = publicView ? insightApi : closed(insightApi);
  const board = new BoardView(clockSpeed);
  live.listen(({ type, facts }) => {
    if (type === written.name && facts.some((it) => isAboutStations((it as { path: string }).path))) board.readAnew();
  });
  const admit = async (request: FastifyRequest, { may }: Route): Promise<Caller> => {
    const caller = await door.identify(request);
    demand(caller, may);
    return caller;
  };
  door.http.get(network.path, async (request, reply) => {
    const seen = stationView(await admit(request, network), publicView);
    readQuery(network, request);
    return sendAnswer(request, reply, await view.answer(door.doWork, { clockSpeed, simulated }, seen));
  });
  serve(door, lists, {
    swaps: async (work, { query, caller }) => {
      const { reach, inFull } = viewOf(caller, 'swap.see', publicView);
      demandNoPerson(query, caller.grants['person.see'] !== undefined);
      demandNoPack(query, inFull);
      const page = await answer(swapListing)(work, { query, reach });
      return inFull ? page : { ...page, items: page.items.map(swapInPublic) };
    },
    anomalies: async (work, { query, caller }) => {
      const { reach } = viewOf(caller, 'station.see', publicView);
      const sees = caller.grants['station.see'];
      const { items, ...page } = await answer(anomalyListing)(work, { query: { ...query, sees }, reach });
      return { ...page, items: items.map(({ facts, ...it }) => (facts ? { ...it, facts } : it)) };
    },
  });
  readRoutes(door, { board, clockSpeed, isDemo: simulated, isSimulated, publicView, lastAudit });
  serve(door, consoleApi, { config: async ({ at }) => ({ at, clockSpeed, simulated, publicView, basemap }) });
  serve(door, auditApi, {
    latest: async (work) => reported(await theLastAudit(work, lastAudit)),
    run: async (work, { caller }) => reported(await place.audit(work, caller.name)),
  });

  const feed = new LiveFeed({ doWork: door.doWork, live, view, board, clockSpeed, log });
  const { live: route } = publicView ? liveApi : closed(liveApi);
  door.http.get(route.path, async (request, reply) => {
    const caller = await admit(request, route);
    const events = eventsAsked(readQuery(route, request) as { events?: string });
    if (request.method === 'HEAD') return reply.headers(streamHeaders).send();
    const end = stream(reply, feed, sightOf(caller, events, publicView));
    // A key that is revoked, or a session that ends, ends what it opened.
    const stopWatching = watchOver(door, request, route.may, end);
    reply.raw.on('close', stopWatching);
  });
  return { end: () => feed.close(), keepMap: (work) => keepMap(work, board) };
}

/** Registering, and what shuts a pack away, changes lines of the board that no look at slots finds. */
const isAboutStations = (path: string): boolean => /^\/v1\/(stations|packs)(\/:code\/\w+.*)?$/.test(path);

/** `events=swap,stations`: those; all when nothing is asked. */
function eventsAsked({ events }: { readonly events?: string }): readonly LiveEvent[] {
  if (events === undefined) return liveEvents;
  const asked = new Set(events.split(','));
  return liveEvents.filter((it) => asked.has(it));
}

const streamHeaders = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
};

/** @returns the function that ends it */
function stream(reply: FastifyReply, feed: LiveFeed, sight: Sight): () => void {
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
  raw.on('close', feed.add(screen, sight));
  return () => screen.close();
}

const reported = (it: AuditDone) => ({
  ...it,
  findings: it.findings.map((finding) => ({ ...finding, violations: [...finding.violations] })),
});
