// The last counters that were taken of each pack, and their entry in its record.
import { sql } from 'kysely';
import { anyOf, insertRows, type Work } from '#kernel';
import { append } from '#record';
import type { Instant, PackCode } from '#units';
import { type Counters, type CountersRead, type Judgement, judgeCounters } from './counters.ts';

interface Row {
  readonly code: PackCode;
  readonly at: Instant;
  readonly counters: Counters;
}

export interface Strange extends CountersRead {
  readonly strange: Judgement & { is: 'strange' };
}

/**
 * Takes what stations read of packs: what is new goes on record. Readings older than the last one taken, and of packs that we do
 * not know, are passed over.
 * @returns those that cannot be
 */
export async function countersRead(work: Work, readings: readonly CountersRead[]): Promise<Strange[]> {
  if (readings.length === 0) return [];
  // Of a pack that nothing was read of yet, time began when it was made, wherever in the world that day was.
  const { rows: known } = await sql<Row>`
    select p.code, coalesce(c.at, p.produced_on::timestamptz - interval '1 day') as at, coalesce(c.counters, '{}') as counters
    from pack.pack p left join pack.counters c using (code)
    where p.code = ${anyOf([...new Set(readings.map((it) => it.code))], 'text')} order by p.code for update of p`.execute(
    work.db,
  );
  const last = new Map(known.map((it) => [it.code, it]));
  const strange: Strange[] = [];
  const news = new Map<PackCode, CountersRead>();
  for (const it of readings.toSorted((a, b) => Temporal.Instant.compare(a.at, b.at))) {
    const before = news.get(it.code) ?? last.get(it.code);
    if (before === undefined || Temporal.Instant.compare(it.at, before.at) <= 0) continue;
    const judged = judgeCounters(before, it);
    if (judged.is === 'strange') strange.push({ ...it, strange: judged });
    if (judged.is === 'news') news.set(it.code, { ...it, counters: { ...before.counters, ...it.counters } });
  }
  await keep(work, [...news.values()]);
  return strange;
}

/** What each pack has counted, as far as any station read it. */
export async function countersOf({ db }: Work): Promise<Map<PackCode, Counters>> {
  const { rows } = await sql<Pick<Row, 'code' | 'counters'>>`select code, counters from pack.counters`.execute(db);
  return new Map(rows.map((it) => [it.code, it.counters]));
}

/** What one pack has counted; nothing where no station ever read it. */
export async function countersFor({ db }: Work, code: PackCode): Promise<Counters> {
  const { rows } = await sql<Pick<Row, 'counters'>>`select counters from pack.counters where code = ${code}`.execute(
    db,
  );
  return rows[0]?.counters ?? {};
}

async function keep(work: Work, news: readonly CountersRead[]): Promise<void> {
  if (news.length === 0) return;
  await insertRows(
    work.db,
    'pack.counters',
    { code: 'text', stationId: 'text', at: 'timestamptz', counters: 'json' },
    news,
    sql`on conflict (code) do update set station_id = excluded.station_id, at = excluded.at, counters = excluded.counters`,
  );
  await append(
    work,
    news.map(({ code, stationId, at, counters }) => {
      return { subject: `pack:${code}`, type: 'pack.counters-read', body: { ...counters, stationId, at } };
    }),
  );
}
