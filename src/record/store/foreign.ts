// Batches that were sealed elsewhere: a gateway's, another operator's. Taken as they are, or refused with a reason; never twice.
import { sql } from 'kysely';
import { insertRows, Refused, type Work } from '#kernel';
import { admit, headsEntry } from '#record/log';
import { type Bytes, base64, type Event, type Head, leafHashes, readEntry, Unproven } from '#record/verify';
import type { Memory } from './memory.ts';
import type { House, Row } from './place.ts';
import { validKeys } from './producers.ts';
import { sealedBy, write } from './write.ts';

/** Where the batch stands, and the size of the log with which it can be proven. */
export interface Taken {
  readonly index: number;
  readonly count: number;
  readonly size: number;
}

/** An event may be dated so far ahead of our clock, and any time behind it: it may have waited for a network. */
const SKEW_MS = 120_000;

export interface Offered {
  readonly entries: readonly Bytes[];
  /** By the network's clock, which is not always that of this machine. */
  readonly nowMs: number;
}

/**
 * Takes a batch, its seal last. The same batch again is answered as before and changes nothing.
 * @throws Refused `batch-refused` with the reason of the verifier
 */
export async function placeForeign(
  work: Work,
  house: Pick<House, 'origin' | 'logKeys'>,
  memory: Memory,
  { entries, nowMs }: Offered,
): Promise<Taken> {
  const { db } = work;
  // Waits for whoever writes just now; what another process wrote, the memory catches up with.
  const { rows } = await sql<Row>`
    select through, holes, size, events, heads_through, house from record.sequencer for update`.execute(db);
  const row = rows[0]!;
  const before = await takenBefore(work, entries, row.size);
  if (before !== undefined) return before;
  await memory.catchUp(db, row);
  const events = await admitted(work, house, memory, { entries, nowMs });
  const leaves = await leafHashes(entries);
  const { producer, seq: first } = events[0]!;
  memory.unsure();
  await memory.heads.set([...headsOf(events, leaves, memory, row.size).values()]);
  const all = [...entries, await headsEntry(house.origin, memory.heads, row.events + events.length)];
  const { size, events: count } = await write(work, house, memory, row, { entries: all, leaves, events });
  const rowsOf = events.map(({ subject }, n) => ({ index: row.size + n, subject }));
  await insertRows(db, 'record.foreign_event', { index: 'bigint', subject: 'text' }, rowsOf);
  await sql`insert into record.foreign_batch (index, producer, first, count, signature)
    values (${row.size}, ${producer}, ${first}, ${events.length}, ${signatureOf(entries)})`.execute(db);
  await sealedBy(work, producer, first + events.length);
  await sql`update record.sequencer set size = ${size}, events = ${count}`.execute(db);
  return { index: row.size, count: events.length, size };
}

/** A batch that came before, with the same signature over the same root: its sender did not hear the answer. */
async function takenBefore({ db }: Work, entries: readonly Bytes[], size: number): Promise<Taken | undefined> {
  const signature = signatureOf(entries);
  if (signature === undefined) return undefined;
  const { rows } = await sql<{ index: number; count: number }>`
    select index, count from record.foreign_batch where signature = ${signature}`.execute(db);
  return rows[0] && { ...rows[0], size };
}

function signatureOf(entries: readonly Bytes[]): string | undefined {
  try {
    const last = readEntry(entries.at(-1)!);
    return last.kind === 'seal' ? last.seal.signature : undefined;
  } catch {
    return undefined;
  }
}

async function admitted(
  work: Work,
  { origin }: Pick<House, 'origin'>,
  memory: Memory,
  { entries, nowMs }: Offered,
): Promise<readonly Event[]> {
  const { rows } = await sql<{ name: string; sealed: number }>`select name, sealed from record.producer`.execute(
    work.db,
  );
  const sealed = new Map(rows.map((it) => [it.name, it.sealed]));
  try {
    return await admit(entries, {
      origin,
      heads: memory.heads,
      seqOf: (producer) => sealed.get(producer) ?? 0,
      producers: await validKeys(work),
      nowMs,
      skewMs: SKEW_MS,
    });
  } catch (error) {
    if (!(error instanceof Unproven)) throw error;
    const isConflict = error.reason === 'out-of-order' || error.reason === 'event-hidden';
    throw new Refused(
      'batch-refused',
      error.message,
      { reason: error.reason, field: 'entries' },
      isConflict ? 409 : 422,
    );
  }
}

function headsOf(events: readonly Event[], leaves: readonly Bytes[], memory: Memory, first: number): Map<string, Head> {
  const changed = new Map<string, Head>();
  for (const [n, { subject }] of events.entries()) {
    const count = (changed.get(subject) ?? memory.heads.get(subject))?.count ?? 0;
    changed.set(subject, { count: count + 1, head: base64(leaves[n]!), index: first + n, subject });
  }
  return changed;
}
