// RFC 8785: the one way to write a JSON value, so that everybody hashes the same bytes.
import { type Bytes, textOf, utf8 } from './bytes.ts';
import { Unproven } from './unproven.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Deeper than anything that we write, shallower than any stack. */
const DEEPEST = 32;

/** @throws Unproven `not-canonical` for what JSON cannot say: NaN, half a surrogate pair, a cycle */
export const canonical = (value: Json): string => (isInOrder(value) ? JSON.stringify(value) : written(value));

/**
 * Whether all names are in order already, as they are in whatever was canonical before: then JavaScript's own writer, several
 * times as fast, writes the same. @throws Unproven `not-canonical`
 */
function isInOrder(value: Json, depth = 0): boolean {
  if (depth > DEEPEST) throw no('too deep');
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw no('half a surrogate pair');
    return true;
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw no(String(value));
    return true;
  }
  if (value === null || typeof value === 'boolean') return true;
  if (typeof value !== 'object') throw no(typeof value);
  let all = true;
  if (isList(value)) {
    for (const it of value) all = isInOrder(it, depth + 1) && all;
    return all;
  }
  let before: string | undefined;
  for (const key of Object.keys(value)) {
    if (!key.isWellFormed()) throw no('half a surrogate pair');
    if (before !== undefined && before > key) all = false;
    before = key;
    all = isInOrder(value[key]!, depth + 1) && all;
  }
  return all;
}

function written(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(written).join(',')}]`;
  // Sorted by UTF-16 code units, section 3.2.3, which is how JavaScript compares strings.
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${written(value[key]!)}`);
  return `{${members.join(',')}}`;
}

const no = (why: string) => new Unproven('not-canonical', `Not to be written as canonical JSON: ${why}`);
const isList = (it: Json): it is readonly Json[] => Array.isArray(it);

export const canonicalBytes = (value: Json): Bytes => utf8(canonical(value));

/** Reads only what `canonical` would have written: no spaces, no second spelling, no key twice. @throws Unproven `not-canonical` */
export function readCanonical(bytes: Uint8Array): Json {
  const other = () => new Unproven('not-canonical', 'This is not canonical JSON (RFC 8785)');
  const text = textOf(bytes);
  if (text === undefined) throw other();
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    throw other();
  }
  if (canonical(value) !== text) throw other();
  return value;
}
