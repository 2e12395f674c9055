import { sql } from 'kysely';
import { type Invariant, insertRows, type Work } from '#kernel';
import type { Instant } from '#units';
import { type Personal, type Sealing, sealAll } from './store/personal.ts';

/** What happened to what: `pack:<code>`, `swap:<id>`, `station:<id>`; `erasure:<id>` tells that somebody was forgotten, not who. */
export type Subject = `${'pack' | 'swap' | 'station' | 'erasure' | 'party'}:${string}`;

/** A fact to be kept for ever. The body holds codes and figures, never a person's data. */
export interface Happening {
  readonly subject: Subject;
  /** In the past tense, by room: `swap.pack-returned`. */
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** What of it is about a person: sealed, and erased with `erasePerson`. */
  readonly personal?: Personal;
}

export interface Entry extends Omit<Happening, 'personal'> {
  readonly seq: number;
  readonly at: Instant;
}

/** What the log can hold: whatever else would be no log that anybody can verify. */
const SUBJECT = /^[a-z]+:[\x21-\x7e]{1,64}$/;
const TYPE = /^[a-z][a-z0-9.-]{0,63}$/;

/**
 * Appends all happenings in the order given, in one statement, as part of the work that made them true.
 * @param sealing needed when something of them is about a person
 */
export async function append(work: Work, happenings: readonly Happening[], sealing?: Sealing): Promise<void> {
  for (const { subject, type } of happenings)
    if (!SUBJECT.test(subject) || !TYPE.test(type))
      throw new RangeError(`The log cannot hold "${type}" of "${subject}"`);
  const columns = { at: 'timestamptz', subject: 'text', type: 'text', body: 'json' };
  const about = happenings.flatMap((it) => it.personal ?? []);
  if (about.length === 0) {
    const rows = happenings.map(({ subject, type, body }) => ({ at: work.at, subject, type, body }));
    return void (await insertRows(work.db, 'record.entry', columns, rows));
  }
  if (sealing === undefined) throw new RangeError('What is said of a person is appended sealed, or not at all');
  const digests = (await sealAll(work, sealing, about)).values();
  const rows = happenings.map(({ personal, ...it }) => {
    return { at: work.at, ...it, personal: personal ? digests.next().value : null };
  });
  await insertRows(work.db, 'record.entry', { ...columns, personal: 'text' }, rows);
}

/** The entries of one subject after `after`, oldest first. */
export async function history(work: Work, subject: Subject, { after = 0, most = 1000 } = {}): Promise<Entry[]> {
  const { rows } = await sql<Entry>`select seq, at, subject, type, body, kept from record.entry
    where subject = ${subject} and seq > ${after} order by seq limit ${most}`.execute(work.db);
  return rows;
}

export { Apart, serveWriter } from './store/apart.ts';
export { type AccessClass, accessClasses, classesOf } from './store/classes.ts';
export { bodyFor, payload } from './store/commit.ts';
export { type Followed, follow, type Hole, type Reading } from './store/follow.ts';
export { logInvariants } from './store/invariants.ts';
export { Keeper } from './store/keeper.ts';
export { openLog, originOf, sizeOf } from './store/open.ts';
export { erasePerson, personalOf } from './store/personal.ts';
export { houseKey, producerKeys, rotateHouse } from './store/producers.ts';
export { Secret } from './store/secret.ts';
export { Sequencer } from './store/sequencer.ts';
export { type StrangeTree, strangeTrees } from './store/strangeTrees.ts';
export { takeOut } from './store/takeOut.ts';

export const recordInvariants: readonly Invariant[] = [
  {
    id: 'record.order',
    sentence: 'No entry about a subject is dated before the entry it follows',
    violations: () => sql`select seq, subject, at, earlier from (
        select seq, subject, at, lag(at) over (partition by subject order by seq) as earlier from record.entry) e
      where earlier > at + interval '5 seconds'`,
  },
];
