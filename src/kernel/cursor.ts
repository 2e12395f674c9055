// Where a list goes on: a cursor is text of ours that comes back unchanged, or it is refused.
import { Refused } from './refused.ts';

export const cursorWrong = (): Refused =>
  new Refused('cursor-wrong', 'cursor: take nextCursor of the page before', { field: 'cursor' }, 400);

/** Printable ASCII, as the codes and ids of ours that lists are ordered by. */
const ID = /^[\x21-\x7e]{1,64}$/;
const SEQ = /^\d{1,15}$/;

/** A cursor of a list in the order of codes or ids. @throws Refused `cursor-wrong` */
export function idCursor(cursor: string | undefined): string {
  if (cursor === undefined) return '';
  if (!ID.test(cursor)) throw cursorWrong();
  return cursor;
}

/** A cursor of a list in the order of sequence numbers; 0 where the list begins. @throws Refused `cursor-wrong` */
export function seqCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (!SEQ.test(cursor)) throw cursorWrong();
  return Number(cursor);
}
