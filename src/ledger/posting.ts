// Decides what a batch of linked transfers does to the accounts. Pure: the store reads before and writes after.
import type { Instant } from '#units';
import { type Account, type AccountName, accountKey, available, keepsBound } from './account.ts';
import { isExpiryId } from './expiry.ts';
import type { Linked, Refusal, Result, Transfer } from './transfer.ts';

/** A transfer as it stands in the books. */
export interface Entry {
  readonly id: string;
  readonly kind: 'posted' | 'pending' | 'post' | 'void' | 'expire';
  readonly pendingId: string | null;
  readonly debitId: number;
  readonly creditId: number;
  readonly amount: number;
  readonly reason: string;
  readonly link: string;
  readonly legs: number;
  readonly at: Instant;
  readonly expiresAt: Instant | null;
}

/** What the decision has to know: the accounts and earlier entries that the batch names, by name and by id. */
export interface Books {
  readonly accounts: Map<string, Account>;
  readonly accountsById: Map<number, Account>;
  /** Entries by id: those with an id of the batch, and the pending ones it refers to. */
  readonly entries: Map<string, Entry>;
  /** What resolved a pending transfer, by the pending transfer's id. */
  readonly resolutions: Map<string, Entry>;
}

export interface Posting {
  readonly results: readonly Result[];
  readonly entries: readonly Entry[];
  /** Accounts whose totals changed, as they are now. */
  readonly accounts: readonly Account[];
}

/** Why a set does not fit. Thrown, but no Error: to be refused is an answer, and its stack would cost more than the decision. */
class Unfit {
  readonly why: Refusal;
  readonly sentence: string;
  constructor(why: Refusal, sentence: string) {
    this.why = why;
    this.sentence = sentence;
  }
}

/** Makes the sets one after the other; a set that does not fit leaves no trace and does not disturb the others. */
export function decidePosting(books: Books, sets: readonly Linked[], at: Instant): Posting {
  const made: Entry[] = [];
  const touched = new Set<number>();
  const results = sets.map((set): Result => {
    const undo: (() => void)[] = [];
    let current = set[0];
    try {
      let fresh = 0;
      for (const transfer of set) {
        current = transfer;
        fresh += makeOne(books, transfer, set, at, { made, touched, undo }) ? 1 : 0;
      }
      if (fresh > 0 && fresh < set.length)
        throw new Unfit(
          'id-used-for-another-transfer',
          'Some legs of this linked set were made earlier without the others',
        );
      return { is: fresh > 0 ? 'created' : 'exists' };
    } catch (error) {
      if (!(error instanceof Unfit)) throw error;
      for (const step of undo.toReversed()) step();
      return { is: 'refused', id: current!.id, why: error.why, sentence: `${current!.id}: ${error.sentence}` };
    }
  });
  return { results, entries: made, accounts: [...touched].map((id) => books.accountsById.get(id)!) };
}

interface Draft {
  readonly made: Entry[];
  readonly touched: Set<number>;
  readonly undo: (() => void)[];
}

/** @returns false when the same transfer was made before */
function makeOne(books: Books, transfer: Transfer, set: Linked, at: Instant, draft: Draft): boolean {
  if (isExpiryId(transfer.id)) throw new Unfit('id-reserved', 'Ids of this form are for promises that expire');
  const before = books.entries.get(transfer.id);
  const entry = entryOf(books, transfer, set, at);
  if (before) {
    if (!isSame(before, entry)) throw new Unfit('id-used-for-another-transfer', 'This id stands for another transfer');
    return false;
  }
  const pending = entry.pendingId === null ? undefined : books.entries.get(entry.pendingId);
  if (pending) demandOpen(books, pending, at);
  change(books, entry, pending, draft);
  books.entries.set(entry.id, entry);
  if (pending) books.resolutions.set(pending.id, entry);
  draft.made.push(entry);
  draft.undo.push(() => {
    draft.made.pop();
    books.entries.delete(entry.id);
    if (pending) books.resolutions.delete(pending.id);
  });
  return true;
}

