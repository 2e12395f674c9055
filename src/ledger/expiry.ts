import type { Instant } from '#units';
import type { Entry } from './posting.ts';

/** What ends a pending transfer whose time is over: nothing moves, the promise is released. */
export const expiryOf = (pending: Entry, at: Instant): Entry => ({
  ...pending,
  id: `${pending.id}/expired`,
  kind: 'expire',
  pendingId: pending.id,
  reason: 'time is over',
  link: `${pending.id}/expired`,
  legs: 1,
  at,
  expiresAt: null,
});
