// The contract of a station's twin: what it is now, what it said and was told. Browser-safe.
import { z } from 'zod';
import { listOf, pageQuery, route, searchText, yesOrNo } from '#kernel/api';
import { outOfUse } from '#station/api';
import { wire } from '#units/api';

const one = z.object({ stationId: wire.stationId });
const count = z.int().min(0);

/** In OCPP's words: SlotStatus of the slot's connector. */
export const lockState = z.enum(['open', 'locked', 'faulted']);

export const slotInFull = z.object({
  no: wire.slotNo,
  /** What its sensors say, and when they said so. */
  state: z.enum(['empty', 'occupied', 'unavailable', 'faulted']),
  stateAt: wire.instant.nullable(),
  /** What the swaps say. */
  packCode: wire.packCode.nullable(),
  modelId: z.string().nullable(),
  /** Percent, as the station reported them; null without a pack. */
  soc: wire.percent.nullable(),
  soh: wire.percent.nullable(),
  /** W into the pack. */
  powerW: wire.w,
  /** When SoC, SoH and power were measured. */
  measuredAt: wire.instant.nullable(),
  /** Degrees Celsius of the pack (BatteryCartridge.Temperature); null where the station does not report it. */
  temperatureC: z.number().nullable(),
  temperatureAt: wire.instant.nullable(),
  lock: lockState.nullable(),
  lockAt: wire.instant.nullable(),
  quarantined: z.boolean(),
  recalled: z.boolean(),
  /** The swap that this pack is set aside for. */
  promisedTo: wire.swapId.nullable(),
  /** What charges here: since when, and the Wh of its register so far (last reading less first). */
  charging: z
    .object({ transactionId: z.string(), since: wire.instant, energyWh: wire.wh, state: z.string().nullable() })
    .nullable(),
  updatedAt: wire.instant,
});

/** One step of a swap: when it was done, how long since the step before, and how long it takes by the profile. */
export const timedStep = z.object({
  step: z.string(),
  at: wire.instant.nullable(),
  /** Seconds since the step before that was done; null for the first, and for what was not done. */
  tookS: z.number().nullable(),
  /** Seconds the machine has by the station's profile (share of its swap time); null for what no machine does. */
  expectedS: z.number().nullable(),
  /** What the swap waits for now. */
  isNext: z.boolean(),
});

export const checkShown = z.object({
  check: z.string(),
  /** Null until it was measured. */
  value: z.number().nullable(),
  passed: z.boolean().nullable(),
  /** The limit, for people; null until it was judged. */
  demand: z.string().nullable(),
});

const packThere = z.object({ code: wire.packCode, slotNo: wire.slotNo, soc: wire.percent, soh: wire.percent });

export const runningSwap = z.object({
  id: wire.swapId,
  requestId: z.int().nullable(),
  state: z.string(),
  origin: z.string(),
  startedAt: wire.instant,
  updatedAt: wire.instant,
  expiresAt: wire.instant.nullable(),
  steps: z.array(timedStep),
  /** One sentence: what has to happen next, and who has to do it. */
  waitingFor: z.string(),
  checks: z.array(checkShown),
  promised: z.array(z.object({ code: wire.packCode, slotNo: wire.slotNo })),
  returned: z.array(packThere),
  given: z.array(packThere),
  problems: z.array(z.object({ code: z.string(), sentence: z.string(), at: wire.instant })),
});

export const inQueue = z.object({
  swapId: wire.swapId,
  state: z.string(),
  origin: z.string(),
  since: wire.instant,
  /** Until when it is waited for. */
  expiresAt: wire.instant.nullable(),
  packs: z.array(z.object({ code: wire.packCode, slotNo: wire.slotNo })),
});

export const stationTwin = z.object({
  at: wire.instant,
  simulated: z.boolean(),
  station: z.object({
    id: wire.stationId,
    name: z.string(),
    operatorId: wire.partyId,
    region: z.string().nullable(),
    place: wire.place,
    timeZone: z.string(),
    presetId: z.string(),
    profile: z.string(),
    bays: count,
    /** Net seconds of one swap by the preset. */
    swapSeconds: z.number(),
    powerLimitW: wire.w,
    swapOrder: z.string(),
    securityProfile: z.int(),
    vendor: z.string().nullable(),
    model: z.string().nullable(),
    firmware: z.string().nullable(),
    outOfUse,
    online: z.boolean(),
    lastSeenAt: wire.instant.nullable(),
    lastBootAt: wire.instant.nullable(),
    registeredAt: wire.instant,
  }),
  slots: z.array(slotInFull),
  /** Packs with SoC >= 80 % in occupied slots, neither quarantined nor recalled; none while the station is out of use. */
  ready: count,
  charging: count,
  /** Sum of the slots' power in W. */
  powerW: wire.w,
  running: runningSwap.nullable(),
  queue: z.array(inQueue),
  /** Since midnight where the station stands: settled swaps, their bills in fen, net Wh (given less returned, never below 0 a swap). */
  today: z.object({ swaps: count, swapsLastHour: count, revenueFen: wire.fen, energyWh: wire.wh, since: wire.instant }),
  anomalies24h: count,
});

