// The contract of title: who owns, pledges, rents and decides what, and how what owners sign is prepared and delivered. Browser-safe.
import { z } from 'zod';
import { route } from '#kernel/api';
import { wire } from '#units/api';
import { proposal, restrictions } from './restrictions.ts';
import { titleAct, titleStatement } from './titleStatement.ts';

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
      proposal: proposal.nullable(),
      /** Three quarters of the whole must say yes, and it is carried out only after it closed. */
      threeQuarters: z.boolean(),
      enactedAt: wire.instant.nullable(),
    }),
  ),
  restrictions,
  offers: z.array(
    z.object({
      id: z.string(),
      seller: wire.partyId,
      buyer: wire.partyId,
      millionths: z.int(),
      fen: wire.fen,
      since: wire.instant,
      /** Until then the other owners may take it. */
      closesAt: wire.instant,
      /** Until then what they left may go to the buyer. */
      lapsesAt: wire.instant,
      taken: z.int(),
      endedAt: wire.instant.nullable(),
      standing: z.enum(['open', 'closed', 'lapsed', 'done']),
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
    summary:
      'Who owns which share of a pack, what is pledged or offered, how it may move, who rents it, who has it, and what the owners decide',
    may: 'pack.see',
    params: one,
    reply: title,
  }),
  titleActs: route({
    method: 'GET',
    path: '/v1/packs/:code/title/acts',
    summary:
      'Everything that was signed about the title of a pack and carried out, the newest first, with the notes themselves',
    may: 'pack.see',
    params: one,
    reply: z.object({
      code: wire.packCode,
      acts: z.array(
        z.object({
          /** SHA-256 of what was said. */
          id: z.string(),
          no: z.int(),
          at: wire.instant,
          statement: titleStatement,
          signedBy: z.array(wire.partyId),
          note: z.string(),
        }),
      ),
    }),
  }),
  draftTitle: route({
    method: 'POST',
    path: '/v1/packs/:code/title/draft',
    summary: 'The exact text to be signed for an act that is possible now, and who has to sign it. Nothing is kept',
    may: 'pack.see',
    params: one,
    body: z.strictObject({
      act: titleAct,
      /** For how long it may be delivered. */
      days: z.int().min(1).max(366).default(7),
    }),
    reply: z.object({
      statement: titleStatement,
      /** Canonical JSON with its newline. */
      text: z.string(),
      mustSign: z.array(wire.partyId),
      /** Beside those, as many owners as make more than half of the pack. */
      andMoreThanHalf: z.boolean(),
      /** By which keys they sign; who has none registers one first. */
      keys: z.array(z.object({ party: wire.partyId, key: z.string() })),
    }),
  }),
  actOnTitle: route({
    method: 'POST',
    path: '/v1/packs/:code/title/acts',
    summary:
      'Deliver a statement that all who must have signed: transfer of a share, pledge, release, lease, question, ballot, restriction, offer, taking what is offered, doing what was voted. The same again changes nothing',
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
