// A pack enters the network: from then on it is in exactly one place and its title adds up to the whole.
import { Overtaken, Refused, type Work } from '#kernel';
import { type Holder, holdersOf, keepersOf, type Linked, post, type Transfer } from '#ledger';
import { append } from '#record';
import type { PackCode, PartyId } from '#units';
import { type PackFacts, usableWh } from './model.ts';
import * as store from './store.ts';
import type { Restrictions } from './title/restrict.ts';
import { setLessee, setRestrictions } from './title/store.ts';
import { WHOLE_TITLE } from './whole.ts';

export interface Owner {
  readonly party: PartyId;
  readonly millionths: number;
}

/** A pack as it enters: what it is, who has it, who owns which share. */
export interface Entering extends PackFacts {
  readonly holder: Holder;
  readonly owners: readonly Owner[];
  /** How shares may not move; they move freely when absent. */
  readonly restrictions?: Restrictions;
  /** Who rents it. */
  readonly lessee?: PartyId;
  /** Under which property structure it enters, as its record tells. */
  readonly structure?: string;
  /** Who registers it. */
  readonly by?: string;
}

/**
 * Registers packs with custody, title and the energy they hold. What is registered already stays as it is. A pack that
 * had turned up under its code has its place by the ledger already: it enters quarantined, for somebody to look at.
 * @throws Refused `title-incomplete` when the shares of a pack are not the whole; `pack-is-elsewhere` when it had turned
 * up and the ledger has it with somebody else
 */
export async function register(work: Work, entering: readonly Entering[]): Promise<void> {
  demandWholeTitles(entering);
  const rows = entering.map(({ holder, owners, restrictions, lessee, structure, by: _, ...facts }) => ({
    ...facts,
    ownersPercent: facts.ownersPercent ?? null,
    quarantinedWhy: null,
    observedAt: work.at,
  }));
  const added = await store.add(work, rows);
  const packs = entering.filter((it) => added.has(it.code));
  const found = await foundBefore(work, packs);
  await enter(
    work,
    packs.map((it) => entry(it, found.has(it.code))),
  );
  for (const [said, bound] of Map.groupBy(packs, (it) => JSON.stringify(it.restrictions)))
    if (said !== undefined)
      await setRestrictions(
        work,
        bound.map((it) => it.code),
        bound[0]!.restrictions!,
      );
  for (const { code, lessee } of packs) if (lessee) await setLessee(work, code, lessee);
  await append(
    work,
    packs.map(({ code, model, capacityWh, soh, producedOn, owners, ...terms }) => ({
      subject: `pack:${code}`,
      type: 'pack.registered',
      body: { model, capacityWh, soh, producedOn, owners, ...termsTold(terms) },
    })),
  );
  await lookAtFirst(work, [...found]);
}

/** What is not as usual. */
const termsTold = ({ restrictions, lessee, structure, ownersPercent, by }: Partial<Entering>) => ({
  ...(structure !== undefined && { structure }),
  ...(ownersPercent != null && { ownersPercent }),
  ...(restrictions && { restrictions }),
  ...(lessee && { lessee }),
  ...(by !== undefined && { by }),
});

function demandWholeTitles(packs: readonly Entering[]): void {
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
}

/**
 * The packs that turned up before they were registered.
 * @throws Refused `pack-is-elsewhere` when one is to be registered where it is not
 */
async function foundBefore(work: Work, packs: readonly Entering[]): Promise<Set<PackCode>> {
  const found = new Set(
    await store.takeStrangers(
      work,
      packs.map((it) => it.code),
    ),
  );
  const places = await whereAre(work, [...found]);
  for (const { code, holder } of packs) {
    const isAt = places.get(code);
    if (found.has(code) && isAt !== holder)
      throw new Refused(
        'pack-is-elsewhere',
        `Pack ${code} turned up before: by the ledger it is with ${isAt ?? 'nobody'}, not with ${holder}`,
        { code, holder: isAt },
      );
  }
  return found;
}

/** Nobody has compared the pack with its papers yet: no driver gets it before somebody did. */
async function lookAtFirst(work: Work, codes: readonly PackCode[]): Promise<void> {
  const why = 'turned up before it was registered';
  await store.quarantine(
    work,
    codes.map((code) => ({ code, why })),
  );
  await append(
    work,
    codes.map((code) => ({ subject: `pack:${code}`, type: 'pack.quarantined', body: { why } })),
  );
}

/**
 * The first custody of a pack, from outside the network. One id for it, whoever issues it: what is registered in the same
 * moment as it turns up enters once, and the ledger tells the second of the two.
 */
const firstCustody = (code: PackCode, from: Holder, to: Holder, reason: string): Transfer => ({
  kind: 'posted',
  id: `pack/${code}/custody`,
  debit: { unit: 'custody', asset: code, holder: from },
  credit: { unit: 'custody', asset: code, holder: to },
  amount: 1,
  reason,
});

/** @throws Overtaken when another work has let one of these packs in since we looked: done again, this one finds it */
async function enter(work: Work, sets: readonly Linked[]): Promise<void> {
  for (const result of await post(work, sets)) {
    if (result.is !== 'refused') continue;
    if (result.why === 'id-used-for-another-transfer') throw new Overtaken(`${result.id}: entered a moment ago`);
    throw new Refused(result.why, result.sentence, { transfer: result.id });
  }
}

const outside: Holder = 'outside:maker';

/** What a pack brings into the books; one that was found before has its custody already. */
function entry(pack: Entering, isFound: boolean): Linked {
  const { code: asset, holder } = pack;
  const reason = 'pack registered';
  const issue = (id: string, unit: 'title' | 'energy', asset: string, to: Holder, amount: number) => ({
    kind: 'posted' as const,
    id: `pack/${pack.code}/${id}`,
    debit: { unit, asset, holder: outside },
    credit: { unit, asset, holder: to },
    amount,
    reason,
  });
  const stored = usableWh(pack);
  return [
    ...(isFound ? [] : [firstCustody(asset, outside, holder, reason)]),
    ...pack.owners.map((it) => issue(`title/${it.party}`, 'title', asset, `party:${it.party}`, it.millionths)),
    ...(stored > 0 ? [issue('energy', 'energy', 'Wh', holder, stored)] : []),
  ];
}

/** Where each pack is; a code that never entered is left out. */
export async function whereAre(work: Work, codes: readonly PackCode[]): Promise<Map<PackCode, Holder>> {
  return new Map((await keepersOf(work, codes)).map((it) => [it.asset as PackCode, it.holder]));
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
  const reason = 'pack of unknown origin turned up';
  await enter(
    work,
    found.map(({ code, holder }) => [firstCustody(code, 'outside:unknown', holder, reason)]),
  );
}
