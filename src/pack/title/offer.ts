// An offered share: the other owners take it at the same terms, and what they leave goes to the buyer. Pure.
import { Refused } from '#kernel';
import type { Instant, PartyId } from '#units';

export interface Offer {
  readonly id: string;
  readonly seller: PartyId;
  /** To whom it goes if the others leave it. */
  readonly buyer: PartyId;
  readonly millionths: number;
  /** For all of it. */
  readonly fen: number;
  readonly since: Instant;
  readonly closesAt: Instant;
  readonly lapsesAt: Instant;
  /** Of the moment it was made: the owners beside the seller. Who comes in later has no part in it. */
  readonly shares: ReadonlyMap<PartyId, number>;
  /** Millionths, by who took them. */
  readonly takes: ReadonlyMap<PartyId, number>;
  /** When the last of it went. */
  readonly endedAt: Instant | null;
}

/** How long after the others' time the seller may still sell at these terms. */
const GRACE_DAYS = 30;

/** From when to when, for owners who have so many days. */
export const termsOf = (since: Instant, days: number) => ({
  since,
  closesAt: since.add({ hours: days * 24 }),
  lapsesAt: since.add({ hours: (days + GRACE_DAYS) * 24 }),
});

const isBefore = (a: Instant, b: Instant) => Temporal.Instant.compare(a, b) < 0;
const sum = (amounts: Iterable<number>) => [...amounts].reduce((all, it) => all + it, 0);

export const takenOf = ({ takes }: Pick<Offer, 'takes'>): number => sum(takes.values());
export const restOf = (it: Offer): number => it.millionths - takenOf(it);

export type Standing = 'open' | 'closed' | 'lapsed' | 'done';

export const standingOf = (it: Offer, at: Instant): Standing =>
  it.endedAt !== null ? 'done' : isBefore(at, it.closesAt) ? 'open' : isBefore(at, it.lapsesAt) ? 'closed' : 'lapsed';

/** Millionths that an owner has offered to the others and may not give away meanwhile. */
export const offeredBy = (offers: readonly Offer[], owner: PartyId, at: Instant): number =>
  sum(offers.filter((it) => it.seller === owner && standingOf(it, at) === 'open').map(restOf));

/** Fen for the next so many millionths. Rounded down, but what all pay together is the price to the fen. */
export function priceOf(it: Offer, millionths: number): number {
  const upTo = (many: number) => Number((BigInt(it.fen) * BigInt(many)) / BigInt(it.millionths));
  const taken = takenOf(it);
  return upTo(taken + millionths) - upTo(taken);
}

/**
 * In the first half of the time each may have as much as is his by share, so that the quickest does not get it all; in the second
 * half whoever comes takes what is left.
 * @throws Refused `offer-unknown`, `offer-over`, `title-share-short`, `offer-part`
 */
export function demandTakeable(offer: Offer | undefined, by: PartyId, millionths: number, at: Instant): Offer {
  if (!offer) throw new Refused('offer-unknown', 'There is no such offer on this pack', {}, 404);
  if (standingOf(offer, at) !== 'open' || millionths > restOf(offer))
    throw new Refused('offer-over', `Of this offer ${restOf(offer)} millionths are left, until ${offer.closesAt}`, {
      rest: restOf(offer),
      closes: offer.closesAt.toString(),
    });
  const share = offer.shares.get(by) ?? 0;
  if (share === 0) throw new Refused('title-share-short', `${by} had no share when this was offered`, { party: by });
  const part = Number((BigInt(offer.millionths) * BigInt(share) - 1n) / BigInt(sum(offer.shares.values()))) + 1;
  const middle = offer.since.add({
    milliseconds: Math.floor(offer.closesAt.since(offer.since).total('milliseconds') / 2),
  });
  if (isBefore(at, middle) && (offer.takes.get(by) ?? 0) + millionths > part)
    throw new Refused('offer-part', `Until ${middle} ${by} may take ${part} millionths, after that whatever is left`, {
      part,
      from: middle.toString(),
    });
  return offer;
}
