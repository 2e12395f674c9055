// Whether single things lie within a caller's reach: for the rooms below, told to them by the roof.
import { type RawBuilder, sql } from 'kysely';
import { anyOf, type Work } from '#kernel';
import type { Reach } from '#kernel/api';
import type { PackCode, StationId, SwapId } from '#units';
import { packWithin, stationWithin, swapWithin, tokenWithin } from './reach.ts';

/** Those of these packs that the caller reaches; unknown ones are not among them. */
export async function packsReached(work: Work, reach: Reach, codes: readonly PackCode[]): Promise<Set<PackCode>> {
  if (codes.length === 0) return new Set();
  const { rows } = await sql<{ code: PackCode }>`select p.code from pack.pack p
    where p.code = ${anyOf(codes, 'text')} and ${packWithin(reach)}`.execute(work.db);
  return new Set(rows.map((it) => it.code));
}

export async function reachedStations(work: Work, reach: Reach): Promise<StationId[]> {
  const { rows } = await sql<{ id: StationId }>`select s.id from station.station s where ${stationWithin(reach)}
    order by s.id`.execute(work.db);
  return rows.map((it) => it.id);
}

export const swapReached = (work: Work, reach: Reach, id: SwapId): Promise<boolean> =>
  reach.all
    ? Promise.resolve(true)
    : holds(work, sql`select from swap.swap w where w.id = ${id} and ${swapWithin(reach)}`);

/** Whether the caller may ask for a swap: at a station of his, or for a driver of his. */
export const askReached = (
  work: Work,
  reach: Reach,
  { stationId, idToken }: { readonly stationId: StationId; readonly idToken: string },
): Promise<boolean> =>
  reach.all
    ? Promise.resolve(true)
    : holds(
        work,
        sql`select from station.station s where s.id = ${stationId} and ${stationWithin(reach)}
          union all select from party.token t where t.id_token = ${idToken.toLowerCase()} and ${tokenWithin(reach)}`,
      );

/** Whether the caller reaches what an entry of the record is about: `pack:<code>`, `swap:<id>`, `station:<id>`. */
export async function subjectReached(work: Work, reach: Reach, subject: string): Promise<boolean> {
  if (reach.all) return true;
  const [kind, id = ''] = [subject.slice(0, subject.indexOf(':')), subject.slice(subject.indexOf(':') + 1)];
  // Of organisations only their keys are recorded, and those are to be known.
  if (kind === 'party') return true;
  if (kind === 'pack') return (await packsReached(work, reach, [id as PackCode])).has(id as PackCode);
  if (kind === 'swap')
    return await holds(work, sql`select from swap.swap w where w.id::text = ${id} and ${swapWithin(reach)}`);
  return await holds(work, sql`select from station.station s where s.id = ${id} and ${stationWithin(reach)}`);
}

async function holds(work: Work, query: RawBuilder<unknown>): Promise<boolean> {
  const { rows } = await sql<{ it: boolean }>`select exists (${query}) as it`.execute(work.db);
  return rows[0]!.it;
}
