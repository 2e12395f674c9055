import { sql } from 'kysely';
import { insertRows, type Work } from '#kernel';
import type { Instant, StationId } from '#units';
import { type Anomaly, countedTogether } from './anomaly.ts';

/** Lines of one kind from one station within this time are one row with a count. */
const WINDOW_MS = 10 * 60_000;

/** Writes lines for the operator, at most one row for each station, kind and what it is about in ten minutes. */
export async function noteAnomalies(work: Work, anomalies: readonly Anomaly[]): Promise<void> {
  if (anomalies.length === 0) return;
  const since = Temporal.Instant.fromEpochMilliseconds(Math.floor(work.at.epochMilliseconds / WINDOW_MS) * WINDOW_MS);
  const rows = countedTogether(anomalies)
    .map((it) => ({ ...it, id: work.newId<string>(), since, at: work.at }))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)); // one order of locks for all
  await insertRows(
    work.db,
    'station.anomaly',
    {
      id: 'uuid',
      stationId: 'text',
      kind: 'text',
      about: 'text',
      since: 'timestamptz',
      at: 'timestamptz',
      times: 'bigint',
      sentence: 'text',
      facts: 'jsonb',
    },
    rows,
    sql`on conflict (station_id, kind, about, since) do update set
      times = anomaly.times + excluded.times, at = excluded.at, sentence = excluded.sentence, facts = excluded.facts`,
  );
}

const keyOf = ({ stationId, kind, about }: Required<Anomaly>): string => `${stationId} ${kind} ${about}`;

export interface NotedAnomaly extends Required<Anomaly> {
  readonly id: string;
  readonly since: Instant;
  readonly at: Instant;
}

/** The newest lines, of one station or of all. */
export async function anomalies(
  work: Work,
  { stationId, most }: { stationId?: StationId; most: number },
): Promise<NotedAnomaly[]> {
  const { rows } = await sql<NotedAnomaly>`select id, station_id, kind, about, since, at, times, sentence, facts
    from station.anomaly where ${stationId ? sql`station_id = ${stationId}` : sql`true`}
    order by at desc, id desc limit ${most}`.execute(work.db);
  return rows;
}

export const forgetAnomaliesBefore = (work: Work, at: Instant) =>
  sql`delete from station.anomaly where at < ${at.toString()}`.execute(work.db);
