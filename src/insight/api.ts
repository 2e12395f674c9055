// What anybody may see of the network, as it is now. No personal data. Plain data, browser-safe.
import { z } from 'zod';
import { listOf, type Permission, pageQuery, type Route, route, searchText } from '#kernel/api';
import { outOfUse } from '#station/api';
import { wire } from '#units/api';
import { swapList } from './api/swaps.ts';

export * from './api/books.ts';
export * from './api/exports.ts';
export * from './api/fitting.ts';
export * from './api/map.ts';
export * from './api/packs.ts';
export * from './api/people.ts';
export * from './api/profit.ts';
export * from './api/reports.ts';
export * from './api/shares.ts';
export * from './api/stations.ts';
export * from './api/swaps.ts';

export const slotNow = z.object({
  no: wire.slotNo,
  state: z.enum(['empty', 'occupied', 'unavailable', 'faulted']),
  /** Null without a pack, and as SoH for whoever sees no more than anybody. */
  packCode: wire.packCode.nullable(),
  modelId: z.string().nullable(),
  soc: wire.percent.nullable(),
  soh: wire.percent.nullable(),
  powerW: wire.w,
  /** The pack in it is not handed out until somebody has looked at it. */
  quarantined: z.boolean(),
});

export const stationNow = z.object({
  id: wire.stationId,
  name: z.string(),
  place: wire.place,
  profile: z.enum(['chassis-robot', 'truck-side', 'truck-top', 'cabinet']),
  presetId: z.string(),
  outOfUse,
  online: z.boolean(),
  lastSeenAt: wire.instant.nullable(),
  slots: z.array(slotNow),
  /** Packs with a state of charge of at least 80 % that are not in quarantine. */
  ready: z.int(),
  /** Slots in which energy flows. */
  charging: z.int(),
  swapsToday: z.int(),
  openSwap: z.object({ id: wire.swapId, state: z.string(), startedAt: wire.instant }).nullable(),
  anomalies24h: z.int(),
});

export const totalsNow = z.object({
  stations: z.int(),
  online: z.int(),
  packsInStations: z.int(),
  packsOnRoad: z.int(),
  swapsToday: z.int(),
  swapsLastHour: z.int(),
  /** Net energy that drivers took with them today. */
  energyTodayWh: wire.wh.nullable(),
  /** Both null for whoever sees no more than anybody. */
  revenueTodayFen: wire.fen.nullable(),
  openSwaps: z.int(),
  chargingW: wire.w,
});

export const networkNow = z.object({
  at: wire.instant,
  /** Seconds of the network in a second of the world; 1 in earnest. */
  clockSpeed: z.number(),
  /** Nothing here happened in the world. */
  simulated: z.boolean(),
  stations: z.array(stationNow),
  totals: totalsNow,
});

export const anomaly = z.object({
  id: z.string(),
  stationId: z.string(),
  kind: z.string(),
  since: wire.instant,
  at: wire.instant,
  times: z.int(),
  sentence: z.string(),
  /** Only for callers with a key. */
  facts: z.record(z.string(), z.unknown()).optional(),
});

export const anomalyFilters = {
  station: wire.stationId.optional(),
  kind: z.string().max(64).optional(),
  /** Several, with commas between them; a station that is not ours is the empty one. */
  stations: z.string().max(4000).optional(),
  kinds: z.string().max(4000).optional(),
  /** Part of the sentence, the kind or the station's id. */
  search: searchText.optional(),
  /** Last happened at this instant or later, and before that one. */
  from: wire.instant.optional(),
  to: wire.instant.optional(),
};

const limit = (most: number, usual: number) => z.coerce.number().int().min(1).max(most).default(usual);

export const insightApi = {
  network: route({
    method: 'GET',
    path: '/v1/network',
    summary: 'The whole network now: stations, slots, packs, swaps under way, totals of the day',
    may: 'anyone',
    reply: networkNow,
  }),
  swaps: swapList,
  anomalies: route({
    method: 'GET',
    path: '/v1/anomalies',
    summary: 'What an operator should look at, the newest first; all filters must hold',
    may: 'anyone',
    query: pageQuery.extend({ ...anomalyFilters, limit: limit(1000, 50) }),
    reply: listOf(anomaly),
  }),
};

