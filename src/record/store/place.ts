// One batch: committed entries get their place. All of it in one transaction, or nothing of it.
import { setImmediate as breathe } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Work } from '#kernel';
import { batchOf, type Draft, grown, type SigningKey, signedNote } from '#record/log';
import { checkpointText } from '#record/verify';
import { commitments, type Told } from './commit.ts';
import { decide, type Hole } from './gaps.ts';
import type { Memory } from './memory.ts';
import { keepPieces, piecesOf } from './pieces.ts';
import type { Secret } from './secret.ts';

/** Who writes the log, and with which keys. */
export interface House {
  readonly origin: string;
  readonly secret: Secret;
  readonly log: SigningKey;
  readonly producer: SigningKey;
  /** Of this process: whoever wrote last goes on, so that each does not have to read what the other wrote. */
  readonly holder: string;
}

/** So many entries at the most in one batch: what a station's answer has to wait for at worst, some twenty milliseconds. */
const MOST = 500;
/** After so many, stations and screens have their turn. */
const TURN = 100;
/** Another process takes over when the one who wrote last was silent for so long. */
const SILENCE = sql.raw(`interval '1 second'`);

interface Row {
  readonly through: number;
  readonly holes: readonly Hole[];
  readonly size: number;
  readonly events: number;
  readonly headsThrough: number;
}

export interface Placed {
  readonly size: number;
  readonly events: number;
  /** There may be more at once. */
  readonly isFull: boolean;
}

/** Whether anything waits. Reads two rows and writes nothing, so that an idle log costs nothing. */
export async function waits(work: Work): Promise<boolean> {
  const { rows } = await sql<{ it: boolean }>`select json_array_length(holes) > 0
    or exists (select from record.entry where seq > through) as it from record.sequencer`.execute(work.db);
  return rows[0]?.it ?? false;
}

/**
 * Places what may be placed. @param nowMs milliseconds of any clock that does not go back
 * @returns undefined when there was nothing, or another process is the sequencer
 */
export async function placeBatch(work: Work, house: House, memory: Memory, nowMs: number): Promise<Placed | undefined> {
  const { db } = work;
  const held = await sql<Row>`select through, holes, size, events, heads_through from record.sequencer
    where holder is null or holder = ${house.holder} or held_at < clock_timestamp() - ${SILENCE}
    for update skip locked`.execute(db);
  const row = held.rows[0];
  if (row === undefined) return undefined;
  const { entries, ...sight } = await look(work, row);
  const { take, next } = decide(row, { ...sight, nowMs, seqs: entries.map((it) => it.seq) });
  const taken = new Set(take);
  const told = take.length === entries.length ? entries : entries.filter((it) => taken.has(it.seq));
  await memory.catchUp(db, row);
  const done = told.length === 0 ? undefined : await written(work, house, memory, row, told);
  await sql`update record.sequencer set through = ${next.through}, holes = ${JSON.stringify(next.holes)},
    size = ${done?.size ?? row.size}, events = ${done?.events ?? row.events},
    holder = ${house.holder}, held_at = clock_timestamp()`.execute(db);
  return { size: done?.size ?? row.size, events: told.length, isFull: entries.length >= MOST };
}

interface Entry extends Told {
  readonly at: string;
}

/** What is there and not placed, and how far other transactions are: in one statement, so in one snapshot. Ours has its id by the lock. */
async function look(work: Work, { through, holes }: Row): Promise<{ entries: Entry[]; xmin: number; own: number }> {
  const below = JSON.stringify(holes.filter((it) => it.to <= through));
  const { rows } = await sql<{ xmin: string; own: string; entries: string }>`
    with found as (
      (select e.* from json_to_recordset(${below}::json) as h("from" bigint, "to" bigint)
        join record.entry e on e.seq between h."from" and h."to")
      union all
      (select * from record.entry where seq > ${through} order by seq limit ${MOST})),
    seen as (select pg_current_snapshot() as it)
    select pg_snapshot_xmin(it)::text as xmin, pg_current_xact_id()::text as own,
      (select coalesce(json_agg(json_build_array(seq, extract(epoch from at), subject, type, body, personal, kept)
        order by seq), '[]')::text from found) as entries from seen`.execute(work.db);
  const { xmin, own, entries } = rows[0]!;
  const read = JSON.parse(entries) as [number, number, string, string, Told['body'], string | null, Told['kept']][];
  return {
    xmin: Number(xmin),
    own: Number(own),
    entries: read.map(([seq, at, subject, type, body, personal, kept]) => {
      return { seq, at: new Date(Math.floor(1000 * at)).toISOString(), subject, type, body, personal, kept };
    }),
  };
}

interface Written {
  readonly size: number;
  readonly events: number;
}

async function written(work: Work, house: House, memory: Memory, row: Row, told: readonly Entry[]): Promise<Written> {
  const { db } = work;
  const { origin, secret, producer } = house;
  const { rows } = await sql<{ sealed: number }>`
    select sealed from record.producer where name = ${producer.name}`.execute(db);
  const standing = { origin, size: row.size, heads: memory.heads, events: row.events, seq: rows[0]?.sealed ?? 0 };
  const drafts: Draft[] = [];
  for (const [n, it] of told.entries()) {
    drafts.push({ subject: it.subject, type: it.type, at: it.at, commitments: commitments(secret, it) });
    if (n % TURN === TURN - 1) await breathe();
  }
  memory.unsure();
  const batch = await batchOf(standing, producer, drafts);
  await breathe();
  const after = grown(memory.tree, batch.entries, batch.leaves);
  const { size, events, seq } = batch.standing;
  const note = await signedNote(house.log, checkpointText({ origin, size, root: after.root }));
  await Promise.all([
    keepPieces(db, piecesOf(memory.tree, after)),
    sql`insert into record.stretch (index, seq, count)
      select index, seq, count from json_to_recordset(${JSON.stringify(stretches(row.size, told))}::json)
        as r(index bigint, seq bigint, count integer)`.execute(db),
    sql`insert into record.producer (name, sealed) values (${producer.name}, ${seq})
      on conflict (name) do update set sealed = excluded.sealed`.execute(db),
    sql`insert into record.checkpoint (size, note) values (${size}, ${note})`.execute(db),
  ]);
  memory.meant({ size, tree: after.tree, events: batch.events });
  return { size, events };
}

/** Where these entries stand, as runs of numbers without gaps: under load a row or two for thousands. */
export function stretches(from: number, told: readonly Pick<Told, 'seq'>[]) {
  const runs: { index: number; seq: number; count: number }[] = [];
  for (const [n, { seq }] of told.entries()) {
    const last = runs.at(-1);
    if (last !== undefined && last.seq + last.count === seq) last.count++;
    else runs.push({ index: from + n, seq, count: 1 });
  }
  return runs;
}
