// The books for those who look: accounts, what happened on one with its running balance, and one transfer with all around it.
import { type RawBuilder, sql } from 'kysely';
import { cursorWrong, Refused, seqCursor, type Work } from '#kernel';
import type { Reach } from '#kernel/api';
import { type Account, available, balance, type Entry } from '#ledger';
import type { Instant } from '#units';
import type { accountFilters } from '../api.ts';
import { all, type FiltersOf, holds, type Listing, when } from '../listing.ts';
import { accountWithin } from '../reach.ts';

export type AccountFilters = FiltersOf<typeof accountFilters>;

export const shownAccount = (it: Account) => ({
  ...it,
  balance: balance(it),
  promised: it.debitsPending,
  expected: it.creditsPending,
  available: available(it),
});
export type AccountRow = ReturnType<typeof shownAccount>;

export const accountListing: Listing<AccountFilters, AccountRow> = {
  async page(work, { filters: { unit, asset, holder, kind, search, nonZero }, reach, after, most }) {
    const isZero = sql`(a.credits_posted = a.debits_posted and a.debits_pending = 0 and a.credits_pending = 0)`;
    const { rows } = await sql<Account>`select a.* from ledger.account a where ${all(
      sql`a.id > ${seqCursor(after)}`,
      !reach.all && accountWithin(reach),
      when(unit, (it) => sql`a.unit = ${it}`),
      when(asset, (it) => sql`a.asset = ${it}`),
      when(holder, (it) => sql`a.holder = ${it}`),
      when(kind, (it) => sql`a.holder like ${`${it}:%`}`),
      when(search, (it) => sql`(${holds('a.holder', it)} or ${holds('a.asset', it)})`),
      when(nonZero, (it) => (it ? sql`not ${isZero}` : isZero)),
    )} order by a.id limit ${most}`.execute(work.db);
    return rows.map(shownAccount);
  },
  cursorOf: (row) => String(row.id),
  columns: [
    { name: 'id', kind: 'whole', of: (it) => it.id },
    { name: 'unit', kind: 'text', of: (it) => it.unit },
    { name: 'asset', kind: 'text', of: (it) => it.asset },
    { name: 'holder', kind: 'text', of: (it) => it.holder },
    { name: 'balance', kind: 'whole', of: (it) => it.balance },
    { name: 'available', kind: 'whole', of: (it) => it.available },
    { name: 'promised', kind: 'whole', of: (it) => it.promised },
    { name: 'expected', kind: 'whole', of: (it) => it.expected },
    { name: 'bound', kind: 'text', of: (it) => it.bound },
    { name: 'closed_at', kind: 'instant', of: (it) => it.closedAt },
  ],
};

/** @throws Refused `account-unknown`, also for an account beyond reach */
export async function accountOf(work: Work, id: number, reach: Reach): Promise<AccountRow> {
  const { rows } = await sql<Account>`select a.* from ledger.account a where ${all(
    sql`a.id = ${id}`,
    !reach.all && accountWithin(reach),
  )}`.execute(work.db);
  const [account] = rows;
  if (!account) throw new Refused('account-unknown', `There is no account ${id}`, { id }, 404);
  return shownAccount(account);
}

interface Numbered extends Entry {
  readonly seq: number;
  readonly from: string;
  readonly to: string;
}

export interface AccountTransfer extends Numbered {
  /** On this account's posted balance. */
  readonly change: number;
  readonly balanceAfter: number;
}

export interface TransferFilters {
  readonly account: number;
  readonly order?: 'asc' | 'desc';
}

/** Only what is posted, at once or from a promise, changes a balance. */
const isPosted = ({ kind }: Entry): boolean => kind === 'posted' || kind === 'post';

/**
 * What happened on an account, in the order in which it was made or the other way round. The running balance goes on from
 * page to page in the cursor, so that no page adds up more than itself: from 0 forwards, from the balance now backwards.
 */
