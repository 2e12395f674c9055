import type { PackCode } from '#units';
import { type CodeField, parseCode, type ReadCode } from './code.ts';
import { normalise, type Refusal, refusal, wasItMeant } from './refusal.ts';

/** What the product-type letter of GB/T 45565-2025 means. Swap packs for two-wheelers are F. */
export const PRODUCT_TYPES = {
  A: { use: 'consumer', level: 'module' },
  B: { use: 'consumer', level: 'pack' },
  C: { use: 'any', level: 'cell' },
  D: { use: 'consumer', level: 'system' },
  E: { use: 'small-power', level: 'module' },
  F: { use: 'small-power', level: 'pack' },
  G: { use: 'small-power', level: 'system' },
  H: { use: 'storage', level: 'module' },
  J: { use: 'storage', level: 'cluster' },
  K: { use: 'storage', level: 'system' },
  M: { use: 'large-power', level: 'module' },
  P: { use: 'large-power', level: 'pack' },
  S: { use: 'large-power', level: 'system' },
} as const;
export type ProductType45565 = keyof typeof PRODUCT_TYPES;

export interface Code45565Parts {
  /** Four digits or capitals without I and O, registered at www.ldchy.cn. */
  readonly enterprise: string;
  readonly product: ProductType45565;
  /** The rest of the fixed part, the enterprise's own. */
  readonly design: string;
  /** The variable part as printed: not decoded. */
  readonly variable: string;
  /** "-R-" is second use; "-R" that runs on could be either, so a careful reader treats it as second use. */
  readonly secondUse: 'no' | 'yes' | 'unclear';
}

export type Code45565Field = 'length' | 'enterprise' | 'productType' | 'fixedPart' | 'variablePart';
export type ReadCode45565 =
  | { readonly ok: true; readonly code: PackCode; readonly parts: Code45565Parts }
  | Refusal<Code45565Field>;

const ENTERPRISE = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const LONGEST = 50;

/**
 * Reads a code of GB/T 45565-2025 (lithium-ion batteries other than cars': e-bikes, motorcycles, storage), in force since
 * 2025-11-01: fixed part, "-", variable part, with "-R" before the variable part for second use. We know of the fixed part
 * the enterprise code and the product type; lengths of the rest and the variable part with its time code (annex A) are in
 * the paid text, so any capitals and digits pass there, up to the 50 characters of an OCPP serial number.
 */
export function parseCode45565(text: string): ReadCode45565 {
  const code = normalise(text);
  if (code.length > LONGEST)
    return refusal('length', `has ${code.length} characters`, `at most ${LONGEST} are carried`);
  const cut = code.indexOf('-');
  if (cut < 0) return refusal('variablePart', 'has no "-"', 'a code is fixed part, "-", variable part');
  const fixed = code.slice(0, cut);
  const tail = code.slice(cut + 1);
  if (fixed.length < 5)
    return refusal(
      'fixedPart',
      `the fixed part has ${fixed.length} characters`,
      'enterprise (4), product type, design',
    );
  for (let at = 0; at < 4; at++)
    if (!ENTERPRISE.includes(fixed[at]!))
      return refusal(
        'enterprise',
        `position ${at + 1} is ${JSON.stringify(fixed[at])}`,
        `digits and capitals without I and O${wasItMeant(fixed[at]!, (it) => ENTERPRISE.includes(it))}`,
      );
  if (!(fixed[4]! in PRODUCT_TYPES))
    return refusal('productType', `position 5 is ${JSON.stringify(fixed[4])}`, 'A to H, J, K, M, P or S');
  const wrongFixed = fixed.search(/[^0-9A-Z]/);
  if (wrongFixed >= 0) return wrongAt('fixedPart', code, wrongFixed);
  const variable = tail.startsWith('R-') ? tail.slice(2) : tail;
  if (variable === '' || variable === 'R')
    return refusal('variablePart', 'the variable part is empty', 'it follows "-" or "-R-"');
  const wrongVariable = variable.search(/[^0-9A-Z]/);
  if (wrongVariable >= 0) return wrongAt('variablePart', code, code.length - variable.length + wrongVariable);
  const secondUse = tail.startsWith('R-') ? 'yes' : tail.startsWith('R') ? 'unclear' : 'no';
  const [enterprise, product] = [fixed.slice(0, 4), fixed[4] as ProductType45565];
  return {
    ok: true,
    code: code as PackCode,
    parts: { enterprise, product, design: fixed.slice(5), variable, secondUse },
  };
}

/** Writes "-R-" for second use. Text that was `unclear` comes back as it was, because its R is part of `variable`. */
export const formatCode45565 = (parts: Code45565Parts): PackCode =>
  `${parts.enterprise}${parts.product}${parts.design}-${parts.secondUse === 'yes' ? 'R-' : ''}${parts.variable}` as PackCode;

/**
 * Re-codes a battery for second use: "-R" between the fixed and the variable part, both as they were (clause 5, the coding
 * structure, as public excerpts give it; the subclause is in the paid text). So each of the two codes tells the other.
 * Refuses a code that is, or may be, one of second use already, and one that would become too long.
 */
export function recode45565(
  original: Code45565Parts,
): { readonly ok: true; readonly code: PackCode } | Refusal<Code45565Field> {
  if (original.secondUse !== 'no')
    return refusal(
      'variablePart',
      original.secondUse === 'yes' ? 'is of second use already' : 'begins with R: it may be of second use already',
      'a battery is re-coded once: "-R-" before the variable part',
    );
  return parseCode45565(formatCode45565({ ...original, secondUse: 'yes' }));
}

/** A code of either standard: only GB/T 45565-2025 has a hyphen. */
export type ReadAnyCode =
  | (ReadCode & { readonly standard: 'GB/T 34014-2017' })
  | (ReadCode45565 & { readonly standard: 'GB/T 45565-2025' });
export type AnyCodeField = CodeField | Code45565Field;

/** Reads what a scanner hands over, of either standard. */
export const readCode = (text: string, today: Temporal.PlainDate): ReadAnyCode =>
  text.normalize('NFKC').includes('-')
    ? { ...parseCode45565(text), standard: 'GB/T 45565-2025' }
    : { ...parseCode(text, today), standard: 'GB/T 34014-2017' };

const wrongAt = (field: Code45565Field, code: string, at: number): Refusal<Code45565Field> =>
  refusal(field, `position ${at + 1} is ${JSON.stringify(code[at])}`, 'capitals and digits');
