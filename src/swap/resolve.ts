// What an operator does about a swap that waits for somebody: bill and release, or an end free of charge. Pure.
import { Refused } from '#kernel';
import type { Desk } from './desk.ts';
import { giveUp } from './lapse.ts';
import { allowRelease, charged, release } from './settle.ts';
import { hasBegun, isSettled, type Swap, withProblem } from './swap.ts';

export interface Resolution {
  /** `release`: billed by what has happened, and the vehicle may leave; `void`: free of charge. */
  readonly how: 'release' | 'void';
  readonly reason: string;
  readonly by: string;
}

/** @throws Refused `swap-has-ended`, `swap-has-not-begun`, `swap-is-paid` */
export function resolve(desk: Desk, swap: Swap, { how, reason, by }: Resolution): Swap {
  const { id, state } = swap;
  if (swap.endedAt !== null) throw new Refused('swap-has-ended', `Swap ${id} has ended: it is ${state}`, { id, state });
  if (!hasBegun(swap)) throw new Refused('swap-has-not-begun', 'No pack has moved yet: cancel the swap', { id });
  if (how === 'void' && isSettled(swap))
    throw new Refused('swap-is-paid', 'The swap is settled and paid: it can only be released', { id });

  desk.happenings.push({ subject: `swap:${id}`, type: 'swap.resolved', body: { how, reason, by, was: state } });
  const done = how === 'release' ? 'Billed and released' : 'Ended free of charge';
  const now = withProblem(swap, 'resolved', `${done} by hand: ${reason}`, desk.at);
  if (how === 'void') return giveUp(desk, now, 'aborted');
  if (isSettled(now)) return release(desk, now, desk.at);
  const paid = charged(desk, now, desk.at);
  allowRelease(desk, paid, true);
  return release(desk, paid, desk.at);
}
