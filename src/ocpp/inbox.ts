// The raw message log, and through it: a message that comes again gets the answer it got, and is not handled again;
// but for boots and authorisations, which are new each time, and for what was refused, which had no effect.
import { hash } from 'node:crypto';
import { sql } from 'kysely';
import { insertRows, recordset, type Work } from '#kernel';
import type { Instant, StationId } from '#units';

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
  /** The payload of the answer, as JSON; null when it was refused. */
  readonly answer: string | null;
  /** Why it was refused, as JSON: code, description and details of the CALLERROR. */
  readonly error?: string | null;
  /** It was refused before, and is kept in the place of that. */
  readonly again?: boolean;
}

/**
 * Calls that carry no time of their own. A station that rebooted counts its message ids anew, so the very same frame may
 * tell of another boot, or of a driver who stands there today: it is handled each time, which does no harm.
 */
const alwaysNew: ReadonlySet<string> = new Set(['Authorize', 'BootNotification']);

/** 128 bits of SHA-256 over the frame as it came; PostgreSQL keeps them as a uuid. */
export const digestOf = (frame: string): string => hash('sha256', frame).slice(0, 32);

export const keyOf = (it: MessageKey): string => `${it.stationId} ${it.digest} ${it.messageId}`;

const keyColumns = { stationId: 'text', messageId: 'text', digest: 'uuid' };

/** The answers that some of these messages got before, by `keyOf`, null for those refused; none to a boot or an authorisation. */
export async function answersTo(
  work: Work,
  messages: readonly (MessageKey & { readonly action: string })[],
): Promise<Map<string, string | null>> {
  const sought = messages
    .filter((it) => !alwaysNew.has(it.action))
    .map(({ stationId, messageId, digest }) => ({ stationId, messageId, digest }));
  if (sought.length === 0) return new Map();
  const { rows } = await sql<MessageKey & Pick<Logged, 'answer'>>`
    select m.station_id, m.message_id, replace(m.digest::text, '-', '') as digest, m.answer
    from ${recordset(keyColumns, sought)} join ocpp.message m
      on m.station_id = r."stationId" and m.message_id = r."messageId" and m.digest = r.digest`.execute(work.db);
  return new Map(rows.map((it) => [keyOf(it), it.answer]));
}

/**
 * Keeps messages with their answers. Of a boot or an authorisation that came with the same frame, the last one is kept, and
 * so it is of one that was refused before (`again`).
 */
export async function log(work: Work, messages: readonly Logged[]): Promise<void> {
  const texts = { direction: 'text', action: 'text', raw: 'text', answer: 'text', error: 'text' };
  const columns = { ...keyColumns, ...texts, at: 'timestamptz' };
  const rows = messages.map(({ again, ...it }) => ({
    row: { ...it, at: work.at },
    again: again || alwaysNew.has(it.action),
  }));
  const those = (again: boolean) => rows.filter((it) => it.again === again).map((it) => it.row);
  // Any other that is there already was handled by another process meanwhile: the collision undoes this work.
  const latest = sql`on conflict (station_id, message_id, digest) do update set
    at = excluded.at, answer = excluded.answer, error = excluded.error`;
  await Promise.all([
    insertRows(work.db, 'ocpp.message', columns, those(false)),
    insertRows(work.db, 'ocpp.message', columns, those(true), latest),
  ]);
}

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

/**
 * The TransactionEvents of a station that name a transaction, and that it was not refused, as they came; by the index of station
 * and time. Another that has the id somewhere else in it may be among them.
 */
export async function transactionFrames(
  work: Work,
  it: {
    readonly stationId: StationId;
    readonly transactionId: string;
    readonly from: Instant;
    readonly to: Instant;
    readonly most?: number;
  },
): Promise<string[]> {
  const asJson = JSON.stringify(it.transactionId).slice(1, -1);
  const { rows } = await sql<{ raw: string }>`select raw from ocpp.message
    where station_id = ${it.stationId} and at between ${it.from.toString()} and ${it.to.toString()}
      and direction = 'in' and action = 'TransactionEvent' and answer is not null and strpos(raw, ${asJson}) > 0
    order by at desc, message_id desc limit ${it.most ?? null}`.execute(work.db);
  return rows.map(({ raw }) => raw).toReversed();
}

/** Messages of these actions that a station sent and was not refused, as they came; by the index of station and time. */
export async function framesOf(
  work: Work,
  it: {
    readonly stationId: StationId;
    readonly actions: readonly string[];
    readonly from: Instant;
    readonly to: Instant;
    readonly most: number;
  },
): Promise<string[]> {
  const { rows } = await sql<{ raw: string }>`select raw from ocpp.message
    where station_id = ${it.stationId} and at between ${it.from.toString()} and ${it.to.toString()}
      and direction = 'in' and action = any(${it.actions}) and answer is not null
    order by at desc, message_id desc limit ${it.most}`.execute(work.db);
  return rows.map(({ raw }) => raw).toReversed();
}

/** Forgets messages older than `days`, in portions so that no transaction runs long. @returns how many went */
export async function forgetOldMessages(work: Work, days = 90, most = 50_000): Promise<number> {
  const { numAffectedRows } = await sql`delete from ocpp.message where ctid = any(array(
    select ctid from ocpp.message where at < ${work.at.subtract({ hours: days * 24 }).toString()} limit ${most}))`.execute(
    work.db,
  );
  return Number(numAffectedRows ?? 0n);
}
