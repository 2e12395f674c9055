import { type Fen, splitFen, sumFen } from '#units';
import type { Bill } from './bill.ts';

/** Of the service fee, so many hundredths go to the owners of a pack handed out, unless it entered on other terms. Assumed. */
const OWNERS_PERCENT = 40;

export interface Share {
  readonly party: string;
  readonly amount: Fen;
}

/** A party's part of the packs that were handed out: millionths of title x capacity. */
export interface Ownership {
  readonly party: string;
  readonly weight: number;
  /** Hundredths of the service fee for its owners; absent or null: as usual. */
  readonly percent?: number | null;
}

/**
 * Divides what a driver pays: the electricity and the larger part of the service go to the operator, the rest to the
 * packs' owners by title. The shares add up to the bill to the fen, and each party stands once.
 */
export function divide(bill: Bill, operator: string, owners: readonly Ownership[]): Share[] {
  const of = (what: string) => sumFen(bill.lines.filter((it) => it.what === what).map((it) => it.amount));
  const weights = owners.map((it) => it.weight * (it.percent ?? OWNERS_PERCENT));
  const all = owners.reduce((sum, it) => sum + 100 * it.weight, 0);
  const theirs = weights.reduce((sum, it) => sum + it, 0);
  // Nobody owns anything of these packs, or it entitles to nothing.
  const [toOwners, toOperator] = (
    theirs > 0 ? splitFen(of('service'), [theirs, all - theirs]) : [0, of('service')]
  ) as [Fen, Fen];
  const parts = theirs > 0 ? splitFen(toOwners, weights) : owners.map(() => 0);
  const byParty = new Map<string, number>([[operator, of('electricity') + toOperator]]);
  for (const [index, { party }] of owners.entries()) byParty.set(party, (byParty.get(party) ?? 0) + parts[index]!);
  return [...byParty].filter(([, amount]) => amount > 0).map(([party, amount]) => ({ party, amount: amount as Fen }));
}
