// How a share moves: by agreement, to the other owners first, or by a vote. Pure.
import { Refused } from '#kernel';
import type { Instant, PartyId } from '#units';
import { demandTakeable, type Offer, priceOf, restOf, standingOf } from './offer.ts';
import { demandAllowed, type Move } from './restrict.ts';
import {
  committed,
  type Decided,
  demandFree,
  demandSigned,
  type Lessened,
  nothingMoves,
  type Of,
  pledgedBy,
  type Said,
  shareOf,
  type Title,
} from './title.ts';
import { orderOf, soldFrom } from './vote.ts';

export function transferred({ title, signers, at }: Said, it: Of<'title.transfer'>): Decided {
  if (it.from === it.to) throw new Refused('title-self', 'Nobody gives a share to himself');
  shareOf(title, it.from, it.millionths);
  demandSigned(signers, [it.from, it.to]);
  demandFree(title, it.from, it.millionths, at);
  const moved = moveOf(it);
  const lessened = demandGivingWay(title, moved, signers);
  demandAllowed(title, moved, at);
  demandNotPreempted({ title, signers, at }, it);
  return { lessened, moved };
}

const moveOf = ({ from, to, millionths }: Move): Move => ({ from, to, millionths });

/** The other owners have signed that they let it go, or had their time under an offer of the same terms. */
function demandNotPreempted({ title, signers, at }: Said, it: Of<'title.transfer'>): void {
  const offer = it.offer === undefined ? undefined : demandOffer(title, it, at);
  const days = title.restrictions.preemptionDays;
  const others = [...title.shares].filter(([party, has]) => has > 0 && party !== it.from && party !== it.to);
  const missing = others.flatMap(([party]) => (signers.has(party) ? [] : [party]));
  if (days === null || missing.length === 0) return;
  const hadTheirTime =
    offer !== undefined &&
    standingOf(offer, at) === 'closed' &&
    Temporal.Instant.compare(offer.closesAt, offer.since.add({ hours: days * 24 })) >= 0;
  if (!hadTheirTime)
    throw new Refused(
      'title-preempted',
      `The other owners come first: offer it to them for ${days} ${days === 1 ? 'day' : 'days'}, or ${missing.join(', ')} must sign, too`,
      { missing, days },
    );
}

/** @throws Refused `offer-unknown`, `offer-over`, `offer-differs` */
function demandOffer(title: Title, it: Of<'title.transfer'>, at: Instant): Offer {
  const offer = title.offers.find((one) => one.id === it.offer);
  if (!offer) throw new Refused('offer-unknown', `There is no offer ${it.offer} on this pack`, {}, 404);
  const standing = standingOf(offer, at);
  if (standing === 'done' || standing === 'lapsed')
    throw new Refused('offer-over', `This offer is ${standing}`, { offer: offer.id, standing });
  const rest = restOf(offer);
  if (offer.seller !== it.from || offer.buyer !== it.to || rest !== it.millionths)
    throw new Refused(
      'offer-differs',
      `What the others left is ${rest} millionths, from ${offer.seller} to ${offer.buyer}`,
      {
        offer: offer.id,
        rest,
      },
    );
  return offer;
}

export function offered({ title, signers, at }: Said, it: Of<'title.offer'>): Decided {
  if (it.from === it.to) throw new Refused('title-self', 'Nobody sells a share to himself');
  if (title.offers.some((one) => one.id === it.offer))
    throw new Refused('offer-known', `There is or was an offer ${it.offer} on this pack`, { offer: it.offer });
  if (title.restrictions.preemptionDays === null)
    throw new Refused('offer-needless', 'Nobody comes first here: the share may be transferred');
  const has = shareOf(title, it.from, it.millionths);
  demandSigned(signers, [it.from]);
  if (it.millionths > has - pledgedBy(title, it.from))
    throw new Refused('title-pledged', 'What is offered is free: have the lien released first', { party: it.from });
  demandFree(title, it.from, it.millionths + pledgedBy(title, it.from), at);
  demandAllowed(title, moveOf(it), at);
  return nothingMoves;
}

export function taken({ title, signers, at }: Said, it: Of<'title.take'>): Decided {
  const offer = demandTakeable(
    title.offers.find((one) => one.id === it.offer),
    it.by,
    it.millionths,
    at,
  );
  shareOf(title, it.by, 1);
  demandSigned(signers, [it.by]);
  const has = shareOf(title, offer.seller, it.millionths);
  if (it.millionths > has - soldFrom(title.votes, offer.seller, at)) throw committed(offer.seller);
  const moved = { from: offer.seller, to: it.by, millionths: it.millionths };
  demandAllowed(title, moved, at);
  return { lessened: [], moved, ...payment(signers, moved, priceOf(offer, it.millionths)) };
}

export function enacted({ title, signers, at }: Said, it: Of<'title.enact'>): Decided {
  const order = orderOf(
    title.votes.find((one) => one.id === it.vote),
    title.restrictions,
    at,
  );
  shareOf(title, it.by, 1);
  demandSigned(signers, [it.by]);
  switch (order.kind) {
    case 'restrict':
      return { lessened: [], restrictions: order.restrictions };
    case 'lease':
      if (order.lessee !== null) demandSigned(signers, [order.lessee]);
      return { lessened: [], lessee: order.lessee };
    case 'sale': {
      shareOf(title, order.from, order.millionths);
      demandSigned(signers, [order.to]);
      const moved = moveOf(order);
      const lessened = demandGivingWay(title, moved, signers);
      demandAllowed(title, moved, at);
      return { lessened, moved, ...payment(signers, moved, order.fen) };
    }
  }
}

/** A seller who signs was paid elsewhere, or trusts to be. */
const payment = (signers: ReadonlySet<PartyId>, { from, to }: Move, fen: number): Pick<Decided, 'paid'> =>
  signers.has(from) || fen === 0 ? {} : { paid: { from: to, to: from, fen } };

/** Liens beyond what is free give way, when their holders agree. @throws Refused `title-pledged` */
function demandGivingWay(title: Title, { from, millionths }: Move, signers: ReadonlySet<PartyId>): Lessened[] {
  const has = title.shares.get(from) ?? 0;
  const lessened = givingWay(title, from, millionths - (has - pledgedBy(title, from)));
  const holders = lessened.map(({ id }) => title.liens.find((lien) => lien.id === id)!.holder);
  const missing = [...new Set(holders)].filter((holder) => !signers.has(holder));
  if (missing.length > 0)
    throw new Refused('title-pledged', `The share is pledged: ${missing.join(', ')} must sign, too`, {
      liens: lessened.map(({ id }) => id),
    });
  return lessened;
}

/** The youngest liens give way first: who was promised the share earlier is satisfied earlier. */
function givingWay({ liens }: Title, owner: PartyId, millionths: number): Lessened[] {
  const lessened: Lessened[] = [];
  let left = millionths;
  for (const it of liens.filter((lien) => lien.owner === owner).toReversed()) {
    if (left <= 0) break;
    lessened.push({ id: it.id, millionths: Math.min(left, it.millionths) });
    left -= it.millionths;
  }
  return lessened;
}
