// What a signed statement changes, and whether it may. Pure: the title as it stands, and who signed.
import { Refused } from '#kernel';
import type { Instant, PartyId } from '#units';
import { enacted, offered, taken, transferred } from './moving.ts';
import { demandBearable, loosens } from './restrict.ts';
import type { Statement } from './statement.ts';
import {
  type Decided,
  demandFree,
  demandMajority,
  demandSigned,
  nothingMoves,
  type Of,
  pledgedBy,
  type Said,
  shareOf,
  type Title,
} from './title.ts';
import { demandNotice, needsThreeQuarters } from './vote.ts';

/**
 * Whether the statement may be carried out, and what it does.
 * @throws Refused `title-act-late`, `title-out-of-step`, `title-share-short`, `title-pledged`, `title-unsigned`, `title-self`, `lien-known`,
 * `lien-unknown`, `vote-known`, `vote-unknown`, `vote-over`, `vote-cast`, `title-committed`, `title-preempted`, `offer-known`, `offer-differs`,
 * `offer-needless`, and what restrictions, offers and votes refuse (`restrict.ts`, `offer.ts`, `vote.ts`)
 */
export function demandPossible(title: Title, it: Statement, signers: ReadonlySet<PartyId>, at: Instant): Decided {
  if (Temporal.Instant.compare(at, Temporal.Instant.from(it.until)) > 0)
    throw new Refused('title-act-late', `This was offered until ${it.until}`, { until: it.until });
  if (it.after !== title.acts)
    throw new Refused('title-out-of-step', `There were ${title.acts} acts before this one, not ${it.after}`, {
      acts: title.acts,
    });
  const said: Said = { title, signers, at };
  switch (it.type) {
    case 'title.transfer':
      return transferred(said, it);
    case 'title.pledge':
      return pledged(said, it);
    case 'title.release':
      return released(said, it);
    case 'title.lease':
      return leased(said, it);
    case 'title.question':
      return asked(said, it);
    case 'title.ballot':
      return voted(said, it);
    case 'title.restrict':
      return restricted(said, it);
    case 'title.offer':
      return offered(said, it);
    case 'title.take':
      return taken(said, it);
    case 'title.enact':
      return enacted(said, it);
  }
}

function pledged({ title, signers, at }: Said, it: Of<'title.pledge'>): Decided {
  if (it.owner === it.holder) throw new Refused('title-self', 'Nobody pledges a share to himself');
  if (title.liens.some((lien) => lien.id === it.lien))
    throw new Refused('lien-known', `There is a lien ${it.lien} on this pack`, { lien: it.lien });
  const before = pledgedBy(title, it.owner);
  shareOf(title, it.owner, it.millionths + before);
  demandSigned(signers, [it.owner, it.holder]);
  demandFree(title, it.owner, it.millionths + before, at);
  return nothingMoves;
}

function released({ title, signers }: Said, it: Of<'title.release'>): Decided {
  const lien = title.liens.find((one) => one.id === it.lien);
  if (!lien) throw new Refused('lien-unknown', `There is no lien ${it.lien} on this pack`, { lien: it.lien }, 404);
  demandSigned(signers, [lien.holder]);
  return { lessened: [{ id: lien.id, millionths: lien.millionths }] };
}

function leased({ title, signers }: Said, { lessee }: Of<'title.lease'>): Decided {
  // Who rents it may leave, and nobody is made a lessee who has not signed.
  if (lessee === null && title.lessee !== null && signers.has(title.lessee)) return { lessened: [], lessee };
  if (lessee !== null) demandSigned(signers, [lessee]);
  demandMajority(title, signers);
  return { lessened: [], lessee };
}

function asked({ title, signers, at }: Said, it: Of<'title.question'>): Decided {
  shareOf(title, it.by, 1);
  demandSigned(signers, [it.by]);
  if (title.votes.some((vote) => vote.id === it.vote))
    throw new Refused('vote-known', `There is a vote ${it.vote} on this pack`, { vote: it.vote });
  if (Temporal.Instant.compare(at, Temporal.Instant.from(it.closes)) >= 0)
    throw new Refused('vote-over', 'A vote closes after it was asked', { closes: it.closes });
  if (it.proposal === undefined) return nothingMoves;
  demandNotice(needsThreeQuarters(it.proposal, title.restrictions, at), it, at);
  if (it.proposal.kind === 'restrict') demandBearable(it.proposal.restrictions, at);
  if (it.proposal.kind === 'sale' && it.proposal.from === it.proposal.to)
    throw new Refused('title-self', 'Nobody sells a share to himself');
  return nothingMoves;
}

function voted({ title, signers, at }: Said, it: Of<'title.ballot'>): Decided {
  const vote = title.votes.find((one) => one.id === it.vote);
  if (!vote) throw new Refused('vote-unknown', `There is no vote ${it.vote} on this pack`, { vote: it.vote }, 404);
  if (Temporal.Instant.compare(at, vote.closesAt) >= 0)
    throw new Refused('vote-over', `This vote closed at ${vote.closesAt}`, { closes: vote.closesAt.toString() });
  if (!vote.shares.has(it.by))
    throw new Refused('title-share-short', `${it.by} had no share when this was asked`, { party: it.by });
  demandSigned(signers, [it.by]);
  if (vote.ballots.has(it.by)) throw new Refused('vote-cast', `${it.by} has voted`, { party: it.by });
  return nothingMoves;
}

/** More than half bind all. What protects somebody is taken from nobody who has not agreed, but by a vote. */
function restricted({ title, signers, at }: Said, { restrictions }: Of<'title.restrict'>): Decided {
  demandBearable(restrictions, at);
  const owners = [...title.shares].flatMap(([party, has]) => (has > 0 ? [party] : []));
  if (loosens(title.restrictions, restrictions, at)) demandSigned(signers, owners);
  else demandMajority(title, signers);
  return { lessened: [], restrictions };
}
