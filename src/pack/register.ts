// A pack enters the network: from then on it is in exactly one place and its title adds up to the whole.
import { Refused, type Work } from '#kernel';
import { type Holder, holdersOf, type Linked, mustPost } from '#ledger';
import { append } from '#record';
import type { PackCode, PartyId } from '#units';
import { type PackFacts, usableWh } from './model.ts';
import * as store from './store.ts';

/** All of a pack, in millionths. */
export const WHOLE_TITLE = 1_000_000;

export interface Owner {
  readonly party: PartyId;
  readonly millionths: number;
}

/** A pack as it enters: what it is, who has it, who owns which share. */
export interface Entering extends PackFacts {
  readonly holder: Holder;
  readonly owners: readonly Owner[];
}

/**
 * Registers packs with custody, title and the energy they hold. What is registered already stays as it is.
 * @throws Refused `title-incomplete` when the shares of a pack are not the whole
 */
export async function register(work: Work, packs: readonly Entering[]): Promise<void> {
  for (const { code, owners } of packs) {
    const total = owners.reduce((sum, it) => sum + it.millionths, 0);
    if (total !== WHOLE_TITLE)
      throw new Refused(
        'title-incomplete',
        `owners of ${code}: shares must add up to ${WHOLE_TITLE} millionths, not ${total}`,
        { field: 'owners', code },
        400,
      );
  }
  const rows = packs.map(({ holder, owners, ...facts }) => ({ ...facts, quarantinedWhy: null, observedAt: work.at }));
  await store.add(work, rows);
  await mustPost(work, packs.map(entry));
  await append(
    work,
    packs.map((it) => ({
      subject: `pack:${it.code}`,
      type: 'pack.registered',
      body: { model: it.model, capacityWh: it.capacityWh, soh: it.soh, producedOn: it.producedOn, owners: it.owners },
    })),
  );
}

const outside: Holder = 'outside:maker';

function entry(pack: Entering): Linked {
  const { code: asset, holder } = pack;
  const reason = 'pack registered';
  const issue = (id: string, unit: 'custody' | 'title' | 'energy', asset: string, to: Holder, amount: number) => ({
    kind: 'posted' as const,
    id: `pack/${pack.code}/${id}`,
    debit: { unit, asset, holder: outside },
    credit: { unit, asset, holder: to },
    amount,
    reason,
  });
  const stored = usableWh(pack);
  return [
    issue('custody', 'custody', asset, holder, 1),
    ...pack.owners.map((it) => issue(`title/${it.party}`, 'title', asset, `party:${it.party}`, it.millionths)),
    ...(stored > 0 ? [issue('energy', 'energy', 'Wh', holder, stored)] : []),
  ];
}

/** Where each pack is; a code that never entered is left out. */
export async function whereAre(work: Work, codes: readonly PackCode[]): Promise<Map<PackCode, Holder>> {
  if (codes.length === 0) return new Map();
  return new Map((await holdersOf(work, 'custody', codes)).map((it) => [it.asset as PackCode, it.holder]));
}

/** Who owns which share of each pack. */
export async function ownersOf(work: Work, codes: readonly PackCode[]): Promise<Map<PackCode, Owner[]>> {
  const owners = new Map<PackCode, Owner[]>();
  if (codes.length === 0) return owners;
  for (const { asset, holder, creditsPosted, debitsPosted } of await holdersOf(work, 'title', codes)) {
    const share = { party: holder.replace('party:', '') as PartyId, millionths: creditsPosted - debitsPosted };
    owners.set(asset as PackCode, [...(owners.get(asset as PackCode) ?? []), share]);
  }
  return owners;
}

/** Books packs that turned up under a code nobody registered: they are somewhere now, and never handed out on purpose. */
export async function admitStrangers(work: Work, found: readonly { code: PackCode; holder: Holder }[]): Promise<void> {
  if (found.length === 0) return;
  await store.addStrangers(
    work,
    found.map(({ code, holder }) => ({ code, whereAt: holder })),
  );
  await mustPost(
    work,
    found.map(({ code, holder }) => [
      {
        kind: 'posted',
        id: `pack/${code}/found`,
        debit: { unit: 'custody', asset: code, holder: 'outside:unknown' },
        credit: { unit: 'custody', asset: code, holder },
        amount: 1,
        reason: 'pack of unknown origin turned up',
      },
    ]),
  );
}
