// The raw message log, and through it: a message that comes again gets the answer it got, and is not handled again.
import { hash } from 'node:crypto';
import { sql } from 'kysely';
import { insertRows, recordset, type Work } from '#kernel';
import type { StationId } from '#units';

/** Names one message of one station. */
export interface MessageKey {
  readonly stationId: StationId;
  readonly messageId: string;
  readonly digest: string;
}

export interface Logged extends MessageKey {
  /** `in`: the station called us. */
  readonly direction: 'in' | 'out';
  readonly action: string;
  readonly raw: string;
  /** The payload of the answer, as JSON. */
  readonly answer: string;
}

/** 128 bits of SHA-256 over the frame as it came; PostgreSQL keeps them as a uuid. */
export const digestOf = (frame: string): string => hash('sha256', frame).slice(0, 32);

export const keyOf = (it: MessageKey): string => `${it.stationId} ${it.digest} ${it.messageId}`;

const keyColumns = { stationId: 'text', messageId: 'text', digest: 'uuid' };

/** The answers that some of these messages got before, by `keyOf`. */
export async function answersTo(work: Work, keys: readonly MessageKey[]): Promise<Map<string, string>> {
  const sought = keys.map(({ stationId, messageId, digest }) => ({ stationId, messageId, digest }));
  const { rows } = await sql<MessageKey & { answer: string }>`
    select m.station_id, m.message_id, replace(m.digest::text, '-', '') as digest, m.answer
    from ${recordset(keyColumns, sought)} join ocpp.message m
      on m.station_id = r."stationId" and m.message_id = r."messageId" and m.digest = r.digest`.execute(work.db);
  return new Map(rows.map((it) => [keyOf(it), it.answer]));
}

export const log = (work: Work, messages: readonly Logged[]) =>
  insertRows(
    work.db,
    'ocpp.message',
    { ...keyColumns, direction: 'text', action: 'text', at: 'timestamptz', raw: 'text', answer: 'text' },
    messages.map((it) => ({ ...it, at: work.at })),
  );

/** Messages of a station, newest first, for whoever looks for what it said. */
export async function messagesOf(
  work: Work,
  stationId: StationId,
  most: number,
): Promise<(Logged & { at: unknown })[]> {
  const { rows } = await sql<Logged & { at: unknown }>`select * from ocpp.message where station_id = ${stationId}
    order by at desc limit ${most}`.execute(work.db);
  return rows;
}

/** Forgets messages older than `days`, in portions so that no transaction runs long. @returns how many went */
export async function forgetOldMessages(work: Work, days = 90, most = 50_000): Promise<number> {
  const { numAffectedRows } = await sql`delete from ocpp.message where ctid = any(array(
    select ctid from ocpp.message where at < ${work.at.subtract({ hours: days * 24 }).toString()} limit ${most}))`.execute(
    work.db,
  );
  return Number(numAffectedRows ?? 0n);
}
