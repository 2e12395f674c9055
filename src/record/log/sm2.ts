// Signing by SM2 (GB/T 32918.2-2016, clause 6) with SM3. The points are multiplied by @noble/curves, whose time does not depend on the
// number; which digest is signed for whom stands beside what checks it.
import { createHmac, randomBytes } from 'node:crypto';
import { weierstrass } from '@noble/curves/abstract/weierstrass.js';
import { type Bytes, bytesOf, digestSm2, joined, numberIn, sm2Curve, Unproven } from '#record/verify';

const Curve = weierstrass(sm2Curve);
const { Fn } = Curve;
const { n } = sm2Curve;

/** Whether 32 bytes are a secret number: from 1 to n - 2, clause 6.1 of GB/T 32918.1. */
export const isSm2Seed = (seed: Uint8Array): boolean => {
  const d = numberIn(seed);
  return d >= 1n && d <= n - 2n;
};

export function newSm2Seed(): Bytes {
  for (;;) {
    const seed = new Uint8Array(randomBytes(32));
    if (isSm2Seed(seed)) return seed;
  }
}

export interface Sm2Signer {
  /** x and y, 32 bytes each. */
  readonly point: Bytes;
  /** r and s, 32 bytes each. @param user who signs; the usual one when absent */
  readonly sign: (message: Uint8Array, user?: string) => Bytes;
}

/** @param seed the secret number itself, 32 bytes @throws Unproven `malformed-key` */
export function sm2Signer(seed: Bytes): Sm2Signer {
  if (!isSm2Seed(seed)) throw new Unproven('malformed-key', 'This number is too large, or 0, for an SM2 key');
  const d = numberIn(seed);
  const point = new Uint8Array(Curve.BASE.multiply(d).toBytes(false).subarray(1));
  const inverse = Fn.inv(Fn.add(1n, d));
  return {
    point,
    sign(message, user) {
      const digest = digestSm2(point, message, user);
      for (;;) {
        const k = nonce(seed, digest);
        const r = Fn.add(Fn.create(numberIn(digest)), Fn.create(Curve.BASE.multiply(k).x));
        if (r === 0n || r + k === n) continue;
        const s = Fn.mul(inverse, Fn.sub(k, Fn.mul(r, d)));
        if (s !== 0n) return joined(bytesOf(r), bytesOf(s));
      }
    },
  };
}

/** Used once: of chance, and of key and digest, so that poor chance alone repeats none. Twice as long as n, so that none is likelier. */
function nonce(seed: Bytes, digest: Bytes): bigint {
  for (;;) {
    const k = Fn.create(numberIn(createHmac('sha512', seed).update(digest).update(randomBytes(32)).digest()));
    if (k !== 0n) return k;
  }
}
