// A promise whose time is over ends by itself: nothing moves, what was promised is free again.
import type { Instant } from '#units';
import type { Account } from './account.ts';
import type { Entry } from './posting.ts';

const expiryId = (pendingId: string): string => `${pendingId}/expired`;

/** Nobody else may use such an id: a promise that could not expire would hold its amount for ever. */
export const isExpiryId = (id: string): boolean => id.endsWith('/expired');

/** Ends the promises `late` on their `accounts`, all of which must be given. Pure. */
export function decideExpiry(
  accounts: readonly Account[],
  late: readonly Entry[],
  at: Instant,
): { entries: readonly Entry[]; accounts: readonly Account[] } {
  const byId = new Map(accounts.map((it) => [it.id, it]));
  for (const { debitId, creditId, amount } of late) {
    const debit = byId.get(debitId)!;
    byId.set(debitId, { ...debit, debitsPending: debit.debitsPending - amount });
    const credit = byId.get(creditId)!;
    byId.set(creditId, { ...credit, creditsPending: credit.creditsPending - amount });
  }
  return { entries: late.map((it) => expiryOf(it, at)), accounts: [...byId.values()] };
}

const expiryOf = (pending: Entry, at: Instant): Entry => ({
  ...pending,
  id: expiryId(pending.id),
  kind: 'expire',
  pendingId: pending.id,
  reason: 'time is over',
  link: expiryId(pending.id),
  legs: 1,
  at,
  expiresAt: null,
});
