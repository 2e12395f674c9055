// C2SP signed-note: text that one or more keys have signed, and the keys as they are written in policies.
import { type Bytes, fromBase64, joined, same, textOf, utf8 } from './bytes.ts';
import { sha256 } from './hash.ts';
import { pointOf, verifySm2 } from './sm2.ts';
import { Unproven } from './unproven.ts';

/** What a key signs: `note` the text itself (0x01), `cosignature` the text behind a time (0x04, tlog-cosignature). */
export const KINDS = { 1: 'note', 4: 'cosignature' } as const;
export type KeyKind = (typeof KINDS)[keyof typeof KINDS];

/** C2SP signed-note keeps this type for algorithms without a number; their name follows it in the key. */
export const SM2_TYPE = 0xff;
/** SM2 with SM3 over the text, r and s of 32 bytes each; the key is the point's x and y. */
export const SM2_NAME = utf8('packloop/sm2-sm3/v1\n');

/** A public key: `name+id+base64(type, Ed25519 key)`, or `name+id+base64(0xff, "packloop/sm2-sm3/v1\n", SM2 point)`. */
export interface VerifierKey {
  readonly name: string;
  /** The first four bytes of its hash, as lower-case hex. */
  readonly id: string;
  readonly kind: KeyKind;
  readonly raw: Bytes;
  /** Whether 64 bytes are this key's signature of a message. */
  readonly fits: (signature: Bytes, message: Bytes) => Promise<boolean>;
}

export interface Signature {
  readonly name: string;
  readonly id: string;
  readonly bytes: Bytes;
}

export interface Note {
  /** With its last newline, without the blank line. */
  readonly text: string;
  readonly signatures: readonly Signature[];
}

/** A note is read by people and kept by everybody: larger ones are refused, as golang.org/x/mod/sumdb/note does. */
const MOST_BYTES = 1_000_000;
const MOST_SIGNATURES = 100;

/** Neither empty nor with spaces or a plus. */
export const isKeyName = (name: string): boolean => name !== '' && !/[\p{White_Space}+\p{Cc}]/u.test(name);

/** The id of a key: SHA-256(name, newline, type, public key), first four bytes. */
export const keyId = async (name: string, type: number, raw: Uint8Array): Promise<string> =>
  (await sha256(joined(utf8(`${name}\n`), Uint8Array.of(type), raw))).subarray(0, 4).toHex();

/** @throws Unproven `malformed-key` */
export async function readKey(vkey: string): Promise<VerifierKey> {
  const no = (why: string) => new Unproven('malformed-key', `"${vkey.slice(0, 100)}" is no verifier key: ${why}`);
  const [, name = '', id = '', data = ''] = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/s.exec(vkey) ?? [];
  if (!isKeyName(name)) throw no('name+id+key is needed');
  const bytes = fromBase64(data);
  if (bytes?.[0] === SM2_TYPE) return readSm2Key(name, id, bytes.slice(1), no);
  if (bytes?.length !== 33) throw no('33 bytes of base64 are needed: a type and an Ed25519 key');
  const type = bytes[0]!;
  const kind = KINDS[type as keyof typeof KINDS];
  if (kind === undefined) throw no(`signature type 0x${type.toString(16).padStart(2, '0')} is not known`);
  const raw = bytes.slice(1);
  if ((await keyId(name, type, raw)) !== id) throw no('the id is not that of this name and key');
  const { subtle } = globalThis.crypto;
  const key = await subtle.importKey('raw', raw, 'Ed25519', true, ['verify']);
  return { name, id, kind, raw, fits: (signature, message) => subtle.verify('Ed25519', key, signature, message) };
}

async function readSm2Key(name: string, id: string, raw: Bytes, no: (why: string) => Unproven): Promise<VerifierKey> {
  const point = raw.slice(SM2_NAME.length);
  if (!same(raw.subarray(0, SM2_NAME.length), SM2_NAME)) throw no('signature type 0xff with a name that is not known');
  if (pointOf(point) === undefined) throw no('an SM2 key is a point of its curve, x and y');
  if ((await keyId(name, SM2_TYPE, raw)) !== id) throw no('the id is not that of this name and key');
  return { name, id, kind: 'note', raw, fits: async (signature, message) => verifySm2(point, message, signature) };
}

/** @throws Unproven `malformed-note` */
export function readNote(bytes: Uint8Array): Note {
  const no = (why: string) => new Unproven('malformed-note', `This is no signed note: ${why}`);
  if (bytes.length > MOST_BYTES) throw no('it is too long');
  const whole = textOf(bytes);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (whole === undefined || /[\x00-\x09\x0b-\x1f]/.test(whole)) throw no('it is not plain UTF-8 text');
  const blank = whole.lastIndexOf('\n\n');
  if (blank < 0) throw no('no blank line before the signatures');
  const lines = whole.slice(blank + 2).split('\n');
  if (lines.pop() !== '' || lines.length === 0) throw no('it does not end in a signature line');
  if (lines.length > MOST_SIGNATURES) throw no('too many signatures');
  return { text: whole.slice(0, blank + 1), signatures: lines.map((it) => signatureIn(it) ?? fail(no)) };
}

const fail = (no: (why: string) => Unproven): never => {
  throw no('a signature line is not "— name base64"');
};

/** One line, without its newline. @returns undefined when it is none */
export function signatureIn(line: string): Signature | undefined {
  const [, name = '', data = ''] = /^— ([^ ]+) ([^ ]+)$/.exec(line) ?? [];
  const bytes = fromBase64(data);
  if (!isKeyName(name) || bytes === undefined || bytes.length < 5) return undefined;
  return { name, id: bytes.subarray(0, 4).toHex(), bytes: bytes.slice(4) };
}

/** A key that signed, and for a cosignature when (POSIX seconds). */
export interface Signed {
  readonly key: VerifierKey;
  readonly time?: number;
}

/**
 * Which of `keys` signed the note. Signatures of others are ignored; one of ours that is wrong spoils the note.
 * @throws Unproven `bad-signature`
 */
export async function signedBy(note: Note, keys: readonly VerifierKey[]): Promise<Signed[]> {
  const found = new Map<VerifierKey, Signed>();
  for (const signature of note.signatures) {
    const known = keys.filter((it) => it.name === signature.name && it.id === signature.id);
    const [key] = known;
    if (key === undefined) continue;
    const isAmbiguous = known.some((it) => !same(it.raw, key.raw) || it.kind !== key.kind);
    const signed = isAmbiguous ? undefined : await verified(key, note.text, signature.bytes);
    if (signed === undefined)
      throw new Unproven('bad-signature', `The signature of ${key.name}+${key.id} does not fit the text`);
    if (!found.has(key)) found.set(key, signed);
  }
  return [...found.values()];
}

async function verified(key: VerifierKey, text: string, bytes: Bytes): Promise<Signed | undefined> {
  if (key.kind === 'note') {
    if (bytes.length !== 64) return undefined;
    return (await key.fits(bytes, utf8(text))) ? { key } : undefined;
  }
  if (bytes.length !== 72) return undefined;
  const time = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0);
  if (time === 0n || time > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  return (await key.fits(bytes.slice(8), cosignedMessage(time, text))) ? { key, time: Number(time) } : undefined;
}

/** C2SP tlog-cosignature: what an Ed25519 witness signs. `time` in POSIX seconds. */
export const cosignedMessage = (time: bigint | number, text: string): Bytes =>
  utf8(`cosignature/v1\ntime ${time}\n${text}`);
