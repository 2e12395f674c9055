import type { Instant } from '#units';
import type { AccountName } from './account.ts';

/**
 * Moves an amount from the account that is debited to the one that is credited, immutable and idempotent by `id`.
 * A retry may differ in `reason` and `expiresAt` only. Ids that end in `/expired` are kept for promises that expire.
 * `pending` promises it until `expiresAt`; `post` keeps a promise, wholly or in part; `void` takes it back.
 * The rules are TigerBeetle's (docs, "Reference: Transfer"): https://docs.tigerbeetle.com/reference/transfer
 */
export type Transfer =
  | {
      readonly kind: 'posted';
      readonly id: string;
      readonly debit: AccountName;
      readonly credit: AccountName;
      /** Whole units, more than 0. */
      readonly amount: number;
      readonly reason: string;
    }
  | {
      readonly kind: 'pending';
      readonly id: string;
      readonly debit: AccountName;
      readonly credit: AccountName;
      readonly amount: number;
      readonly reason: string;
      readonly expiresAt?: Instant;
    }
  | {
      readonly kind: 'post';
      readonly id: string;
      readonly pendingId: string;
      /** At most the pending amount; the rest is released. Absent: the whole. */
      readonly amount?: number;
      readonly reason: string;
    }
  | { readonly kind: 'void'; readonly id: string; readonly pendingId: string; readonly reason: string };

/** Transfers that happen together or not at all. */
export type Linked = readonly Transfer[];

/** Why a transfer cannot be made. */
export type Refusal =
  | 'id-reserved'
  | 'amount-not-whole'
  | 'accounts-same'
  | 'accounts-differ-in-unit'
  | 'account-closed'
  | 'exceeds-balance'
  | 'exceeds-bound'
  | 'id-used-for-another-transfer'
  | 'pending-unknown'
  | 'pending-already-posted'
  | 'pending-already-voided'
  | 'pending-expired'
  | 'not-a-pending-transfer'
  | 'exceeds-pending-amount'
  | 'too-large';

/** What became of one linked set. */
export type Result =
  | { readonly is: 'created' }
  | { readonly is: 'exists' }
  | { readonly is: 'refused'; readonly id: string; readonly why: Refusal; readonly sentence: string };
