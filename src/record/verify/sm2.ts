// SM2 signatures (GB/T 32918.2-2016) with SM3: checked, never made. Nothing here is secret, so that it takes longer for some
// numbers than for others gives nothing away.
import { type Bytes, joined, utf8 } from './bytes.ts';
import { bytesOf, isOnCurve, numberIn, type Point, sm2Curve, xOfSum } from './sm2Curve.ts';
import { sm3 } from './sm3.ts';

const { n: N, a, b, Gx, Gy } = sm2Curve;

/** Who signs, where nothing else is agreed: GB/T 35276, clause 10. */
const USER = '1234567812345678';

/**
 * Whether `signature` (r and s, 32 bytes each) over `message` was made with the key whose public point is `key` (x and y, 32
 * bytes each). GB/T 32918.2 clause 7.1.
 */
export function verifySm2(key: Uint8Array, message: Uint8Array, signature: Uint8Array, user = USER): boolean {
  const point = pointOf(key);
  if (point === undefined || signature.length !== 64) return false;
  const r = numberIn(signature.subarray(0, 32));
  const s = numberIn(signature.subarray(32));
  if (r < 1n || r >= N || s < 1n || s >= N) return false;
  const t = (r + s) % N;
  if (t === 0n) return false;
  const x = xOfSum(s, t, point);
  return x !== undefined && (numberIn(digestSm2(key, message, user)) + x) % N === r;
}

/** The point that 64 bytes stand for. @returns undefined when it is not on the curve */
export function pointOf(key: Uint8Array): Point | undefined {
  if (key.length !== 64) return undefined;
  const point: Point = [numberIn(key.subarray(0, 32)), numberIn(key.subarray(32))];
  return isOnCurve(point) ? point : undefined;
}

/** What is really signed, clause 6.1: SM3 over Z and the message. */
export const digestSm2 = (key: Uint8Array, message: Uint8Array, user = USER): Bytes =>
  sm3(joined(signerHash(key, user), message));

/** Z, clause 5.5: binds a signature to the signer's name, the curve and the key. */
function signerHash(key: Uint8Array, user: string) {
  const name = utf8(user);
  const bits = Uint8Array.of((name.length * 8) >> 8, (name.length * 8) & 0xff);
  return sm3(joined(bits, name, ...[a, b, Gx, Gy].map(bytesOf), key));
}
