// The contract of hand-overs: what both sides sign when a pack goes from one organisation to another. Plain data, browser-safe.
import { z } from 'zod';
import { route } from '#kernel/api';
import { wire } from '#units/api';

const instant = z.iso.datetime();
const percent = z.number().min(0).max(100);
const count = z.int().min(0).optional();
const sentence = z.string().trim().min(3).max(500);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hex');

/** The pack as it is handed over. Nothing in it names a person: what was signed can never be taken back. */
const state = z.strictObject({
  soh: z
    .strictObject({
      percent,
      /** The band of 90 %, where there is one. */
      lower: percent.nullable(),
      upper: percent.nullable(),
      /** Measured in a capacity test, estimated from a charge, or told by the pack. */
      basis: z.enum(['tested', 'estimated', 'reported']),
      /** Which estimate: `<station>/<transaction>/<end of the charge>`, as in the entry of the pack's record. */
      source: z.string().min(1).max(200),
      at: instant,
    })
    .refine((it) => (it.lower ?? it.percent) <= it.percent && it.percent <= (it.upper ?? it.percent), {
      message: 'lies within its band',
    }),
  soc: percent,
  /** Equivalent full cycles. */
  cycles: z.number().min(0).max(1_000_000),
  /** How often its coupler was mated. */
  matings: z.int().min(0).max(10_000_000),
  /** What its own electronics count, as far as any station read it. */
  counters: z.strictObject({
    hotMinutes: count,
    coldMinutes: count,
    hotChargingMinutes: count,
    coldChargingMinutes: count,
    deepDischarges: count,
    overcharges: count,
    efficiencyPercent: percent.optional(),
    powerW: z.number().min(0).max(10_000_000).optional(),
  }),
  /** When the pack was looked at last by a station. */
  observedAt: instant,
  /** What somebody sees on it. */
  damage: z.array(sentence).max(50),
});

/** `after`: how many certificates and disputes the pack had before. `until`: the offer lapses. */
const head = { v: z.literal(1), pack: wire.packCode, after: z.int().min(0), until: instant, at: instant, state };

const offer = z.strictObject({
  ...head,
  type: z.literal('handover'),
  from: wire.partyId,
  to: wire.partyId,
  place: sentence,
  /** The pack's newest event in the log when this was written: all its history up to there is meant. Null where no log is kept. */
  head: z.strictObject({ count: z.int().min(1), head: z.base64().length(44), index: z.int().min(0) }).nullable(),
});
const dispute = z.strictObject({
  ...head,
  type: z.literal('handover.dispute'),
  /** SHA-256 of the text that is refused. */
  disputes: sha256,
  by: wire.partyId,
  why: sentence,
});

/** What is signed: the canonical JSON (RFC 8785) of one of these, with a newline, is the text of a signed note (C2SP). */
export const handoverStatement = z.discriminatedUnion('type', [offer, dispute]);

const handoverStates = ['offered', 'expired', 'certified', 'disputed'] as const;

const handover = z.object({
  id: sha256,
  state: z.enum(handoverStates),
  statement: offer,
  signedBy: z.array(wire.partyId),
  note: z.string(),
  deliveredAt: wire.instant,
  certifiedAt: wire.instant.nullable(),
  dispute: z
    .object({
      id: sha256,
      statement: dispute,
      note: z.string(),
      at: wire.instant,
      /** The later certificate by which it was settled. */
      settledBy: sha256.nullable(),
    })
    .nullable(),
});

const keys = z.array(z.object({ party: wire.partyId, key: z.string() }));
const one = z.object({ code: wire.packCode });
const which = z.object({ code: wire.packCode, id: sha256 });

export const handoverApi = {
  handovers: route({
    method: 'GET',
    path: '/v1/packs/:code/handovers',
    summary:
      'Hand-overs of a pack between organisations, the newest first: offered, certified, disputed, with all that was signed',
    may: 'pack.see',
    params: one,
    reply: z.object({
      code: wire.packCode,
      /** How many certificates and disputes there were: the next statement says it as `after`. */
      after: z.int(),
      /** The organisation that can hand it over now; null while a vehicle or nobody has it. */
      custodian: wire.partyId.nullable(),
      /** By which keys the organisations sign that have a part in it. */
      keys,
      items: z.array(handover),
    }),
  }),
  draftHandover: route({
    method: 'POST',
    path: '/v1/packs/:code/handovers/draft',
    summary:
      'The text to be signed, from what is known of the pack now: an offer, or what the receiver says against one. Changes nothing',
    may: 'pack.see',
    params: one,
    body: z.union([
      z.strictObject({
        to: wire.partyId,
        place: sentence,
        damage: z.array(sentence).max(50).default([]),
        until: instant.optional(),
      }),
      z.strictObject({
        disputes: sha256,
        why: sentence,
        /** What is not given is as it was offered. */
        soh: percent.optional(),
        soc: percent.optional(),
        damage: z.array(sentence).max(50).optional(),
        until: instant.optional(),
      }),
    ]),
    reply: z.object({ text: z.string(), statement: handoverStatement, keys }),
  }),
  deliverHandover: route({
    method: 'POST',
    path: '/v1/packs/:code/handovers',
    summary:
      'Deliver what was signed. With one signature it is pending, with both custody moves; a dispute keeps both versions. The same again changes nothing',
    // The signatures decide, not who brings them.
    may: 'pack.see',
    params: one,
    body: z.strictObject({ note: z.string().min(1).max(50_000) }),
    reply: z.object({
      id: sha256,
      state: z.enum(handoverStates),
      /** Whose signature is waited for. */
      missing: z.array(wire.partyId),
    }),
  }),
};

/** Proofs wait for witnesses, so this is no work of one transaction. */
export const certificateApi = {
  certificate: route({
    method: 'GET',
    path: '/v1/packs/:code/handovers/:id/certificate',
    summary:
      'A certificate as a file, with its receipt and the history of the pack: `packloop verify handover` checks it offline',
    may: 'pack.see',
    params: which,
    reply: z.string(),
    files: ['application/json; charset=utf-8'],
  }),
};
