// Whose word counts in the title of a pack: who has a part in it, and whom a statement names.
import { Refused, type Work } from '#kernel';
import { readKey, type VerifierKey } from '#record/verify';
import type { PackCode, PartyId } from '#units';
import type { Statement } from './statement.ts';
import * as store from './store.ts';
import type { Title } from './title.ts';

/** All who have a part in it: owners, holders of liens, the lessee; and these. */
export const concerned = (
  { shares, liens, lessee }: Pick<Title, 'shares' | 'liens' | 'lessee'>,
  others: readonly PartyId[] = [],
): PartyId[] => [
  ...new Set([...shares.keys(), ...liens.map((it) => it.holder), ...(lessee ? [lessee] : []), ...others]),
];

/** By which keys these organisations sign. */
export async function keysFor(work: Work, parties: readonly PartyId[]) {
  const keys = await store.keysOf(work, parties);
  return await Promise.all(
    keys.map(
      async ({ party, key }): Promise<{ party: PartyId; key: VerifierKey }> => ({ party, key: await readKey(key) }),
    ),
  );
}

/** Whom it speaks of, itself or by the vote that it carries out. */
export function named({ votes }: Title, it: Statement): PartyId[] {
  const proposed =
    it.type === 'title.question'
      ? it.proposal
      : it.type === 'title.enact'
        ? votes.find((vote) => vote.id === it.vote)?.proposal
        : undefined;
  return [it, ...(proposed ? [proposed] : [])].flatMap((one) => [
    ...('from' in one ? [one.from, one.to] : []),
    ...('owner' in one ? [one.owner, one.holder] : []),
    ...('lessee' in one && one.lessee !== null ? [one.lessee] : []),
    ...('by' in one ? [one.by] : []),
    ...('restrictions' in one ? (one.restrictions.buyers?.parties ?? []) : []),
  ]);
}

/** @throws Refused `party-unknown`; `lien-known` for the name of a lien that ended */
export async function demandNew(work: Work, code: PackCode, title: Title, it: Statement): Promise<void> {
  const stranger = named(title, it).find((party) => !title.kinds.has(party));
  if (stranger) throw new Refused('party-unknown', `There is no organisation ${stranger}`, { partyId: stranger }, 404);
  if (it.type === 'title.pledge' && (await store.hadLien(work, code, it.lien)))
    throw new Refused('lien-known', `There was a lien ${it.lien} on this pack`, { lien: it.lien });
}
