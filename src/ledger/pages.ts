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

/** A transfer with its number. */
export type Numbered = Entry & { readonly seq: number };

/** In the order in which they were made, which both indexes of the transfers have: no page costs more than the first. */
export async function transfersPage(work: Work, account: number, after: number, most: number): Promise<Numbered[]> {
  const side = (column: 'debit_id' | 'credit_id') => sql`(select * from ledger.transfer
    where ${sql.ref(column)} = ${account} and seq > ${after} order by seq limit ${most})`;
  const { rows } = await sql<Numbered>`${side('debit_id')} union all ${side('credit_id')}
    order by seq limit ${most}`.execute(work.db);
  return rows;
}