export const transferListing: Listing<TransferFilters, AccountTransfer> = {
  async page(work, { filters: { account: id, order = 'asc' }, reach, after, most }) {
    const account = await accountOf(work, id, reach);
    const last = after === undefined ? undefined : seqAndBalance(after);
    const rest = last && (order === 'asc' ? sql`and seq > ${last.seq}` : sql`and seq < ${last.seq}`);
    const way = sql.raw(order);
    const side = (column: 'debit_id' | 'credit_id') => sql`(select * from ledger.transfer
      where ${sql.ref(column)} = ${id} ${rest ?? sql``} order by seq ${way} limit ${most})`;
    const { rows } = await sql<Numbered>`select t.*, d.holder as from, c.holder as to
      from (${side('debit_id')} union all ${side('credit_id')}) t
        join ledger.account d on d.id = t.debit_id join ledger.account c on c.id = t.credit_id
      order by t.seq ${way} limit ${most}`.execute(work.db);
    let running = last?.balance ?? (order === 'asc' ? 0 : account.balance);
    return rows.map((it) => {
      const change = isPosted(it) ? (it.creditId === id ? it.amount : -it.amount) : 0;
      if (order === 'asc') running += change;
      const balanceAfter = running;
      if (order === 'desc') running -= change;
      return { ...it, change, balanceAfter };
    });
  },
  cursorOf: ({ seq, change, balanceAfter }, { order = 'asc' }) =>
    `${seq}.${order === 'asc' ? balanceAfter : balanceAfter - change}`,
  columns: [
    { name: 'seq', kind: 'whole', of: (it) => it.seq },
    { name: 'id', kind: 'text', of: (it) => it.id },
    { name: 'at', kind: 'instant', of: (it) => it.at },
    { name: 'kind', kind: 'text', of: (it) => it.kind },
    { name: 'from', kind: 'text', of: (it) => it.from },
    { name: 'to', kind: 'text', of: (it) => it.to },
    { name: 'amount', kind: 'whole', of: (it) => it.amount },
    { name: 'change', kind: 'whole', of: (it) => it.change },
    { name: 'balance_after', kind: 'whole', of: (it) => it.balanceAfter },
    { name: 'reason', kind: 'text', of: (it) => it.reason },
    { name: 'pending_id', kind: 'text', of: (it) => it.pendingId },
    { name: 'link', kind: 'text', of: (it) => it.link },
    { name: 'expires_at', kind: 'instant', of: (it) => it.expiresAt },
  ],
};

/** @throws Refused `cursor-wrong` */
function seqAndBalance(cursor: string): { seq: number; balance: number } {
  const read = /^(\d{1,15})(?:\.(-?\d{1,16}))?$/.exec(cursor);
  if (!read) throw cursorWrong();
  return { seq: Number(read[1]), balance: Number(read[2] ?? 0) };
}

/** One transfer as a leg: with its unit, asset and both holders. */
export interface Leg {
  readonly id: string;
  readonly kind: Entry['kind'];
  readonly pendingId: string | null;
  readonly unit: Account['unit'];
  readonly asset: string;
  readonly from: string;
  readonly to: string;
  readonly amount: number;
  readonly reason: string;
  readonly link: string;
  readonly at: Instant;
}

/** Transfers with both sides named, in the order in which they were made. */
export async function legsWhere(work: Work, which: RawBuilder<unknown>, most = 1000): Promise<Leg[]> {
  const { rows } = await sql<Leg>`select t.id, t.kind, t.pending_id, d.unit, d.asset, d.holder as from, c.holder as to,
      t.amount, t.reason, t.link, t.at
    from ledger.transfer t join ledger.account d on d.id = t.debit_id join ledger.account c on c.id = t.credit_id
    where ${which} order by t.seq limit ${most}`.execute(work.db);
  return rows;
}

const unknown = (id: string) => new Refused('transfer-unknown', `There is no transfer ${id}`, { id }, 404);

/**
 * One transfer: its accounts, the promise it resolves or what became of it, and all that happened together with it.
 * Whoever reaches one of its accounts sees it whole: both sides of a booking know each other.
 * @throws Refused `transfer-unknown`, also when neither of its accounts is within reach
 */
export async function transferStory(work: Work, id: string, reach: Reach) {
  const { rows } = await sql<Entry & { seq: number }>`select * from ledger.transfer where id = ${id}`.execute(work.db);
  const [transfer] = rows;
  if (!transfer) throw unknown(id);
  const sides = sql`a.id in (${transfer.debitId}, ${transfer.creditId})`;
  const { rows: accounts } = await sql<Account & { isReached: boolean }>`select a.*,
      ${reach.all ? sql`true` : accountWithin(reach)} as is_reached from ledger.account a where ${sides}`.execute(
    work.db,
  );
  if (!accounts.some((it) => it.isReached)) throw unknown(id);
  const [from, to] = [transfer.debitId, transfer.creditId].map((it) => accounts.find((one) => one.id === it)!);
  const promise = transfer.pendingId ?? transfer.id;
  const chain = await legsWhere(work, sql`t.id = ${promise} or t.pending_id = ${promise}`);
  const linked = await legsWhere(work, linkedWith(transfer.link));
  return {
    at: work.at,
    transfer,
    from: shownAccount(from!),
    to: shownAccount(to!),
    state: stateOf(transfer, chain),
    chain,
    linked: linked.length > 0 ? linked : chain.filter((it) => it.id === id),
  };
}

/** A set carries the id of its first leg; the others of a swap's set have ids that begin alike, which is an index's range. */
function linkedWith(link: string): RawBuilder<unknown> {
  const root = /^[^/]+\/[^/]+\//.exec(link)?.[0];
  if (!root) return sql`t.id = ${link}`;
  return sql`t.id >= ${root} and t.id < ${`${root.slice(0, -1)}0`} and t.link = ${link}`;
}

function stateOf({ kind }: Entry, chain: readonly Leg[]): 'done' | 'open' | 'posted' | 'voided' | 'expired' {
  if (kind === 'posted') return 'done';
  const end = chain.find((it) => it.pendingId !== null)?.kind;
  return end === 'post' ? 'posted' : end === 'void' ? 'voided' : end === 'expire' ? 'expired' : 'open';
}
