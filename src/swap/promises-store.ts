// Which packs wait for which swap: each for one at a time.
import { sql } from 'kysely';
import { anyOf, insertRows, type Work } from '#kernel';
import type { PackCode, SwapId } from '#units';

export async function promises(
  work: Work,
  codes: readonly PackCode[],
  swapIds: readonly SwapId[],
): Promise<Map<PackCode, SwapId>> {
  const { rows } = await sql<{ code: PackCode; swapId: SwapId }>`select code, swap_id from swap.promise
    where code = ${anyOf(codes, 'text')} or swap_id = ${anyOf(swapIds, 'uuid')}`.execute(work.db);
  return new Map(rows.map((it) => [it.code, it.swapId]));
}

/** Brings the table from what was promised `before` to what is promised `now`. */
export const savePromises = (
  work: Work,
  before: ReadonlyMap<PackCode, SwapId>,
  now: ReadonlyMap<PackCode, SwapId>,
): Promise<void> =>
  changePromises(
    work,
    [...before].filter(([code, swapId]) => now.get(code) !== swapId).map(([code]) => code),
    new Map([...now].filter(([code, swapId]) => before.get(code) !== swapId)),
  );

export async function changePromises(
  work: Work,
  freed: readonly PackCode[],
  made: ReadonlyMap<PackCode, SwapId>,
): Promise<void> {
  if (freed.length > 0) await sql`delete from swap.promise where code = ${anyOf(freed, 'text')}`.execute(work.db);
  const rows = [...made].map(([code, swapId]) => ({ code, swapId }));
  await insertRows(work.db, 'swap.promise', { code: 'text', swapId: 'uuid' }, rows);
}

/** A swap under way in which the pack is promised or has moved. */
export async function underWayWith(work: Work, code: PackCode): Promise<SwapId | undefined> {
  const { rows } = await sql<{ id: SwapId }>`select s.id from swap.swap s where s.ended_at is null and s.id in (
      select swap_id from swap.move where code = ${code} union all select swap_id from swap.promise where code = ${code})
    order by s.id limit 1`.execute(work.db);
  return rows[0]?.id;
}
