// One batch: committed entries get their place. All of it in one transaction, or nothing of it.
import { sql } from 'kysely';
import type { Work } from '#kernel';
import { batchOf, type Draft, headsEntry, keyActEntry, type SigningKey } from '#record/log';
import { leafHashes } from '#record/verify';
import { commitments, type Told } from './commit.ts';
import { decide, type Hole } from './gaps.ts';
import type { Memory } from './memory.ts';
import { actsPlaced, waitingActs } from './producers.ts';
import type { Secret } from './secret.ts';
import { sealedBy, type Written, write } from './write.ts';

/** Who writes the log, and with which keys. */
export interface House {
  readonly origin: string;
  readonly secret: Secret;
  /** Signs what the log says. */
  readonly log: SigningKey;
  /** That one and, where it is asked for, one in SM2: all sign each checkpoint. */
  readonly logKeys: readonly SigningKey[];
  /** Of this process: whoever wrote last goes on, so that each does not have to read what the other wrote. */
  readonly holder: string;
}

/** So many entries at the most in one batch: a fifth of a second of hashing. */
const MOST = 4000;
/** A batch of fewer waits for the next look: each has a seal, heads and a checkpoint of its own to carry. */
const MANY = 1000;
/** Another process takes over when the one who wrote last was silent for so long. */
const SILENCE = sql.raw(`interval '1 second'`);

/** The one row of the log: whoever holds it writes. */
export interface Row {
  readonly through: number;
  readonly holes: readonly Hole[];
  readonly size: number;
  readonly events: number;
  readonly headsThrough: number;
  /** The how many-th key the house seals with. */
  readonly house: number;
}

export interface Placed {
  readonly size: number;
  readonly events: number;
  /** So much comes that looking again at once is worth it. */
  readonly isMany: boolean;
}

/** Whether anything waits. Reads two rows and writes nothing, so that an idle log costs nothing. */
export async function waits(work: Work): Promise<boolean> {
  const { rows } = await sql<{ it: boolean }>`select json_array_length(holes) > 0
    or exists (select from record.entry where seq > through)
    or exists (select from record.key_act where index is null) as it from record.sequencer`.execute(work.db);
  return rows[0]?.it ?? false;
}

/**
 * Places what may be placed. @param nowMs milliseconds of any clock that does not go back
 * @returns undefined when there was nothing, or another process is the sequencer
 */
export async function placeBatch(work: Work, house: House, memory: Memory, nowMs: number): Promise<Placed | undefined> {
  const { db } = work;
  const held = await sql<Row>`select through, holes, size, events, heads_through, house from record.sequencer
    where holder is null or holder = ${house.holder} or held_at < clock_timestamp() - ${SILENCE}
    for update skip locked`.execute(db);
  const row = held.rows[0];
  if (row === undefined) return undefined;
  const { entries, ...sight } = await look(work, row);
  const { take, next } = decide(row, { ...sight, nowMs, seqs: entries.map((it) => it.seq) });
  const taken = new Set(take);
  const told = take.length === entries.length ? entries : entries.filter((it) => taken.has(it.seq));
  await memory.catchUp(db, row);
  const acts = await waitingActs(work);
  const done = told.length + acts.length === 0 ? undefined : await written(work, house, memory, row, { told, acts });
  await sql`update record.sequencer set through = ${next.through}, holes = ${JSON.stringify(next.holes)},
    size = ${done?.size ?? row.size}, events = ${done?.events ?? row.events},
    holder = ${house.holder}, held_at = clock_timestamp()`.execute(db);
  return { size: done?.size ?? row.size, events: told.length, isMany: entries.length >= MANY };
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

interface News {
  readonly told: readonly Entry[];
  readonly acts: Awaited<ReturnType<typeof waitingActs>>;
}

/** What is said of keys stands before the events: they may be sealed with a key that was admitted just now. */
async function written(work: Work, house: House, memory: Memory, row: Row, { told, acts }: News): Promise<Written> {
  const { db } = work;
  const { origin, secret } = house;
  const producer = secret.producerKey(origin, row.house);
  const { rows } = await sql<{ sealed: number }>`
    select sealed from record.producer where name = ${producer.name}`.execute(db);
  const first = row.size + acts.length;
  const standing = { origin, size: first, heads: memory.heads, events: row.events, seq: rows[0]?.sealed ?? 0 };
  const drafts = told.map(({ subject, type, at, ...it }): Draft => {
    return { subject, type, at, commitments: commitments(secret, { subject, type, ...it }) };
  });
  memory.unsure();
  const said = await Promise.all(acts.map((it) => keyActEntry(house.log, it.key)));
  const batch = drafts.length > 0 ? await batchOf(standing, producer, drafts) : undefined;
  const entries = batch?.entries ?? [await headsEntry(origin, memory.heads, row.events)];
  const [, done] = await Promise.all([
    actsPlaced(
      work,
      acts.map((it) => it.id),
      row.size,
    ),
    write(work, house, memory, row, {
      entries: [...said, ...entries],
      leaves: [...(await leafHashes(said)), ...(batch?.leaves ?? [])],
      events: batch?.events ?? [],
    }),
    sql`insert into record.stretch (index, seq, count)
      select index, seq, count from json_to_recordset(${JSON.stringify(stretches(first, told))}::json)
        as r(index bigint, seq bigint, count integer)`.execute(db),
    ...(batch ? [sealedBy(work, producer.name, batch.standing.seq)] : []),
  ]);
  return done;
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
