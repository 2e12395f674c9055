// Trees that somebody else has written down as ours, held against the log.
import { sql } from 'kysely';
import type { Work } from '#kernel';
import { rootOf, treeIn } from '#record/log';
import { type Bytes, readCheckpoint, readNote, same, utf8 } from '#record/verify';

import { filesIn } from './pieces.ts';

export interface ShownTree {
  readonly size: number;
  readonly root: Bytes;
}

export interface StrangeTree {
  readonly size: number;
  readonly why: string;
}

/**
 * Those that the log never had. The newest, and whichever we have no checkpoint of, are computed from the tiles; the others are held
 * against the checkpoints that were signed then.
 */
export async function strangeTrees(work: Work, shown: readonly ShownTree[]): Promise<StrangeTree[]> {
  if (shown.length === 0) return [];
  const { rows } = await sql<{ size: number }>`select size from record.sequencer`.execute(work.db);
  const size = rows[0]?.size ?? 0;
  const signed = await checkpointsOf(work, shown);
  const newest = Math.max(...shown.map((it) => it.size).filter((it) => it <= size));
  const found: StrangeTree[] = [];
  for (const it of shown) {
    if (it.size > size) {
      found.push({ size: it.size, why: `the log has ${size} entries` });
      continue;
    }
    const said = signed.get(it.size);
    if (said !== undefined && !same(said, it.root))
      found.push({ size: it.size, why: 'our checkpoint has another root' });
    else if ((said === undefined || it.size === newest) && !same(await rootAt(work, it.size), it.root))
      found.push({ size: it.size, why: 'our tiles have another root' });
  }
  return found;
}

const rootAt = async ({ db }: Work, size: number): Promise<Bytes> => rootOf((await treeIn(filesIn(db), size)).range);

async function checkpointsOf({ db }: Work, shown: readonly ShownTree[]): Promise<Map<number, Bytes>> {
  const { rows } = await sql<{ size: number; note: string }>`select size, note from record.checkpoint
    where size = any(${shown.map((it) => it.size)}::bigint[])`.execute(db);
  return new Map(rows.map(({ size, note }) => [size, readCheckpoint(readNote(utf8(note)).text).root]));
}
