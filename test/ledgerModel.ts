// The ledger once more, as plainly as it can be said: one transfer after the other, by the rules of TigerBeetle's reference
// (https://docs.tigerbeetle.com/reference/transfer), balances counted anew from the list of transfers each time. It knows
// nothing of the ledger's code but its types, so where both agree, both would have to be wrong in the same way.
import type { AccountName, Bound, Linked, Refusal, Transfer } from '#ledger';
import type { Instant } from '#units';

interface Booked {
  readonly id: string;
  readonly kind: Transfer['kind'] | 'expire';
  readonly debit: string;
  readonly credit: string;
  readonly amount: number;
  readonly pendingId?: string;
  readonly expiresAt?: Instant | undefined;
}

/** A refusal with every reason that holds: which of them is named first is a matter of taste. */
export type ModelResult = 'created' | 'exists' | { readonly id: string; readonly reasons: ReadonlySet<Refusal> };

export interface Totals {
  readonly debitsPosted: number;
  readonly creditsPosted: number;
  readonly debitsPending: number;
  readonly creditsPending: number;
}

export const nameOf = (it: AccountName): string => `${it.unit}|${it.asset}|${it.holder}`;

const isLate = (it: Booked, at: Instant) =>
  it.expiresAt !== undefined && Temporal.Instant.compare(it.expiresAt, at) <= 0;

export class LedgerModel {
  booked: readonly Booked[] = [];
  readonly bounds = new Map<string, Bound>();
  readonly closed = new Set<string>();

