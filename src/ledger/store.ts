import { type RawBuilder, sql } from 'kysely';
import { anyOf, type Columns, insertRows, recordset, updateRows, type Work } from '#kernel';
import type { Instant } from '#units';
import { type Account, type AccountName, accountKey, usualBound } from './account.ts';
import { keepersAfter, writeKeepers } from './keeper.ts';
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

/**
 * Locks the accounts that `sets` name, so that they stay as read until this work ends, then reads the entries: whoever
 * had an account locked before us has written his by then.
 */
export async function openBooks(work: Work, sets: readonly Linked[]): Promise<Books> {
  const transfers = sets.flat();
  const pendingIds = transfers.flatMap((it) => ('pendingId' in it ? [it.pendingId] : []));
  const names = new Map<string, AccountName>();
  for (const it of transfers)
    if (!('pendingId' in it)) names.set(accountKey(it.debit), it.debit).set(accountKey(it.credit), it.credit);

  const ids = transfers.map((it) => it.id);
  const [locked, found] = await Promise.all([
    lockAccounts(work, [...names.values()], accountsOf(pendingIds)),
    entriesFor(work, [...ids, ...pendingIds], pendingIds), // waits for the locks: statements are executed in this order
  ]);
  const accounts = [...locked, ...(await lockLate(work, locked, found))];
  return {
    entries: new Map(found.map((it) => [it.id, it])),
    resolutions: new Map(found.flatMap((it) => (it.pendingId === null ? [] : [[it.pendingId, it] as const]))),
    accounts: new Map(accounts.map((it) => [accountKey(it), it])),
    accountsById: new Map(accounts.map((it) => [it.id, it])),
  };
}

/** The accounts of promises that another work made between our two reads. */
async function lockLate(work: Work, locked: readonly Account[], found: readonly Entry[]): Promise<readonly Account[]> {
  const ids = new Set(locked.map((it) => it.id));
  const late = found
    .flatMap((it) => (it.kind === 'pending' ? [it.debitId, it.creditId] : []))
    .filter((it) => !ids.has(it));
  return late.length === 0 ? [] : await lockByIds(work, late);
}

async function entriesFor(work: Work, ids: readonly string[], pendingIds: readonly string[]): Promise<Entry[]> {
  const { rows } = await sql<Entry>`select ${entryFields} from ledger.transfer where id = ${anyOf(ids, 'text')}
    union all select ${entryFields} from ledger.transfer where pending_id = ${anyOf(pendingIds, 'text')}`.execute(
    work.db,
  );
  return rows;
}

const accountsOf = (pendingIds: readonly string[]) => sql`select unnest(array[debit_id, credit_id])
  from ledger.transfer where id = ${anyOf(pendingIds, 'text')}`;

/**
 * Locks the accounts with these names and with the ids that `idsToo` selects; those that are not there yet are opened.
 * In the order of ids, so that two works that need the same accounts wait for each other and never for ever.
 */
async function lockAccounts(
  work: Work,
  names: readonly AccountName[],
  idsToo: RawBuilder<unknown> = sql`select null::bigint`,
): Promise<Account[]> {
  const known = await select(
    work,
    sql`where a.id = any(array(select n.id from ledger.account n
        join ${recordset(nameColumns, names)} on (n.unit, n.asset, n.holder) = (r.unit, r.asset, r.holder)
        union all ${idsToo}))
      order by a.id for update`,
  );
  const keys = new Set(known.map(accountKey));
  const missing = names.filter((it) => !keys.has(accountKey(it)));
  return [...known, ...(await openMissing(work, missing))];
}

async function openMissing(work: Work, names: readonly AccountName[]): Promise<readonly Account[]> {
  if (names.length === 0) return [];
  const rows = names
    .map((it) => ({ ...it, bound: usualBound(it) }))
    .sort((a, b) => (accountKey(a) < accountKey(b) ? -1 : 1)); // two works that open the same ones do not cross
  const opened = await insertRows<AccountName & { bound: string }, Account>(
    work.db,
    'ledger.account',
    { ...nameColumns, bound: 'text' },
    rows,
    sql`on conflict (unit, asset, holder) do nothing returning *`,
  );
  if (opened.length === names.length) return opened;
  return await lockAccounts(work, names); // somebody else opened some of them meanwhile
}

const select = async (work: Work, where: RawBuilder<unknown>): Promise<Account[]> =>
  (await sql<Account>`select ${accountFields} from ledger.account a ${where}`.execute(work.db)).rows;

