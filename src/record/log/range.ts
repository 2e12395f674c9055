// The compact range of RFC 6962 trees: the roots of the perfect subtrees are all that an append needs to know.
import { hash } from 'node:crypto';
import type { Bytes } from '#record/verify';

export interface Range {
  readonly size: number;
  /** Largest and leftmost first. */
  readonly peaks: readonly Bytes[];
}

export const nothing: Range = { size: 0, peaks: [] };

/**
 * Appends the hashes of leaves. `made` is told every node that becomes complete, level 0 for a leaf: each is hashed once.
 * By `crypto.hash`: half as long as `createHash`, and no promise for each node.
 */
export function extended(range: Range, leaves: readonly Bytes[], made: (level: number, hash: Bytes) => void): Range {
  const peaks = [...range.peaks];
  let size = range.size;
  for (const leaf of leaves) {
    made(0, leaf);
    let [node, level] = [leaf, 0];
    for (let left = size; left % 2 === 1; left = (left - 1) / 2) {
      node = nodeOf(peaks.pop()!, node);
      made(++level, node);
    }
    peaks.push(node);
    size++;
  }
  return { size, peaks };
}

export const rootOf = ({ peaks }: Range): Bytes =>
  peaks.length === 0 ? sha256('') : peaks.reduceRight((right, left) => nodeOf(left, right));

/** RFC 6962 section 2.1, as all below. */
export function leafOf(entry: Uint8Array): Bytes {
  const message = bench.subarray(0, 1 + entry.length);
  message[0] = 0;
  message.set(entry, 1);
  return sha256(message);
}

export function nodeOf(left: Uint8Array, right: Uint8Array): Bytes {
  pair[0] = 1;
  pair.set(left, 1);
  pair.set(right, 33);
  return sha256(pair);
}

/** Messages are put together here: a new array for each would cost more than its hash. */
const bench = new Uint8Array(65_536);
const pair = bench.subarray(0, 65);

/** By way of hexadecimal: Node makes a buffer for each answer otherwise, which costs more, too. */
function sha256(message: string | Uint8Array): Bytes {
  const bytes = new Uint8Array(32);
  bytes.setFromHex(hash('sha256', message, 'hex'));
  return bytes;
}
