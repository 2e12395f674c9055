// Reading the record as it grows, for whoever must not miss an entry: an entry is in the database if and only if the fact is, so the
// record itself is the outbox of all that is reported.
import { sql } from 'kysely';
import type { Work } from '#kernel';
import type { Entry } from '../index.ts';
import { decide, type Reading } from './gaps.ts';

export type { Hole, Reading } from './gaps.ts';

export interface Followed {
  /** In the order of their numbers. */
  readonly entries: readonly Entry[];
  /** From where to go on; kept in the same work as what was made of the entries. */
  readonly next: Reading;
  /** There may be more at once. */
  readonly isFull: boolean;
}

/**
 * The entries after `reading`, at most `most`, each once and none left out: numbers of transactions that are still open are
 * waited for, and come when they do. Whoever follows holds a lock, for two would read the same.
 */
export async function follow(work: Work, reading: Reading, most = 500): Promise<Followed> {
  const below = JSON.stringify(reading.holes.filter((it) => it.to <= reading.through));
  const own = await sql<{ own: string }>`select pg_current_xact_id()::text as own`.execute(work.db);
  // Both in one statement, so in one snapshot: what is not seen here and older than xmin never comes.
  const { rows } = await sql<{ xmin: string; nowMs: number; found: string }>`
    with found as (
      (select e.* from json_to_recordset(${below}::json) as h("from" bigint, "to" bigint)
        join record.entry e on e.seq between h."from" and h."to")
      union all
      (select * from record.entry where seq > ${reading.through} order by seq limit ${most}))
    select pg_snapshot_xmin(pg_current_snapshot())::text as xmin,
      (extract(epoch from clock_timestamp()) * 1000)::double precision as now_ms,
      (select coalesce(json_agg(json_build_array(seq, extract(epoch from at), subject, type, body) order by seq), '[]')::text
        from found) as found`.execute(work.db);
  const { xmin, nowMs, found } = rows[0]!;
  const entries = (JSON.parse(found) as [number, number, Entry['subject'], string, Entry['body']][]).map(
    ([seq, at, subject, type, body]): Entry => ({
      ...{ seq, subject, type, body },
      at: Temporal.Instant.fromEpochMilliseconds(Math.floor(1000 * at)),
    }),
  );
  const seqs = entries.map((it) => it.seq);
  const { take, next } = decide(reading, { xmin: Number(xmin), own: Number(own.rows[0]!.own), nowMs, seqs });
  const taken = new Set(take);
  return { entries: entries.filter((it) => taken.has(it.seq)), next, isFull: entries.length >= most };
}
