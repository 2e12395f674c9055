import { Refused, type Work } from '#kernel';
import { type Account, type AccountName, accountKey } from './account.ts';
import { decideExpiry } from './expiry.ts';
import { decidePosting } from './posting.ts';
import * as store from './store.ts';
import type { Linked, Result } from './transfer.ts';

export {
  type Account,
  type AccountName,
  available,
  type Bound,
  balance,
  type Holder,
  type Unit,
  units,
} from './account.ts';
export { ledgerInvariants } from './invariants.ts';
export { type Keeper, keepersOf, keptSince } from './keeper.ts';
export { type Movement, movements } from './movements.ts';
export type { Entry } from './posting.ts';
export type { Change } from './store.ts';
export { close, open } from './terms.ts';
export type { Linked, Refusal, Result, Transfer } from './transfer.ts';

export const { changesOf, find, holdersOf, holdingsOf, entries } = store;

/**
 * Makes each linked set wholly or not at all, in the order given, in four statements whatever their number.
 * An account that is named for the first time is opened; only `outside:` accounts may give more than they got.
 * @returns what became of each set; a refused one left no trace
 */
export async function post(work: Work, sets: readonly Linked[]): Promise<readonly Result[]> {
  if (sets.length === 0) return [];
  const posting = decidePosting(await store.openBooks(work, sets), sets, work.at);
  await store.write(work, posting.entries, posting.accounts);
  return posting.results;
}

/** Posts sets that must all be possible. @throws Refused with the ledger's reason, which undoes the work */
export async function mustPost(work: Work, sets: readonly Linked[]): Promise<void> {
  for (const result of await post(work, sets))
    if (result.is === 'refused') throw new Refused(result.why, result.sentence, { transfer: result.id });
}

/** Releases promises whose time is over. @returns how many */
export async function expire(work: Work, most = 10_000): Promise<number> {
  const late = await store.overdue(work, work.at, most);
  if (late.length === 0) return 0;
  const ids = late.flatMap((it) => [it.debitId, it.creditId]);
  const ended = decideExpiry(await store.lockByIds(work, ids), late, work.at);
  await store.write(work, ended.entries, ended.accounts);
  return late.length;
}

/** The account of each name, by `unit|asset|holder`; a name without an account is left out. */
export async function accounts(work: Work, names: readonly AccountName[]): Promise<Map<string, Account>> {
  return new Map((await store.find(work, names)).map((it) => [accountKey(it), it]));
}
