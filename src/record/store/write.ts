// The end of every batch, whoever sealed it: the tree grows, and the log signs what it has become.
import { sql } from 'kysely';
import type { Work } from '#kernel';
import { grown, signedNote } from '#record/log';
import { type Bytes, checkpointText, type Event } from '#record/verify';
import type { Memory } from './memory.ts';
import { keepPieces, piecesOf } from './pieces.ts';
import type { House, Row } from './place.ts';

export interface Written {
  readonly size: number;
  readonly events: number;
}

export interface Writing {
  /** As they go into the log; the last one is the heads. */
  readonly entries: readonly Bytes[];
  /** Leaf hashes of the first of them. */
  readonly leaves: readonly Bytes[];
  readonly events: readonly Event[];
}

/** The memory's heads must be those after the batch already. */
export async function write(
  { db }: Work,
  { origin, logKeys }: Pick<House, 'origin' | 'logKeys'>,
  memory: Memory,
  row: Pick<Row, 'size' | 'events'>,
  { entries, leaves, events }: Writing,
): Promise<Written> {
  const after = grown(memory.tree, entries, leaves);
  const size = row.size + entries.length;
  const note = await signedNote(logKeys, checkpointText({ origin, size, root: after.root }));
  await Promise.all([
    keepPieces(db, piecesOf(memory.tree, after)),
    sql`insert into record.checkpoint (size, note) values (${size}, ${note})`.execute(db),
  ]);
  memory.meant({ size, tree: after.tree, events });
  return { size, events: row.events + events.length };
}

/** How many events a producer has sealed from now on. */
export const sealedBy = ({ db }: Work, producer: string, sealed: number): Promise<unknown> =>
  sql`insert into record.producer (name, sealed) values (${producer}, ${sealed})
    on conflict (name) do update set sealed = excluded.sealed`.execute(db);