  /** Accounts never opened with their own terms: energy and the outside are unbounded, all others give what they have. */
  #bound(name: string): Bound {
    return this.bounds.get(name) ?? (/^energy\||\|outside:/.test(name) ? 'none' : 'debits');
  }

  postSet(set: Linked, at: Instant): ModelResult {
    const before = this.booked;
    const outcomes = new Set<'created' | 'exists'>();
    for (const transfer of set) {
      const outcome = this.#post(transfer, at);
      if (typeof outcome !== 'string') {
        this.booked = before;
        return outcome;
      }
      outcomes.add(outcome);
    }
    if (outcomes.size < 2) return outcomes.has('created') ? 'created' : 'exists';
    this.booked = before;
    return { id: set.at(-1)!.id, reasons: new Set(['id-used-for-another-transfer']) };
  }

  #post(transfer: Transfer, at: Instant): ModelResult {
    const reasons = new Set<Refusal>();
    const draft = this.#draft(transfer, reasons);
    const same = this.booked.find((it) => it.id === transfer.id);
    if (same) {
      const fields = ['kind', 'debit', 'credit', 'amount', 'pendingId'] as const;
      if (reasons.size === 0 && draft && fields.every((it) => same[it] === draft[it])) return 'exists';
      reasons.add('id-used-for-another-transfer');
    }
    if (reasons.size === 0 && draft) this.#judge(draft, at, reasons);
    if (reasons.size > 0) return { id: transfer.id, reasons };
    this.booked = [...this.booked, draft!];
    return 'created';
  }

  /** The transfer with its accounts, and what is wrong with it whatever the accounts hold. */
  #draft(transfer: Transfer, wrong: Set<Refusal>): Booked | undefined {
    const { id, kind } = transfer;
    if (id.endsWith('/expired')) wrong.add('id-reserved');
    if (kind === 'posted' || kind === 'pending') {
      const { debit, credit, amount } = transfer;
      if (nameOf(debit) === nameOf(credit)) wrong.add('accounts-same');
      if (debit.unit !== credit.unit || debit.asset !== credit.asset) wrong.add('accounts-differ-in-unit');
      if (!(Number.isSafeInteger(amount) && amount > 0)) wrong.add('amount-not-whole');
      const expiresAt = kind === 'pending' ? transfer.expiresAt : undefined;
      return { id, kind, debit: nameOf(debit), credit: nameOf(credit), amount, expiresAt };
    }
    const pending = this.booked.find((it) => it.id === transfer.pendingId);
    if (!pending) wrong.add('pending-unknown');
    else if (pending.kind !== 'pending') wrong.add('not-a-pending-transfer');
    if (pending?.kind !== 'pending') return undefined;
    const amount = kind === 'post' ? (transfer.amount ?? pending.amount) : pending.amount;
    if (!(Number.isSafeInteger(amount) && amount >= 0)) wrong.add('amount-not-whole');
    if (amount > pending.amount) wrong.add('exceeds-pending-amount');
    return { id, kind, debit: pending.debit, credit: pending.credit, amount, pendingId: pending.id };
  }

  #judge(draft: Booked, at: Instant, wrong: Set<Refusal>): void {
    const pending = this.booked.find((it) => it.id === draft.pendingId);
    const resolution = pending && this.booked.find((it) => it.pendingId === pending.id);
    if (resolution?.kind === 'post') wrong.add('pending-already-posted');
    if (resolution?.kind === 'void') wrong.add('pending-already-voided');
    if (resolution?.kind === 'expire' || (pending && isLate(pending, at))) wrong.add('pending-expired');
    if (wrong.size > 0) return;
    const isClosed = this.closed.has(draft.debit) || this.closed.has(draft.credit);
    if (isClosed && draft.kind !== 'void') wrong.add('account-closed');

    const now = this.booked;
    this.booked = [...now, draft];
    if (!this.#keepsBound(draft.debit)) wrong.add('exceeds-balance');
    if (!this.#keepsBound(draft.credit)) wrong.add('exceeds-bound');
    if ([draft.debit, draft.credit].some((it) => this.#isTooLarge(it))) wrong.add('too-large');
    this.booked = now;
  }

  #keepsBound(name: string): boolean {
    const { debitsPosted, creditsPosted, debitsPending, creditsPending } = this.totals(name);
    const bound = this.#bound(name);
    if (bound === 'debits') return debitsPosted + debitsPending <= creditsPosted;
    return bound === 'none' || creditsPosted + creditsPending <= debitsPosted;
  }

  #isTooLarge(name: string): boolean {
    const { debitsPosted, creditsPosted, debitsPending, creditsPending } = this.totals(name);
    return [debitsPosted + debitsPending, creditsPosted + creditsPending].some((it) => it > Number.MAX_SAFE_INTEGER);
  }

  totals(name: string): Totals {
    const totals = { debitsPosted: 0, creditsPosted: 0, debitsPending: 0, creditsPending: 0 };
    const resolved = new Set(this.booked.map((it) => it.pendingId));
    for (const it of this.booked) {
      const posts = it.kind === 'posted' || it.kind === 'post';
      const promises = it.kind === 'pending' && !resolved.has(it.id);
      if (it.debit === name && posts) totals.debitsPosted += it.amount;
      if (it.credit === name && posts) totals.creditsPosted += it.amount;
      if (it.debit === name && promises) totals.debitsPending += it.amount;
      if (it.credit === name && promises) totals.creditsPending += it.amount;
    }
    return totals;
  }

  /** Releases what is late. @returns how many promises */
  expire(at: Instant): number {
    const resolved = new Set(this.booked.map((it) => it.pendingId));
    const late = this.booked.filter((it) => it.kind === 'pending' && !resolved.has(it.id) && isLate(it, at));
    const ends = late.map(
      (it): Booked => ({ ...it, id: `${it.id}/expired`, kind: 'expire', pendingId: it.id, expiresAt: undefined }),
    );
    this.booked = [...this.booked, ...ends];
    return late.length;
  }

  /** @returns whether the account could be closed */
  close(name: string): boolean {
    const { debitsPending, creditsPending } = this.totals(name);
    if (debitsPending + creditsPending > 0) return false;
    this.closed.add(name);
    return true;
  }
}
