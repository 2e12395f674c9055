// Title of one pack: what its owners sign is carried out, booked in the ledger and kept in the record, all in one work.
import { Refused, type Work } from '#kernel';
import { type Linked, mustPost } from '#ledger';
import { kindsOf } from '#party';
import { append } from '#record';
import { Fen, type PackCode, type PartyId } from '#units';
import { ownersOf, whereAre } from '../register.ts';
import { known } from '../store.ts';
import { demandPossible } from './decide.ts';
import { standingOf, takenOf, termsOf } from './offer.ts';
import { concerned, demandNew, keysFor, named } from './parties.ts';
import { readStatement, type Signed, type Statement, signersOf } from './statement.ts';
import * as store from './store.ts';
import { type Decided, pledgedBy, type Title } from './title.ts';
import { needsThreeQuarters, tally } from './vote.ts';

export interface Done {
  /** SHA-256 of what was said. */
  readonly id: string;
  /** Its place among the acts of the pack. */
  readonly no: number;
  readonly type: string;
}

/** The rooms that know of licences stand above this one. @throws Refused when this organisation may not have the pack */
export type DemandReceiver = (work: Work, to: PartyId, code: PackCode) => Promise<void>;

/**
 * Carries out what was signed. The same statement again, with whatever signatures, changes nothing and tells the same.
 * @throws Refused `pack-unknown`, `title-note-wrong`, `party-unknown`, what `demandPossible` refuses, and what the ledger does
 */
export async function act(
  work: Work,
  code: PackCode,
  text: string,
  demandReceiver: DemandReceiver = async () => {},
): Promise<Done> {
  const signed = readStatement(text, code);
  if (!(await known(work, [code])).has(code))
    // locked: acts of one pack wait for each other
    throw new Refused('pack-unknown', `There is no pack ${code}`, { code }, 404);
  const again = await store.findAct(work, signed.id);
  if (again) return again;
  const before = await titleOf(work, code);
  const { statement } = signed;
  const parties = named(before, statement);
  const title: Title = { ...before, kinds: await kindsOf(work, parties) };
  const signers = await signersOf(signed.note, await keysFor(work, concerned(title, parties)));
  const decided = demandPossible(title, statement, signers, work.at);
  await demandNew(work, code, title, statement);
  for (const to of receivers(statement, decided)) await demandReceiver(work, to, code);
  await carryOut(work, code, title, signed, decided);
  const done = { id: signed.id, no: title.acts, type: statement.type };
  await store.addAct(work, code, { ...done, note: text });
  const { pack: _, v: __, type: ___, ...said } = statement;
  const { lessened, moved, paid } = decided;
  const does = { lessened, ...(moved && { moved }), ...(paid && { paid }) };
  const body = { ...said, act: signed.id, signers: [...signers].toSorted(), ...does, note: text };
  await append(work, [{ subject: `pack:${code}`, type: PAST[statement.type], body }]);
  return done;
}

/** Who becomes an owner by it, or may. */
export const receivers = (it: Statement, { moved }: Decided): PartyId[] =>
  moved ? [moved.to] : it.type === 'title.offer' ? [it.to] : [];

/** As the record tells it. */
const PAST: Readonly<Record<Statement['type'], string>> = {
  'title.transfer': 'title.transferred',
  'title.pledge': 'title.pledged',
  'title.release': 'title.released',
  'title.lease': 'title.leased',
  'title.question': 'title.asked',
  'title.ballot': 'title.voted',
  'title.restrict': 'title.restricted',
  'title.offer': 'title.offered',
  'title.take': 'title.taken',
  'title.enact': 'title.enacted',
};

/** All that stands of the title of one pack. */
export async function titleOf(work: Work, code: PackCode): Promise<Title> {
  const owners = (await ownersOf(work, [code])).get(code) ?? [];
  return {
    acts: await store.actsOf(work, code),
    shares: new Map(owners.map((it) => [it.party, it.millionths])),
    liens: await store.liensOf(work, code),
    lessee: await store.lesseeOf(work, code),
    votes: await store.votesOf(work, code),
    restrictions: await store.restrictionsOf(work, code),
    offers: await store.offersOf(work, code),
    kinds: new Map(),
  };
}

