import { type RawBuilder, sql } from 'kysely';
import { insertRows, recordset, type Work, within } from '#kernel';
import type { Reach } from '#kernel/api';
import type { Reading } from '#record';
import type { Instant } from '#units';
import type { Draft } from './report.ts';
import type { ReportKind, ReportState } from './words.ts';

export interface PlatformRow extends Reading {
  readonly id: string;
  readonly connectedAt: Instant;
  readonly failures: number;
  readonly nextTryAt: Instant;
  readonly lastError: string | null;
  readonly lastAnswerAt: Instant | null;
}

export interface Report extends Omit<Draft, 'kind'> {
  readonly no: number;
  readonly kind: ReportKind;
  readonly madeAt: Instant;
  readonly revision: number;
  readonly state: ReportState;
  readonly tries: number;
  readonly nextAt: Instant;
  readonly lastError: string | null;
  readonly receipt: string | null;
  readonly receivedAt: Instant | null;
  readonly field: string | null;
  readonly reason: string | null;
  readonly decidedBy: string | null;
  readonly decidedWhy: string | null;
}

/** Makes the row of a platform that is new. */
export const connect = (work: Work, ids: readonly string[]) =>
  insertRows(
    work.db,
    'exchange.platform',
    { id: 'text', connectedAt: 'timestamptz', nextTryAt: 'timestamptz' },
    ids.map((id) => ({ id, connectedAt: work.at, nextTryAt: work.at })),
    sql`on conflict do nothing`,
  );

/** Locks it. @returns undefined when somebody else works on it, or it was never connected */
export async function lockPlatform(work: Work, id: string): Promise<PlatformRow | undefined> {
  const { rows } = await sql<PlatformRow>`select * from exchange.platform where id = ${id}
    for update skip locked`.execute(work.db);
  return rows[0];
}

export async function platforms(work: Work): Promise<PlatformRow[]> {
  return (await sql<PlatformRow>`select * from exchange.platform order by id`.execute(work.db)).rows;
}

export const readTo = (work: Work, id: string, { through, holes }: Reading) =>
  sql`update exchange.platform set through = ${through}, holes = ${JSON.stringify(holes)} where id = ${id}`.execute(
    work.db,
  );

/** Adds what is not there: a fact has one report at each platform, however often it is told. */
export const addReports = (work: Work, drafts: readonly Draft[]) =>
  insertRows(
    work.db,
    'exchange.report',
    {
      ...{ id: 'uuid', platform: 'text', fact: 'text', kind: 'text', subject: 'text' },
      ...{ stationId: 'text', operatorId: 'text', region: 'text' },
      ...{ happenedAt: 'timestamptz', dueAt: 'timestamptz', message: 'text' },
      ...{ madeAt: 'timestamptz', nextAt: 'timestamptz' },
    },
    drafts.map((it) => ({ ...it, madeAt: work.at, nextAt: work.at })),
    sql`on conflict (platform, fact) do nothing`,
  );

export type Leased = Pick<Report, 'id' | 'no' | 'subject' | 'message' | 'revision' | 'tries'>;

/**
 * The next reports for a platform, leased until then: of each pack its oldest alone, so that a pack's reports arrive in order
 * whatever fails. Nobody else gets them meanwhile; after a crash the lease ends by itself.
 */
export async function lease(work: Work, platform: string, most: number, until: Instant): Promise<Leased[]> {
  const at = work.at.toString();
  const { rows } = await sql<Leased>`
    with first as (select distinct on (subject) id, no, next_at, leased_until from exchange.report
        where platform = ${platform} and state = 'waiting' order by subject, no),
      due as (select id from first where next_at <= ${at} and (leased_until is null or leased_until <= ${at})
        order by no limit ${most})
    update exchange.report r set leased_until = ${until.toString()}, tries = tries + 1
      from due where r.id = due.id returning r.id, r.no, r.subject, r.message, r.revision, r.tries`.execute(work.db);
  return rows.toSorted((a, b) => a.no - b.no);
}

/** What became of one leased report. */
export type Ending =
  | { readonly id: string; readonly revision: number; readonly is: 'received'; readonly receipt: string }
  | {
      readonly id: string;
      readonly revision: number;
      readonly is: 'rejected';
      readonly field: string | null;
      readonly reason: string;
    }
  | {
      readonly id: string;
      readonly revision: number;
      readonly is: 'again';
      readonly why: string;
      readonly at: Instant;
    };

