// The contract of reports, licences and missing packs. Plain data, browser-safe.
import { z } from 'zod';
import { route } from '#kernel/api';
import { wire } from '#units/api';
import { licenceScopes, missingWhys, reportKinds, reportStates, stages } from './words.ts';

export { certificateApi, handoverApi, handoverStatement } from './api/handover.ts';
export * from './words.ts';

const one = z.object({ code: wire.packCode });
const id = z.object({ id: z.uuid() });
const why = z.string().trim().min(3).max(500);

export const report = z.object({
  id: z.string(),
  platform: z.string(),
  kind: z.enum(reportKinds),
  /** `pack:<code>` or `station:<id>`. */
  subject: z.string(),
  stationId: wire.stationId.nullable(),
  happenedAt: wire.instant,
  madeAt: wire.instant,
  dueAt: wire.instant,
  state: z.enum(reportStates),
  /** It is not received, and its time is over; or it was received too late. */
  late: z.boolean(),
  revision: z.int(),
  tries: z.int(),
  lastError: z.string().nullable(),
  receivedAt: wire.instant.nullable(),
  field: z.string().nullable(),
  reason: z.string().nullable(),
});

export const licence = z.object({
  id: z.string(),
  partyId: wire.partyId,
  scope: z.enum(licenceScopes),
  number: z.string(),
  issuedBy: z.string(),
  fromAt: wire.instant,
  untilAt: wire.instant,
  valid: z.boolean(),
  revokedWhy: z.string().nullable(),
});

export const missingPack = z.object({
  id: z.string(),
  packCode: wire.packCode,
  why: z.enum(missingWhys),
  holder: z.string().nullable(),
  place: z.string().nullable(),
  lastSeenAt: wire.instant.nullable(),
  since: wire.instant,
  lostAt: wire.instant.nullable(),
  seenAt: wire.instant.nullable(),
  seenPlace: z.string().nullable(),
});

const limit = z.union([z.object({ workingDays: z.int() }), z.object({ hours: z.int() })]);
const wanted = z.object({ kind: z.enum(reportKinds), fields: z.array(z.string()), within: limit, source: z.string() });

export const exchangeApi = {
  profiles: route({
    method: 'GET',
    path: '/v1/regulator/profiles',
    summary: 'What each public platform wants to know: facts, fields, time limits, each with its source or "assumed"',
    may: 'signed-in',
    reply: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          name: z.object({ en: z.string(), zh: z.string() }),
          /** Null: every region. */
          regions: z.array(z.string()).nullable(),
          wants: z.array(wanted),
          sohEveryHours: z.int().nullable(),
          source: z.string(),
        }),
      ),
    }),
  }),
  platforms: route({
    method: 'GET',
    path: '/v1/regulator/platforms',
    summary: 'The platforms that this network reports to, how they answer, and the key by which our reports are known',
    may: 'record.see',
    reply: z.object({
      /** Null while the log of this network is not open here. */
      signedBy: z.string().nullable(),
      items: z.array(
        z.object({
          id: z.string(),
          /** Null: no longer in REGULATOR_FILE; its reports wait. */
          url: z.string().nullable(),
          connectedAt: wire.instant,
          failures: z.int(),
          nextTryAt: wire.instant,
          lastError: z.string().nullable(),
          lastAnswerAt: wire.instant.nullable(),
          waiting: z.int(),
          late: z.int(),
          rejected: z.int(),
          received: z.int(),
        }),
      ),
    }),
  }),
  report: route({
    method: 'GET',
    path: '/v1/regulator/reports/:id',
    summary: 'One report: what was sent, its receipt as the platform signed it, and what it said before',
    may: 'record.see',
    params: id,
    reply: report.extend({
      fields: z.record(z.string(), z.unknown()),
      message: z.string(),
      receipt: z.string().nullable(),
      decidedBy: z.string().nullable(),
      decidedWhy: z.string().nullable(),
      revisions: z.array(
        z.object({
          revision: z.int(),
          message: z.string(),
          field: z.string().nullable(),
          reason: z.string(),
          by: z.string(),
          why: z.string(),
          at: wire.instant,
        }),
      ),
    }),
  }),
  correct: route({
    method: 'POST',
    path: '/v1/regulator/reports/:id/correct',
    summary:
      'Say a rejected report anew: the fields given replace what was sent, null takes one away; sent again under its id',
    may: 'station.register',
    params: id,
    body: z.strictObject({ fields: z.record(z.string().max(64), z.unknown()), why }),
    reply: z.object({ id: z.string(), state: z.enum(reportStates) }),
  }),
  withdraw: route({
    method: 'POST',
    path: '/v1/regulator/reports/:id/withdraw',
    summary: 'Send a rejected report no more, with the reason',
    may: 'station.register',
    params: id,
    body: z.strictObject({ why }),
    reply: z.object({ id: z.string(), state: z.enum(reportStates) }),
  }),
  lifecycle: route({
    method: 'GET',
    path: '/v1/packs/:code/lifecycle',
    summary:
      'The life of a pack from production on as its record tells it, who vouches for each step, and what is missing in it',
    may: 'pack.see',
    params: one,
    reply: z.object({
      code: wire.packCode,
      /** The code before its second use, and the one it goes on under. */
      original: wire.packCode.nullable(),
      successor: wire.packCode.nullable(),
      stage: z.enum(stages),
      events: z.array(
        z.object({
          seq: z.int(),
          at: wire.instant,
          type: z.string(),
          stage: z.enum(stages).nullable(),
          report: z.enum(reportKinds).nullable(),
          /** Who vouches for it, as far as the entry says so and the reader may know it. */
          by: z.array(z.string()),
        }),
      ),
      gaps: z.array(z.object({ seq: z.int().nullable(), rule: z.string(), sentence: z.string() })),
      /** How many events the log's own map of heads counts; null where the log is not open or has not placed all yet. */
      counted: z.int().nullable(),
    }),
  }),
  addLicence: route({
    method: 'POST',
    path: '/v1/licences',
    summary: 'Register what an organisation is licensed to do with packs; for the authority and the platform',
    may: 'member.manage',
    body: z.strictObject({
      partyId: wire.partyId,
      scope: z.enum(licenceScopes),
      number: z.string().trim().min(1).max(100),
      issuedBy: z.string().trim().min(1).max(200),
      fromAt: wire.instant,
      untilAt: wire.instant,
    }),
    reply: z.object({ id: z.string() }),
  }),
  revokeLicence: route({
    method: 'POST',
    path: '/v1/licences/:id/revoke',
    summary: 'End a licence before its time; for the authority and the platform',
    may: 'member.manage',
    params: id,
    body: z.strictObject({ why }),
    reply: z.object({ id: z.string() }),
  }),
  callLost: route({
    method: 'POST',
    path: '/v1/packs/:code/lost',
    summary: 'Call a pack lost: nobody gets it any more, and it is alarmed wherever it is seen again',
    may: 'pack.judge',
    params: one,
    body: z.strictObject({ why }),
    reply: z.object({ code: wire.packCode }),
  }),
  callFound: route({
    method: 'POST',
    path: '/v1/packs/:code/found',
    summary: 'A lost pack is there again; it stays in quarantine until somebody clears it',
    may: 'pack.judge',
    params: one,
    body: z.strictObject({ finding: why }),
    reply: z.object({ code: wire.packCode }),
  }),
};
