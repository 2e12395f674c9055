// C2SP tlog-tiles: how the hashes and entries of a log lie in files.
import type { Bytes } from './bytes.ts';
import { Unproven } from './unproven.ts';

/** Hashes in a full tile, entries in a full bundle. */
export const WIDTH = 256;
const HASH = 32;

/** A tile of hashes at a level (0: of leaves), or a bundle of entries. */
export interface Tile {
  readonly level: number | 'entries';
  readonly index: number;
  /** 1 to 256; below 256 the tile is partial. */
  readonly width: number;
}

/** Where it lies below the log's address: `tile/0/x001/x234/067.p/8`. */
export function tilePath({ level, index, width }: Tile): string {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0');
  const parts = digits.match(/.{3}/g)!;
  const name = parts.map((it, n) => (n < parts.length - 1 ? `x${it}` : it)).join('/');
  return `tile/${level}/${name}${width < WIDTH ? `.p/${width}` : ''}`;
}

/** All tiles of a tree of `size` leaves, level by level; the bundles have the places of level 0. Empty ones do not exist. */
export function* tilesOf(size: number): Generator<Tile & { level: number }> {
  for (let level = 0, hashes = size; hashes > 0; level++, hashes = Math.floor(hashes / WIDTH))
    for (let index = 0; index * WIDTH < hashes; index++)
      yield { level, index, width: Math.min(WIDTH, hashes - index * WIDTH) };
}

/** @throws Unproven `malformed-tile` */
export function hashesIn(tile: Tile, bytes: Bytes): Bytes[] {
  if (bytes.length !== tile.width * HASH)
    throw new Unproven(
      'malformed-tile',
      `${tilePath(tile)} has ${bytes.length} bytes where ${tile.width * HASH} belong`,
    );
  return Array.from({ length: tile.width }, (_, n) => bytes.subarray(n * HASH, (n + 1) * HASH));
}

/** The entries of a bundle, each behind its length as a big-endian uint16. @throws Unproven `malformed-bundle` */
export function entriesIn(tile: Tile, bytes: Bytes): Bytes[] {
  const no = (why: string) => new Unproven('malformed-bundle', `${tilePath(tile)} ${why}`);
  const entries: Bytes[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (at + 2 > bytes.length) throw no('ends within a length');
    const end = at + 2 + bytes[at]! * 256 + bytes[at + 1]!;
    if (end > bytes.length) throw no('ends within an entry');
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  if (entries.length !== tile.width) throw no(`holds ${entries.length} entries where ${tile.width} belong`);
  return entries;
}
