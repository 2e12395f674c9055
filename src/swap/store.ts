import { type RawBuilder, sql } from 'kysely';
import { anyOf, type Columns, insertRows, recordset, type Work } from '#kernel';
import type { Fen, Instant, StationId, SwapId } from '#units';
import type { About } from './match.ts';
import type { Moved, Problem, Swap } from './swap.ts';
import type { Step } from './words.ts';

/** Swaps come back as documents: only their instants have to be read. */
type Stored = Omit<
  Swap,
  | 'startedAt'
  | 'updatedAt'
  | 'expiresAt'
  | 'stuckAt'
  | 'endedAt'
  | 'ownedAt'
  | 'steps'
  | 'returned'
  | 'given'
  | 'problems'
> & {
  startedAt: string;
  updatedAt: string;
  expiresAt: string | null;
  stuckAt: string | null;
  endedAt: string | null;
  ownedAt?: string;
  steps: Partial<Record<Step, string>>;
  returned: (Omit<Moved, 'at'> & { at: string })[];
  given: (Omit<Moved, 'at'> & { at: string })[];
  problems: (Omit<Problem, 'at'> & { at: string })[];
};

/** Instants as they stand in documents. Writing one takes longer than all else about it, and most are written three times. */
const texts = new WeakMap<Instant, string>();

function instant(text: string): Instant {
  const it = Temporal.Instant.from(text);
  texts.set(it, text);
  return it;
}

function textOf(it: Instant): string {
  const known = texts.get(it);
  if (known !== undefined) return known;
  const text = it.toString();
  texts.set(it, text);
  return text;
}

const dated = <T extends { at: string }>(all: readonly T[]): (Omit<T, 'at'> & { at: Instant })[] =>
  all.map((it) => ({ ...it, at: instant(it.at) }));

const revive = ({ ownedAt, ...it }: Stored): Swap => ({
  ...it,
  ...(ownedAt !== undefined && { ownedAt: instant(ownedAt) }),
  startedAt: instant(it.startedAt),
  updatedAt: instant(it.updatedAt),
  expiresAt: it.expiresAt === null ? null : instant(it.expiresAt),
  stuckAt: it.stuckAt === null ? null : instant(it.stuckAt),
  endedAt: it.endedAt === null ? null : instant(it.endedAt),
  steps: Object.fromEntries(Object.entries(it.steps).map(([step, at]) => [step, instant(at)])),
  returned: dated(it.returned) as Moved[],
  given: dated(it.given) as Moved[],
  problems: dated(it.problems),
});

const written = ({ ownedAt, ...it }: Swap): Stored => ({
  ...it,
  ...(ownedAt && { ownedAt: textOf(ownedAt) }),
  startedAt: textOf(it.startedAt),
  updatedAt: textOf(it.updatedAt),
  expiresAt: it.expiresAt && textOf(it.expiresAt),
  stuckAt: it.stuckAt && textOf(it.stuckAt),
  endedAt: it.endedAt && textOf(it.endedAt),
  steps: Object.fromEntries(Object.entries(it.steps).map(([step, at]) => [step, textOf(at)])),
  returned: it.returned.map((move) => ({ ...move, at: textOf(move.at) })),
  given: it.given.map((move) => ({ ...move, at: textOf(move.at) })),
  problems: it.problems.map((problem) => ({ ...problem, at: textOf(problem.at) })),
});

interface BodyRow {
  readonly body: Stored;
}

/** All swaps under way at these stations, locked until the work ends. */
export const underWay = (work: Work, stationIds: readonly StationId[]): Promise<Swap[]> =>
  lockOpen(work, sql`station_id = ${anyOf(stationIds, 'text')}`);

/** All swaps under way for these tokens, in lower case, wherever they are; locked until the work ends. */
export const underWayFor = (work: Work, idTokens: readonly string[]): Promise<Swap[]> =>
  lockOpen(work, sql`id_token = ${anyOf(idTokens, 'text')}`);

async function lockOpen(work: Work, which: RawBuilder<unknown>): Promise<Swap[]> {
  const { rows } = await sql<BodyRow>`select body from swap.swap where ended_at is null and ${which}
    order by id for update`.execute(work.db);
  return rows.map((it) => revive(it.body));
}