function entryOf(books: Books, transfer: Transfer, set: Linked, at: Instant): Entry {
  const common = { id: transfer.id, reason: transfer.reason, link: set[0]!.id, legs: set.length, at };
  if (transfer.kind === 'posted' || transfer.kind === 'pending') {
    const { debit, credit } = sidesOf(books, transfer.debit, transfer.credit);
    demandAmount(transfer.amount, 1);
    const expiresAt = transfer.kind === 'pending' ? (transfer.expiresAt ?? null) : null;
    return {
      ...common,
      kind: transfer.kind,
      pendingId: null,
      debitId: debit.id,
      creditId: credit.id,
      amount: transfer.amount,
      expiresAt,
    };
  }
  const pending = books.entries.get(transfer.pendingId);
  if (!pending) throw new Unfit('pending-unknown', `There is no transfer ${transfer.pendingId}`);
  if (pending.kind !== 'pending') throw new Unfit('not-a-pending-transfer', `${pending.id} is not pending`);
  const amount = transfer.kind === 'void' ? pending.amount : (transfer.amount ?? pending.amount);
  demandAmount(amount, 0);
  if (amount > pending.amount)
    throw new Unfit(
      'exceeds-pending-amount',
      `${amount} is more than the ${pending.amount} that ${pending.id} promised`,
    );
  return {
    ...common,
    kind: transfer.kind,
    pendingId: pending.id,
    debitId: pending.debitId,
    creditId: pending.creditId,
    amount,
    expiresAt: null,
  };
}

function sidesOf(books: Books, debitName: AccountName, creditName: AccountName): { debit: Account; credit: Account } {
  if (debitName.unit !== creditName.unit || debitName.asset !== creditName.asset)
    throw new Unfit(
      'accounts-differ-in-unit',
      `${accountKey(debitName)} and ${accountKey(creditName)} count different things`,
    );
  const debit = books.accounts.get(accountKey(debitName))!;
  const credit = books.accounts.get(accountKey(creditName))!;
  if (debit.id === credit.id) throw new Unfit('accounts-same', 'A transfer needs two accounts');
  return { debit, credit };
}

function demandAmount(amount: number, least: number): void {
  if (!Number.isSafeInteger(amount) || amount < least)
    throw new Unfit('amount-not-whole', `The amount must be a whole number of at least ${least}, got ${amount}`);
}

function demandOpen(books: Books, pending: Entry, at: Instant): void {
  const resolution = books.resolutions.get(pending.id);
  if (resolution?.kind === 'post')
    throw new Unfit('pending-already-posted', `${pending.id} was posted by ${resolution.id}`);
  if (resolution?.kind === 'void')
    throw new Unfit('pending-already-voided', `${pending.id} was voided by ${resolution.id}`);
  const over = pending.expiresAt !== null && Temporal.Instant.compare(pending.expiresAt, at) <= 0;
  if (resolution || over) throw new Unfit('pending-expired', `${pending.id} expired at ${pending.expiresAt}`);
}

/** Changes the totals of both accounts, and demands that each is open and keeps its bound. */
function change(books: Books, entry: Entry, pending: Entry | undefined, draft: Draft): void {
  const promised = entry.kind === 'pending' ? entry.amount : pending ? -pending.amount : 0;
  const posted = entry.kind === 'posted' || entry.kind === 'post' ? entry.amount : 0;
  const debit = books.accountsById.get(entry.debitId)!;
  const credit = books.accountsById.get(entry.creditId)!;
  for (const account of [debit, credit])
    if (account.closedAt !== null && entry.kind !== 'void' && entry.kind !== 'expire')
      throw new Unfit('account-closed', `${accountKey(account)} was closed at ${account.closedAt}`);

  const afterDebit = {
    ...debit,
    debitsPending: debit.debitsPending + promised,
    debitsPosted: debit.debitsPosted + posted,
  };
  const afterCredit = {
    ...credit,
    creditsPending: credit.creditsPending + promised,
    creditsPosted: credit.creditsPosted + posted,
  };
  const debits = afterDebit.debitsPosted + afterDebit.debitsPending;
  const credits = afterCredit.creditsPosted + afterCredit.creditsPending;
  if (!Number.isSafeInteger(debits) || !Number.isSafeInteger(credits))
    throw new Unfit('too-large', 'The total would no longer be an exact number');
  const gives = promised + posted;
  if (gives > 0 && !keepsBound(afterDebit))
    throw new Unfit('exceeds-balance', `${accountKey(debit)} has ${available(debit)} to give, not ${gives}`);
  if (gives > 0 && !keepsBound(afterCredit))
    throw new Unfit('exceeds-bound', `${accountKey(credit)} may not take ${gives} more`);
  for (const [before, after] of [
    [debit, afterDebit],
    [credit, afterCredit],
  ] as const) {
    put(books, after);
    draft.undo.push(() => put(books, before));
    draft.touched.add(after.id);
  }
}

function put(books: Books, account: Account): void {
  books.accounts.set(accountKey(account), account);
  books.accountsById.set(account.id, account);
}

const isSame = (a: Entry, b: Entry): boolean =>
  a.kind === b.kind &&
  a.pendingId === b.pendingId &&
  a.debitId === b.debitId &&
  a.creditId === b.creditId &&
  a.amount === b.amount;
