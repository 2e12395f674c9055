// The trail: who asked for which write, about what, and what became of it. Append-only; what was done is noted in the work
// that did it, what was refused in one of its own, because the other was undone.
import { sql } from 'kysely';
import type { Instant } from '#units';
import type { Reach } from './permission.ts';
import { unconfined, within } from './reach.ts';
import { insertRows } from './rows.ts';
import type { DoWork, Work } from './work.ts';

export interface Trace {
  readonly caller: string;
  /** The organisation he acted for. */
  readonly partyId: string | null;
  /** Whose the subject is when it is another's: they find this in their trail as well. */
  readonly about?: string | null;
  /** `POST /v1/stations`, `packloop key create`. */
  readonly route: string;
  readonly subject: Readonly<Record<string, unknown>>;
  readonly outcome: 'done' | 'refused' | 'failed';
  /** Of the problem, when it was not done. */
  readonly code?: string | null;
  readonly requestId?: string | null;
}

const columns = {
  at: 'timestamptz',
  caller: 'text',
  partyId: 'text',
  about: 'text',
  route: 'text',
  subject: 'jsonb',
  outcome: 'text',
  code: 'text',
  requestId: 'text',
};

export function leaveTrail(
  work: Work,
  { about = null, code = null, requestId = null, ...trace }: Trace,
): Promise<unknown> {
  const whose = about === trace.partyId ? null : about;
  return insertRows(work.db, 'kernel.trail', columns, [{ ...trace, about: whose, code, requestId, at: work.at }]);
}

/** What a handler knows of its write better than its address and body: what came of it, whose it is, who asked. */
export type Noted = Partial<Pick<Trace, 'caller' | 'partyId' | 'about' | 'subject'>>;

/** A trace with what its handler noted. */
export const withNoted = <T extends Pick<Trace, 'subject'>>(trace: T, noted: Noted): T & Noted => ({
  ...trace,
  ...noted,
  subject: { ...trace.subject, ...noted.subject },
});

/** Notes what was not done, and never stands in the way of telling so. */
export async function trailOfFailure(
  doWork: DoWork,
  trace: Omit<Trace, 'outcome' | 'code'>,
  error: unknown,
): Promise<void> {
  const { name, code } = error as { name?: string; code?: string };
  const isRefused = name === 'Refused';
  const outcome = isRefused ? 'refused' : 'failed';
  await doWork((work) => leaveTrail(work, { ...trace, outcome, code: isRefused ? (code ?? null) : null })).catch(
    () => {},
  );
}

/** What a body may say of its subject: ids, never names, secrets or what somebody wrote. */
const telling = ['id', 'code', 'vin', 'driverId', 'partyId', 'personId', 'role', 'action', 'status', 'slotNo'];
/** Of a body with many rows as many are named. */
const MOST_NAMED = 20;

/** What a write is about: the parameters of its address, and the ids in its body. */
export function subjectOf(params: unknown, body: unknown): Record<string, unknown> {
  const rows = Array.isArray(body) ? body : undefined;
  return {
    ...(isObject(params) ? Object.fromEntries(Object.entries(params).filter(([, it]) => isShort(it))) : {}),
    ...(rows ? { rows: rows.length, first: rows.slice(0, MOST_NAMED).map(idsOf) } : idsOf(body)),
  };
}

const idsOf = (it: unknown): Record<string, unknown> =>
  isObject(it)
    ? Object.fromEntries(Object.entries(it).filter(([name, value]) => telling.includes(name) && isShort(value)))
    : {};

const isObject = (it: unknown): it is Record<string, unknown> =>
  typeof it === 'object' && it !== null && !Array.isArray(it);

/** Whatever somebody sends goes in here, also what was refused: nothing that cannot be stored. */
const isShort = (it: unknown): boolean =>
  (typeof it === 'string' && it.length <= 100 && it.isWellFormed() && !it.includes('\0')) || Number.isSafeInteger(it);

export interface TraceWanted {
  readonly caller?: string | undefined;
  readonly route?: string | undefined;
  readonly subject?: string | undefined;
  readonly outcome?: Trace['outcome'] | undefined;
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  /** Traces before this one. */
  readonly before?: number | undefined;
  readonly most: number;
}

/** A trace as it is kept. */
export interface KeptTrace extends Required<Trace> {
  readonly seq: number;
  readonly at: Instant;
}

/** Newest first. */
export async function traces(work: Work, reach: Reach, wanted: TraceWanted): Promise<KeptTrace[]> {
  const { caller, route, subject, outcome, from, to, before, most } = wanted;
  const like = (text: string) => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<KeptTrace>`select * from kernel.trail t
    where (${within(unconfined(reach), { tenant: 'party_id' })} or ${within(unconfined(reach), { tenant: 'about' })})
    ${caller === undefined ? sql`` : sql`and caller = ${caller}`}
    ${route === undefined ? sql`` : sql`and route ilike ${like(route)}`}
    ${subject === undefined ? sql`` : sql`and subject::text ilike ${like(subject)}`}
    ${outcome === undefined ? sql`` : sql`and outcome = ${outcome}`}
    ${from === undefined ? sql`` : sql`and at >= ${from.toString()}`}
    ${to === undefined ? sql`` : sql`and at < ${to.toString()}`}
    ${before === undefined ? sql`` : sql`and seq < ${before}`}
    order by seq desc limit ${most}`.execute(work.db);
  return rows;
}
