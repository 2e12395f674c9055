import { type RawBuilder, sql } from 'kysely';
import { type Columns, insertRows, recordset, updateRows, type Work } from '#kernel';
import type { Instant } from '#units';
import { type Account, type AccountName, accountKey, usualBound } from './account.ts';
import type { Books, Entry } from './posting.ts';
import type { Linked } from './transfer.ts';

const nameColumns: Columns<AccountName> = { unit: 'text', asset: 'text', holder: 'text' };

const entryColumns: Columns<Entry> = {
  id: 'text',
  kind: 'text',
  pendingId: 'text',
  debitId: 'bigint',
  creditId: 'bigint',
  amount: 'bigint',
  reason: 'text',
  link: 'text',
  legs: 'integer',
  at: 'timestamptz',
  expiresAt: 'timestamptz',
};

const entryFields = sql.raw('id, kind, pending_id, debit_id, credit_id, amount, reason, link, legs, at, expires_at');
const accountFields = sql.raw(
  'a.id, a.unit, a.asset, a.holder, a.bound, a.debits_posted, a.credits_posted, a.debits_pending, a.credits_pending, a.closed_at',
);

/** Reads all that `sets` name, and locks the accounts so that they stay as read until this work ends. */
export async function openBooks(work: Work, sets: readonly Linked[]): Promise<Books> {
  const transfers = sets.flat();
  const pendingIds = transfers.flatMap((it) => ('pendingId' in it ? [it.pendingId] : []));
  const found = await entriesFor(
    work,
    transfers.map((it) => it.id),
    pendingIds,
  );
  const entries = new Map(found.map((it) => [it.id, it]));
  const resolutions = new Map(found.flatMap((it) => (it.pendingId === null ? [] : [[it.pendingId, it] as const])));

  const names = new Map<string, AccountName>();
  for (const it of transfers)
    if (!('pendingId' in it)) names.set(accountKey(it.debit), it.debit).set(accountKey(it.credit), it.credit);
  const ids = new Set(pendingIds.flatMap((id) => [entries.get(id)?.debitId ?? 0, entries.get(id)?.creditId ?? 0]));
  const accounts = await lockAccounts(work, [...names.values()], [...ids]);
  return {
    entries,
    resolutions,
    accounts: new Map(accounts.map((it) => [accountKey(it), it])),
    accountsById: new Map(accounts.map((it) => [it.id, it])),
  };
}

async function entriesFor(work: Work, ids: readonly string[], pendingIds: readonly string[]): Promise<Entry[]> {
  const both = [...ids, ...pendingIds];
  const { rows } = await sql<Entry>`select ${entryFields} from ledger.transfer where id = any(${both})
    union select ${entryFields} from ledger.transfer where pending_id = any(${pendingIds})`.execute(work.db);
  return rows;
}

/** Locks in the order of ids, so that two works that need the same accounts wait for each other and never for ever. */
async function lockAccounts(work: Work, names: readonly AccountName[], ids: readonly number[]): Promise<Account[]> {
  const known = await select(
    work,
    sql`where a.id = any(${ids}) or a.id in (select n.id from ledger.account n
        join ${recordset(nameColumns, names)} on (n.unit, n.asset, n.holder) = (r.unit, r.asset, r.holder))
      order by a.id for update`,
  );
  const keys = new Set(known.map(accountKey));
  const missing = names.filter((it) => !keys.has(accountKey(it)));
  return [...known, ...(await openMissing(work, missing))];
}

async function openMissing(work: Work, names: readonly AccountName[]): Promise<readonly Account[]> {
  if (names.length === 0) return [];
  const rows = names.map((it) => ({ ...it, bound: usualBound(it) }));
  const opened = await insertRows<AccountName & { bound: string }, Account>(
    work.db,
    'ledger.account',
    { ...nameColumns, bound: 'text' },
    rows,
    sql`on conflict (unit, asset, holder) do nothing returning *`,
  );
  if (opened.length === names.length) return opened;
  return await lockAccounts(work, names, []); // somebody else opened some of them meanwhile
}

const select = async (work: Work, where: RawBuilder<unknown>): Promise<Account[]> =>
  (await sql<Account>`select ${accountFields} from ledger.account a ${where}`.execute(work.db)).rows;

/** Writes a decision down: new entries, and the totals of the accounts they changed. */
export async function write(work: Work, entries: readonly Entry[], accounts: readonly Account[]): Promise<void> {
  if (entries.length === 0) return;
  await insertRows(work.db, 'ledger.transfer', entryColumns, entries);
  const totals = accounts.map(({ id, debitsPosted, creditsPosted, debitsPending, creditsPending }) => ({
    id,
    debitsPosted,
    creditsPosted,
    debitsPending,
    creditsPending,
  }));
  const columns = {
    id: 'bigint',
    debitsPosted: 'bigint',
    creditsPosted: 'bigint',
    debitsPending: 'bigint',
    creditsPending: 'bigint',
  };
  await updateRows(work.db, 'ledger.account', columns, ['id'], totals);
}

/** Opens accounts with their own terms; one that is open already keeps the terms it has. */
export const open = (work: Work, accounts: readonly Pick<Account, 'unit' | 'asset' | 'holder' | 'bound'>[]) =>
  insertRows(work.db, 'ledger.account', { ...nameColumns, bound: 'text' }, accounts, sql`on conflict do nothing`);

export const close = (work: Work, account: Account) =>
  sql`update ledger.account set closed_at = ${work.at.toString()} where id = ${account.id}`.execute(work.db);

/** The accounts as they stand, without locking them. Unknown ones are left out. */
export const find = (work: Work, names: readonly AccountName[]): Promise<Account[]> =>
  select(work, sql`join ${recordset(nameColumns, names)} on (a.unit, a.asset, a.holder) = (r.unit, r.asset, r.holder)`);

/** Who holds something of these assets now, in this unit. */
export const holdersOf = (work: Work, unit: string, assets: readonly string[]): Promise<Account[]> =>
  select(
    work,
    sql`where a.unit = ${unit} and a.asset = any(${assets}) and a.credits_posted > a.debits_posted and a.bound <> 'none'`,
  );

export const lock = (work: Work, names: readonly AccountName[]): Promise<Account[]> => lockAccounts(work, names, []);

/** Promises whose time is over and that nothing has resolved, oldest first, at most `most`. */
export const overdue = async (work: Work, at: Instant, most: number): Promise<Entry[]> =>
  (
    await sql<Entry>`select ${entryFields} from ledger.transfer t
      where kind = 'pending' and expires_at <= ${at.toString()}
        and not exists (select from ledger.transfer r where r.pending_id = t.id)
      order by expires_at limit ${most}`.execute(work.db)
  ).rows;

export const lockByIds = (work: Work, ids: readonly number[]): Promise<Account[]> => lockAccounts(work, [], ids);

/** The entries of some transfers, for those who want to show or check them. */
export const entries = (work: Work, ids: readonly string[]): Promise<Entry[]> => entriesFor(work, ids, []);

/** What these holders have of a unit, asset by asset. */
export const holdingsOf = (work: Work, unit: string, holders: readonly string[]): Promise<Account[]> =>
  select(work, sql`where a.holder = any(${holders}) and a.unit = ${unit} and a.credits_posted > a.debits_posted`);
