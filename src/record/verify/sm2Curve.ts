// The curve of GB/T 32918.5-2017 and the one sum of points that checking a signature needs. In Jacobian coordinates (x / z^2, y / z^3),
// which need one division at the end; formulas dbl-2001-b and madd of the Explicit-Formulas Database, for a = -3.
import type { Bytes } from './bytes.ts';

const p = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn;

/** Domain parameters, named as SEC 1 does. */
export const sm2Curve = {
  p,
  a: p - 3n,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  h: 1n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
} as const;

export const numberIn = (bytes: Uint8Array): bigint => BigInt(`0x${bytes.toHex()}`);
/** 32 bytes, the greatest first. */
export const bytesOf = (value: bigint): Bytes => Uint8Array.fromHex(value.toString(16).padStart(64, '0'));

/** Affine, and never the point at infinity. */
export type Point = readonly [x: bigint, y: bigint];
/** `z` of 0 is the point at infinity. */
type Jacobian = readonly [x: bigint, y: bigint, z: bigint];

const { a, b, Gx, Gy } = sm2Curve;
const INFINITY: Jacobian = [1n, 1n, 0n];

const mod = (value: bigint): bigint => {
  const rest = value % p;
  return rest < 0n ? rest + p : rest;
};

export const isOnCurve = ([x, y]: Point): boolean => x < p && y < p && mod(y * y - (x * x * x + a * x + b)) === 0n;

/** x of s * G + t * P; undefined when that is the point at infinity. Both factors at once, bit by bit (Shamir's trick). */
export function xOfSum(s: bigint, t: bigint, P: Point): bigint | undefined {
  const both = affine(plus([Gx, Gy, 1n], P));
  const bits = Math.max(s.toString(2).length, t.toString(2).length);
  let sum = INFINITY;
  for (let at = BigInt(bits - 1); at >= 0n; at--) {
    sum = twice(sum);
    const [inS, inT] = [(s >> at) & 1n, (t >> at) & 1n];
    if (inS && inT) sum = both === undefined ? sum : plus(sum, both);
    else if (inS) sum = plus(sum, [Gx, Gy]);
    else if (inT) sum = plus(sum, P);
  }
  return affine(sum)?.[0];
}

function twice([x, y, z]: Jacobian): Jacobian {
  const [delta, gamma] = [mod(z * z), mod(y * y)];
  const beta = mod(x * gamma);
  const alpha = mod(3n * (x - delta) * (x + delta));
  const x3 = mod(alpha * alpha - 8n * beta);
  return [x3, mod(alpha * (4n * beta - x3) - 8n * gamma * gamma), mod(2n * y * z)];
}

function plus(one: Jacobian, [x2, y2]: Point): Jacobian {
  const [x, y, z] = one;
  if (z === 0n) return [x2, y2, 1n];
  const zz = mod(z * z);
  const h = mod(x2 * zz - x);
  const r = mod(y2 * z * zz - y);
  if (h === 0n) return r === 0n ? twice(one) : INFINITY;
  const hh = mod(h * h);
  const [hhh, v] = [mod(h * hh), mod(x * hh)];
  const x3 = mod(r * r - hhh - 2n * v);
  return [x3, mod(r * (v - x3) - y * hhh), mod(z * h)];
}

function affine([x, y, z]: Jacobian): Point | undefined {
  if (z === 0n) return undefined;
  const inverted = inverse(z);
  const squared = mod(inverted * inverted);
  return [mod(x * squared), mod(y * squared * inverted)];
}

/** By the extended Euclid; `value` is not 0. */
function inverse(value: bigint): bigint {
  let [low, high, x, y] = [mod(value), p, 1n, 0n];
  while (low > 1n) {
    const part = high / low;
    [low, high, x, y] = [high - part * low, low, y - part * x, x];
  }
  return mod(x);
}