/** The same as it is told: with the custodian, tallies, and the keys of all who have a part in it. */
export async function titleShown(work: Work, code: PackCode) {
  const title = await titleOf(work, code);
  const { acts, shares, liens, lessee, votes, restrictions, offers } = title;
  return {
    code,
    acts,
    owners: [...shares].map(([party, millionths]) => ({ party, millionths, pledged: pledgedBy(title, party) })),
    liens: liens.map((it) => ({ ...it })),
    lessee,
    custodian: (await whereAre(work, [code])).get(code) ?? null,
    votes: votes.map(({ shares: _, ballots: __, ...it }, n) => ({ ...it, ...tally(votes[n]!, work.at) })),
    restrictions,
    offers: offers.map(({ shares: _, takes: __, ...it }, n) => ({
      ...it,
      fen: Fen(it.fen),
      taken: takenOf(offers[n]!),
      standing: standingOf(offers[n]!, work.at),
    })),
    keys: (await store.keysOf(work, concerned(title))).map((it) => ({ ...it })),
  };
}

/** Everything that was decided, then what the statement itself leaves behind. */
async function carryOut(work: Work, code: PackCode, title: Title, signed: Signed, decided: Decided): Promise<void> {
  const { lessened, restrictions, lessee } = decided;
  await store.lessen(work, code, lessened);
  if (decided.moved) await mustPost(work, [moneyAndShare(code, signed.id, decided)]);
  if (restrictions) await store.setRestrictions(work, [code], restrictions);
  if (lessee !== undefined) await store.setLessee(work, code, lessee);
  await leave(work, code, title, signed.statement);
}

/** Both or neither: the ledger refuses the share when the price is not there. */
function moneyAndShare(code: PackCode, act: string, { moved, paid }: Decided): Linked {
  const title = (party: PartyId) => ({ unit: 'title' as const, asset: code, holder: `party:${party}` as const });
  const money = (party: PartyId) => ({ unit: 'money' as const, asset: 'CNY', holder: `party:${party}` as const });
  const kind = 'posted' as const;
  return [
    ...(moved
      ? [
          {
            ...{ kind, id: `title/${act}`, debit: title(moved.from), credit: title(moved.to) },
            ...{ amount: moved.millionths, reason: 'share transferred' },
          },
        ]
      : []),
    ...(paid
      ? [
          {
            ...{ kind, id: `title/${act}/price`, debit: money(paid.from), credit: money(paid.to) },
            ...{ amount: paid.fen, reason: 'price of a share' },
          },
        ]
      : []),
  ];
}

async function leave(work: Work, code: PackCode, title: Title, it: Statement): Promise<unknown> {
  const { shares, restrictions, offers } = title;
  switch (it.type) {
    case 'title.transfer':
      return it.offer !== undefined && store.endOffer(work, code, it.offer);
    case 'title.pledge':
      return store.addLien(work, code, { ...it, id: it.lien });
    case 'title.question':
      return store.addVote(work, code, {
        ...{ id: it.vote, question: it.question, askedBy: it.by, closesAt: it.closes, shares },
        proposal: it.proposal ?? null,
        threeQuarters: needsThreeQuarters(it.proposal, restrictions, work.at),
      });
    case 'title.ballot':
      return store.addBallot(work, code, it);
    case 'title.offer':
      return store.addOffer(work, code, {
        ...{ id: it.offer, seller: it.from, buyer: it.to, millionths: it.millionths, fen: it.fen },
        ...termsOf(work.at, restrictions.preemptionDays!),
        shares: new Map([...shares].filter(([party]) => party !== it.from)),
      });
    case 'title.take':
      return store.offerTaken(work, code, offers.find((one) => one.id === it.offer)!, it);
    case 'title.enact':
      return store.voteEnacted(work, code, it.vote);
    case 'title.release':
    case 'title.lease':
    case 'title.restrict':
      return; // all was decided
  }
}
