// What is to be known of one pack's title, what may become of it, and what every statement is asked. Pure.
import { Refused } from '#kernel';
import type { Instant, PartyId } from '#units';
import { WHOLE_TITLE } from '../whole.ts';
import { type Offer, offeredBy } from './offer.ts';
import type { Move, Restrictions } from './restrict.ts';
import type { Statement } from './statement.ts';
import { soldFrom, type Vote } from './vote.ts';

export interface Lien {
  readonly id: string;
  readonly owner: PartyId;
  /** Who may be satisfied from the share, and without whom it does not move. */
  readonly holder: PartyId;
  readonly millionths: number;
  readonly purpose: string;
  readonly since: Instant;
}

/** All that is to be known of one pack's title. Open liens; offers and votes all ever, in the order they came. */
export interface Title {
  readonly acts: number;
  readonly shares: ReadonlyMap<PartyId, number>;
  readonly liens: readonly Lien[];
  readonly lessee: PartyId | null;
  readonly votes: readonly Vote[];
  readonly restrictions: Restrictions;
  readonly offers: readonly Offer[];
  /** What kind of organisation each is whom this may make an owner. */
  readonly kinds: ReadonlyMap<PartyId, string>;
}

/** By how much a lien becomes smaller. */
export interface Lessened {
  readonly id: string;
  readonly millionths: number;
}

/** What is to be done: all of it at once. */
export interface Decided {
  readonly lessened: readonly Lessened[];
  readonly moved?: Move;
  /** Booked with the share, in one set: whose signature was not asked is paid there and then. */
  readonly paid?: { readonly from: PartyId; readonly to: PartyId; readonly fen: number };
  readonly restrictions?: Restrictions;
  readonly lessee?: PartyId | null;
}

/** Millionths of an owner that are pledged. */
export const pledgedBy = ({ liens }: Pick<Title, 'liens'>, owner: PartyId): number =>
  liens.filter((it) => it.owner === owner).reduce((sum, it) => sum + it.millionths, 0);

/** A statement on its way through the rules. */
export interface Said {
  readonly title: Title;
  readonly signers: ReadonlySet<PartyId>;
  readonly at: Instant;
}
export type Of<T extends Statement['type']> = Extract<Statement, { type: T }>;

export const nothingMoves: Decided = { lessened: [] };

/** @returns all that the party owns @throws Refused `title-share-short` when that is less than `millionths` */
export function shareOf({ shares }: Title, party: PartyId, millionths: number): number {
  const has = shares.get(party) ?? 0;
  if (has < millionths)
    throw new Refused('title-share-short', `${party} owns ${has} millionths, ${millionths} are needed`, { party, has });
  return has;
}

/** @throws Refused `title-unsigned` */
export function demandSigned(signers: ReadonlySet<PartyId>, parties: readonly PartyId[]): void {
  const missing = parties.filter((it) => !signers.has(it));
  if (missing.length > 0)
    throw new Refused('title-unsigned', `The signature of ${missing.join(' and ')} is missing`, { missing }, 403);
}

/** @throws Refused `title-unsigned` */
export function demandMajority({ shares }: Title, signers: ReadonlySet<PartyId>): void {
  const signed = [...shares].reduce((sum, [party, has]) => sum + (signers.has(party) ? has : 0), 0);
  if (2 * signed <= WHOLE_TITLE)
    throw new Refused('title-unsigned', 'Owners of more than half of the pack must sign', { signed }, 403);
}

export const committed = (owner: PartyId) =>
  new Refused('title-committed', `${owner} has offered this share to the other owners, or a vote has sold it`, {
    party: owner,
  });

/** What is promised to the other owners, or was sold by a vote, is there for them. @throws Refused `title-committed` */
export function demandFree({ shares, offers, votes }: Title, owner: PartyId, millionths: number, at: Instant): void {
  const bound = offeredBy(offers, owner, at) + soldFrom(votes, owner, at);
  if (bound > 0 && millionths > (shares.get(owner) ?? 0) - bound) throw committed(owner);
}
