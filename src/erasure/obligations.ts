// What stands between a person and being forgotten: a swap under way, a pack of others in his car, money.
import { sql } from 'kysely';
import { Refused, type Work } from '#kernel';
import { accounts, balance, holdingsOf, mustPost } from '#ledger';
import type { Whom } from './whom.ts';

/** In fen. */
export interface Money {
  /** Paid in and not used. */
  readonly credit: number;
  /** Billed and not paid in our books. */
  readonly owed: number;
}

/**
 * @param settled somebody says that money was settled outside our books: paid out, collected or given up
 * @throws Refused `erasure-swap-open`, `erasure-pack-held`, `erasure-money-open`
 */
export async function demandFree(work: Work, whom: Whom, settled: boolean): Promise<Money> {
  const { rows: swaps } = await sql<{ id: string }>`select id from swap.swap
    where ended_at is null and id_token = any(${whom.cards}) order by id limit 1`.execute(work.db);
  if (swaps[0])
    throw new Refused('erasure-swap-open', 'A swap is under way: end it, or have it resolved, then ask again', {
      swapId: swaps[0].id,
    });
  const holders = whom.vins.map((it) => `vehicle:${it}`);
  const held = await holdingsOf(work, 'custody', holders);
  if (held.length > 0)
    throw new Refused(
      'erasure-pack-held',
      'There are packs of the network in the vehicle: bring them back, or register the vehicle with its next driver',
      { packs: held.map((it) => it.asset) },
    );
  const money = await moneyOf(work, whom);
  if ((money.credit > 0 || money.owed > 0) && !settled)
    throw new Refused('erasure-money-open', 'Money is open: have the rest paid out or the debt collected, and say so', {
      ...money,
    });
  return money;
}

export async function moneyOf(work: Work, { drivers }: Pick<Whom, 'drivers'>): Promise<Money> {
  const named = (holder: (id: string) => `driver:${string}` | `outside:arrears/${string}`) =>
    drivers.map((id) => ({ unit: 'money' as const, asset: 'CNY', holder: holder(id) }));
  const sum = async (names: ReturnType<typeof named>) =>
    [...(await accounts(work, names)).values()].reduce((all, it) => all + balance(it), 0);
  return {
    credit: await sum(named((id) => `driver:${id}`)),
    owed: -(await sum(named((id) => `outside:arrears/${id}`))),
  };
}

/** What was paid in and not used leaves the books: somebody has said that it was settled. */
export async function payOut(work: Work, { drivers }: Whom): Promise<void> {
  for (const driverId of drivers) {
    const { credit } = await moneyOf(work, { drivers: [driverId] });
    if (credit <= 0) continue;
    const debit = { unit: 'money', asset: 'CNY', holder: `driver:${driverId}` } as const;
    const credited = { ...debit, holder: 'outside:payments' as const };
    const id = `payout/${work.newId<string>()}`;
    await mustPost(work, [
      [{ kind: 'posted', id, debit, credit: credited, amount: credit, reason: 'settled before erasure' }],
    ]);
  }
}
