// The map of heads: for each subject how many events it has and which is its newest. Its root is in every batch of the log,
// so whoever shows a history can be held to all of it. A binary Merkle trie over SHA-256(subject); a subtree of one subject
// is that subject's leaf, an empty one is 32 zero bytes.
import { type Bytes, same, utf8 } from './bytes.ts';
import { leafHashes, nodeHash, nodeHashes, sha256 } from './hash.ts';
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

/** Canonical JSON: the names are in order, and the values have one spelling. */
const headBytes = ({ count, head, index, subject }: Head): Bytes =>
  utf8(JSON.stringify({ count, head, index, subject }));

type Node = Leaf | Branch;
interface Leaf {
  readonly key: Bytes;
  head: Head;
  hash: Bytes | undefined;
}
interface Branch {
  readonly sides: [Node | undefined, Node | undefined];
  hash: Bytes | undefined;
}

const EMPTY: Bytes = new Uint8Array(32);
const bit = (key: Uint8Array, depth: number): 0 | 1 => ((key[depth >> 3]! >> (7 - (depth & 7))) & 1) as 0 | 1;
const isLeaf = (it: Node): it is Leaf => 'key' in it;

/** Keeps the map and the hashes that did not change, so that a batch costs what it touches. */
export class HeadMap {
  readonly #leaves = new Map<string, Leaf>();
  #root: Node | undefined;

  get size(): number {
    return this.#leaves.size;
  }

  get(subject: string): Head | undefined {
    return this.#leaves.get(subject)?.head;
  }

  async set(heads: readonly Head[]): Promise<void> {
    for (const head of heads) {
      const known = this.#leaves.get(head.subject);
      const leaf: Leaf = known ?? { key: await sha256(utf8(head.subject)), head, hash: undefined };
      leaf.head = head;
      leaf.hash = undefined;
      if (known === undefined) this.#leaves.set(head.subject, leaf);
      this.#root = placed(this.#root, leaf, 0);
    }
  }

  async root(): Promise<Bytes> {
    await rehash(this.#root);
    return this.#root?.hash ?? EMPTY;
  }

  /** The siblings on the way from the root down to the subject's leaf. Undefined when nothing is known of it. */
  async proof(subject: string): Promise<{ readonly head: Head; readonly path: readonly Bytes[] } | undefined> {
    const leaf = this.#leaves.get(subject);
    if (leaf === undefined) return undefined;
    await rehash(this.#root);
    const path: Bytes[] = [];
    for (let node = this.#root!; !isLeaf(node); ) {
      const side = bit(leaf.key, path.length);
      path.push(node.sides[1 - side]?.hash ?? EMPTY);
      node = node.sides[side]!;
    }
    return { head: leaf.head, path };
  }
}

/** The subtree with `leaf` in it; what is on the way forgets its hash. */
function placed(node: Node | undefined, leaf: Leaf, depth: number): Node {
  if (node === undefined || node === leaf) return leaf;
  if (!isLeaf(node)) {
    const side = bit(leaf.key, depth);
    node.sides[side] = placed(node.sides[side], leaf, depth + 1);
    node.hash = undefined;
    return node;
  }
  const fork: Branch = { sides: [undefined, undefined], hash: undefined };
  fork.sides[bit(node.key, depth)] = node;
  return placed(fork, leaf, depth);
}

/** Hashes what changed, the deepest first and each depth at once. */
async function rehash(root: Node | undefined): Promise<void> {
  const leaves: Leaf[] = [];
  const depths: Branch[][] = [];
  const visit = (node: Node | undefined, depth: number): void => {
    if (node === undefined || node.hash !== undefined) return;
    if (isLeaf(node)) leaves.push(node);
    else {
      depths[depth] ??= [];
      depths[depth].push(node);
      for (const side of node.sides) visit(side, depth + 1);
    }
  };
  visit(root, 0);
  const hashes = await leafHashes(leaves.map((it) => headBytes(it.head)));
  for (const [n, it] of leaves.entries()) it.hash = hashes[n];
  for (const branches of depths.toReversed()) {
    const pairs = branches.map(({ sides: [left, right] }) => [left?.hash ?? EMPTY, right?.hash ?? EMPTY] as const);
    for (const [n, hash] of (await nodeHashes(pairs)).entries()) branches[n]!.hash = hash;
  }
}

/** That the map with this root says this of the subject. @throws Unproven `heads-differ` */
export async function verifyHead(head: Head, path: readonly Bytes[], root: Bytes): Promise<void> {
  const no = () => new Unproven('heads-differ', `The log does not say this of the history of ${head.subject}`);
  if (path.length > 256 || path.some((it) => it.length !== 32)) throw no();
  const key = await sha256(utf8(head.subject));
  let hash = (await leafHashes([headBytes(head)]))[0]!;
  for (let depth = path.length - 1; depth >= 0; depth--)
    hash = bit(key, depth) === 0 ? await nodeHash(hash, path[depth]!) : await nodeHash(path[depth]!, hash);
  if (!same(hash, root)) throw no();
}
