// What a signed statement changes, and whether it may. Pure: shares, liens and votes as they stand, and who signed.
import { Refused } from '#kernel';
import type { Instant, PartyId } from '#units';
import { WHOLE_TITLE } from '../whole.ts';
import type { Statement } from './statement.ts';

export interface Lien {
  readonly id: string;
  readonly owner: PartyId;
  /** Who may be satisfied from the share, and without whom it does not move. */
  readonly holder: PartyId;
  readonly millionths: number;
  readonly purpose: string;
  readonly since: Instant;
}

export interface Vote {
  readonly id: string;
  readonly question: string;
  readonly askedBy: PartyId;
  readonly askedAt: Instant;
  readonly closesAt: Instant;
  /** Of the moment it was asked: who buys later votes later. */
  readonly shares: ReadonlyMap<PartyId, number>;
  readonly ballots: ReadonlyMap<PartyId, 'yes' | 'no'>;
}

/** All that is to be known of one pack's title. Liens and votes are the open ones and all ever, in the order they came. */
export interface Title {
  readonly acts: number;
  readonly shares: ReadonlyMap<PartyId, number>;
  readonly liens: readonly Lien[];
  readonly lessee: PartyId | null;
  readonly votes: readonly Vote[];
}

/** By how much a lien becomes smaller. */
export interface Lessened {
  readonly id: string;
  readonly millionths: number;
}

/** Millionths of an owner that are pledged. */
export const pledgedBy = ({ liens }: Pick<Title, 'liens'>, owner: PartyId): number =>
  liens.filter((it) => it.owner === owner).reduce((sum, it) => sum + it.millionths, 0);

/**
 * Whether the statement may be carried out, and which liens give way for it.
 * @throws Refused `title-act-late`, `title-out-of-step`, `title-share-short`, `title-pledged`, `title-unsigned`, `title-self`, `lien-known`,
 * `lien-unknown`, `vote-known`, `vote-unknown`, `vote-over`, `vote-cast`
 */
export function demandPossible(
  title: Title,
  it: Statement,
  signers: ReadonlySet<PartyId>,
  at: Instant,
): readonly Lessened[] {
  if (Temporal.Instant.compare(at, Temporal.Instant.from(it.until)) > 0)
    throw new Refused('title-act-late', `This was offered until ${it.until}`, { until: it.until });
  if (it.after !== title.acts)
    throw new Refused('title-out-of-step', `There were ${title.acts} acts before this one, not ${it.after}`, {
      acts: title.acts,
    });
  const sign = (...parties: readonly PartyId[]) => demandSigned(signers, parties);
  switch (it.type) {
    case 'title.transfer': {
      if (it.from === it.to) throw new Refused('title-self', 'Nobody gives a share to himself');
      const has = shareOf(title, it.from, it.millionths);
      sign(it.from, it.to);
      const lessened = givingWay(title, it.from, it.millionths - (has - pledgedBy(title, it.from)));
      const holders = lessened.map(({ id }) => title.liens.find((lien) => lien.id === id)!.holder);
      const missing = [...new Set(holders)].filter((holder) => !signers.has(holder));
      if (missing.length > 0)
        throw new Refused('title-pledged', `The share is pledged: ${missing.join(', ')} must sign, too`, {
          liens: lessened.map(({ id }) => id),
        });
      return lessened;
    }
    case 'title.pledge': {
      if (it.owner === it.holder) throw new Refused('title-self', 'Nobody pledges a share to himself');
      if (title.liens.some((lien) => lien.id === it.lien))
        throw new Refused('lien-known', `There is a lien ${it.lien} on this pack`, { lien: it.lien });
      const pledged = pledgedBy(title, it.owner);
      shareOf(title, it.owner, it.millionths + pledged);
      sign(it.owner, it.holder);
      return [];
    }
    case 'title.release': {
      const lien = title.liens.find((one) => one.id === it.lien);
      if (!lien) throw new Refused('lien-unknown', `There is no lien ${it.lien} on this pack`, { lien: it.lien }, 404);
      sign(lien.holder);
      return [{ id: lien.id, millionths: lien.millionths }];
    }
    case 'title.lease': {
      // Who rents it may leave, and nobody is made a lessee who has not signed.
      if (it.lessee === null && title.lessee !== null && signers.has(title.lessee)) return [];
      if (it.lessee !== null) sign(it.lessee);
      demandMajority(title, signers);
      return [];
    }
    case 'title.question':
      shareOf(title, it.by, 1);
      sign(it.by);
      if (title.votes.some((vote) => vote.id === it.vote))
        throw new Refused('vote-known', `There is a vote ${it.vote} on this pack`, { vote: it.vote });
      if (Temporal.Instant.compare(at, Temporal.Instant.from(it.closes)) >= 0)
        throw new Refused('vote-over', 'A vote closes after it was asked', { closes: it.closes });
      return [];
    case 'title.ballot': {
      const vote = title.votes.find((one) => one.id === it.vote);
      if (!vote) throw new Refused('vote-unknown', `There is no vote ${it.vote} on this pack`, { vote: it.vote }, 404);
      if (Temporal.Instant.compare(at, vote.closesAt) >= 0)
        throw new Refused('vote-over', `This vote closed at ${vote.closesAt}`, { closes: vote.closesAt.toString() });
      if (!vote.shares.has(it.by))
        throw new Refused('title-share-short', `${it.by} had no share when this was asked`, { party: it.by });
      sign(it.by);
      if (vote.ballots.has(it.by)) throw new Refused('vote-cast', `${it.by} has voted`, { party: it.by });
      return [];
    }
  }
}

/** @returns all that the party owns @throws Refused `title-share-short` when that is less than `millionths` */
function shareOf({ shares }: Title, party: PartyId, millionths: number): number {
  const has = shares.get(party) ?? 0;
  if (has < millionths)
    throw new Refused('title-share-short', `${party} owns ${has} millionths, ${millionths} are needed`, { party, has });
  return has;
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

function demandSigned(signers: ReadonlySet<PartyId>, parties: readonly PartyId[]): void {
  const missing = parties.filter((it) => !signers.has(it));
  if (missing.length > 0)
    throw new Refused('title-unsigned', `The signature of ${missing.join(' and ')} is missing`, { missing }, 403);
}

function demandMajority({ shares }: Title, signers: ReadonlySet<PartyId>): void {
  const signed = [...shares].reduce((sum, [party, has]) => sum + (signers.has(party) ? has : 0), 0);
  if (2 * signed <= WHOLE_TITLE)
    throw new Refused('title-unsigned', 'Owners of more than half of the pack must sign', { signed }, 403);
}

/** By share. Carried with more than half of the whole, not of what was cast; who is silent has not agreed. */
export function tally({ shares, ballots, closesAt }: Vote, at: Instant) {
  const cast = (choice: 'yes' | 'no') =>
    [...ballots].reduce((sum, [party, it]) => sum + (it === choice ? (shares.get(party) ?? 0) : 0), 0);
  const [yes, no] = [cast('yes'), cast('no')];
  const isOver = Temporal.Instant.compare(at, closesAt) >= 0;
  const outcome: 'open' | 'carried' | 'rejected' =
    2 * yes > WHOLE_TITLE ? 'carried' : isOver || 2 * no >= WHOLE_TITLE ? 'rejected' : 'open';
  return { yes, no, outcome };
}
