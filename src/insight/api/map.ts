// The contract of the map: all stations as columns, changes as tuples, and how it was. No personal data. Browser-safe.
import { z } from 'zod';
import { route } from '#kernel/api';
import { outOfUseWhys } from '#station/api';
import { wire } from '#units/api';

const count = z.int().min(0);

/** What changes of a station, in the order of a delta's tuple after the id. */
export const mapStates = [
  'online',
  'ready',
  'slots',
  'charging',
  'queue',
  'openSwap',
  'anomalies',
  'swapsLastHour',
  'swapsToday',
  'outOfUse',
] as const;

const states = {
  /** 1 while its connection stands. */
  online: z.array(z.union([z.literal(0), z.literal(1)])),
  /** Packs in slots with SoC >= 80 %, neither quarantined nor recalled (as `ready` of the network). */
  ready: z.array(count),
  slots: z.array(count),
  /** Slots in which energy flows: power > 0 W. */
  charging: z.array(count),
  /** Drivers who wait: swaps reserved, arrived, identified or authorised, without the one that is `openSwap`. */
  queue: z.array(count),
  /** The state of the swap under way that is furthest along; null when none has arrived. */
  openSwap: z.array(z.string().nullable()),
  /** Lines for the operator in the last 24 hours. */
  anomalies: z.array(count),
  /** Settled swaps that ended within the last hour, or changed last when they have not ended. */
  swapsLastHour: z.array(count),
  /** The same since midnight where the station stands. */
  swapsToday: z.array(count),
  /** Why it serves nobody; null while it does. */
  outOfUse: z.array(z.enum(outOfUseWhys).nullable()),
};

/** Column n of every array is one station. Small words stand once: `profile[n]` is an index of `profiles`. */
export const mapNow = z.object({
  at: wire.instant,
  clockSpeed: z.number(),
  /** Nothing here happened in the world. */
  simulated: z.boolean(),
  profiles: z.array(z.string()),
  operators: z.array(z.string()),
  /** Such as CN-GD-SZ. */
  regions: z.array(z.string()),
  id: z.array(wire.stationId),
  name: z.array(z.string()),
  /** Degrees, WGS-84. */
  lon: z.array(z.number()),
  lat: z.array(z.number()),
  profile: z.array(z.int()),
  operator: z.array(z.int()),
  /** -1 where none is known. */
  region: z.array(z.int()),
  ...states,
});

const delta = z.tuple([
  wire.stationId,
  z.union([z.literal(0), z.literal(1)]),
  count,
  count,
  count,
  count,
  z.string().nullable(),
  count,
  count,
  count,
  z.enum(outOfUseWhys).nullable(),
]);

/** Event `stations` of /v1/live, at most once a second: the new state of stations that changed, in the order of `mapStates`. An id that the page does not know: load the map anew. */
export const mapDelta = z.object({ at: wire.instant, rows: z.array(delta) });

/** The map as it was. Stations that came later are not in it. */
export const mapThen = z.object({
  /** When it was kept: the last snapshot at or before the instant that was asked for. */
  at: wire.instant,
  asked: wire.instant,
  id: z.array(wire.stationId),
  ...states,
});

export const mapApi = {
  now: route({
    method: 'GET',
    path: '/v1/map',
    summary: 'All stations for a map, as columns; changes come as the event `stations` of /v1/live',
    may: 'anyone',
    keptMs: 1000,
    reply: mapNow,
  }),
  history: route({
    method: 'GET',
    path: '/v1/map/history',
    summary: 'The map as it was at an instant of the last 48 hours',
    may: 'anyone',
    query: z.object({ at: wire.instant }),
    keptMs: 1000,
    reply: mapThen,
  }),
  times: route({
    method: 'GET',
    path: '/v1/map/history/times',
    summary: 'When the map was kept: every five minutes, for 48 hours; oldest first',
    may: 'anyone',
    reply: z.object({ at: wire.instant, everyMinutes: z.int(), keptHours: z.int(), times: z.array(wire.instant) }),
  }),
};
