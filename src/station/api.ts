// The contract of stations. Plain data, browser-safe.
import { z } from 'zod';
import { listOf, pageOf, pageQuery, route } from '#kernel/api';
import { wire } from '#units/api';
import { commandActions } from './command.ts';

const { name } = wire;
/** Such as CN-GD-SZ; people can be confined to regions. */
const region = z.string().regex(/^[\x21-\x7e]{1,32}$/);

export const newStation = z.strictObject({
  id: wire.stationId,
  name,
  operatorId: wire.partyId,
  presetId: z.string().min(1).max(64),
  place: wire.place.strict(),
  region: region.nullish(),
  timeZone: z.string().max(64).default('Asia/Shanghai'),
  swapOrder: z.enum(['In-Out', 'Out-In']).default('In-Out'),
  /** OCPP: 1 password, 2 password over TLS, 3 client certificate over TLS. */
  securityProfile: z.union([z.literal(1), z.literal(2), z.literal(3)]).default(2),
});

/** Why a station serves nobody: shut for an alarm, shut by an order, or by its own report. */
export const outOfUseWhys = ['alarm', 'ordered', 'unavailable', 'faulted'] as const;
/** Null while it serves drivers. */
export const outOfUse = z.object({ why: z.enum(outOfUseWhys), since: wire.instant }).nullable();

export const slot = z.object({
  slotNo: wire.slotNo,
  state: z.enum(['empty', 'occupied', 'unavailable', 'faulted']),
  packCode: wire.packCode.nullable(),
  soc: wire.percent.nullable(),
  soh: wire.percent.nullable(),
  powerW: wire.w,
  transactionId: z.string().nullable(),
  updatedAt: wire.instant,
});

export const station = z.object({
  ...newStation.shape,
  region: z.string().nullable(),
  timeZone: z.string(),
  swapOrder: z.enum(['In-Out', 'Out-In']),
  securityProfile: z.int(),
  registeredAt: wire.instant,
  vendor: z.string().nullable(),
  model: z.string().nullable(),
  firmware: z.string().nullable(),
  lastBootAt: wire.instant.nullable(),
  outOfUse,
  online: z.boolean(),
  lastSeenAt: wire.instant.nullable(),
});

export const command = z.object({
  id: z.string(),
  stationId: wire.stationId,
  action: z.enum(commandActions),
  payload: z.record(z.string(), z.unknown()),
  askedBy: z.string(),
  /** The name of the key or person, as in the trail; null for the platform itself and for whoever is known no more. */
  askedByName: z.string().nullable(),
  state: z.enum(['queued', 'sent', 'answered', 'failed', 'timed-out', 'expired']),
  tries: z.int(),
  askedAt: wire.instant,
  sentAt: wire.instant.nullable(),
  answeredAt: wire.instant.nullable(),
  answer: z.record(z.string(), z.unknown()).nullable(),
  error: z.string().nullable(),
});

const one = z.object({ stationId: wire.stationId });
/** Null for profile 3, which has no password. */
const credential = z.object({ id: wire.stationId, password: z.string().nullable() });

export const stationApi = {
  register: route({
    method: 'POST',
    path: '/v1/stations',
    summary: 'Register stations with the slots of their presets; each password is shown this once',
    may: 'station.register',
    body: z.union([newStation, z.array(newStation).min(1).max(5000)]),
    reply: z.object({ items: z.array(credential) }),
    secret: true,
  }),
  list: route({
    method: 'GET',
    path: '/v1/stations',
    summary: 'All stations, in the order of their ids',
    may: 'station.see',
    query: pageQuery,
    reply: listOf(station),
    keptMs: 1000,
  }),
  show: route({
    method: 'GET',
    path: '/v1/stations/:stationId',
    summary: 'One station with its slots',
    may: 'station.see',
    params: one,
    reply: station.extend({ slots: z.array(slot) }),
  }),
  change: route({
    method: 'POST',
    path: '/v1/stations/:stationId',
    summary: 'Give a station another name, or put it into another region; null takes it out of its region',
    may: 'station.register',
    params: one,
    body: z.strictObject({ name: name.optional(), region: region.nullish() }),
    reply: station,
  }),
  takeStock: route({
    method: 'POST',
    path: '/v1/stations/:stationId/stock',
    summary: 'Say which packs stand in which slots, as when a station is stocked by hand; swaps say it by themselves',
    may: 'station.operate',
    params: one,
    body: z.strictObject({
      slots: z
        .array(z.strictObject({ slotNo: wire.slotNo, packCode: wire.packCode.nullable() }))
        .min(1)
        .max(1000),
    }),
    reply: z.object({ slots: z.array(slot) }),
  }),
  renewPassword: route({
    method: 'POST',
    path: '/v1/stations/:stationId/password',
    summary: 'Give a station a new password; the old one is void at once',
    may: 'station.secret',
    params: one,
    reply: credential,
    secret: true,
  }),
  command: route({
    method: 'POST',
    path: '/v1/stations/:stationId/commands',
    summary: 'Ask something of a station: queued, sent when it is connected, kept with its answer',
    may: 'station.operate',
    params: one,
    body: z.strictObject({
      action: z.enum(commandActions),
      /** The OCPP 2.1 request, checked against its schema. */
      payload: z.record(z.string(), z.unknown()),
      /** Not sent after so many seconds. */
      withinS: z.int().min(1).max(86_400).optional(),
    }),
    reply: command,
  }),
  commands: route({
    method: 'GET',
    path: '/v1/stations/:stationId/commands',
    summary: 'What was asked of a station, by whom, and what it answered; newest first',
    may: 'station.see',
    params: one,
    query: pageQuery,
    reply: pageOf(command),
  }),
};
