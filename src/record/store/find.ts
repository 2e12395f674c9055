// Where entries stand in the log, and the log's own bytes of them.
import { sql } from 'kysely';
import { type Database, recordset } from '#kernel';
import { type Bytes, type Entry, entriesIn, readEntry, WIDTH } from '#record/verify';
import type { Told } from './commit.ts';

/** An entry of the house with its place. */
export interface Standing extends Told {
  readonly index: number;
}

/** All entries about one subject that stand below `size`, in the order of the log; at most `most`. */
export async function standingOf(
  db: Database,
  subject: string,
  { size = Number.MAX_SAFE_INTEGER, seq, most = 10_000 }: { size?: number; seq?: number; most?: number } = {},
): Promise<Standing[]> {
  const { rows } =
    await sql<Standing>`select e.seq, e.subject, e.type, e.body, e.personal, e.kept, s.index + e.seq - s.seq as index
    from record.entry e cross join lateral (
      select * from record.stretch where seq <= e.seq order by seq desc limit 1) s
    where e.subject = ${subject} and e.seq = coalesce(${seq ?? null}::bigint, e.seq)
      and e.seq < s.seq + s.count and s.index + e.seq - s.seq < ${size} order by index limit ${most}`.execute(db);
  return rows;
}

/** Where events about a subject stand below `size` that others have sealed. */
export async function foreignOf(db: Database, subject: string, size: number): Promise<number[]> {
  const { rows } = await sql<{ index: number }>`select index from record.foreign_event
    where subject = ${subject} and index < ${size}`.execute(db);
  return rows.map((it) => it.index);
}

/** The bytes of the entries at these indices, in the order asked for. Reads no more than the batches they came in. */
export async function entriesAt(db: Database, indices: readonly number[]): Promise<Bytes[]> {
  const asked = indices.map((index) => ({ tile: Math.floor(index / WIDTH), offset: index % WIDTH }));
  const { rows } = await sql<{ tile: number; start: number; count: number; bytes: Buffer }>`
    select distinct on (p.tile, p.start) p.tile, p.start, p.count, p.bytes
    from ${recordset({ tile: 'bigint', offset: 'integer' }, asked)}
    cross join lateral (select * from record.piece where level = -1 and tile = r.tile and start <= r."offset"
      order by start desc limit 1) p`.execute(db);
  const found = new Map<number, Bytes>();
  for (const { tile, start, count, bytes } of rows) {
    const entries = entriesIn({ level: 'entries', index: tile, width: count }, new Uint8Array(bytes));
    for (const [n, it] of entries.entries()) found.set(tile * WIDTH + start + n, it);
  }
  return indices.map((it) => {
    const entry = found.get(it);
    if (entry === undefined) throw new Error(`Entry ${it} of the log is not in the database: the log is damaged`);
    return entry;
  });
}

/** The seal of the batch in which the event at `index` stands, and all events of that batch. */
export async function batchAt(
  db: Database,
  index: number,
): Promise<{ first: number; events: Bytes[]; seal: Entry & { kind: 'seal' } }> {
  for (let at = index + 1; ; at += WIDTH) {
    const ahead = await entriesUpTo(db, at, at + WIDTH);
    for (const [n, bytes] of ahead.entries()) {
      const seal = readEntry(bytes);
      if (seal.kind !== 'seal') continue;
      const first = at + n - seal.seal.seal.count;
      return { first, events: await entriesUpTo(db, first, at + n), seal };
    }
    if (ahead.length < WIDTH) throw new Error(`The event at ${index} has no seal: the log is damaged`);
  }
}

/** Entries from one index up to another, or the end of the log. */
async function entriesUpTo(db: Database, from: number, to: number): Promise<Bytes[]> {
  const { rows } = await sql<{ size: number }>`select size from record.sequencer`.execute(db);
  const end = Math.min(to, rows[0]?.size ?? 0);
  return await entriesAt(
    db,
    Array.from({ length: Math.max(0, end - from) }, (_, n) => from + n),
  );
}
