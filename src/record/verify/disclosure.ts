// RFC 9901 disclosures: a field is in the log only as a salted digest; who is told salt, name and value can check it.
import { type Bytes, base64url, fromBase64url, textOf, utf8 } from './bytes.ts';
import { sha256 } from './hash.ts';
import type { Json } from './json.ts';
import { Unproven } from './unproven.ts';

export interface Disclosure {
  /** 128 bits, base64url. Without it nobody can guess the value from the digest, and deleting it makes the digest mean nothing. */
  readonly salt: string;
  readonly name: string;
  readonly value: Json;
}

/** base64url of `[salt, name, value]` as JSON, RFC 9901 section 4.2.1. The bytes are kept: they are what was hashed. */
export const writeDisclosure = ({ salt, name, value }: Disclosure): string =>
  base64url(utf8(JSON.stringify([salt, name, value])));

/** SHA-256 over the ASCII of the disclosure, base64url, RFC 9901 section 4.2.3. */
export const disclosureDigest = async (disclosure: string): Promise<string> =>
  base64url(await sha256(utf8(disclosure)));

/** @throws Unproven `not-disclosed` */
export function readDisclosure(disclosure: string): Disclosure {
  const text = textOf(fromBase64url(disclosure) ?? new Uint8Array());
  try {
    const [salt, name, value, ...rest] = JSON.parse(text ?? '') as [string, string, Json];
    const isWhole = typeof salt === 'string' && typeof name === 'string' && value !== undefined && rest.length === 0;
    // 128 bits are 22 characters of base64url.
    if (isWhole && salt.length >= 22) return { salt, name, value };
  } catch {
    // as what is no list
  }
  throw new Unproven(
    'not-disclosed',
    'This is no disclosure: base64url of [salt, name, value] with a salt of 128 bits is needed',
  );
}

/** @throws Unproven `not-disclosed` when none of the digests is that of this disclosure */
export async function verifyDisclosure(disclosure: string, digests: readonly string[]): Promise<Disclosure> {
  const read = readDisclosure(disclosure);
  if (!digests.includes(await disclosureDigest(disclosure)))
    throw new Unproven('not-disclosed', `What is said of "${read.name}" is not what the entry commits to`);
  return read;
}

/** 128 random bits as a salt. */
export const saltFrom = (random: Bytes): string => base64url(random.subarray(0, 16));
