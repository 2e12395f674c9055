// Pages of the books, for those who want to look. Never used by what is booked.
import { sql } from 'kysely';
import type { Work } from '#kernel';
import type { Account } from './account.ts';
import type { Entry } from './posting.ts';

export interface Wanted {
  readonly unit?: string | undefined;
  readonly asset?: string | undefined;
  readonly holder?: string | undefined;
  /** Accounts opened after this one. */
  readonly after: number;
  readonly most: number;
}

export async function accountsPage(work: Work, { unit, asset, holder, after, most }: Wanted): Promise<Account[]> {
  const { rows } = await sql<Account>`select * from ledger.account where id > ${after}
    ${unit === undefined ? sql`` : sql`and unit = ${unit}`}
    ${asset === undefined ? sql`` : sql`and asset = ${asset}`}
    ${holder === undefined ? sql`` : sql`and holder = ${holder}`}
    order by id limit ${most}`.execute(work.db);
  return rows;
}

/** In the order of ids, which both indexes of the transfers have: no page costs more than the first. */
export async function transfersPage(work: Work, account: number, after: string, most: number): Promise<Entry[]> {
  const side = (column: 'debit_id' | 'credit_id') => sql`(select * from ledger.transfer
    where ${sql.ref(column)} = ${account} and id > ${after} order by id limit ${most})`;
  const { rows } = await sql<Entry>`${side('debit_id')} union all ${side('credit_id')}
    order by id limit ${most}`.execute(work.db);
  return rows;
}
