// What the audit holds the log to. Whoever changes the tables behind the house's back is found: the log cannot be changed with
// them unless the secret is known, and then witnesses and mirrors remember.
import { type RawBuilder, sql } from 'kysely';
import type { Invariant, Work } from '#kernel';
import { verifierKey } from '#record/log';
import {
  type Event,
  entriesIn,
  type Files,
  readEntry,
  readKey,
  readPolicy,
  tilePath,
  Unproven,
  utf8,
  verifyMirror,
  WIDTH,
} from '#record/verify';
import { commitments, type Told } from './commit.ts';
import { filesIn } from './pieces.ts';
import type { Secret } from './secret.ts';

type Row = Readonly<Record<string, unknown>>;

/** More are not needed to know that something is wrong. */
const MOST = 20;

/** @param secret of the log; without it only what needs no key can be checked */
export const logInvariants = (secret?: Secret): readonly Invariant[] => [
  {
    id: 'record.placed',
    sentence: 'Every entry that the log has passed stands in it, and none waits long for its place',
    violations: () => sql`
      select e.seq, e.subject, e.type, e.at, q.through, q.held_at from record.sequencer q
      join record.entry e on e.seq <= q.through
        or (q.held_at < clock_timestamp() - interval '30 seconds' and e.at < now() - interval '30 seconds')
      where not exists (select from json_to_recordset(q.holes) as h("from" bigint, "to" bigint)
          where e.seq between h."from" and h."to")
        and not coalesce((select e.seq < s.seq + s.count from record.stretch s
          where s.seq <= e.seq order by s.seq desc limit 1), false)`,
  },
  {
    id: 'record.log-holds',
    sentence: 'The log leads to its newest checkpoint, and every chain, seal and map of heads in it is as it must be',
    violations: async (work) => rowsOf(secret ? await wholeLog(work, secret) : []),
  },
  {
    id: 'record.body-committed',
    sentence: 'What the record says of an entry is what the log commits to',
    violations: async (work) => rowsOf(secret ? await changedBodies(work, secret) : []),
  },
];

const rowsOf = (found: readonly Row[]): RawBuilder<Row> =>
  sql`select it->>'index' as index, it->>'seq' as seq, it->>'why' as why from json_array_elements(${JSON.stringify(found)}::json) as it`;

/** What a stranger with a mirror would find. */
async function wholeLog({ db }: Work, secret: Secret): Promise<Row[]> {
  const { rows } = await sql<{ origin: string; size: number; note: string | null }>`
    select q.origin, q.size, c.note from record.sequencer q left join record.checkpoint c on c.size = q.size`.execute(
    db,
  );
  const [log] = rows;
  if (log === undefined) return [];
  const { rows: later } = await sql`select from record.checkpoint where size > ${log.size}`.execute(db);
  if (later.length > 0 && log.size === 0) return [{ why: 'root-differs: there are checkpoints of an empty log' }];
  if (log.size === 0) return [];
  if (log.note === null) return [{ why: `file-missing: the log has ${log.size} entries and no checkpoint of them` }];
  const tiles = filesIn(db);
  const files: Files = async (path) => (path === 'checkpoint' ? utf8(log.note!) : await tiles(path));
  const policy = await readPolicy(utf8(`log ${await verifierKey(secret.logKey(log.origin), 'note')}\nquorum none\n`));
  // The first key sealed before the log said anything of keys.
  const producers = [await readKey(await verifierKey(secret.producerKey(log.origin, 0), 'note'))];
  try {
    const { checkpoint } = await verifyMirror({ files, policy, producers });
    if (checkpoint.size !== log.size) return [{ why: `root-differs: the checkpoint says ${checkpoint.size} entries` }];
    return [];
  } catch (error) {
    if (error instanceof Unproven) return [{ why: `${error.reason}: ${error.message}` }];
    throw error;
  }
}

interface Placed extends Told {
  readonly index: number;
  readonly atMs: number;
}

