import { sql } from 'kysely';
import { type Instant, systemClock } from '#units';
import type { App } from '../app.ts';

/** Now, or a moment after the network last did something: the time of a demo runs ahead of ours, and never goes back. */
export async function timeGoesOn(app: App): Promise<Instant> {
  const last = await app.doWork(async (work) => {
    const { rows } = await sql<{ at: Instant | null }>`select max(at) as at from (
      (select at from record.entry order by seq desc limit 1) union all (select max(last_seen_at) from station.station)
      union all (select max(updated_at) from station.slot)) it`.execute(work.db);
    return rows[0]!.at;
  });
  const now = systemClock();
  return last && Temporal.Instant.compare(last, now) > 0 ? last.add({ seconds: 1 }) : now;
}
