// The addresses of a passport, as printed in its QR code: GS1 Digital Link `/01/<GTIN>/21/<serial>`, and our own `/p/<code>`.
// Grammar: GS1 Digital Link Standard, URI Syntax: primary key 01 (14 digits), key qualifier 21 (1 to 20 characters of set 82).
import type { PackCode } from '#units';

export type Linked =
  | { readonly is: 'code'; readonly code: PackCode }
  | { readonly is: 'gs1'; readonly gtin: string; readonly serial: string };

const LONGEST_SERIAL = 20;
/** GS1 AI encodable character set 82. */
const SERIAL = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,20}$/;
const CODE = /^[A-Z0-9-]{1,64}$/;

/** Reads the path of a link; other hosts and prefixes are nobody's matter here. @returns undefined for what is none */
export function readLink(path: string): Linked | undefined {
  const parts = path.split('?')[0]!.split('/').slice(1).map(unescaped);
  const [first, second, third, fourth, ...rest] = parts;
  if (first === 'p' && parts.length === 2 && CODE.test(second ?? '')) return { is: 'code', code: second as PackCode };
  if (first !== '01' || third !== '21' || rest.length > 0 || second === undefined || fourth === undefined)
    return undefined;
  return isGtin(second) && SERIAL.test(fourth) ? { is: 'gs1', gtin: second, serial: fourth } : undefined;
}

/** Path of a pack's passport. A code longer than a serial may be leaves away the prefix that its model is known by. */
export function linkPath(
  code: PackCode,
  model: { readonly gtin: string | null; readonly codePrefix: string | null },
): string {
  const own = `/p/${encodeURIComponent(code)}`;
  if (model.gtin === null) return own;
  const serial = serialOf(code, model.codePrefix);
  return serial === undefined ? own : `/01/${model.gtin}/21/${encodeURIComponent(serial)}`;
}

/** The codes that a serial may stand for, as it is and behind the prefix of its model. */
export const codesOfSerial = (serial: string, codePrefix: string | null): PackCode[] =>
  [serial, ...(codePrefix === null ? [] : [codePrefix + serial])] as PackCode[];

function serialOf(code: PackCode, codePrefix: string | null): string | undefined {
  if (code.length <= LONGEST_SERIAL) return code;
  if (codePrefix === null || !code.startsWith(codePrefix)) return undefined;
  const serial = code.slice(codePrefix.length);
  return serial.length >= 1 && serial.length <= LONGEST_SERIAL ? serial : undefined;
}

/** 14 digits of which the last is the check digit of the GS1 General Specifications 7.9. */
export const isGtin = (text: string): boolean => /^\d{14}$/.test(text) && checkDigit(text.slice(0, 13)) === text[13];

/** The last digit of a GTIN-14, from the 13 before it. */
export function checkDigit(thirteen: string): string {
  const sum = [...thirteen].reduce((it, digit, index) => it + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}

function unescaped(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
