// A whole log from its files: every tile and bundle hashed again, up to the checkpoint, and every entry read.
import { type Bytes, same } from './bytes.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { Event } from './entry.ts';
import { leafHashes } from './hash.ts';
import { peaks, rootAbove } from './merkle.ts';
import type { VerifierKey } from './note.ts';
import { type Accepted, accepted, type Policy } from './policy.ts';
import { Replay, type Replayed } from './replay.ts';
import { entriesIn, type Tile, tilePath, WIDTH } from './tiles.ts';
import { Unproven } from './unproven.ts';

/** The file at a path below the log's address, such as `checkpoint`; undefined when there is none. */
export type Files = (path: string) => Promise<Bytes | undefined>;

export interface Asked {
  readonly files: Files;
  readonly policy: Policy;
  readonly producers?: readonly VerifierKey[] | undefined;
  /** Each event with its index, as it is read. */
  readonly seen?: ((event: Event, index: number) => void) | undefined;
  /** How many entries were read, of how many. */
  readonly progress?: ((read: number, size: number) => void) | undefined;
}

/** @throws Unproven of the first thing that does not hold */
export async function verifyMirror({
  files,
  policy,
  producers,
  seen,
  progress,
}: Asked): Promise<Accepted & { readonly replayed: Replayed }> {
  const found = await accepted(await present(files, 'checkpoint'), policy);
  const replay = new Replay({ origin: found.checkpoint.origin, log: [found.log], producers });
  const { size } = found.checkpoint;
  let read = 0;
  await verifyTree(files, found.checkpoint, async (entries, leaves) => {
    await replay.take(entries, leaves, seen);
    read += entries.length;
    progress?.(read, size);
  });
  return { ...found, replayed: replay.end() };
}

type Take = (entries: readonly Bytes[], leaves: readonly Bytes[]) => Promise<void>;

/**
 * That the bundles hash to the tiles of level 0, each tile to the one above it, and all to the checkpoint's root.
 * @throws Unproven `file-missing`, `malformed-bundle`, `tile-differs`, `root-differs`
 */
export async function verifyTree(
  files: Files,
  { size, root }: Pick<Checkpoint, 'size' | 'root'>,
  take: Take,
): Promise<void> {
  let tops: Bytes[] = [];
  let above: Bytes[] = [];
  for (let index = 0; index * WIDTH < size; index++) {
    const width = Math.min(WIDTH, size - index * WIDTH);
    const bundle = { level: 'entries', index, width } as const;
    const entries = entriesIn(bundle, await present(files, tilePath(bundle)));
    const leaves = await leafHashes(entries);
    await checkTile(files, { level: 0, index, width }, leaves);
    await take(entries, leaves);
    const found = await peaks(leaves);
    if (width === WIDTH) above.push(found[0]!);
    else tops = found;
  }
  for (let level = 1; above.length > 0; level++) {
    const next: Bytes[] = [];
    for (let index = 0; index * WIDTH < above.length; index++) {
      const hashes = above.slice(index * WIDTH, (index + 1) * WIDTH);
      await checkTile(files, { level, index, width: hashes.length }, hashes);
      const found = await peaks(hashes);
      if (hashes.length === WIDTH) next.push(found[0]!);
      else tops = [...found, ...tops];
    }
    above = next;
  }
  if (!same(await rootAbove(tops), root))
    throw new Unproven('root-differs', 'The entries lead to another root than the checkpoint’s');
}

async function checkTile(files: Files, tile: Tile, hashes: readonly Bytes[]): Promise<void> {
  const bytes = await present(files, tilePath(tile));
  const isSame =
    bytes.length === 32 * hashes.length && hashes.every((it, n) => same(it, bytes.subarray(32 * n, 32 * n + 32)));
  if (isSame) return;
  const below = tile.level === 0 ? tilePath({ ...tile, level: 'entries' }) : 'the tiles below it';
  throw new Unproven('tile-differs', `${tilePath(tile)} is not what follows from ${below}`);
}

async function present(files: Files, path: string): Promise<Bytes> {
  const bytes = await files(path);
  if (bytes === undefined) throw new Unproven('file-missing', `${path} is missing`);
  return bytes;
}
