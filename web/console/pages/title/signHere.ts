// A signature made in this browser from a key file of `packloop title key`: the key is read, used once and forgotten.
import { base64, fromBase64, isKeyName, joined, keyId, SM2_TYPE, utf8 } from '#record/verify';

/** DER of a PKCS8 Ed25519 key up to its seed, RFC 8410 section 7. */
const PKCS8 = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];
/** Ed25519 over the text of a note, C2SP signed-note. */
const NOTE = 1;

/**
 * A line of a signature, without newline, over `text`; or why there is none: no browser signs by SM2.
 * @param file a line `PRIVATE+KEY+name+id+base64`, as golang.org/x/mod/sumdb/note writes it
 * @throws when the browser cannot sign with Ed25519
 */
export async function signatureOf(file: string, text: string): Promise<{ line: string } | 'no-key' | 'sm2'> {
  const [, name = '', id = '', data = ''] = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(file.trim()) ?? [];
  const bytes = fromBase64(data);
  if (bytes?.[0] === SM2_TYPE) return 'sm2';
  if (!isKeyName(name) || bytes?.length !== 33 || bytes[0] !== NOTE) return 'no-key';
  const { subtle } = crypto;
  const pkcs8 = joined(Uint8Array.from(PKCS8), bytes.slice(1));
  const secret = await subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign']);
  // The id is of the public key; a browser gives that only with the whole key, as JSON.
  const { x = '' } = await subtle.exportKey('jwk', secret);
  const raw = fromBase64(x.replaceAll('-', '+').replaceAll('_', '/').padEnd(44, '='));
  if (!raw || (await keyId(name, NOTE, raw)) !== id) return 'no-key';
  const signature = new Uint8Array(await subtle.sign('Ed25519', secret, new Uint8Array(utf8(text))));
  return { line: `— ${name} ${base64(joined(Uint8Array.from(hexBytes(id)), signature))}` };
}

const hexBytes = (hex: string): number[] => (hex.match(/../g) ?? []).map((it) => Number.parseInt(it, 16));
