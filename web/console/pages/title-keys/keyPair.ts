// A pair of keys made in this browser: the secret half becomes a file of its owner's, the public half is registered.
import { base64, isKeyName, joined, keyId } from '#record/verify';

/** Ed25519 over the text of a note, C2SP signed-note. */
const NOTE = Uint8Array.of(1);
const SEED = 32;

export interface KeyPair {
  /** Verifier key `name+id+base64`: for everybody. */
  readonly publicKey: string;
  /** A line `PRIVATE+KEY+name+id+base64`, as golang.org/x/mod/sumdb/note writes it: for nobody else. */
  readonly file: string;
}

/** @param name of the key, without spaces and plus signs @throws when the browser knows no Ed25519 */
export async function makeKeyPair(name: string): Promise<KeyPair> {
  if (!isKeyName(name)) throw new RangeError(`"${name}" cannot name a key: no spaces, no plus signs`);
  const { subtle } = crypto;
  const pair = (await subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
  const raw = new Uint8Array(await subtle.exportKey('raw', pair.publicKey));
  // The seed is the end of the DER of a PKCS8 key, RFC 8410 section 7.
  const seed = new Uint8Array(await subtle.exportKey('pkcs8', pair.privateKey)).slice(-SEED);
  const id = await keyId(name, NOTE[0]!, raw);
  return {
    publicKey: `${name}+${id}+${base64(joined(NOTE, raw))}`,
    file: `PRIVATE+KEY+${name}+${id}+${base64(joined(NOTE, seed))}\n`,
  };
}
