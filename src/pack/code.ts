import type { PackCode } from '#units';
import { DAYS, dateOf, dateSymbols, MONTHS, YEARS } from './code-date.ts';
import { normalise, type Refusal, refusal, wasItMeant } from './refusal.ts';

/** Pack, module, cell. */
export type Product = 'P' | 'M' | 'C';
/** B is LFP, E is ternary (NMC); A, C, D, F, G, Z are NiMH, LMO, LCO, supercapacitor, LTO, other: not confirmed. */
export type BatteryType = 'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G' | 'Z';

/** What stays the same for every battery of one design. */
export interface CodeDesign {
  readonly manufacturer: string;
  readonly product: Product;
  readonly battery: BatteryType;
  readonly specification: string;
  readonly traceability: string;
}

/** What a GB/T 34014-2017 code says. A second-use code of 19 characters has lost its traceability code. */
export type CodeParts = Omit<CodeDesign, 'traceability'> & {
  readonly on: Temporal.PlainDate;
  /** 1 to 9,999,999, counted anew each day. */
  readonly serial: number;
} & (
    | { readonly traceability: string; readonly secondUse: Product | null }
    | { readonly traceability: null; readonly secondUse: Product }
  );

export type CodeField =
  | 'length'
  | 'manufacturer'
  | 'productType'
  | 'batteryType'
  | 'specification'
  | 'traceability'
  | 'year'
  | 'month'
  | 'day'
  | 'date'
  | 'serial'
  | 'secondUse';

export type ReadCode = { readonly ok: true; readonly code: PackCode; readonly parts: CodeParts } | Refusal<CodeField>;

/**
 * Reads a code of GB/T 34014-2017 with 24 characters, 26 (24 + R + product type) or 19 (second use, without traceability).
 * Joins the lines of a plate and lifts it to capitals first. There is no check digit: what can be checked are the
 * alphabets, the calendar and that the battery was not made after `today`. A refusal names the first wrong field.
 */
export function parseCode(text: string, today: Temporal.PlainDate): ReadCode {
  const code = normalise(text);
  const layout = LAYOUTS[code.length];
  if (layout === undefined) return refusal('length', `has ${code.length} characters`, 'a code has 24, 26 or 19');
  let at = 0;
  for (const [field, size] of layout) {
    for (const end = at + size; at < end; at++) {
      const allowed = field === 'secondUse' && code.length - at === 2 ? ONLY_R : ALPHABETS[field];
      if (!allowed.symbols.includes(code[at]!)) return wrongSymbol(field, code[at]!, at + 1, allowed);
    }
  }
  const short = code.length === 19;
  const from = short ? 7 : 14;
  const on = dateOf(code[from]!, code[from + 1]!, code[from + 2]!);
  const written = code.slice(from, from + 3);
  if (on === undefined) return refusal('date', `${written} is a day that its month does not have`, 'check the day');
  if (Temporal.PlainDate.compare(on, today) > 0)
    return refusal('date', `made on ${on}, after today (${today})`, 'check the year, or the clock of the reader');
  const serial = Number(code.slice(from + 3, from + 10));
  if (serial === 0) return refusal('serial', 'the serial number is 0000000', 'serials start at 0000001 each day');
  const secondUse = code.length === 24 ? null : (code.at(-1) as Product);
  const design = {
    manufacturer: code.slice(0, 3),
    product: code[3] as Product,
    battery: code[4] as BatteryType,
    specification: code.slice(5, 7),
  };
  const parts = short
    ? { ...design, traceability: null, on, serial, secondUse: secondUse! }
    : { ...design, traceability: code.slice(7, 14), on, serial, secondUse };
  return { ok: true, code: code as PackCode, parts };
}

/**
 * Writes the code of these parts, the reverse of `parseCode`.
 * @throws RangeError when a part does not fit its field: parts come from a parsed code or from a filed design
 */
export function formatCode(parts: CodeParts): PackCode {
  const { manufacturer, product, battery, specification, traceability, on, serial, secondUse } = parts;
  const design = manufacturer + product + battery + specification + (traceability ?? '');
  const code = `${design}${dateSymbols(on)}${String(serial).padStart(7, '0')}${secondUse === null ? '' : `R${secondUse}`}`;
  const read = parseCode(code, on);
  if (!read.ok) throw new RangeError(`${code} is no code: ${read.field}: ${read.problem}`);
  return read.code;
}

/**
 * Second-use codes end in R and the product type. Looks at the length and the R only, for hot paths: say no more than
 * "this battery was re-coded" from it. GB/T 45565-2025 codes carry "-R" in the middle.
 */
export const isSecondUseCode = (code: string): boolean =>
  code.includes('-')
    ? code.includes('-R')
    : (code.length === 19 || code.length === 26) && code.charCodeAt(code.length - 2) === 82;

interface Alphabet {
  readonly symbols: string;
  readonly hint: string;
}
const LETTERS_AND_DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ONLY_R: Alphabet = { symbols: 'R', hint: 'a second-use code ends in R and P, M or C' };
const ALPHABETS: Readonly<Record<Exclude<CodeField, 'length' | 'date'>, Alphabet>> = {
  manufacturer: { symbols: LETTERS_AND_DIGITS, hint: 'three capitals or digits, as assigned to the manufacturer' },
  productType: { symbols: 'PMC', hint: 'P pack, M module, C cell' },
  batteryType: { symbols: 'ABCDEFGZ', hint: 'A to G or Z (B is LFP, E is ternary)' },
  specification: { symbols: LETTERS_AND_DIGITS, hint: 'two capitals or digits, as filed by the manufacturer' },
  traceability: { symbols: LETTERS_AND_DIGITS, hint: 'seven capitals or digits, as filed by the manufacturer' },
  year: { symbols: YEARS, hint: '1 to 9 are 2011 to 2019, A is 2020, Y is 2040; no I, O, Q, U, Z' },
  month: { symbols: MONTHS, hint: '1 to 9, A October, B November, C December' },
  day: { symbols: DAYS, hint: '1 to 9, A is 10, Y is 30, 0 is 31; no I, O, Q, U, Z' },
  serial: { symbols: '0123456789', hint: 'seven digits' },
  secondUse: { symbols: 'PMC', hint: 'a second-use code ends in R and P, M or C' },
};

type Layout = readonly (readonly [keyof typeof ALPHABETS, number])[];
const DESIGN: Layout = [
  ['manufacturer', 3],
  ['productType', 1],
  ['batteryType', 1],
  ['specification', 2],
];
const MADE: Layout = [
  ['year', 1],
  ['month', 1],
  ['day', 1],
  ['serial', 7],
];
const LAYOUTS: Readonly<Record<number, Layout>> = {
  24: [...DESIGN, ['traceability', 7], ...MADE],
  26: [...DESIGN, ['traceability', 7], ...MADE, ['secondUse', 2]],
  19: [...DESIGN, ...MADE, ['secondUse', 2]],
};

const wrongSymbol = (field: CodeField, found: string, position: number, allowed: Alphabet): Refusal<CodeField> =>
  refusal(
    field,
    `position ${position} is ${JSON.stringify(found)}`,
    allowed.hint + wasItMeant(found, (it) => allowed.symbols.includes(it)),
  );
