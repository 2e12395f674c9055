import { sql } from 'kysely';
import { type Columns, insertRows, recordset, type Work } from '#kernel';
import type { Instant, StationId } from '#units';
import type { Command, CommandResult } from './command.ts';

const fields = sql.raw(
  `id, station_id, action, payload, asked_by, state, tries, most_tries, timeout_ms, not_after, asked_at, due_at, sent_at,
   answered_at, answer, error`,
);

/** A command nobody has sent yet. */
export type NewCommand = Omit<Command, 'tries' | 'sentAt' | 'answeredAt' | 'answer' | 'error'>;

const newColumns: Columns<NewCommand> = {
  id: 'uuid',
  stationId: 'text',
  action: 'text',
  payload: 'jsonb',
  askedBy: 'text',
  state: 'text',
  mostTries: 'integer',
  timeoutMs: 'integer',
  notAfter: 'timestamptz',
  askedAt: 'timestamptz',
  dueAt: 'timestamptz',
};

export const addCommands = (work: Work, commands: readonly NewCommand[]) =>
  insertRows(work.db, 'station.command', newColumns, commands);

/**
 * Ends what is too late: queued past its `notAfter`, sent by a server that died before the answer, or sent to one of the
 * stations that have connected anew since. What may be asked twice is queued again.
 */
export async function endOverdue(
  work: Work,
  repeatable: readonly string[],
  reconnected: readonly StationId[] = [],
): Promise<Command[]> {
  const at = work.at.toString();
  const { rows } = await sql<Command>`update station.command set
      state = case when state = 'queued' then 'expired'
        when action = any(${repeatable}) and tries < most_tries then 'queued' else 'timed-out' end,
      error = case when state = 'queued' then 'not sent in time' else 'no answer is known of' end,
      answered_at = ${at}
    where state in ('queued', 'sent') and ((state = 'queued' and not_after <= ${at})
      or (state = 'sent' and (station_id = any(${reconnected})
        or sent_at + (timeout_ms + 60000) * interval '1 millisecond' <= ${at})))
    returning ${fields}`.execute(work.db);
  return rows;
}

/** Which stations have something to be sent now. */
export async function stationsWaitedFor(work: Work): Promise<StationId[]> {
  const { rows } = await sql<{ stationId: StationId }>`select distinct station_id from station.command
    where state = 'queued' and due_at <= ${work.at.toString()}`.execute(work.db);
  return rows.map((it) => it.stationId);
}

/** Takes the oldest queued command of each of these stations for sending; it is `sent` from now on. */
export async function takeOldest(work: Work, stationIds: readonly StationId[]): Promise<Command[]> {
  if (stationIds.length === 0) return [];
  const at = work.at.toString();
  const { rows } = await sql<Command>`update station.command set state = 'sent', sent_at = ${at}, tries = tries + 1
    where state = 'queued' and id in (
      select distinct on (station_id) id from station.command
      where state = 'queued' and station_id = any(${stationIds}) and due_at <= ${at} order by station_id, id)
    returning ${fields}`.execute(work.db);
  return rows;
}

export async function finish(work: Work, results: readonly CommandResult[]): Promise<void> {
  if (results.length === 0) return;
  const columns = { id: 'uuid', state: 'text', answer: 'jsonb', error: 'text', dueAt: 'timestamptz' };
  const rows = results.map((it) => ({
    id: it.id,
    state: it.state,
    answer: it.state === 'answered' ? it.answer : null,
    error: it.state === 'answered' ? null : it.error,
    dueAt: it.state === 'queued' ? it.dueAt : null,
  }));
  await sql`update station.command c set state = r.state, answer = r.answer, error = r.error,
      due_at = coalesce(r."dueAt", c.due_at),
      answered_at = case when r.state = 'queued' then null else ${work.at.toString()}::timestamptz end
    from ${recordset(columns, rows as never)} where c.id = r.id and c.state = 'sent'`.execute(work.db);
}

/** What was asked of a station, newest first: before the command `before`, or from the last one on. */
export async function commandsOf(
  work: Work,
  stationId: StationId,
  { before, most }: { readonly before?: Pick<Command, 'id' | 'askedAt'> | undefined; readonly most: number },
): Promise<Command[]> {
  const { rows } = await sql<Command>`select ${fields} from station.command where station_id = ${stationId}
    ${before ? sql`and (asked_at, id) < (${before.askedAt.toString()}::timestamptz, ${before.id}::uuid)` : sql``}
    order by asked_at desc, id desc limit ${most}`.execute(work.db);
  return rows;
}

export async function commandById(work: Work, id: string): Promise<Command | undefined> {
  const { rows } = await sql<Command>`select ${fields} from station.command where id = ${id}`.execute(work.db);
  return rows[0];
}

export const forgetBefore = (work: Work, at: Instant) =>
  sql`delete from station.command where state not in ('queued', 'sent') and asked_at < ${at.toString()}`.execute(
    work.db,
  );
