// Amounts of the five units as people read them, and exactly as the books keep them.
import type { bookReads } from '#insight/api';
import type { Answer } from '../../../../shared/client.ts';
import { type T, useFormats, useWords } from '../../../words/index.ts';

export type Unit = Answer<typeof bookReads.account>['unit'];
export const units = ['money', 'energy', 'custody', 'title', 'carbon'] as const satisfies readonly Unit[];

const exactUnit: Readonly<Record<Unit, string>> = {
  money: 'fen',
  energy: 'Wh',
  custody: 'pack',
  title: 'ppm',
  carbon: 'g CO2e',
};

/** As the books keep it: a whole number of the smallest part. */
export const exactAmount = (unit: Unit, amount: number): string => `${amount} ${exactUnit[unit]}`;

export interface Amounts {
  /** With the sign of what is less than nothing. */
  readonly amount: (unit: Unit, amount: number) => string;
  /** The same with a sign in any case: what a booking did. */
  readonly change: (unit: Unit, amount: number) => string;
}

/** Money in yuan with two decimals, energy in kWh with three, title in percent: all that the books know, and no more. */
export function useAmounts(): Amounts {
  const { t, language } = useWords();
  const { yuan } = useFormats();
  const amount = (unit: Unit, it: number) => inWords(unit, it, { t, yuan, digits: digitsOf(language) });
  return { amount, change: (unit, it) => (it > 0 ? `+${amount(unit, it)}` : amount(unit, it)) };
}

type Digits = (value: number, least: number, most: number) => string;

const digitsOf =
  (language: string): Digits =>
  (value, least, most) =>
    value.toLocaleString(language, { minimumFractionDigits: least, maximumFractionDigits: most });

function inWords(
  unit: Unit,
  amount: number,
  { t, yuan, digits }: { t: T; yuan: (fen: number) => string; digits: Digits },
): string {
  switch (unit) {
    case 'money':
      return yuan(amount);
    case 'energy':
      return `${digits(amount / 1000, 3, 3)} kWh`;
    case 'custody':
      return t('ledger.packs', { count: amount });
    case 'title':
      return `${digits(amount / 10_000, 2, 4)} %`;
    case 'carbon':
      return `${digits(amount / 1000, 3, 3)} kg CO2e`;
  }
}
