// Key files as golang.org/x/mod/sumdb/note writes them: `PRIVATE+KEY+name+id+base64(0x01, Ed25519 seed)`, one line. Chosen over
// PKCS8 because the name belongs to the key, the tools of other logs read it, and it is one line. A witness's key is the same
// file; its public key has type 0x04, so that no note and no cosignature can be taken for the other. An SM2 key has type 0xff and the
// name of its algorithm in both halves (docs/decisions/0050).
import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import {
  type Bytes,
  base64,
  cosignedMessage,
  fromBase64,
  isKeyName,
  joined,
  type KeyKind,
  keyId,
  SM2_NAME,
  SM2_TYPE,
  same,
  Unproven,
  utf8,
} from '#record/verify';
import { newSm2Seed, sm2Signer } from './sm2.ts';

export type Algorithm = 'ed25519' | 'sm2';

export interface SigningKey {
  readonly name: string;
  readonly algorithm: Algorithm;
  /** The public half as it stands in a verifier key behind the type. */
  readonly raw: Bytes;
  /** 64 bytes. */
  readonly sign: (message: Bytes) => Bytes;
}

/** DER of a PKCS8 Ed25519 key up to its seed, RFC 8410 section 7. */
const PKCS8 = Uint8Array.fromHex('302e020100300506032b657004220420');
const TYPES: Readonly<Record<KeyKind, number>> = { note: 1, cosignature: 4 };

/**
 * From 32 bytes that nobody else knows: the seed of an Ed25519 key, or an SM2 key itself, for which very few are too large.
 * @throws Unproven `malformed-key`
 */
export function signingKey(name: string, seed: Bytes, algorithm: Algorithm = 'ed25519'): SigningKey {
  if (!isKeyName(name) || seed.length !== 32)
    throw new Unproven('malformed-key', 'A key has a name without spaces and plus, and a seed of 32 bytes');
  if (algorithm === 'sm2') {
    const { point, sign } = sm2Signer(seed);
    return { name, algorithm, raw: joined(SM2_NAME, point), sign };
  }
  const secret = createPrivateKey({ key: Buffer.from(joined(PKCS8, seed)), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(secret).export({ format: 'der', type: 'spki' });
  return {
    name,
    algorithm,
    raw: new Uint8Array(spki.subarray(-32)),
    sign: (it) => new Uint8Array(sign(null, it, secret)),
  };
}

/** A key that nobody had before, and the line of its file. */
export async function newKey(
  name: string,
  algorithm: Algorithm = 'ed25519',
): Promise<{ key: SigningKey; line: string }> {
  const seed = algorithm === 'sm2' ? newSm2Seed() : crypto.getRandomValues(new Uint8Array(32));
  return { key: signingKey(name, seed, algorithm), line: await privateKeyLine(name, seed, algorithm) };
}

/** The line of a key file. */
export async function privateKeyLine(name: string, seed: Bytes, algorithm: Algorithm = 'ed25519'): Promise<string> {
  const key = signingKey(name, seed, algorithm);
  const behind = algorithm === 'sm2' ? joined(SM2_NAME, seed) : seed;
  return `PRIVATE+KEY+${name}+${await idOf(key)}+${base64(joined(Uint8Array.of(typeOf(key)), behind))}`;
}

/** @throws Unproven `malformed-key`, without any of the line */
export async function readPrivateKey(line: string): Promise<SigningKey> {
  const [, name = '', id, data = ''] = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(line) ?? [];
  const bytes = fromBase64(data);
  const algorithm = bytes?.[0] === SM2_TYPE ? 'sm2' : 'ed25519';
  const isOne =
    bytes !== undefined &&
    (algorithm === 'sm2' ? same(bytes.subarray(1, -32), SM2_NAME) : bytes.length === 33 && bytes[0] === TYPES.note);
  if (isKeyName(name) && isOne) {
    const key = signingKey(name, bytes.slice(-32), algorithm);
    if ((await idOf(key)) === id) return key;
  }
  throw new Unproven('malformed-key', 'This is no key file: PRIVATE+KEY+name+id+key is needed');
}

const typeOf = ({ algorithm }: SigningKey, kind: KeyKind = 'note'): number =>
  algorithm === 'sm2' ? SM2_TYPE : TYPES[kind];

const idOf = (key: SigningKey, kind: KeyKind = 'note'): Promise<string> => keyId(key.name, typeOf(key, kind), key.raw);

/** What others know the key by, as it stands in a policy. Only an Ed25519 key cosigns. */
export const verifierKey = async (key: SigningKey, kind: KeyKind): Promise<string> =>
  `${key.name}+${await idOf(key, kind)}+${base64(joined(Uint8Array.of(typeOf(key, kind)), key.raw))}`;

/** Key id and signature, as both notes and seals carry them. */
export const signature = async (key: SigningKey, text: string): Promise<Bytes> =>
  joined(Uint8Array.fromHex(await idOf(key)), key.sign(utf8(text)));

/** The line below a text, with its newline. */
export const signatureLine = async (key: SigningKey, text: string): Promise<string> =>
  `— ${key.name} ${base64(await signature(key, text))}\n`;

/** A whole note, signed by each of these. */
export const signedNote = async (keys: SigningKey | readonly SigningKey[], text: string): Promise<string> =>
  `${text}\n${(await Promise.all([keys].flat().map((it) => signatureLine(it, text)))).join('')}`;

/** What a witness answers, C2SP tlog-cosignature. `time` in POSIX seconds. */
export async function cosignatureLine(key: SigningKey, text: string, time: number): Promise<string> {
  const stamp = new Uint8Array(8);
  new DataView(stamp.buffer).setBigUint64(0, BigInt(time));
  const id = Uint8Array.fromHex(await idOf(key, 'cosignature'));
  return `— ${key.name} ${base64(joined(id, stamp, key.sign(cosignedMessage(time, text))))}\n`;
}