/** Every event of the log beside its entry: same subject, type, instant and digests. */
async function changedBodies({ db }: Work, secret: Secret): Promise<Row[]> {
  const { rows: logs } = await sql<{ size: number }>`select size from record.sequencer`.execute(db);
  const size = logs[0]?.size ?? 0;
  const files = filesIn(db);
  const told = { secret, lefts: await leftsIn(db) };
  const found: Row[] = [];
  for (let tile = 0; tile * WIDTH < size && found.length < MOST; tile++) {
    const [from, to] = [tile * WIDTH, Math.min(size, (tile + 1) * WIDTH)];
    const bundle = { level: 'entries', index: tile, width: to - from } as const;
    const bytes = await files(tilePath(bundle));
    if (bytes === undefined) return [...found, { index: from, why: `${tilePath(bundle)} is missing` }];
    const { rows } = await sql<Placed>`select e.seq, e.subject, e.type, e.body, e.personal, e.kept,
        floor(1000 * extract(epoch from e.at))::bigint as at_ms, s.index + e.seq - s.seq as index
      from record.stretch s join record.entry e on e.seq >= s.seq + greatest(0, ${from} - s.index)
        and e.seq < s.seq + least(s.count, ${to} - s.index)
      where s.index < ${to} and s.index >= coalesce(
        (select index from record.stretch where index <= ${from} order by index desc limit 1), 0)`.execute(db);
    const placed = new Map(rows.map((it) => [it.index, it]));
    const { rows: elsewhere } = await sql<{ index: number; subject: string }>`select index, subject
      from record.foreign_event where index >= ${from} and index < ${to}`.execute(db);
    const foreign = new Map(elsewhere.map((it) => [it.index, it.subject]));
    for (const [n, it] of entriesOrNone(bundle, bytes).entries()) {
      const entry = placed.get(from + n);
      // What others sealed they keep themselves: of it we know only what it is about.
      if (it !== undefined && entry === undefined && foreign.get(from + n) === it.subject) continue;
      const why = differs(it, entry, told);
      if (why !== undefined) found.push({ index: from + n, seq: entry?.seq, why });
    }
  }
  return found.slice(0, MOST);
}

async function leftsIn(db: Work['db']): Promise<Map<number, string>> {
  const { rows } = await sql<{ body: { entry: number; left: string } }>`select body from record.entry
    where type = 'record.text-taken-out' order by seq`.execute(db);
  return new Map(rows.map(({ body }) => [body.entry, body.left]));
}

/** A bundle that cannot be read is what `record.log-holds` tells of. */
function entriesOrNone(bundle: Parameters<typeof entriesIn>[0], bytes: Parameters<typeof entriesIn>[1]) {
  try {
    return entriesIn(bundle, bytes).map((it): Event | undefined => {
      const entry = readEntry(it);
      return entry.kind === 'event' ? entry.event : undefined;
    });
  } catch {
    return [];
  }
}

interface Lefts {
  readonly secret: Secret;
  /** What the record says of bodies from which text was taken out, by their entries. */
  readonly lefts: ReadonlyMap<number, string>;
}

function differs(event: Event | undefined, told: Placed | undefined, { secret, lefts }: Lefts): string | undefined {
  if (event === undefined) return undefined;
  if (told === undefined) return `the log has an event of ${event.subject} that the record has not`;
  if (event.subject !== told.subject || event.type !== told.type || Date.parse(event.at) !== told.atMs)
    return `the log says ${event.type} of ${event.subject} at ${event.at}`;
  if (told.kept && !Array.isArray(told.kept)) return 'what it keeps of its commitments is no list';
  const digests = event.commitments.map((it) => it.digest);
  const own = commitments(secret, told).map((it) => it?.digest);
  if (digests.length !== own.length || !own.every((it) => digests.includes(it))) return 'its body was changed';
  if (!told.kept || lefts.get(told.seq) === secret.leftOf(told.seq, told.body)) return undefined;
  return lefts.has(told.seq) ? 'its body was changed after text was taken out' : 'text was taken out unsaid';
}
