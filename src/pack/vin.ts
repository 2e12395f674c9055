import type { Vin } from '#units';
import { normalise, type Refusal, refusal, wasItMeant } from './refusal.ts';

export type ReadVin = { readonly ok: true; readonly vin: Vin } | Refusal<'length' | 'character' | 'checkDigit'>;

/**
 * Reads a vehicle identification number: ISO 3779, with the check digit at position 9 that GB 16735 makes mandatory in
 * China. Vehicles from elsewhere may carry none: ask `checkDigitOf` and decide.
 */
export function parseVin(text: string): ReadVin {
  const vin = normalise(text);
  if (vin.length !== 17) return refusal('length', `has ${vin.length} characters`, 'a VIN has 17');
  for (let at = 0; at < 17; at++)
    if (!(vin[at]! in VALUES))
      return refusal(
        'character',
        `position ${at + 1} is ${JSON.stringify(vin[at])}`,
        `digits and capitals without I, O, Q${wasItMeant(vin[at]!, (it) => it in VALUES)}`,
      );
  const digit = checkDigitOf(vin as Vin);
  if (vin[8] !== digit)
    return refusal('checkDigit', `position 9 is ${vin[8]}, computed ${digit}`, 'one character was misread');
  return { ok: true, vin: vin as Vin };
}

/** Puts the right check digit at position 9, for made-up vehicles. @throws RangeError when the text can be no VIN */
export function withCheckDigit(text: string): Vin {
  if (text.length !== 17 || [...text].some((it, at) => at !== 8 && !(it in VALUES)))
    throw new RangeError(`${text} cannot be a VIN`);
  return (text.slice(0, 8) + checkDigitOf(text as Vin) + text.slice(9)) as Vin;
}

/** Weighted sum modulo 11, X for 10; position 9 itself weighs nothing. */
export function checkDigitOf(vin: Vin): string {
  let sum = 0;
  for (let at = 0; at < 17; at++) sum += WEIGHTS[at]! * (VALUES[vin[at]!] ?? 0);
  return '0123456789X'[sum % 11]!;
}

const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
const SYMBOLS = '0123456789ABCDEFGHJKLMNPRSTUVWXYZ';
const WORTH = '012345678912345678123457923456789';
const VALUES: Readonly<Record<string, number>> = Object.fromEntries(
  [...SYMBOLS].map((it, at) => [it, Number(WORTH[at])]),
);
