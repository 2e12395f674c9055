// A credential that is bound to a key of its holder is of no use to whoever has only copied it: who shows it signs what the
// verifier asked for (Key Binding JWT, RFC 9901 section 4.3).
import { createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import type { Instant } from '#units';
import { decodedPart, encodedPart, NotCredible } from './jwt.ts';

const TYPE = 'kb+jwt';
/** A proof is made for one moment; clocks differ by so many seconds. */
const FRESH_S = 600;

/** What the verifier asks the holder to sign: who he is, and a word that he has never said before. */
export interface Challenge {
  readonly audience: string;
  readonly nonce: string;
}

/** The claim that names the holder's public key (RFC 7800). */
export const confirmation = (key: KeyObject) => ({
  jwk: (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' }),
});

/** Adds the proof to what the holder shows. @param presentation ends in ~ */
export function bound(
  presentation: string,
  { audience, nonce }: Challenge,
  { key, at }: { key: KeyObject; at: Instant },
): string {
  const payload = { iat: seconds(at), aud: audience, nonce, sd_hash: hash('sha256', presentation, 'base64url') };
  const signed = `${encodedPart({ alg: 'EdDSA', typ: TYPE })}.${encodedPart(payload)}`;
  return `${presentation}${signed}.${sign(null, Buffer.from(signed), key).toString('base64url')}`;
}

/**
 * @param cnf what the issuer said of the holder's key
 * @param proof what follows the last ~
 * @throws NotCredible `not-bound`
 */
export function demandBound(
  shown: { readonly presentation: string; readonly proof: string; readonly cnf: unknown },
  { audience, nonce, at }: Challenge & { readonly at: Instant },
): void {
  const no = (why: string) => new NotCredible('not-bound', `Whoever shows it has not proven that it is his: ${why}`);
  const key = keyIn(shown.cnf);
  if (!key) throw no('the issuer bound it to no key');
  const [header = '', body = '', signature = '', ...rest] = shown.proof.split('.');
  if (signature === '' || rest.length > 0) throw no('there is no proof');
  const { alg, typ } = decodedPart(header);
  if (alg !== 'EdDSA' || typ !== TYPE) throw no('the proof is none');
  if (!verify(null, Buffer.from(`${header}.${body}`), key, Buffer.from(signature, 'base64url')))
    throw no('another key signed');
  const { iat, aud, nonce: said, sd_hash } = decodedPart(body);
  if (sd_hash !== hash('sha256', shown.presentation, 'base64url')) throw no('it was made for something else');
  if (aud !== audience || said !== nonce) throw no('it was made for somebody else, or before you asked');
  if (typeof iat !== 'number' || Math.abs(iat - seconds(at)) > FRESH_S) throw no('it was not made just now');
}

function keyIn(cnf: unknown): KeyObject | undefined {
  const { jwk } = (cnf ?? {}) as { jwk?: { kty?: unknown; crv?: unknown; x?: unknown } };
  if (jwk?.kty !== 'OKP' || jwk.crv !== 'Ed25519' || typeof jwk.x !== 'string') return undefined;
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: jwk.x }, format: 'jwk' });
  } catch {
    return undefined;
  }
}

const seconds = (at: Instant): number => Math.floor(at.epochMilliseconds / 1000);
