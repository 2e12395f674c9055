// The moves of packs as rows, so that an orphan can be found by a query.
import { sql } from 'kysely';
import { anyOf, type Columns, insertRows, updateRows, type Work } from '#kernel';
import type { PackCode } from '#units';
import type { MoveRow, Unbooked } from './desk.ts';
import { MEMORY } from './store.ts';

const moveColumns: Columns<MoveRow> = {
  swapId: 'uuid',
  direction: 'text',
  code: 'text',
  nth: 'smallint',
  slotNo: 'integer',
  soc: 'double precision',
  soh: 'double precision',
  energyWh: 'integer',
  at: 'timestamptz',
  booked: 'boolean',
};

export const addMoves = (work: Work, moves: readonly MoveRow[]) => insertRows(work.db, 'swap.move', moveColumns, moves);

/** Moves that were booked later than they were told: custody has moved with them now. */
export async function bookNow(work: Work, moves: readonly Unbooked[]): Promise<void> {
  if (moves.length === 0) return;
  await updateRows(
    work.db,
    'swap.move',
    { swapId: 'uuid', direction: 'text', code: 'text', nth: 'smallint', booked: 'boolean' },
    ['swapId', 'direction', 'code', 'nth'],
    moves.map(({ swapId, direction, code, nth }) => ({ swapId, direction, code, nth, booked: true })),
  );
}

/** Of these packs, the last move if it is a coming in that was not booked, for the books had the pack there already. */
export async function broughtEarly(
  work: Work,
  codes: readonly PackCode[],
): Promise<Map<PackCode, Unbooked & { readonly idToken: string }>> {
  if (codes.length === 0) return new Map();
  const { rows } = await sql<Unbooked & { idToken: string; booked: boolean }>`
    select distinct on (m.code) m.swap_id, m.direction, m.code, m.nth, m.energy_wh, m.booked, s.id_token
    from swap.move m join swap.swap s on s.id = m.swap_id
    where m.code = ${anyOf(codes, 'text')} and m.at > ${work.at.subtract(MEMORY).toString()}
    order by m.code, m.at desc, m.swap_id desc, m.nth desc`.execute(work.db);
  return new Map(rows.filter((it) => it.direction === 'in' && !it.booked).map((it) => [it.code, it]));
}
