// The list that says which credentials no longer hold: IETF Token Status List (draft-ietf-oauth-status-list), one bit each, as a
// signed JWT that anybody may keep and pass on. Who fetches it tells nobody which credential he looks at.
import { type KeyObject, sign, verify } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';
import type { Instant } from '#units';
import { decodedPart, encodedPart, NotCredible } from './jwt.ts';

/** Bits of the list: as many as the draft counts with, so that nobody learns much from which one he has. */
export const PLACES = 131_072;
/** So long a list may be shown. After that, whoever keeps an old one to hide a revocation is found out. */
const HOURS = 48;
const TYPE = 'statuslist+jwt';

/** Where a credential stands in which list. */
export interface StatusRef {
  readonly uri: string;
  readonly idx: number;
}

interface Signing {
  readonly key: KeyObject;
  readonly uri: string;
  readonly at: Instant;
}

/** The signed list in which these places are revoked. It is dated by the hour, so that asking tells nothing of when one came in. */
export function statusList(revoked: readonly number[], { key, uri, at }: Signing): string {
  const bits = new Uint8Array(PLACES / 8);
  for (const place of revoked) {
    if (!Number.isInteger(place) || place < 0 || place >= PLACES)
      throw new RangeError(`The list has no place ${place}`);
    bits[place >> 3]! |= 1 << (place & 7);
  }
  const iat = Math.floor(at.epochMilliseconds / 3_600_000) * 3600;
  const payload = {
    ...{ sub: uri, iat, exp: iat + HOURS * 3600, ttl: 3600 },
    status_list: { bits: 1, lst: deflateSync(bits, { level: 9 }).toString('base64url') },
  };
  const signed = `${encodedPart({ alg: 'EdDSA', typ: TYPE })}.${encodedPart(payload)}`;
  return `${signed}.${sign(null, Buffer.from(signed), key).toString('base64url')}`;
}

/** @throws NotCredible `status-unknown` for a list that is none, is old, another's or of another address; `revoked` */
export function demandNotRevoked(list: string, { uri, idx }: StatusRef, { key, at }: Omit<Signing, 'uri'>): void {
  const no = (why: string) => new NotCredible('status-unknown', `The status list cannot be used: ${why}`);
  const [header = '', body = '', signature = '', ...rest] = list.trim().split('.');
  const bytes = Buffer.from(signature, 'base64url');
  if (rest.length > 0 || bytes.length !== 64) throw no('it is no signed list');
  if (!verify(null, Buffer.from(`${header}.${body}`), key, bytes)) throw no('the issuer did not sign it');
  const { alg, typ } = decodedPart(header);
  const {
    sub,
    iat,
    exp,
    status_list: it,
  } = decodedPart(body) as Record<string, unknown> & {
    status_list?: { bits?: unknown; lst?: unknown };
  };
  if (alg !== 'EdDSA' || typ !== TYPE || typeof iat !== 'number' || typeof exp !== 'number') throw no('it is no list');
  if (sub !== uri) throw no(`the credential stands in that of ${uri}`);
  const now = at.epochMilliseconds / 1000;
  if (exp <= now || iat > now) throw no('it is not of today: fetch it anew');
  if (it?.bits !== 1 || typeof it.lst !== 'string') throw no('it is no list of one bit each');
  if (!Number.isInteger(idx) || idx < 0 || idx >= PLACES) throw no(`it has no place ${idx}`);
  if (bitsIn(it.lst, no)[idx >> 3]! & (1 << (idx & 7))) throw new NotCredible('revoked', 'The issuer has revoked it');
}

/** A small text must not become a large one: no list is longer than ours. */
function bitsIn(lst: string, no: (why: string) => NotCredible): Uint8Array {
  let bits: Uint8Array;
  try {
    bits = inflateSync(Buffer.from(lst, 'base64url'), { maxOutputLength: PLACES / 8 });
  } catch {
    throw no('it cannot be unpacked');
  }
  if (bits.length !== PLACES / 8) throw no('it has another length');
  return bits;
}
