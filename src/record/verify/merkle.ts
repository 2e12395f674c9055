// RFC 6962 trees: the root of leaves, and whether a proof leads to a root. Walks are those of RFC 9162, 2.1.3.2 and 2.1.4.2.
import { type Bytes, same } from './bytes.ts';
import { nodeHash, nodeHashes, sha256 } from './hash.ts';
import { Unproven } from './unproven.ts';

/** One leaf that the tree of `size` leaves with this `root` is said to hold at `index`. */
export interface Inclusion {
  readonly leaf: Bytes;
  readonly index: number;
  readonly size: number;
  readonly root: Bytes;
  /** From the leaf's sibling up to the root's child. */
  readonly path: readonly Bytes[];
}

/** @throws Unproven `not-included` */
export async function verifyInclusion({ leaf, index, size, root, path }: Inclusion): Promise<void> {
  const no = (why: string) => new Unproven('not-included', `The entry is not proven to be in the log: ${why}`);
  if (!(index >= 0 && index < size)) throw no(`index ${index} is not below the size ${size}`);
  if (![leaf, root, ...path].every((it) => it.length === 32)) throw no('a hash does not have 32 bytes');
  let [at, last, hash] = [index, size - 1, leaf];
  for (const sibling of path) {
    if (last === 0) throw no('the path is too long');
    if (at % 2 === 1 || at === last) {
      hash = await nodeHash(sibling, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else hash = await nodeHash(hash, sibling);
    [at, last] = [half(at), half(last)];
  }
  if (last !== 0) throw no('the path is too short');
  if (!same(hash, root)) throw no('the path leads to another root');
}

/** Two trees, the older of which is said to be the beginning of the newer. */
export interface Consistency {
  readonly old: { readonly size: number; readonly root: Bytes };
  readonly now: { readonly size: number; readonly root: Bytes };
  readonly path: readonly Bytes[];
}

/** @throws Unproven `not-consistent` */
export async function verifyConsistency({ old, now, path }: Consistency): Promise<void> {
  const no = (why: string) => new Unproven('not-consistent', `The log is not proven to have only grown: ${why}`);
  if (old.size > now.size) throw no(`it shrank from ${old.size} to ${now.size} entries`);
  if (old.size === 0 || old.size === now.size) {
    if (path.length > 0) throw no('a proof where none can be');
    if (old.size === now.size && !same(old.root, now.root)) throw no(`two roots of size ${now.size}`);
    return;
  }
  if (![old.root, now.root, ...path].every((it) => it.length === 32)) throw no('a hash does not have 32 bytes');
  let [at, last] = [old.size - 1, now.size - 1];
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  // The old tree is a whole subtree of the new one when its size is a power of two: then its root is not repeated.
  const [first, ...rest] = at === 0 ? [old.root, ...path] : path;
  if (first === undefined || path.length === 0) throw no('the proof is empty');
  let [before, after] = [first, first];
  for (const it of rest) {
    if (last === 0) throw no('the proof is too long');
    if (at % 2 === 1 || at === last) {
      [before, after] = [await nodeHash(it, before), await nodeHash(it, after)];
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else after = await nodeHash(after, it);
    [at, last] = [half(at), half(last)];
  }
  if (last !== 0) throw no('the proof is too short');
  if (!same(before, old.root)) throw no('the proof leads to another old root');
  if (!same(after, now.root)) throw no('the proof leads to another new root');
}

const half = (it: number) => Math.floor(it / 2);

/** The roots of the perfect subtrees that make up a tree, largest and leftmost first; all pairs of a level hashed together. */
export async function peaks(leaves: readonly Bytes[]): Promise<Bytes[]> {
  const found: Bytes[] = [];
  for (let level = leaves; level.length > 0; ) {
    if (level.length % 2 === 1) found.unshift(level.at(-1)!);
    const pairs = Array.from({ length: level.length >> 1 }, (_, n) => [level[2 * n]!, level[2 * n + 1]!] as const);
    level = await nodeHashes(pairs);
  }
  return found;
}

/** The root above `peaks`. Of none: the hash of nothing, RFC 6962 section 2.1. */
export async function rootAbove(these: readonly Bytes[]): Promise<Bytes> {
  let root = these.at(-1) ?? (await sha256(new Uint8Array()));
  for (const left of these.slice(0, -1).toReversed()) root = await nodeHash(left, root);
  return root;
}

/** MTH of RFC 6962 section 2.1, from the hashes of the leaves. */
export const rootOf = async (leaves: readonly Bytes[]): Promise<Bytes> => rootAbove(await peaks(leaves));
