// What a station said and what it was asked, newest first: the raw log, and our commands that were never answered.
import { sql } from 'kysely';
import { cursorWrong, type Work } from '#kernel';
import { formatCall } from '#link';
import { messageIdOf } from '#station';
import type { Instant, StationId } from '#units';
import { all, type Listing, placeCursor, placeOf, when } from '../listing.ts';

export interface MessageFilters {
  readonly station: StationId;
  readonly action?: string | undefined;
  readonly direction?: 'in' | 'out' | undefined;
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
}

export interface Message {
  readonly id: string;
  readonly at: Instant;
  readonly direction: 'in' | 'out';
  readonly action: string;
  readonly messageId: string;
  readonly raw: string;
  readonly answer: string | null;
  readonly error: string | null;
  readonly state: string;
}

/**
 * The log holds every call with its answer, or with the error when it was refused; ours too, when they were answered. A command of ours that got none is not in it: it stands in the
 * queue with what is known of it, dated when it was sent, or asked for when it was not.
 */
export const messageListing: Listing<MessageFilters, Message> = {
  async page(work, { filters: { station, action, direction, from, to }, after, most }) {
    const before = after === undefined ? undefined : instantAndId(after);
    const narrowed = (at: string, id: string, actionColumn: string) =>
      all(
        when(action, (it) => sql`${sql.ref(actionColumn)} = ${it}`),
        when(from, (it) => sql`${sql.raw(at)} >= ${it.toString()}`),
        when(to, (it) => sql`${sql.raw(at)} < ${it.toString()}`),
        when(before, (it) => sql`(${sql.raw(at)}, ${sql.raw(id)}) < (${it.at}::timestamptz, ${it.id})`),
      );
    const logId = `(m.message_id || '/' || m.digest::text) collate "C"`;
    const sentAt = 'coalesce(c.sent_at, c.asked_at)';
    const { rows } = await sql<Message & { tries: number | null }>`
      (select ${sql.raw(logId)} as id, m.at, m.direction, m.action, m.message_id, m.raw, m.answer, m.error,
          case when m.error is null then 'answered' else 'failed' end as state,
          null::int as tries
        from ocpp.message m where m.station_id = ${station} and ${when(direction, (it) => sql`m.direction = ${it}`) ?? sql`true`}
          and ${narrowed('m.at', logId, 'm.action')}
        order by m.at desc, 1 desc limit ${most})
      union all
      (select c.id::text collate "C" as id, ${sql.raw(sentAt)} as at, 'out' as direction, c.action, c.id::text as message_id,
          c.payload::text as raw, null as answer, c.error, c.state, c.tries
        from station.command c where c.station_id = ${station} and c.state <> 'answered'
          and ${direction === 'in' ? sql`false` : sql`true`} and ${narrowed(sentAt, 'c.id::text collate "C"', 'c.action')}
        order by 2 desc, 1 desc limit ${most})
      order by at desc, id desc limit ${most}`.execute(work.db);
    return rows.map(({ tries, ...it }) => (tries ? asSent(it, tries) : it));
  },
  cursorOf: (row) => placeCursor(row.at.toString(), row.id),
  columns: [
    { name: 'at', kind: 'instant', of: (it) => it.at },
    { name: 'direction', kind: 'text', of: (it) => it.direction },
    { name: 'action', kind: 'text', of: (it) => it.action },
    { name: 'message_id', kind: 'text', of: (it) => it.messageId },
    { name: 'state', kind: 'text', of: (it) => it.state },
    { name: 'raw', kind: 'text', of: (it) => it.raw },
    { name: 'answer', kind: 'text', of: (it) => it.answer },
    { name: 'error', kind: 'text', of: (it) => it.error },
  ],
};

/** A command that was sent so often: the frame of the last time. One that never left is only what was to be asked. */
function asSent(message: Message, tries: number): Message {
  const messageId = messageIdOf({ id: message.id, tries });
  return { ...message, messageId, raw: formatCall(messageId, message.action, JSON.parse(message.raw)) };
}

function instantAndId(cursor: string): { at: string; id: string } {
  const [at, id] = placeOf(cursor);
  try {
    return { at: Temporal.Instant.from(String(at)).toString(), id };
  } catch {
    throw cursorWrong();
  }
}

/** How many messages of each action there were within 24 hours. */
export async function messageActions(work: Work, station: StationId) {
  const { rows } = await sql<{ action: string; direction: 'in' | 'out'; messages: number }>`
    select action, direction, count(*)::int as messages from ocpp.message
    where station_id = ${station} and at > ${work.at.subtract({ hours: 24 }).toString()}
    group by action, direction order by messages desc, action`.execute(work.db);
  return rows;
}
