// Proofs of RFC 6962 sections 2.1.1 and 2.1.2, made from published tiles: no tree is kept anywhere.
import { type Bytes, type Files, hashesIn, rootOf, tilePath, Unproven, WIDTH } from '#record/verify';
import { nodeOf } from './range.ts';

/** Of the leaf at `index` in the tree of the first `size` leaves: its siblings, lowest first. */
export async function inclusionPath(files: Files, index: number, size: number): Promise<Bytes[]> {
  const read = reader(files, size);
  const path: Bytes[] = [];
  let [from, to] = [0, size];
  const siblings: (readonly [number, number])[] = [];
  while (to - from > 1) {
    const middle = from + split(to - from);
    siblings.push(index < middle ? [middle, to] : [from, middle]);
    if (index < middle) to = middle;
    else from = middle;
  }
  for (const [a, b] of siblings.toReversed()) path.push(await subtree(read, a, b));
  return path;
}

/**
 * That the tree of the first `old` leaves is the beginning of that of the first `size`. Empty when there is nothing to prove.
 * @param kept whose tiles the files are: a copy that has gone on keeps no partial tiles of before
 */
export async function consistencyPath(files: Files, old: number, size: number, kept = size): Promise<Bytes[]> {
  if (old === 0 || old === size) return [];
  const read = reader(files, kept);
  const parts: (readonly [number, number])[] = [];
  let [from, to] = [0, size];
  let isWhole = true; // whether the old tree is the very subtree that we stand in
  while (old < to) {
    const middle = from + split(to - from);
    if (old <= middle) {
      parts.push([middle, to]);
      to = middle;
    } else {
      parts.push([from, middle]);
      from = middle;
      isWhole = false;
    }
  }
  if (!isWhole) parts.push([from, to]);
  const path: Bytes[] = [];
  for (const [a, b] of parts.toReversed()) path.push(await subtree(read, a, b));
  return path;
}

/** The largest power of two below `count`. */
function split(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

type Read = (level: number, index: number) => Promise<readonly Bytes[]>;

/** The hash above the leaves from `from` up to `to`: left parts are perfect and stand in tiles, the right edge is put together. */
async function subtree(read: Read, from: number, to: number): Promise<Bytes> {
  const count = to - from;
  const power = split(count);
  if (count > 1 && power * 2 !== count)
    return nodeOf(await subtree(read, from, from + power), await subtree(read, from + power, to));
  let [level, width] = [0, count];
  for (; width >= WIDTH; width /= WIDTH) level++;
  const first = from / WIDTH ** level;
  const hashes = await read(level, Math.floor(first / WIDTH));
  return rootOf(hashes.slice(first % WIDTH, (first % WIDTH) + width));
}

/** Tiles as they are in the tree of `size` leaves, each read once. */
function reader(files: Files, size: number): Read {
  const seen = new Map<string, Promise<readonly Bytes[]>>();
  return (level, index) => {
    const all = Math.floor(size / WIDTH ** level);
    const tile = { level, index, width: Math.min(WIDTH, all - index * WIDTH) };
    const path = tilePath(tile);
    let hashes = seen.get(path);
    if (hashes === undefined) {
      hashes = files(path).then((bytes) => {
        if (bytes === undefined) throw new Unproven('file-missing', `${path} is missing`);
        return hashesIn(tile, bytes);
      });
      seen.set(path, hashes);
    }
    return hashes;
  };
}
