// SM2 signatures (GB/T 32918.2-2016) on the curve of GB/T 32918.5, with SM3: checked, never made. Nothing here is secret, so
// plain BigInt that takes longer for some numbers than for others gives nothing away.
import { joined, utf8 } from './bytes.ts';
import { sm3 } from './sm3.ts';

const P = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn;
const A = P - 3n;
const B = 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n;
const N = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
const G = [
  0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
] as const;

/** Who signs, where nothing else is agreed: GB/T 35276, clause 10. */
const USER = '1234567812345678';

/** Affine; the point at infinity is none. */
type Point = readonly [bigint, bigint] | undefined;

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
  const e = numberIn(sm3(joined(signerHash(key, user), message)));
  const sum = plus(times(s, G), times(t, point));
  return sum !== undefined && (e + sum[0]) % N === r;
}

/** The point that 64 bytes stand for. @returns undefined when it is not on the curve */
export function pointOf(key: Uint8Array): Point {
  if (key.length !== 64) return undefined;
  const [x, y] = [numberIn(key.subarray(0, 32)), numberIn(key.subarray(32))];
  return x < P && y < P && mod(y * y - (x * x * x + A * x + B)) === 0n ? [x, y] : undefined;
}

/** Z, clause 5.5: binds a signature to the signer's name, the curve and the key. */
function signerHash(key: Uint8Array, user: string) {
  const name = utf8(user);
  const bits = Uint8Array.of((name.length * 8) >> 8, (name.length * 8) & 0xff);
  return sm3(joined(bits, name, ...[A, B, ...G].map(bytesOf), key));
}

const numberIn = (bytes: Uint8Array) => BigInt(`0x${bytes.toHex()}`);
const bytesOf = (value: bigint) => Uint8Array.fromHex(value.toString(16).padStart(64, '0'));
const mod = (value: bigint) => ((value % P) + P) % P;

/** By the extended Euclid; `value` is not 0. */
function inverse(value: bigint): bigint {
  let [low, high, x, y] = [mod(value), P, 1n, 0n];
  while (low > 1n) {
    const part = high / low;
    [low, high, x, y] = [high - part * low, low, y - part * x, x];
  }
  return mod(x);
}

function plus(one: Point, other: Point): Point {
  if (one === undefined) return other;
  if (other === undefined) return one;
  const [x1, y1] = one;
  const [x2, y2] = other;
  if (x1 === x2 && mod(y1 + y2) === 0n) return undefined;
  const slope = x1 === x2 ? mod((3n * x1 * x1 + A) * inverse(2n * y1)) : mod((y2 - y1) * inverse(x2 - x1));
  const x = mod(slope * slope - x1 - x2);
  return [x, mod(slope * (x1 - x) - y1)];
}

function times(factor: bigint, point: Point): Point {
  let sum: Point;
  let doubled = point;
  for (let rest = factor; rest > 0n; rest >>= 1n) {
    if (rest & 1n) sum = plus(sum, doubled);
    doubled = plus(doubled, doubled);
  }
  return sum;
}
