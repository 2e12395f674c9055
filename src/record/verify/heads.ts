// Where histories stand, and how one is held to it. The map of all heads (headMap.ts) is a binary Merkle trie over
// SHA-256(subject); a subtree of one subject is that subject's leaf, an empty one is 32 zero bytes.
import { type Bytes, same, utf8 } from './bytes.ts';
import { leafHashes, nodeHash, sha256 } from './hash.ts';
import { Unproven } from './unproven.ts';

/** Where the history of a subject stands. */
export type Head = {
  readonly subject: string;
  /** Events about it so far. */
  readonly count: number;
  /** Leaf hash of the newest, base64. */
  readonly head: string;
  /** Its index in the log. */
  readonly index: number;
};

/** Which side of a fork at this depth a key is on. */
export const bit = (key: Uint8Array, depth: number): 0 | 1 => ((key[depth >> 3]! >> (7 - (depth & 7))) & 1) as 0 | 1;

/** The leaf of each in the trie, over its canonical JSON: the names are in order, and the values have one spelling. */
export const headHashes = (heads: readonly Head[]): Promise<Bytes[]> =>
  leafHashes(heads.map(({ count, head, index, subject }) => utf8(JSON.stringify({ count, head, index, subject }))));

/** That the map with this root says this of the subject. @throws Unproven `heads-differ` */
export async function verifyHead(head: Head, path: readonly Bytes[], root: Bytes): Promise<void> {
  const no = () => new Unproven('heads-differ', `The log does not say this of the history of ${head.subject}`);
  if (path.length > 256 || path.some((it) => it.length !== 32)) throw no();
  const key = await sha256(utf8(head.subject));
  let hash = (await headHashes([head]))[0]!;
  for (let depth = path.length - 1; depth >= 0; depth--)
    hash = bit(key, depth) === 0 ? await nodeHash(hash, path[depth]!) : await nodeHash(path[depth]!, hash);
  if (!same(hash, root)) throw no();
}