export const message = z.object({
  /** Of one station: the newest have the highest. */
  id: z.string(),
  at: wire.instant,
  /** `in`: the station called us; `out`: we called the station. */
  direction: z.enum(['in', 'out']),
  action: z.string(),
  messageId: z.string(),
  /** `in`: the whole frame as it came; `out`: the payload we sent. */
  raw: z.string(),
  /** The payload of the answer as JSON; null when none came (`error` says why). */
  answer: z.string().nullable(),
  error: z.string().nullable(),
  /** Of what we asked: queued, sent, answered, failed, timed-out, expired; of what came in: answered, failed (refused). */
  state: z.string(),
});

export const stationShort = z.object({
  id: wire.stationId,
  name: z.string(),
  operatorId: wire.partyId,
  region: z.string().nullable(),
  presetId: z.string(),
  profile: z.string(),
  place: wire.place,
  outOfUse,
  online: z.boolean(),
  lastSeenAt: wire.instant.nullable(),
  slots: count,
  ready: count,
  charging: count,
  queue: count,
  openSwap: z.string().nullable(),
  anomalies24h: count,
  swapsLastHour: count,
  swapsToday: count,
});

const least = z.coerce.number().min(0).optional();
const part = z.string().min(1).max(100).optional();
/** One value, or several with commas between them. */
const several = z.string().max(2000).optional();

export const stationFilters = {
  search: searchText.optional(),
  /** Part of it. */
  name: part,
  id: part,
  operator: several,
  /** Empty: where none is known. */
  region: several,
  preset: several,
  profile: several,
  online: yesOrNo.optional(),
  /** `out-of-use`; else `offline`; else `stuck` or `swapping` with a swap under way; else `idle` with a pack ready, or `empty`. */
  state: several,
  slotsMin: least,
  slotsMax: least,
  readyMin: least,
  readyMax: least,
  chargingMin: least,
  chargingMax: least,
  queueMin: least,
  queueMax: least,
  swapsLastHourMin: least,
  swapsLastHourMax: least,
  swapsTodayMin: least,
  swapsTodayMax: least,
  anomaliesMin: least,
  anomaliesMax: least,
  /** At least one ready pack, or none. */
  hasReady: yesOrNo.optional(),
  /** Lines for the operator within 24 hours, or none. */
  hasAnomalies: yesOrNo.optional(),
};

export const stationReads = {
  table: route({
    method: 'GET',
    path: '/v1/map/stations',
    summary: 'Stations as they are now, one row each, in the order of their ids',
    may: 'station.see',
    query: pageQuery.extend(stationFilters),
    keptMs: 1000,
    reply: listOf(stationShort),
  }),
  now: route({
    method: 'GET',
    path: '/v1/stations/:stationId/now',
    summary: 'One station with its slots, the swap under way step by step, and who waits',
    may: 'station.see',
    params: one,
    keptMs: 1000,
    reply: stationTwin,
  }),
  messages: route({
    method: 'GET',
    path: '/v1/stations/:stationId/messages',
    summary: 'OCPP messages of a station, both ways, with their answers; newest first',
    may: 'station.operate',
    params: one,
    query: pageQuery.extend({
      action: z.string().max(50).optional(),
      direction: z.enum(['in', 'out']).optional(),
      from: wire.instant.optional(),
      to: wire.instant.optional(),
    }),
    reply: listOf(message),
  }),
  actions: route({
    method: 'GET',
    path: '/v1/stations/:stationId/messages/actions',
    summary: 'Which actions a station’s messages of the last 24 hours have, and how many of each',
    may: 'station.operate',
    params: one,
    reply: z.object({
      at: wire.instant,
      items: z.array(z.object({ action: z.string(), direction: z.enum(['in', 'out']), messages: count })),
    }),
  }),
};
