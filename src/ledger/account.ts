import type { Instant } from '#units';

/** The five things that are conserved. Amounts are whole: fen, Wh, one pack, millionths of a pack, g CO2e. */
export const units = ['money', 'energy', 'custody', 'title', 'carbon'] as const;
export type Unit = (typeof units)[number];

/** Who an account belongs to: `driver:…`, `station:…`, `party:…`, `vehicle:…`; `outside:…` is where things enter and leave. */
export type Holder = `${'driver' | 'station' | 'party' | 'vehicle' | 'clearing' | 'outside'}:${string}`;

/** Names one account: what is counted, of which asset (CNY, Wh, a pack's code), and who has it. */
export interface AccountName {
  readonly unit: Unit;
  readonly asset: string;
  readonly holder: Holder;
}

/** Which side must not exceed the other. `debits`: nobody gives away more than he has. */
export type Bound = 'none' | 'debits' | 'credits';

export interface Account extends AccountName {
  readonly id: number;
  readonly bound: Bound;
  readonly debitsPosted: number;
  readonly creditsPosted: number;
  readonly debitsPending: number;
  readonly creditsPending: number;
  readonly closedAt: Instant | null;
}

/** What the holder has, in whole units: credits less debits, as far as posted. */
export const balance = (account: Account): number => account.creditsPosted - account.debitsPosted;

/** What the holder can still give away: the balance less what is promised already. */
export const available = (account: Account): number => balance(account) - account.debitsPending;

/**
 * The bound of an account that nobody opened with other terms. The outside is a source and a sink. An energy account is a
 * meter: a station that does not report its charging hands out more than it was seen to take in. All others give only
 * what they have.
 */
export const usualBound = ({ unit, holder }: AccountName): Bound =>
  unit === 'energy' || holder.startsWith('outside:') ? 'none' : 'debits';

export const accountKey = (name: AccountName): string => `${name.unit}|${name.asset}|${name.holder}`;

/** Whether totals keep to the account's bound. Pending amounts count against it, pending income does not help it. */
export const keepsBound = (account: Account): boolean =>
  account.bound === 'debits'
    ? account.debitsPosted + account.debitsPending <= account.creditsPosted
    : account.bound === 'credits'
      ? account.creditsPosted + account.creditsPending <= account.debitsPosted
      : true;
