// Residual capacity tests in the database.
import { sql } from 'kysely';
import { insertRows, type Work } from '#kernel';
import type { Instant, PackCode } from '#units';
import type { Measured, Subject } from './capacityTest.ts';

export interface StoredTest {
  readonly id: string;
  readonly pack: PackCode;
  readonly state: 'under-way' | 'done' | 'failed' | 'aborted';
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly ratedWh: Subject['ratedWh'];
  readonly chemistry: Subject['chemistry'];
  readonly steps: readonly { readonly at: string; readonly measured: Measured }[];
  readonly why: string | null;
  /** The words under which the test put the pack in quarantine; null when it was there before. */
  readonly keepsBack: string | null;
}

const columns = {
  id: 'uuid',
  pack: 'text',
  state: 'text',
  startedAt: 'timestamptz',
  endedAt: 'timestamptz',
  ratedWh: 'integer',
  chemistry: 'text',
  steps: 'jsonb',
  why: 'text',
  keepsBack: 'text',
};

export const addTest = (work: Work, it: StoredTest) => insertRows(work.db, 'health.capacity_test', columns, [it]);

/** The newest test of a pack. */
export async function lastTest(work: Work, pack: PackCode): Promise<StoredTest | undefined> {
  const { rows } = await sql<StoredTest>`select * from health.capacity_test where pack = ${pack}
    order by started_at desc, id desc limit 1`.execute(work.db);
  return rows[0];
}

/** The newest test of a pack that came to a result, of those that ended until an instant. */
export async function lastDone(work: Work, pack: PackCode, until: Instant): Promise<StoredTest | undefined> {
  const { rows } = await sql<StoredTest>`select * from health.capacity_test
    where pack = ${pack} and state = 'done' and ended_at <= ${until.toString()} order by ended_at desc limit 1`.execute(
    work.db,
  );
  return rows[0];
}

export async function saveTest(work: Work, { id, state, endedAt, steps, why }: StoredTest): Promise<void> {
  await sql`update health.capacity_test set state = ${state}, ended_at = ${endedAt?.toString() ?? null},
    steps = ${JSON.stringify(steps)}::jsonb, why = ${why} where id = ${id}`.execute(work.db);
}
