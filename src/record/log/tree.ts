// The growing edge of a log: from a batch of entries the tiles and bundles that change, and the new root.
import {
  type Bytes,
  entriesIn,
  type Files,
  hashesIn,
  joined,
  LONGEST_ENTRY,
  peaks,
  type Tile,
  tilePath,
  Unproven,
  WIDTH,
} from '#record/verify';
import { extended, leafOf, nothing, type Range, rootOf } from './range.ts';

/** All that an append must know: some kilobytes, whatever the size of the log. */
export interface Tree {
  readonly range: Range;
  /** Of each level the hashes in its last tile, when that is partial. */
  readonly edge: readonly (readonly Bytes[])[];
  /** The entries in the last bundle, when that is partial. */
  readonly open: readonly Bytes[];
}

export const emptyTree: Tree = { range: nothing, edge: [], open: [] };

export interface Grown {
  readonly tree: Tree;
  readonly root: Bytes;
  /** By path: what is new or wider than before. Nothing that was published is ever changed. */
  readonly files: ReadonlyMap<string, Bytes>;
}

/**
 * Appends entries, each of at most 65,535 bytes. @param hashed leaf hashes of the first of them, when they are known
 * @throws Unproven `malformed-entry`
 */
export function grown(tree: Tree, entries: readonly Bytes[], hashed: readonly Bytes[] = []): Grown {
  if (entries.some((it) => it.length > LONGEST_ENTRY))
    throw new Unproven('malformed-entry', 'An entry has at most 65,535 bytes');
  const files = new Map<string, Bytes>();
  const edge = tree.edge.map((it) => [...it]);
  const full: number[] = [];
  const touched = new Set<number>();
  const tile = (level: number, width: number): Tile => {
    const before = Math.floor(tree.range.size / WIDTH ** (level + 1));
    return { level, index: before + (full[level] ?? 0), width };
  };
  const leaves = [...hashed, ...entries.slice(hashed.length).map(leafOf)];
  const range = extended(tree.range, leaves, (height, hash) => {
    if (height % 8 !== 0) return;
    const level = height / 8;
    edge[level] ??= [];
    touched.add(level);
    if (edge[level].push(hash) < WIDTH) return;
    files.set(tilePath(tile(level, WIDTH)), joined(...edge[level]));
    full[level] = (full[level] ?? 0) + 1;
    edge[level] = [];
  });
  for (const level of touched) {
    const hashes = edge[level]!;
    if (hashes.length > 0) files.set(tilePath(tile(level, hashes.length)), joined(...hashes));
  }
  const open = bundled(tree, entries, files);
  return { tree: { range, edge, open }, root: rootOf(range), files };
}

/** Writes the bundles, and returns what stays open. */
function bundled(tree: Tree, entries: readonly Bytes[], files: Map<string, Bytes>): Bytes[] {
  const all = [...tree.open, ...entries];
  const first = Math.floor(tree.range.size / WIDTH);
  const bundles = entries.length === 0 ? 0 : Math.ceil(all.length / WIDTH);
  for (let n = 0; n < bundles; n++) {
    const part = all.slice(n * WIDTH, (n + 1) * WIDTH);
    files.set(tilePath({ level: 'entries', index: first + n, width: part.length }), bundle(part));
  }
  return all.slice(Math.floor(all.length / WIDTH) * WIDTH);
}

const bundle = (entries: readonly Bytes[]): Bytes =>
  joined(...entries.flatMap((it) => [Uint8Array.of(it.length >> 8, it.length & 255), it]));

/** The edge of a log that lies in files. @throws Unproven `file-missing`, `malformed-tile` */
export async function treeIn(files: Files, size: number): Promise<Tree> {
  const read = async (tile: Tile) => {
    const bytes = await files(tilePath(tile));
    if (bytes === undefined) throw new Unproven('file-missing', `${tilePath(tile)} is missing`);
    return bytes;
  };
  const edge: Bytes[][] = [];
  for (let level = 0, hashes = size; hashes > 0; level++, hashes = Math.floor(hashes / WIDTH)) {
    const tile = { level, index: Math.floor(hashes / WIDTH), width: hashes % WIDTH };
    edge[level] = tile.width === 0 ? [] : hashesIn(tile, await read(tile));
  }
  const last = { level: 'entries', index: Math.floor(size / WIDTH), width: size % WIDTH } as const;
  const open = last.width === 0 ? [] : entriesIn(last, await read(last));
  const tops = await Promise.all(edge.toReversed().map((it) => peaks(it)));
  return { range: { size, peaks: tops.flat() }, edge, open };
}
