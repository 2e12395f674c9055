// What owners sign about the title of a pack. Plain data, browser-safe.
import { z } from 'zod';
import { wire } from '#units/api';
import { instant, millionths, price, proposal, restrictions } from './restrictions.ts';

const name = z.string().regex(/^[\x21-\x7e]{1,64}$/, 'an id of 1 to 64 visible characters');

/** `offer`: the one under which the other owners had their time; the terms must be the same. */
const transfer = {
  type: z.literal('title.transfer'),
  from: wire.partyId,
  to: wire.partyId,
  millionths,
  offer: name.optional(),
};
const pledge = {
  type: z.literal('title.pledge'),
  lien: name,
  owner: wire.partyId,
  holder: wire.partyId,
  millionths,
  purpose: z.string().min(3).max(200),
};
const release = { type: z.literal('title.release'), lien: name };
/** Without a lessee the lease ends. */
const lease = { type: z.literal('title.lease'), lessee: wire.partyId.nullable() };
const question = {
  type: z.literal('title.question'),
  vote: name,
  by: wire.partyId,
  question: z.string().min(3).max(500),
  closes: instant,
  /** What is to be done when it is carried; without it the owners only say what they think. */
  proposal: proposal.optional(),
};
const ballot = { type: z.literal('title.ballot'), vote: name, by: wire.partyId, choice: z.enum(['yes', 'no']) };
const restrict = { type: z.literal('title.restrict'), restrictions };
/** A share goes to this buyer at this price, unless the other owners take it: for them the seller has signed here. */
const offer = {
  type: z.literal('title.offer'),
  offer: name,
  from: wire.partyId,
  to: wire.partyId,
  millionths,
  /** For all of it. */
  fen: price,
};
const take = { type: z.literal('title.take'), offer: name, by: wire.partyId, millionths };
/** An owner has done what a carried vote ordered. */
const enact = { type: z.literal('title.enact'), vote: name, by: wire.partyId };

/** What an act says, whenever it is done. */
export const titleAct = z.discriminatedUnion('type', [
  z.strictObject(transfer),
  z.strictObject(pledge),
  z.strictObject(release),
  z.strictObject(lease),
  z.strictObject(question),
  z.strictObject(ballot),
  z.strictObject(restrict),
  z.strictObject(offer),
  z.strictObject(take),
  z.strictObject(enact),
]);

/** `after`: how many acts the pack had before, so that none is done twice or in another order. `until`: the offer lapses. */
const head = { v: z.literal(1), pack: wire.packCode, after: z.int().min(0), until: instant };

/** What is signed: the canonical JSON (RFC 8785) of one of these, with a newline, is the text of a signed note (C2SP). */
export const titleStatement = z.discriminatedUnion('type', [
  z.strictObject({ ...head, ...transfer }),
  z.strictObject({ ...head, ...pledge }),
  z.strictObject({ ...head, ...release }),
  z.strictObject({ ...head, ...lease }),
  z.strictObject({ ...head, ...question }),
  z.strictObject({ ...head, ...ballot }),
  z.strictObject({ ...head, ...restrict }),
  z.strictObject({ ...head, ...offer }),
  z.strictObject({ ...head, ...take }),
  z.strictObject({ ...head, ...enact }),
]);
