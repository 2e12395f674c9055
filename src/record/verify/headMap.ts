// The map of heads: for each subject how many events it has and which is its newest. Its root is in every batch of the log,
// so whoever shows a history can be held to all of it. A network of some years has many millions of subjects (each swap is one),
// so nothing here is an object: leaves and forks are numbers, and what they hold lies in arrays; some 180 bytes for each subject.
import { type Bytes, base64, utf8 } from './bytes.ts';
import { hashAll, hashNow, nodeHashesInto } from './hash.ts';
import { bit, type Head, headHashes } from './heads.ts';
import { Rows } from './rows.ts';
import { Unproven } from './unproven.ts';

/** A node is named by a number: a fork `n` is n + 1, a leaf `n` is -n - 1, nothing is 0. */
type Node = number;
const NOTHING: Node = 0;
const leafNode = (leaf: number): Node => -leaf - 1;
const forkNode = (fork: number): Node => fork + 1;

const EMPTY: Bytes = new Uint8Array(32);

const MOST_NAMES = 100_000;

/** Keeps the hashes that did not change, so that a batch costs what it touches. */
export class HeadMap {
  #root: Node = NOTHING;
  readonly #names = new Map<string, number>();
  #leaves = 0;
  readonly #keys = new Rows(32);
  readonly #newest = new Rows(32);
  readonly #leafHashes = new Rows(32);
  /** Number of events and index of the newest, as two doubles. */
  readonly #counts = new Rows(16);
  #forks = 0;
  /** Both sides, as two 32-bit integers. */
  readonly #sides = new Rows(8);
  readonly #forkHashes = new Rows(32);
  /** Forks whose hash does not hold any more, by depth; and each of them once. */
  #stale: number[][] = [];
  readonly #isStale = new Rows(1);
  readonly #mostNames: number;

  /** @param mostNames so many subjects are known by name; the others are found by their hash, where that can be had at once */
  constructor(mostNames = MOST_NAMES) {
    this.#mostNames = hashNow ? mostNames : Number.POSITIVE_INFINITY;
  }

  get size(): number {
    return this.#leaves;
  }

  get(subject: string): Head | undefined {
    const leaf = this.#find(subject);
    if (leaf === undefined) return undefined;
    const count = this.#counts.getFloat64(leaf, 0);
    const index = this.#counts.getFloat64(leaf, 8);
    return { count, head: base64(this.#newest.at(leaf)), index, subject };
  }

  async set(heads: readonly Head[]): Promise<void> {
    const hashes = await headHashes(heads);
    const leaves = heads.map((it) => this.#find(it.subject));
    const unknown = heads.filter((_, n) => leaves[n] === undefined).map((it) => it.subject);
    const keys = await hashAll(unknown.map(utf8));
    const added = new Map<string, number>();
    for (const [n, it] of unknown.entries()) if (!added.has(it)) added.set(it, this.#added(it, keys[n]!));
    for (const [n, { subject, count, head, index }] of heads.entries()) {
      const leaf = leaves[n] ?? added.get(subject)!;
      const { written, read } = this.#newest.at(leaf).setFromBase64(head);
      if (written !== 32 || read !== head.length) throw new Unproven('malformed-entry', `"${head}" is no hash`);
      this.#counts.setFloat64(leaf, 0, count);
      this.#counts.setFloat64(leaf, 8, index);
      this.#leafHashes.at(leaf).set(hashes[n]!);
      this.#place(leaf);
    }
  }

  async root(): Promise<Bytes> {
    await this.#rehash();
    return this.#hashOf(this.#root).slice();
  }

  /** The siblings on the way from the root down to the subject's leaf. Undefined when nothing is known of it. */
  async proof(subject: string): Promise<{ readonly head: Head; readonly path: readonly Bytes[] } | undefined> {
    const head = this.get(subject);
    if (head === undefined) return undefined;
    const key = this.#keys.at(this.#find(subject)!);
    await this.#rehash();
    const path: Bytes[] = [];
    for (let node = this.#root; node > 0; ) {
      const side = bit(key, path.length);
      path.push(this.#hashOf(this.#side(node - 1, 1 - side)).slice());
      node = this.#side(node - 1, side);
    }
    return { head, path };
  }

  #find(subject: string): number | undefined {
    const known = this.#names.get(subject);
    if (known !== undefined || this.#names.size === this.#leaves || hashNow === undefined) return known;
    const key = hashNow(utf8(subject));
    let node = this.#root;
    for (let depth = 0; node > 0; depth++) node = this.#side(node - 1, bit(key, depth));
    const leaf = -node - 1;
    if (node === NOTHING || !key.every((it, at) => it === this.#keys.at(leaf)[at])) return undefined;
    this.#name(subject, leaf);
    return leaf;
  }

  #name(subject: string, leaf: number): void {
    if (this.#names.size >= this.#mostNames) this.#names.clear();
    this.#names.set(subject, leaf);
  }

  #added(subject: string, key: Bytes): number {
    const leaf = this.#leaves++;
    for (const it of [this.#keys, this.#newest, this.#leafHashes, this.#counts]) it.grow(this.#leaves);
    this.#keys.at(leaf).set(key);
    this.#name(subject, leaf);
    return leaf;
  }

  /** Brings the leaf to where its key leads; what is on the way is stale. */
  #place(leaf: number): void {
    const key = this.#keys.at(leaf);
    let above = -1;
    let [node, depth, side]: [Node, number, 0 | 1] = [this.#root, 0, 0];
    const hang = (below: Node) => {
      if (above < 0) this.#root = below;
      else this.#sides.setInt32(above, 4 * side, below);
    };
    for (; node > 0; depth++) {
      above = node - 1;
      this.#touch(above, depth);
      side = bit(key, depth);
      node = this.#side(above, side);
    }
    if (node === leafNode(leaf)) return;
    // Somebody else's leaf is where ours belongs: fork until the two keys part.
    for (const other = node; other !== NOTHING; depth++) {
      const fork = this.#forked();
      hang(forkNode(fork));
      this.#touch(fork, depth);
      const theirs = bit(this.#keys.at(-other - 1), depth);
      [above, side] = [fork, bit(key, depth)];
      if (theirs !== side) {
        this.#sides.setInt32(fork, 4 * theirs, other);
        break;
      }
    }
    hang(leafNode(leaf));
  }

  #forked(): number {
    const fork = this.#forks++;
    for (const it of [this.#sides, this.#forkHashes, this.#isStale]) it.grow(this.#forks);
    return fork;
  }

  #touch(fork: number, depth: number): void {
    if (this.#isStale.getUint8(fork) === 1) return;
    this.#isStale.setUint8(fork, 1);
    this.#stale[depth] ??= [];
    this.#stale[depth].push(fork);
  }

  readonly #side = (fork: number, side: number): Node => this.#sides.getInt32(fork, 4 * side);

  #hashOf(node: Node): Bytes {
    if (node === NOTHING) return EMPTY;
    return node > 0 ? this.#forkHashes.at(node - 1) : this.#leafHashes.at(-node - 1);
  }

  /** Hashes what changed, the deepest first and each depth at once. */
  async #rehash(): Promise<void> {
    const stale = this.#stale;
    this.#stale = [];
    for (const forks of stale.toReversed()) {
      await nodeHashesInto(
        forks.map((it) => this.#forkHashes.at(it)),
        (n, side) => this.#hashOf(this.#side(forks[n]!, side)),
      );
      for (const it of forks) this.#isStale.setUint8(it, 0);
    }
  }
}
