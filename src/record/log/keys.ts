// Key files as golang.org/x/mod/sumdb/note writes them: `PRIVATE+KEY+name+id+base64(0x01, Ed25519 seed)`, one line. Chosen over
// PKCS8 because the name belongs to the key, the tools of other logs read it, and it is one line. A witness's key is the same
// file; its public key has type 0x04, so that no note and no cosignature can be taken for the other.
import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import {
  type Bytes,
  base64,
  cosignedMessage,
  fromBase64,
  isKeyName,
  joined,
  type KeyKind,
  keyId,
  Unproven,
  utf8,
} from '#record/verify';

export interface SigningKey {
  readonly name: string;
  readonly raw: Bytes;
  readonly secret: KeyObject;
}

/** DER of a PKCS8 Ed25519 key up to its seed, RFC 8410 section 7. */
const PKCS8 = Uint8Array.fromHex('302e020100300506032b657004220420');
const TYPES: Readonly<Record<KeyKind, number>> = { note: 1, cosignature: 4 };

/** From 32 bytes that nobody else knows. @throws Unproven `malformed-key` */
export function signingKey(name: string, seed: Bytes): SigningKey {
  if (!isKeyName(name) || seed.length !== 32)
    throw new Unproven('malformed-key', 'A key has a name without spaces and plus, and a seed of 32 bytes');
  const secret = createPrivateKey({ key: Buffer.from(joined(PKCS8, seed)), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(secret).export({ format: 'der', type: 'spki' });
  return { name, raw: new Uint8Array(spki.subarray(-32)), secret };
}

/** The line of a key file. */
export const privateKeyLine = async (name: string, seed: Bytes): Promise<string> => {
  const id = await keyId(name, TYPES.note, signingKey(name, seed).raw);
  return `PRIVATE+KEY+${name}+${id}+${base64(joined(Uint8Array.of(TYPES.note), seed))}`;
};

/** @throws Unproven `malformed-key`, without any of the line */
export async function readPrivateKey(line: string): Promise<SigningKey> {
  const [, name = '', id, data = ''] = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(line) ?? [];
  const bytes = fromBase64(data);
  if (isKeyName(name) && bytes?.length === 33 && bytes[0] === TYPES.note) {
    const key = signingKey(name, bytes.slice(1));
    if ((await keyId(name, TYPES.note, key.raw)) === id) return key;
  }
  throw new Unproven('malformed-key', 'This is no key file: PRIVATE+KEY+name+id+key is needed');
}

/** What others know the key by, as it stands in a policy. */
export const verifierKey = async ({ name, raw }: SigningKey, kind: KeyKind): Promise<string> =>
  `${name}+${await keyId(name, TYPES[kind], raw)}+${base64(joined(Uint8Array.of(TYPES[kind]), raw))}`;

/** Key id and signature, as both notes and seals carry them. */
export const signature = async ({ name, raw, secret }: SigningKey, text: string): Promise<Bytes> =>
  joined(Uint8Array.fromHex(await keyId(name, TYPES.note, raw)), sign(null, utf8(text), secret));

/** The line below a text, with its newline. */
export const signatureLine = async (key: SigningKey, text: string): Promise<string> =>
  `— ${key.name} ${base64(await signature(key, text))}\n`;

/** A whole note with one signature. */
export const signedNote = async (key: SigningKey, text: string): Promise<string> =>
  `${text}\n${await signatureLine(key, text)}`;

/** What a witness answers, C2SP tlog-cosignature. `time` in POSIX seconds. */
export async function cosignatureLine(key: SigningKey, text: string, time: number): Promise<string> {
  const stamp = new Uint8Array(8);
  new DataView(stamp.buffer).setBigUint64(0, BigInt(time));
  const id = Uint8Array.fromHex(await keyId(key.name, TYPES.cosignature, key.raw));
  const bytes = sign(null, cosignedMessage(time, text), key.secret);
  return `— ${key.name} ${base64(joined(id, stamp, bytes))}\n`;
}
