// Everything that was ever moved of a unit: from it any balance at any moment can be computed anew.
import { sql } from 'kysely';
import type { Work } from '#kernel';
import type { Instant } from '#units';
import type { Holder, Unit } from './account.ts';

export interface Movement {
  readonly asset: string;
  readonly from: Holder;
  readonly to: Holder;
  readonly amount: number;
  /** The same for all that happened together or not at all. */
  readonly link: string;
  readonly at: Instant;
}

/** What was posted, in the order in which it was; promises that were not kept are left out. */
export async function movements(work: Work, unit: Unit): Promise<Movement[]> {
  const { rows } = await sql<Movement>`select d.asset, d.holder as "from", c.holder as "to", t.amount, t.link, t.at
    from ledger.account d join ledger.transfer t on t.debit_id = d.id join ledger.account c on c.id = t.credit_id
    where d.unit = ${unit} and t.kind in ('posted', 'post') order by t.seq`.execute(work.db);
  return rows;
}
