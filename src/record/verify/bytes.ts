// Bytes and their few spellings. One spelling for each value: what could be written in two ways is refused.
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export const utf8 = (text: string): Bytes => encoder.encode(text);

/** @returns undefined when the bytes are not valid UTF-8 */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

export function joined(...parts: readonly Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, it) => sum + it.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);

export const base64 = (bytes: Uint8Array): string => bytes.toBase64();
export const base64url = (bytes: Uint8Array): string => bytes.toBase64({ alphabet: 'base64url', omitPadding: true });

/** RFC 4648 section 4 with its padding and without stray bits or spaces. @returns undefined for anything else */
export const fromBase64 = (text: string): Bytes | undefined =>
  /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? decoded(text, 'base64') : undefined;

/** RFC 4648 section 5, without padding. @returns undefined for anything else */
export const fromBase64url = (text: string): Bytes | undefined => {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return undefined;
  return decoded(text + '='.repeat((4 - (text.length % 4)) % 4), 'base64url');
};

function decoded(text: string, alphabet: 'base64' | 'base64url'): Bytes | undefined {
  try {
    return Uint8Array.fromBase64(text, { alphabet, lastChunkHandling: 'strict' });
  } catch {
    return undefined;
  }
}

/** A hash of 32 bytes in base64. @returns undefined for anything else */
export function hashFrom(text: string): Bytes | undefined {
  const bytes = fromBase64(text);
  return bytes?.length === 32 ? bytes : undefined;
}

/** ASCII decimal without sign or leading zeroes, at most 2^53 - 1. @returns undefined for anything else */
export function decimal(text: string): number | undefined {
  if (!/^(0|[1-9][0-9]{0,15})$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}
