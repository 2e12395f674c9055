import { type Fen, splitFen, sumFen } from '#units';
import type { Bill } from './bill.ts';

/** Of the service fee, so many hundredths go to the owners of the packs handed out; the rest is the operator's. Assumed. */
const OWNERS_PERCENT = 40;

export interface Share {
  readonly party: string;
  readonly amount: Fen;
}

/** A party's part of the packs that were handed out: millionths of title x capacity. */
export interface Ownership {
  readonly party: string;
  readonly weight: number;
}

/**
 * Divides what a driver pays: the electricity and the larger part of the service go to the operator, the rest to the
 * packs' owners by title. The shares add up to the bill to the fen, and each party stands once.
 */
export function divide(bill: Bill, operator: string, owners: readonly Ownership[]): Share[] {
  const of = (what: string) => sumFen(bill.lines.filter((it) => it.what === what).map((it) => it.amount));
  const [toOwners, toOperator] = splitFen(of('service'), [OWNERS_PERCENT, 100 - OWNERS_PERCENT]) as [Fen, Fen];
  const parts =
    owners.length > 0
      ? splitFen(
          toOwners,
          owners.map((it) => it.weight),
        )
      : [];
  const byParty = new Map<string, number>([
    [operator, of('electricity') + toOperator + (owners.length > 0 ? 0 : toOwners)],
  ]);
  for (const [index, { party }] of owners.entries()) byParty.set(party, (byParty.get(party) ?? 0) + parts[index]!);
  return [...byParty].filter(([, amount]) => amount > 0).map(([party, amount]) => ({ party, amount: amount as Fen }));
}
