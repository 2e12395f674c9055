// RFC 8785: the one way to write a JSON value, so that everybody hashes the same bytes.
import { type Bytes, textOf, utf8 } from './bytes.ts';
import { Unproven } from './unproven.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Deeper than anything that we write, shallower than any stack. */
const DEEPEST = 32;

/** @throws Unproven `not-canonical` for what JSON cannot say: NaN, half a surrogate pair, a cycle */
export function canonical(value: Json, depth = 0): string {
  const no = (why: string) => new Unproven('not-canonical', `Not to be written as canonical JSON: ${why}`);
  if (depth > DEEPEST) throw no('too deep');
  if (typeof value === 'number' && !Number.isFinite(value)) throw no(String(value));
  if (typeof value === 'string' && !value.isWellFormed()) throw no('half a surrogate pair');
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? throwIt(no(typeof value));
  if (isList(value)) return `[${value.map((it) => canonical(it, depth + 1)).join(',')}]`;
  // Sorted by UTF-16 code units, section 3.2.3, which is how JavaScript compares strings.
  const members = Object.keys(value)
    .sort()
    .map((key) => `${canonical(key, depth + 1)}:${canonical(value[key]!, depth + 1)}`);
  return `{${members.join(',')}}`;
}

const isList = (it: Json): it is readonly Json[] => Array.isArray(it);
const throwIt = (error: Error): never => {
  throw error;
};

export const canonicalBytes = (value: Json): Bytes => utf8(canonical(value));

/** Reads only what `canonical` would have written: no spaces, no second spelling, no key twice. @throws Unproven `not-canonical` */
export function readCanonical(bytes: Uint8Array): Json {
  const no = () => new Unproven('not-canonical', 'This is not canonical JSON (RFC 8785)');
  const text = textOf(bytes);
  if (text === undefined) throw no();
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    throw no();
  }
  if (canonical(value) !== text) throw no();
  return value;
}