/** How long a message may be late and still be known as one we had. */
export const MEMORY = { hours: 24 * 30 };

/** Swaps that ended under these numbers, for messages that come again. By our clock: a station's may be wrong by years. */
export async function endedUnder(
  work: Work,
  abouts: readonly Pick<About, 'stationId' | 'requestId'>[],
): Promise<Swap[]> {
  if (abouts.length === 0) return [];
  const { rows } = await sql<BodyRow>`select s.body from swap.swap s
    join ${recordset(
      { stationId: 'text', requestId: 'bigint' },
      abouts.map(({ stationId, requestId }) => ({ stationId, requestId })),
    )}
      on s.station_id = r."stationId" and s.request_id = r."requestId"
    where s.ended_at is not null and s.updated_at > ${work.at.subtract(MEMORY).toString()}`.execute(work.db);
  return rows.map((it) => revive(it.body));
}

export async function get(work: Work, id: SwapId): Promise<Swap | undefined> {
  const { rows } = await sql<BodyRow>`select body from swap.swap where id = ${id} for update`.execute(work.db);
  return rows[0] && revive(rows[0].body);
}

/** One swap as it stands, for those who only look: nobody waits for them. */
export async function look(work: Work, id: SwapId): Promise<Swap | undefined> {
  const { rows } = await sql<BodyRow>`select body from swap.swap where id = ${id}`.execute(work.db);
  return rows[0] && revive(rows[0].body);
}

/** All swaps under way at a station as they stand, the one that changed last first; for those who only look. */
export async function lookAt(work: Work, stationId: StationId): Promise<Swap[]> {
  const { rows } = await sql<BodyRow>`select body from swap.swap where station_id = ${stationId} and ended_at is null
    order by updated_at desc`.execute(work.db);
  return rows.map((it) => revive(it.body));
}

/** Open swaps whose time is over, that nobody else is working on. */
export async function overdue(work: Work, most: number): Promise<Swap[]> {
  const { rows } = await sql<BodyRow>`select body from swap.swap
    where ended_at is null and expires_at <= ${work.at.toString()}
    order by expires_at limit ${most} for update skip locked`.execute(work.db);
  return rows.map((it) => revive(it.body));
}

interface SwapRow {
  id: SwapId;
  stationId: StationId;
  requestId: number | null;
  idToken: string;
  state: string;
  vin: string | null;
  totalFen: Fen | null;
  body: Stored;
  startedAt: string;
  updatedAt: string;
  expiresAt: string | null;
  endedAt: string | null;
}

const columns: Columns<SwapRow> = {
  id: 'uuid',
  stationId: 'text',
  requestId: 'bigint',
  idToken: 'text',
  state: 'text',
  vin: 'text',
  totalFen: 'bigint',
  body: 'json',
  startedAt: 'timestamptz',
  updatedAt: 'timestamptz',
  expiresAt: 'timestamptz',
  endedAt: 'timestamptz',
};

/** Writes the swaps as they are now. */
export async function save(work: Work, swaps: readonly Swap[]): Promise<void> {
  const rows = swaps.map((it): SwapRow => {
    const body = written(it);
    const { id, stationId, requestId, idToken, state, vin, startedAt, updatedAt, expiresAt, endedAt } = body;
    const totalFen = it.bill?.total ?? null;
    return {
      id,
      stationId,
      requestId,
      idToken,
      state,
      vin,
      totalFen,
      body,
      startedAt,
      updatedAt,
      expiresAt,
      endedAt,
    };
  });
  await insertRows(
    work.db,
    'swap.swap',
    columns,
    rows,
    sql`on conflict (id) do update set request_id = excluded.request_id, state = excluded.state, vin = excluded.vin,
      total_fen = excluded.total_fen, body = excluded.body, updated_at = excluded.updated_at,
      expires_at = excluded.expires_at, ended_at = excluded.ended_at`,
  );
}

/** Numbers for swaps that we start ourselves. */
export async function nextRequestIds(work: Work, many: number): Promise<number[]> {
  const { rows } = await sql<{
    id: number;
  }>`select nextval('swap.request_id') as id from generate_series(1, ${many})`.execute(work.db);
  return rows.map((it) => it.id);
}
