import type { Brand } from './brand.ts';

/** Money in whole fen (1/100 yuan): the only currency so far is CNY; an amount of another one is another type. */
export type Fen = Brand<number, 'Fen'>;

/** @throws RangeError when not a whole number: round where a price line is made, nowhere else */
export function Fen(value: number): Fen {
  if (!Number.isSafeInteger(value)) throw new RangeError(`money must be whole fen, got ${value}`);
  return value as Fen;
}

export const sumFen = (amounts: readonly Fen[]): Fen => Fen(amounts.reduce((sum, it) => sum + it, 0));

/** Fen as yuan for people: 1234 is "12.34". */
export const yuan = (amount: Fen): string => (amount / 100).toFixed(2);

/**
 * Splits an amount by integer weights so that the parts sum to it exactly: each part is rounded down, what is left over
 * goes fen by fen to the largest remainders (largest remainder method, Hamilton), the earlier part first on a tie.
 * @throws RangeError when no weight is positive
 */
export function splitFen(amount: Fen, weights: readonly number[]): Fen[] {
  const whole = weights.reduce((sum, it) => sum + it, 0);
  if (!(whole > 0)) throw new RangeError('a split needs at least one positive weight');
  const parts = weights.map((weight) => BigInt(amount) * BigInt(weight));
  const floor = parts.map((it) => Number(it / BigInt(whole)));
  let left = amount - floor.reduce((sum, it) => sum + it, 0);
  const byRemainder = parts
    .map((it, index) => ({ index, remainder: it % BigInt(whole) }))
    .toSorted((a, b) => Number(b.remainder - a.remainder) || a.index - b.index);
  for (const { index } of byRemainder) if (left > 0) [floor[index], left] = [floor[index]! + 1, left - 1];
  return floor.map(Fen);
}
