// How the map was: kept every five minutes of the network's time for two days, by a sweep of the roof.
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { sql } from 'kysely';
import { Refused, type Work } from '#kernel';
import type { Reach } from '#kernel/api';
import type { Instant, StationId } from '#units';
import type { BoardView } from './board.ts';
import { reaches, statesOf } from './map.ts';

export const EVERY_MINUTES = 5;
export const KEPT_HOURS = 48;

const pack = promisify(gzip);
const unpack = promisify(gunzip);

type States = ReturnType<typeof statesOf>;
/** What stands in a snapshot: the columns, and by whom and where each station is run, for whom may not see all. */
interface Kept extends States {
  readonly id: StationId[];
  readonly operatorId: string[];
  readonly region: (string | null)[];
}

const slotOf = (at: Instant): number => Math.floor(at.epochMilliseconds / (EVERY_MINUTES * 60_000));

/** Keeps the map unless these five minutes have theirs, and forgets what is older than two days. */
export async function keepMap(work: Work, view: BoardView): Promise<void> {
  const { rows } = await sql<{ at: Instant | null }>`select max(at) as at from insight.map_snapshot`.execute(work.db);
  const last = rows[0]!.at;
  if (last && slotOf(last) >= slotOf(work.at)) return;
  const { lines } = await view.get(work);
  const kept: Kept = {
    id: lines.map((it) => it.id),
    operatorId: lines.map((it) => it.operatorId),
    region: lines.map((it) => it.region),
    ...statesOf(lines),
  };
  const body = await pack(JSON.stringify(kept));
  await sql`insert into insight.map_snapshot (at, stations, body)
    values (${work.at.toString()}, ${lines.length}, ${body})
    on conflict do nothing`.execute(work.db);
  await sql`delete from insight.map_snapshot where at < ${work.at.subtract({ hours: KEPT_HOURS }).toString()}`.execute(
    work.db,
  );
}

/** When the map was kept, oldest first. */
export async function snapshotTimes(work: Work): Promise<Instant[]> {
  const { rows } = await sql<{ at: Instant }>`select at from insight.map_snapshot order by at`.execute(work.db);
  return rows.map((it) => it.at);
}

/** The last snapshot at or before this instant. @throws Refused `history-missing` */
export async function mapAt(
  work: Work,
  asked: Instant,
  reach: Reach,
): Promise<States & { at: Instant; id: StationId[] }> {
  const { rows } = await sql<{ at: Instant; body: Buffer }>`select at, body from insight.map_snapshot
    where at <= ${asked.toString()} order by at desc limit 1`.execute(work.db);
  const [row] = rows;
  if (!row)
    throw new Refused('history-missing', `The map of ${asked} was not kept: see /v1/map/history/times`, {}, 404);
  const { operatorId, region, ...told } = JSON.parse((await unpack(row.body)).toString()) as Kept;
  const kept = { ...told, outOfUse: told.outOfUse ?? told.id.map(() => null) }; // kept before it was told
  if (reach.all) return { at: row.at, ...kept };
  const seen = kept.id.flatMap((id, n) =>
    reaches(reach, { id, operatorId: operatorId[n] as never, region: region[n]! }) ? [n] : [],
  );
  const columns = Object.entries(kept).map(([name, all]) => [name, seen.map((n) => all[n])]);
  return { at: row.at, ...(Object.fromEntries(columns) as typeof kept) };
}
