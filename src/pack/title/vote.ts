// What owners decide by share, and what a carried vote orders. Pure.
import type { z } from 'zod';
import { Refused } from '#kernel';
import type { Instant, PartyId } from '#units';
import type { proposal } from '../api/restrictions.ts';
import { WHOLE_TITLE } from '../whole.ts';
import { loosens, type Restrictions } from './restrict.ts';

export type Proposal = z.infer<typeof proposal>;

export interface Vote {
  readonly id: string;
  readonly question: string;
  readonly askedBy: PartyId;
  readonly askedAt: Instant;
  readonly closesAt: Instant;
  /** Of the moment it was asked: who buys later votes later. */
  readonly shares: ReadonlyMap<PartyId, number>;
  readonly ballots: ReadonlyMap<PartyId, 'yes' | 'no'>;
  readonly proposal: Proposal | null;
  /** Three quarters must say yes, and those who did not had their time. */
  readonly threeQuarters: boolean;
  readonly enactedAt: Instant | null;
}

/** Days: of notice before three quarters may take something from the others, and within which what was carried is done. */
const NOTICE_DAYS = 7;
const TO_ENACT_DAYS = 30;
const LONGEST_DAYS = 90;

const isBefore = (a: Instant, b: Instant) => Temporal.Instant.compare(a, b) < 0;

/** By share. Carried with more than half (or three quarters) of the whole, not of what was cast; who is silent has not agreed. */
export function tally({ shares, ballots, closesAt, threeQuarters }: Vote, at: Instant) {
  const cast = (choice: 'yes' | 'no') =>
    [...ballots].reduce((sum, [party, it]) => sum + (it === choice ? (shares.get(party) ?? 0) : 0), 0);
  const [yes, no] = [cast('yes'), cast('no')];
  const isEnough = (most: number) => (threeQuarters ? 4 * most >= 3 * WHOLE_TITLE : 2 * most > WHOLE_TITLE);
  const outcome: 'open' | 'carried' | 'rejected' = isEnough(yes)
    ? 'carried'
    : !isBefore(at, closesAt) || !isEnough(WHOLE_TITLE - no)
      ? 'rejected'
      : 'open';
  return { yes, no, outcome };
}

/** Whoever loses a protection, or his share, is not outvoted by half. */
export const needsThreeQuarters = (it: Proposal | undefined, now: Restrictions, at: Instant): boolean =>
  it?.kind === 'sale' || (it?.kind === 'restrict' && loosens(now, it.restrictions, at));

/** @throws Refused `vote-notice` when those whom it concerns would hear of it too late, or it hangs over them too long */
export function demandNotice(threeQuarters: boolean, { closes }: { readonly closes: string }, at: Instant): void {
  const least = at.add({ hours: threeQuarters ? NOTICE_DAYS * 24 : 0 });
  const most = at.add({ hours: LONGEST_DAYS * 24 });
  const end = Temporal.Instant.from(closes);
  if (isBefore(end, least) || isBefore(most, end))
    throw new Refused('vote-notice', `A vote on this closes between ${least} and ${most}`, {
      least: least.toString(),
      most: most.toString(),
    });
}

/** Carried and waiting to be done: from then on what it orders cannot be dodged. */
const isPending = (it: Vote, at: Instant): boolean =>
  it.proposal !== null &&
  it.enactedAt === null &&
  tally(it, at).outcome === 'carried' &&
  isBefore(at, it.closesAt.add({ hours: TO_ENACT_DAYS * 24 }));

/** Millionths of an owner that a carried vote has sold. */
export const soldFrom = (votes: readonly Vote[], owner: PartyId, at: Instant): number =>
  votes.reduce((sum, it) => {
    const sale = it.proposal?.kind === 'sale' && it.proposal.from === owner && isPending(it, at) ? it.proposal : null;
    return sum + (sale?.millionths ?? 0);
  }, 0);

/**
 * What a vote orders to be done now.
 * @throws Refused `vote-unknown`, `vote-done`, `vote-not-carried`, `vote-lapsed`, `title-looser`
 */
export function orderOf(vote: Vote | undefined, now: Restrictions, at: Instant): Proposal {
  if (!vote) throw new Refused('vote-unknown', 'There is no such vote on this pack', {}, 404);
  const { proposal, enactedAt, threeQuarters, closesAt } = vote;
  if (proposal === null || tally(vote, at).outcome !== 'carried' || (threeQuarters && isBefore(at, closesAt)))
    throw new Refused('vote-not-carried', 'This vote orders nothing, is not carried, or is carried and still open', {
      closes: closesAt.toString(),
    });
  if (enactedAt !== null) throw new Refused('vote-done', `This was done at ${enactedAt}`);
  if (!isPending(vote, at))
    throw new Refused('vote-lapsed', `What was carried is done within ${TO_ENACT_DAYS} days after the vote closed`);
  // Other restrictions may have come since it was asked.
  if (!threeQuarters && needsThreeQuarters(proposal, now, at))
    throw new Refused('title-looser', 'By now this loosens a restriction, and half is not enough for that');
  return proposal;
}
