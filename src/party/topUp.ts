// A driver pays ahead. Somebody else took the money, in a shop or on a phone; here it enters the books, once.
import { Refused, type Work } from '#kernel';
import { type AccountName, accounts, available, balance, post } from '#ledger';
import { type DriverId, Fen, yuan } from '#units';
import { topUpLimits } from './api.ts';
import { findDriver } from './store.ts';

const MOST = Fen(topUpLimits.balance);

export interface Payment {
  /** Fen, more than 0. */
  readonly amount: Fen;
  /** Its number with whoever took the money: a payment is booked once, whatever it is asked with. */
  readonly number?: string | undefined;
}

export interface Balance {
  /** The transfer that brought the money in. */
  readonly transfer: string;
  readonly balance: Fen;
  /** Without what is set aside for swaps under way. */
  readonly available: Fen;
}

/**
 * Books what a prepaid driver paid in, from `outside:payments` to his account.
 * @returns his balance, which the same payment again does not change
 * @throws Refused `driver-unknown`, `driver-postpaid`, `payment-known`, `balance-too-high`
 */
export async function topUp(work: Work, driverId: DriverId, payment: Payment, by: string): Promise<Balance> {
  const driver = await findDriver(work, driverId);
  if (!driver) throw new Refused('driver-unknown', `There is no driver ${driverId}`, { driverId }, 404);
  if (driver.payment === 'postpaid')
    throw new Refused('driver-postpaid', `${driverId} pays by invoice and has no balance to top up`, { driverId });
  const { amount, number = work.newId() } = payment;
  const name: AccountName = { unit: 'money', asset: 'CNY', holder: `driver:${driverId}` };
  const transfer = `payment/${number}`;
  const debit = { ...name, holder: 'outside:payments' as const };
  const [result] = await post(work, [
    [{ kind: 'posted', id: transfer, debit, credit: name, amount, reason: `top-up by ${by}` }],
  ]);
  if (result!.is === 'refused') throw refusal(result!.why, result!.sentence, number);

  // Read after it was booked: the account is ours until we commit, so two at once cannot both fit in.
  const account = (await accounts(work, [name])).values().next().value!;
  if (result!.is === 'created' && balance(account) > MOST)
    throw new Refused(
      'balance-too-high',
      `amount: a balance holds ${yuan(MOST)} yuan at the most, and this would make it ${yuan(Fen(balance(account)))}`,
      { field: 'amount', most: MOST },
    );
  return { transfer, balance: Fen(balance(account)), available: Fen(available(account)) };
}

const refusal = (why: string, sentence: string, number: string): Refused =>
  why === 'id-used-for-another-transfer'
    ? new Refused('payment-known', `Payment ${number} was booked with another amount or for another driver`, { number })
    : new Refused(why, sentence);
