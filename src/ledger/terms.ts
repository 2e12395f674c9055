// The terms of an account: opened with a bound of its own, and closed for good.
import { Refused, type Work } from '#kernel';
import { type Account, type AccountName, accountKey } from './account.ts';
import * as store from './store.ts';

/** Opens accounts whose bound is not the usual one, such as a post-paid customer's; open ones keep their terms. */
export async function open(work: Work, accounts: readonly (AccountName & Pick<Account, 'bound'>)[]): Promise<void> {
  await store.open(work, accounts);
}

/**
 * Closes an account for good: nothing can be booked on it from now on.
 * @throws Refused `account-unknown`, or `account-has-pending` while promises on it are open
 */
export async function close(work: Work, name: AccountName): Promise<void> {
  const [account] = (await store.find(work, [name])).length > 0 ? await store.lock(work, [name]) : [];
  if (!account) throw new Refused('account-unknown', `There is no account ${accountKey(name)}`, {}, 404);
  if (account.debitsPending + account.creditsPending > 0)
    throw new Refused('account-has-pending', `${accountKey(name)} has open promises: post or void them first`);
  if (account.closedAt === null) await store.close(work, account);
}
