// SHA-256 as RFC 6962 uses it. Many at a time: a browser's one-at-a-time hashing is mostly waiting.
import type { Bytes } from './bytes.ts';

type HashAll = (messages: readonly Bytes[]) => Promise<Bytes[]>;

/** So many are on the way at once; more only cost memory. */
const AT_ONCE = 4096;

/** By Web Crypto, which every browser and Node have. */
export const hashAllBySubtle: HashAll = async (messages) => {
  const hashes: Bytes[] = [];
  for (let from = 0; from < messages.length; from += AT_ONCE) {
    const part = messages.slice(from, from + AT_ONCE).map((it) => globalThis.crypto.subtle.digest('SHA-256', it));
    for (const it of await Promise.all(part)) hashes.push(new Uint8Array(it));
  }
  return hashes;
};

/** Node's one-shot hash: several times as fast for short messages, and the same bytes (hash.test.ts). No import, so that browsers do not look for it. */
const oneShot = (
  globalThis as { process?: { getBuiltinModule?: (name: string) => { hash?: typeof import('node:crypto').hash } } }
).process?.getBuiltinModule?.('node:crypto')?.hash;

/** In Node at once; undefined in browsers. By way of hexadecimal: Node makes a buffer for each answer otherwise, which costs more than the hash. */
export const hashNow: ((message: Bytes) => Bytes) | undefined =
  oneShot &&
  ((message) => {
    const bytes = new Uint8Array(32);
    bytes.setFromHex(oneShot('sha256', message, 'hex'));
    return bytes;
  });

/** SHA-256 of each message. */
export const hashAll: HashAll = hashNow ? async (messages) => messages.map(hashNow) : hashAllBySubtle;

export const sha256 = async (message: Bytes): Promise<Bytes> => (await hashAll([message]))[0]!;

/** Where short messages are put together that are hashed at once: an array for each would cost more than its hash. */
const bench: Bytes = new Uint8Array(4096);
const pairBench: Bytes = bench.subarray(0, 65);

const onBench = (bytes: number): Bytes =>
  oneShot && bytes <= bench.length ? bench.subarray(0, bytes) : new Uint8Array(bytes);

function leafMessage(entry: Uint8Array): Bytes {
  const message = onBench(1 + entry.length);
  message[0] = 0;
  message.set(entry, 1);
  return message;
}

function nodeMessage([left, right]: Pair): Bytes {
  const isUsual = oneShot && left.length === 32 && right.length === 32;
  const message = isUsual ? pairBench : new Uint8Array(1 + left.length + right.length);
  message[0] = 1;
  message.set(left, 1);
  message.set(right, 1 + left.length);
  return message;
}

type Pair = readonly [Uint8Array, Uint8Array];

/** RFC 6962 section 2.1: a leaf is hashed behind a zero byte, so that no leaf is ever a node. */
export const leafHashes = async (entries: readonly Uint8Array[]): Promise<Bytes[]> =>
  hashNow ? entries.map((it) => hashNow(leafMessage(it))) : await hashAllBySubtle(entries.map(leafMessage));

export const leafHash = async (entry: Uint8Array): Promise<Bytes> => (await leafHashes([entry]))[0]!;

/** RFC 6962 section 2.1: the hash of each pair, left before right. */
export const nodeHashes = async (pairs: readonly Pair[]): Promise<Bytes[]> =>
  hashNow ? pairs.map((it) => hashNow(nodeMessage(it))) : await hashAllBySubtle(pairs.map(nodeMessage));

/** Writes the hashes of many nodes to where they belong, without an array for each. @param sideOf their children, left 0 and right 1 */
export async function nodeHashesInto(
  places: readonly Bytes[],
  sideOf: (n: number, side: 0 | 1) => Uint8Array,
): Promise<void> {
  if (oneShot)
    for (const [n, it] of places.entries())
      it.setFromHex(oneShot('sha256', nodeMessage([sideOf(n, 0), sideOf(n, 1)]), 'hex'));
  else {
    const hashes = await nodeHashes(places.map((_, n) => [sideOf(n, 0), sideOf(n, 1)]));
    for (const [n, it] of places.entries()) it.set(hashes[n]!);
  }
}

export const nodeHash = async (left: Uint8Array, right: Uint8Array): Promise<Bytes> =>
  (await nodeHashes([[left, right]]))[0]!;
