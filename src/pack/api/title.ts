// The contract of title: what owners sign, and who owns, pledges, rents and decides what. Plain data, browser-safe.
import { z } from 'zod';
import { route } from '#kernel/api';
import { wire } from '#units/api';

const millionths = z.int().min(1).max(1_000_000);
const name = z.string().regex(/^[\x21-\x7e]{1,64}$/, 'an id of 1 to 64 visible characters');
const instant = z.iso.datetime();
/** `after`: how many acts the pack had before, so that none is done twice or in another order. `until`: the offer lapses. */
const head = { v: z.literal(1), pack: wire.packCode, after: z.int().min(0), until: instant };

/** What is signed: the canonical JSON (RFC 8785) of one of these, with a newline, is the text of a signed note (C2SP). */
export const titleStatement = z.discriminatedUnion('type', [
  z.strictObject({ ...head, type: z.literal('title.transfer'), from: wire.partyId, to: wire.partyId, millionths }),
  z.strictObject({
    ...head,
    type: z.literal('title.pledge'),
    lien: name,
    owner: wire.partyId,
    holder: wire.partyId,
    millionths,
    purpose: z.string().min(3).max(200),
  }),
  z.strictObject({ ...head, type: z.literal('title.release'), lien: name }),
  /** Without a lessee the lease ends. */
  z.strictObject({ ...head, type: z.literal('title.lease'), lessee: wire.partyId.nullable() }),
  z.strictObject({
    ...head,
    type: z.literal('title.question'),
    vote: name,
    by: wire.partyId,
    question: z.string().min(3).max(500),
    closes: instant,
  }),
  z.strictObject({
    ...head,
    type: z.literal('title.ballot'),
    vote: name,
    by: wire.partyId,
    choice: z.enum(['yes', 'no']),
  }),
]);

const title = z.object({
  code: wire.packCode,
  /** How many acts there were: the next statement says it as `after`. */
  acts: z.int(),
  owners: z.array(z.object({ party: wire.partyId, millionths: z.int(), pledged: z.int() })),
  liens: z.array(
    z.object({
      id: z.string(),
      owner: wire.partyId,
      holder: wire.partyId,
      millionths: z.int(),
      purpose: z.string(),
      since: wire.instant,
    }),
  ),
  lessee: wire.partyId.nullable(),
  /** Who has it, by the ledger. */
  custodian: z.string().nullable(),
  votes: z.array(
    z.object({
      id: z.string(),
      question: z.string(),
      askedBy: wire.partyId,
      askedAt: wire.instant,
      closesAt: wire.instant,
      /** Millionths that were cast so. */
      yes: z.int(),
      no: z.int(),
      outcome: z.enum(['open', 'carried', 'rejected']),
    }),
  ),
  /** By which keys they sign. */
  keys: z.array(z.object({ party: wire.partyId, key: z.string() })),
});

const one = z.object({ code: wire.packCode });
const key = z.strictObject({ party: wire.partyId, key: z.string().min(40).max(300) });

export const titleApi = {
  title: route({
    method: 'GET',
    path: '/v1/packs/:code/title',
    summary: 'Who owns which share of a pack, what is pledged, who rents it, who has it, and what the owners decide',
    may: 'pack.see',
    params: one,
    reply: title,
  }),
  actOnTitle: route({
    method: 'POST',
    path: '/v1/packs/:code/title/acts',
    summary:
      'Deliver a statement that all who must have signed: transfer of a share, pledge, release, lease, question, ballot. The same again changes nothing',
    // The signatures decide, not who brings them.
    may: 'pack.see',
    params: one,
    body: z.strictObject({ note: z.string().min(1).max(20_000) }),
    reply: z.object({ id: z.string(), no: z.int(), type: z.string() }),
  }),
  addTitleKey: route({
    method: 'POST',
    path: '/v1/title/keys',
    summary: 'Let an organisation sign with this key: a verifier key, name+id+base64',
    may: 'member.manage',
    body: key,
    reply: key,
  }),
  endTitleKey: route({
    method: 'POST',
    path: '/v1/title/keys/end',
    summary: 'Nothing that this key signs counts any more; what it signed before stands',
    may: 'member.manage',
    body: key,
    reply: key,
  }),
};
