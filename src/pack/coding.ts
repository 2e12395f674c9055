import type { PackCode } from '#units';
import { type CodeDesign, type CodeField, type CodeParts, formatCode, type Product } from './code.ts';
import { dateSymbols } from './code-date.ts';
import { type Refusal, refusal } from './refusal.ts';

const LAST_SERIAL = 9_999_999;

/** Hands out codes, each once. Keep `counted()` to go on after a restart: serials run per design and day. */
export interface Coding {
  /** @throws RangeError when the day's 9,999,999 serials are used up, or the design does not fit the code */
  next(design: CodeDesign, on: Temporal.PlainDate): PackCode;
  counted(): ReadonlyMap<string, number>;
}

export function coding(counted: Iterable<readonly [string, number]> = []): Coding {
  const serials = new Map(counted);
  return {
    next(design, on) {
      const series =
        design.manufacturer +
        design.product +
        design.battery +
        design.specification +
        design.traceability +
        dateSymbols(on);
      const serial = (serials.get(series) ?? 0) + 1;
      if (serial > LAST_SERIAL) throw new RangeError(`${series} has used up its serials`);
      const code = formatCode({ ...design, on, serial, secondUse: null });
      serials.set(series, serial);
      return code;
    },
    counted: () => serials,
  };
}

/** Both directions of a re-coding. The original code is never given up: the old plate and every old proof carry it. */
export interface SecondUseLink {
  readonly original: PackCode;
  readonly successor: PackCode;
}

/**
 * Re-codes a battery for second use (GB/T 34014-2017): 19 characters, traceability dropped, R and product type at the end.
 * `by` says what differs when another company re-codes it, or takes modules out of a pack.
 * Refuses a date before the battery was made.
 */
export function recode(
  original: CodeParts,
  on: Temporal.PlainDate,
  serial: number,
  by: { readonly manufacturer?: string; readonly specification?: string; readonly product?: Product } = {},
): { readonly ok: true; readonly code: PackCode; readonly link: SecondUseLink } | Refusal<CodeField> {
  if (Temporal.PlainDate.compare(on, original.on) < 0)
    return refusal('date', `re-coded on ${on}, before it was made on ${original.on}`, 'check the date of re-coding');
  const product = by.product ?? original.product;
  if (!isWithin(original.product, product))
    return refusal('productType', `a ${NAMES[original.product]} holds no ${NAMES[product]}`, 'P holds M holds C');
  const code = formatCode({ ...original, ...by, product, traceability: null, on, serial, secondUse: product });
  return { ok: true, code, link: { original: formatCode(original), successor: code } };
}

/** Every code one battery has carried, oldest first, from any of them. */
export function codesOf(links: Iterable<SecondUseLink>, code: PackCode): readonly PackCode[] {
  const all = [...links];
  const codes = [code];
  const before = (it: PackCode) => all.find((link) => link.successor === it)?.original;
  const after = (it: PackCode) => all.find((link) => link.original === it)?.successor;
  for (let it = before(code); it !== undefined && !codes.includes(it); it = before(it)) codes.unshift(it);
  for (let it = after(code); it !== undefined && !codes.includes(it); it = after(it)) codes.push(it);
  return codes;
}

const NAMES: Readonly<Record<Product, string>> = { P: 'pack', M: 'module', C: 'cell' };
const isWithin = (whole: Product, part: Product): boolean => 'PMC'.indexOf(part) >= 'PMC'.indexOf(whole);

/**
 * The pack-module-cell links of GB/T 34014-2017 (4.1) are mandatory: a part stands strictly below what it is built into,
 * and is not younger. Undefined when the link is sound.
 */
export function wrongPart(whole: CodeParts, part: CodeParts): Refusal<CodeField> | undefined {
  if ('PMC'.indexOf(part.product) <= 'PMC'.indexOf(whole.product))
    return refusal('productType', `a ${NAMES[part.product]} inside a ${NAMES[whole.product]}`, 'P holds M holds C');
  if (Temporal.PlainDate.compare(part.on, whole.on) > 0)
    return refusal('date', `the part was made on ${part.on}, after the whole on ${whole.on}`, 'check both plates');
  return undefined;
}
