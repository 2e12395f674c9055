// Title of one pack: what its owners sign is carried out, booked in the ledger and kept in the record, all in one work.
import { Refused, type Work } from '#kernel';
import { mustPost } from '#ledger';
import { knownParties } from '#party';
import { append } from '#record';
import { readKey, type VerifierKey } from '#record/verify';
import type { PackCode, PartyId } from '#units';
import { ownersOf, whereAre } from '../register.ts';
import { known } from '../store.ts';
import { demandPossible, pledgedBy, type Title, tally } from './decide.ts';
import { readStatement, type Signed, type Statement, signersOf } from './statement.ts';
import * as store from './store.ts';

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
  const before = await store.findAct(work, signed.id);
  if (before) return before;
  const title = await titleOf(work, code);
  const signers = await signersOf(signed.note, await keysFor(work, title, signed.statement));
  const lessened = demandPossible(title, signed.statement, signers, work.at);
  await demandNew(work, code, signed.statement);
  if ('to' in signed.statement) await demandReceiver(work, signed.statement.to, code);
  await store.lessen(work, code, lessened);
  await carryOut(work, code, title, signed);
  const done = { id: signed.id, no: title.acts, type: signed.statement.type };
  await store.addAct(work, code, { ...done, note: text });
  const { pack: _, v: __, type: ___, ...said } = signed.statement;
  const body = { ...said, act: signed.id, signers: [...signers].toSorted(), lessened, note: text };
  await append(work, [{ subject: `pack:${code}`, type: PAST[signed.statement.type], body }]);
  return done;
}

/** As the record tells it. */
const PAST: Readonly<Record<Statement['type'], string>> = {
  'title.transfer': 'title.transferred',
  'title.pledge': 'title.pledged',
  'title.release': 'title.released',
  'title.lease': 'title.leased',
  'title.question': 'title.asked',
  'title.ballot': 'title.voted',
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
  };
}

/** The same as it is told: with the custodian, tallies, and the keys of all who have a part in it. */
export async function titleShown(work: Work, code: PackCode) {
  const title = await titleOf(work, code);
  const { acts, shares, liens, lessee, votes } = title;
  const parties = new Set([...shares.keys(), ...liens.map((it) => it.holder), ...(lessee ? [lessee] : [])]);
  return {
    code,
    acts,
    owners: [...shares].map(([party, millionths]) => ({ party, millionths, pledged: pledgedBy(title, party) })),
    liens: liens.map((it) => ({ ...it })),
    lessee,
    custodian: (await whereAre(work, [code])).get(code) ?? null,
    votes: votes.map(({ shares: _, ballots: __, ...it }, n) => ({ ...it, ...tally(votes[n]!, work.at) })),
    keys: (await store.keysOf(work, [...parties])).map((it) => ({ ...it })),
  };
}

/** The keys of everybody whose word may count here. */
async function keysFor(work: Work, { shares, liens, lessee }: Title, it: Statement) {
  const parties = new Set([...shares.keys(), ...liens.map((lien) => lien.holder), ...(lessee ? [lessee] : [])]);
  for (const party of named(it)) parties.add(party);
  const keys = await store.keysOf(work, [...parties]);
  return await Promise.all(
    keys.map(
      async ({ party, key }): Promise<{ party: PartyId; key: VerifierKey }> => ({ party, key: await readKey(key) }),
    ),
  );
}

const named = (it: Statement): PartyId[] => [
  ...('from' in it ? [it.from, it.to] : []),
  ...('owner' in it ? [it.owner, it.holder] : []),
  ...('lessee' in it && it.lessee !== null ? [it.lessee] : []),
  ...('by' in it ? [it.by] : []),
];

/** @throws Refused `party-unknown`; `lien-known` for the name of a lien that ended */
async function demandNew(work: Work, code: PackCode, it: Statement): Promise<void> {
  const parties = named(it);
  const there = await knownParties(work, parties);
  const stranger = parties.find((party) => !there.has(party));
  if (stranger) throw new Refused('party-unknown', `There is no organisation ${stranger}`, { partyId: stranger }, 404);
  if (it.type === 'title.pledge' && (await store.hadLien(work, code, it.lien)))
    throw new Refused('lien-known', `There was a lien ${it.lien} on this pack`, { lien: it.lien });
}

async function carryOut(
  work: Work,
  code: PackCode,
  { shares }: Title,
  { id, statement: it }: Signed,
): Promise<unknown> {
  switch (it.type) {
    case 'title.transfer': {
      const account = (party: PartyId) => ({ unit: 'title' as const, asset: code, holder: `party:${party}` as const });
      const [debit, credit] = [account(it.from), account(it.to)];
      const reason = 'share transferred';
      return mustPost(work, [[{ kind: 'posted', id: `title/${id}`, debit, credit, amount: it.millionths, reason }]]);
    }
    case 'title.pledge':
      return store.addLien(work, code, { ...it, id: it.lien });
    case 'title.release':
      return; // the lien was lessened to nothing
    case 'title.lease':
      return store.setLessee(work, code, it.lessee);
    case 'title.question':
      return store.addVote(work, code, {
        id: it.vote,
        question: it.question,
        askedBy: it.by,
        closesAt: it.closes,
        shares,
      });
    case 'title.ballot':
      return store.addBallot(work, code, it);
  }
}
