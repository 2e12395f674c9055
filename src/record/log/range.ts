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
 * `crypto.hash` in one shot: half as long as `createHash`, and no promise for each node.
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
  peaks.length === 0 ? bytesOf(hash('sha256', '', 'buffer')) : peaks.reduceRight((right, left) => nodeOf(left, right));

/** RFC 6962 section 2.1. */
export function leafOf(entry: Uint8Array): Bytes {
  const message = new Uint8Array(1 + entry.length);
  message.set(entry, 1);
  return bytesOf(hash('sha256', message, 'buffer'));
}

export function nodeOf(left: Uint8Array, right: Uint8Array): Bytes {
  const message = new Uint8Array(65);
  message[0] = 1;
  message.set(left, 1);
  message.set(right, 33);
  return bytesOf(hash('sha256', message, 'buffer'));
}

const bytesOf = (it: Buffer): Bytes => new Uint8Array(it);