/** What a holder inside the network got of an asset, or gave (less than 0). */
export interface Change {
  readonly asset: string;
  readonly holder: string;
  readonly change: number;
  /** Its place among all transfers. */
  readonly seq: number;
  readonly at: Instant;
}

/** All that these assets ever did among holders inside the network, in the order it was booked. */
export async function changesOf(work: Work, unit: string, assets: readonly string[]): Promise<Change[]> {
  if (assets.length === 0) return [];
  const { rows } =
    await sql<Change>`select a.asset, a.holder, t.change, t.seq, t.at from ledger.account a cross join lateral (
      select seq, amount as change, at from ledger.transfer where credit_id = a.id and kind in ('posted', 'post')
      union all select seq, -amount, at from ledger.transfer where debit_id = a.id and kind in ('posted', 'post')) t
    where a.unit = ${unit} and a.asset = ${anyOf(assets, 'text')} and a.bound <> 'none' order by t.seq`.execute(
      work.db,
    );
  return rows;
}

/** Writes a decision down: new entries, and the totals of the accounts they changed. */
export async function write(work: Work, entries: readonly Entry[], accounts: readonly Account[]): Promise<void> {
  if (entries.length === 0) return;
  const at = work.at.toString(); // once: all are made now, and to write an instant takes longer than to decide a transfer
  const rows = entries.map((it) => ({ ...it, at }));
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
  await Promise.all([
    insertRows<(typeof rows)[number]>(work.db, 'ledger.transfer', entryColumns, rows),
    updateRows(work.db, 'ledger.account', columns, ['id'], totals),
    writeKeepers(work, keepersAfter(entries, accounts)),
  ]);
}

/** Opens accounts with their own terms; one that is open already keeps the terms it has. */
export const open = (work: Work, accounts: readonly Pick<Account, 'unit' | 'asset' | 'holder' | 'bound'>[]) =>
  insertRows(work.db, 'ledger.account', { ...nameColumns, bound: 'text' }, accounts, sql`on conflict do nothing`);

/** Closes it now, or at the instant of the last transfer on it, which a work with a later instant may have made before. */
export const close = (work: Work, account: Account) =>
  sql`update ledger.account set closed_at = greatest(${work.at.toString()}::timestamptz,
    (select max(at) from ledger.transfer where debit_id = ${account.id} or credit_id = ${account.id}))
    where id = ${account.id}`.execute(work.db);

/** The accounts as they stand, without locking them. Unknown ones are left out. */
export const find = (work: Work, names: readonly AccountName[]): Promise<Account[]> =>
  select(work, sql`join ${recordset(nameColumns, names)} on (a.unit, a.asset, a.holder) = (r.unit, r.asset, r.holder)`);

/** Who holds something of these assets now, in this unit; by asset and holder, so that two who ask are told the same. */
export const holdersOf = (work: Work, unit: string, assets: readonly string[]): Promise<Account[]> =>
  select(
    work,
    sql`where a.unit = ${unit} and a.asset = ${anyOf(assets, 'text')} and a.credits_posted > a.debits_posted and a.bound <> 'none'
      order by a.asset collate "C", a.holder collate "C"`,
  );

export const lock = (work: Work, names: readonly AccountName[]): Promise<Account[]> => lockAccounts(work, names);

/** Promises whose time is over and that nothing has resolved, oldest first, at most `most`. */
export const overdue = async (work: Work, at: Instant, most: number): Promise<Entry[]> =>
  (
    await sql<Entry>`select ${entryFields} from ledger.transfer t
      where kind = 'pending' and expires_at <= ${at.toString()}
        and not exists (select from ledger.transfer r where r.pending_id = t.id)
      order by expires_at limit ${most}`.execute(work.db)
  ).rows;

export const lockByIds = (work: Work, ids: readonly number[]): Promise<Account[]> =>
  lockAccounts(work, [], sql`select unnest(${ids}::bigint[])`);

/** The entries of some transfers, for those who want to show or check them. */
export const entries = (work: Work, ids: readonly string[]): Promise<Entry[]> => entriesFor(work, ids, []);

/** What these holders have of a unit, asset by asset. */
export const holdingsOf = (work: Work, unit: string, holders: readonly string[]): Promise<Account[]> =>
  select(
    work,
    sql`where a.holder = ${anyOf(holders, 'text')} and a.unit = ${unit} and a.credits_posted > a.debits_posted`,
  );