/**
 * Server-sent events: `swap` (as in the list of swaps), `station` (as in the network), `anomaly`, and `stations` (compact,
 * for the map: `mapDelta`). After a break: load anew. `?events=swap,stations` sends only these; all when absent.
 */
export const liveApi = {
  live: route({
    method: 'GET',
    path: '/v1/live',
    summary: 'Changes as they happen, as server-sent events: swap, station, anomaly, stations',
    may: 'anyone',
    query: z.object({ events: z.string().max(100).optional() }),
    reply: z.string(),
    streams: true,
  }),
};

/** What the console must know before anybody signs in. Public even when the view of the network is not. */
export const consoleApi = {
  config: route({
    method: 'GET',
    path: '/v1/console-config',
    summary: 'What a page needs to begin: the clock of the network, and whether anybody may look without signing in',
    may: 'anyone',
    reply: z.object({
      at: wire.instant,
      /** Seconds of the network in a second of the world; 1 in earnest. */
      clockSpeed: z.number(),
      simulated: z.boolean(),
      publicView: z.boolean(),
      /** The ground of the console's maps. */
      basemap: z.object({
        provider: z.enum(['bundled', 'tianditu', 'amap', 'style']),
        /** Of `style`: a style of MapLibre. */
        url: z.string().nullable(),
        /** Of `tianditu`: what browsers send to it. */
        key: z.string().nullable(),
        /** Of `style`; the others have theirs. */
        datum: z.enum(['wgs84', 'gcj02', 'bd09']),
        /** Under which this map may be shown in public (审图号); null when nobody gave one. */
        approvalNo: z.string().nullable(),
        /** Where the console is shown, as ISO 3166-1 alpha-2. */
        region: z.string(),
      }),
    }),
  }),
};

const finding = z.object({
  id: z.string(),
  sentence: z.string(),
  violations: z.array(z.record(z.string(), z.unknown())),
  tookMs: z.int(),
});
/** What a check says of the chain beside its findings. */
export const auditedChain = z.discriminatedUnion('state', [
  /** None is configured: nothing was asked, nothing passed. */
  z.object({ state: z.literal('none') }),
  /** Nobody can tell what stands there now. */
  z.object({ state: z.literal('unreachable'), reason: z.string(), sentence: z.string() }),
  /** It is not the chain that the contracts were put on. */
  z.object({ state: z.literal('other'), sentence: z.string() }),
  z.object({
    state: z.literal('seen'),
    chainId: z.int(),
    /** As of this block. */
    block: z.int(),
    anchors: z.int(),
    packs: z.int(),
    /** Packs that show the register as of an earlier act, the first twenty, and since when. */
    pending: z.array(z.object({ pack: z.string(), behind: z.int(), since: z.string() })).readonly(),
    pendingMany: z.int(),
    /** Packs that showed once what the register never said and are right again, the first twenty. */
    strayed: z.array(z.object({ pack: z.string(), changes: z.int() })).readonly(),
    strayedMany: z.int(),
  }),
]);

export const auditReport = z.object({
  id: z.string(),
  at: wire.instant,
  askedBy: z.string(),
  clean: z.boolean(),
  tookMs: z.int(),
  /** Every invariant, with what breaks it; at most 20 rows of each. */
  findings: z.array(finding),
  /** Null in checks of before chains were asked. */
  chain: auditedChain.nullable(),
});

export const auditApi = {
  latest: route({
    method: 'GET',
    path: '/v1/audit',
    summary: 'What the last check of all invariants found',
    may: 'audit.see',
    reply: auditReport,
  }),
  run: route({
    method: 'POST',
    path: '/v1/audit',
    summary: 'Check all invariants now',
    may: 'audit.run',
    reply: auditReport,
  }),
};

/** The same contract where the public sees nothing: what anybody might see takes a permission then. */
export const closed = <A extends Readonly<Record<string, Route>>>(api: A): A =>
  Object.fromEntries(
    Object.entries(api).map(([name, it]) => [name, it.may === 'anyone' ? { ...it, may: mayThen(it.path) } : it]),
  ) as unknown as A;

/** Whoever may look for a station need not know what happens at those of others. */
function mayThen(path: string): Permission {
  if (path.startsWith('/v1/swaps')) return 'swap.see';
  return path.startsWith('/v1/anomalies') ? 'station.see' : 'network.see';
}