/** Writes it down. A receipt that comes for what was withdrawn or corrected meanwhile changes nothing. */
export async function endLeases(work: Work, endings: readonly Ending[]): Promise<void> {
  const rows = endings.map((it) => ({
    ...{ id: it.id, revision: it.revision, state: it.is === 'again' ? 'waiting' : it.is },
    receipt: it.is === 'received' ? it.receipt : null,
    receivedAt: it.is === 'received' ? work.at : null,
    field: it.is === 'rejected' ? it.field : null,
    reason: it.is === 'rejected' ? it.reason : null,
    lastError: it.is === 'again' ? it.why : null,
    nextAt: it.is === 'again' ? it.at : work.at,
  }));
  if (rows.length === 0) return;
  const columns = {
    ...{ id: 'uuid', revision: 'integer', state: 'text', receipt: 'text', receivedAt: 'timestamptz' },
    ...{ field: 'text', reason: 'text', lastError: 'text', nextAt: 'timestamptz' },
  };
  await sql`update exchange.report t set state = r.state, receipt = r.receipt, received_at = r."receivedAt",
      field = r.field, reason = r.reason, last_error = r."lastError", next_at = r."nextAt", leased_until = null
    from ${recordset(columns, rows)} where t.id = r.id and t.revision = r.revision and t.state = 'waiting'`.execute(
    work.db,
  );
}

export const answered = (work: Work, id: string) =>
  sql`update exchange.platform set failures = 0, next_try_at = ${work.at.toString()}, last_error = null,
    last_answer_at = ${work.at.toString()} where id = ${id}`.execute(work.db);

export const silent = (work: Work, id: string, why: string, nextTryAt: Instant) =>
  sql`update exchange.platform set failures = failures + 1, next_try_at = ${nextTryAt.toString()},
    last_error = ${why} where id = ${id}`.execute(work.db);

/** Locked, within reach. */
export async function theReport(work: Work, id: string, reach: Reach): Promise<Report | undefined> {
  const { rows } = await sql<Report>`select r.* from exchange.report r where id = ${id} and ${ofReach(reach)}
    for update`.execute(work.db);
  return rows[0];
}

export const ofReach = (reach: Reach): RawBuilder<unknown> =>
  within(reach, { tenant: 'r.operator_id', region: 'r.region', station: 'r.station_id' });

export interface Revision {
  readonly reportId: string;
  readonly revision: number;
  readonly message: string;
  readonly field: string | null;
  readonly reason: string;
  readonly by: string;
  readonly why: string;
}

/** The report says this from now on, and waits anew; what it said is kept. */
export async function revise(work: Work, before: Revision, message: string): Promise<void> {
  const columns = {
    ...{ reportId: 'uuid', revision: 'integer', message: 'text', field: 'text', reason: 'text' },
    ...{ by: 'text', why: 'text', at: 'timestamptz' },
  };
  await insertRows(work.db, 'exchange.revision', columns, [{ ...before, at: work.at }]);
  await sql`update exchange.report set message = ${message}, revision = revision + 1, state = 'waiting', field = null,
      reason = null, tries = 0, next_at = ${work.at.toString()}, leased_until = null, last_error = null
    where id = ${before.reportId}`.execute(work.db);
}

export const withdraw = (work: Work, id: string, by: string, why: string) =>
  sql`update exchange.report set state = 'withdrawn', decided_by = ${by}, decided_why = ${why}, leased_until = null
    where id = ${id}`.execute(work.db);

export async function revisionsOf(work: Work, id: string): Promise<(Revision & { at: Instant })[]> {
  return (
    await sql<Revision & { at: Instant }>`select * from exchange.revision where report_id = ${id}
      order by revision`.execute(work.db)
  ).rows;
}

/** Those that are late and of which nobody was told; told now. One row for each platform and station. */
export async function tellLate(work: Work) {
  const { rows } = await sql<{ platform: string; stationId: string | null; many: number; oldest: Instant }>`
    with told as (update exchange.report set late_told_at = ${work.at.toString()}
      where state in ('waiting', 'rejected') and due_at < ${work.at.toString()} and late_told_at is null
      returning platform, station_id, due_at)
    select platform, station_id, count(*)::integer as many, min(due_at) as oldest from told group by 1, 2`.execute(
    work.db,
  );
  return rows;
}

/** Whether so much time has passed since this was last looked for; it is being looked for now. */
export async function isTimeFor(work: Work, what: string, hours: number): Promise<boolean> {
  const before = work.at.subtract({ hours }).toString();
  const { rows } = await sql`insert into exchange.looked as t (what, at) values (${what}, ${work.at.toString()})
    on conflict (what) do update set at = excluded.at where t.at <= ${before} or t.at > excluded.at returning what`.execute(
    work.db,
  );
  return rows.length > 0;
}

/** How many reports each platform has, of those within reach. */
export async function countReports(work: Work, reach: Reach) {
  const { rows } = await sql<{ platform: string; waiting: number; late: number; rejected: number; received: number }>`
    select platform, count(*) filter (where state = 'waiting')::integer as waiting,
      count(*) filter (where state in ('waiting', 'rejected') and due_at < ${work.at.toString()})::integer as late,
      count(*) filter (where state = 'rejected')::integer as rejected,
      count(*) filter (where state = 'received')::integer as received
    from exchange.report r where ${ofReach(reach)} group by platform`.execute(work.db);
  return new Map(rows.map(({ platform, ...it }) => [platform, it]));
}
