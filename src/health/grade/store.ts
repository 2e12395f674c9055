// The grades of packs in the database, and the policies they were decided by.
import { sql } from 'kysely';
import { insertRows, type Work } from '#kernel';
import type { Instant, PackCode } from '#units';
import { type Evidence, evidenceOf, type Grade, type Reason, type StoredEvidence, storedEvidence } from './evidence.ts';
import type { Standing } from './grade.ts';
import type { Policy } from './policy.ts';

/** One grade of one pack, with all that it was decided from. */
export interface Graded {
  readonly pack: PackCode;
  /** Its first, second, … */
  readonly nth: number;
  readonly at: Instant;
  readonly grade: Grade;
  readonly straddled: number | null;
  readonly policy: string;
  readonly evidence: Evidence;
  readonly before: Standing | null;
  readonly reasons: readonly Reason[];
  /** The newest evidence that left it so, and when that was measured. */
  readonly seen: Evidence;
  readonly seenAt: Instant | null;
  /** When the newest capacity test was, on which it stands. */
  readonly testedAt: Instant | null;
  /** The words under which this grade put the pack in quarantine. */
  readonly keepsBack: string | null;
}

type Row = Omit<Graded, 'evidence' | 'seen'> & { evidence: StoredEvidence; seen: StoredEvidence };

const columns = {
  pack: 'text',
  nth: 'integer',
  at: 'timestamptz',
  grade: 'text',
  straddled: 'double precision',
  policy: 'text',
  evidence: 'jsonb',
  before: 'jsonb',
  reasons: 'jsonb',
  seen: 'jsonb',
  seenAt: 'timestamptz',
  testedAt: 'timestamptz',
  keepsBack: 'text',
};

const gradedOf = (row: Row): Graded => ({ ...row, evidence: evidenceOf(row.evidence), seen: evidenceOf(row.seen) });

/** Every grade of a pack, newest first. */
export async function gradesOf(work: Work, pack: PackCode): Promise<Graded[]> {
  const { rows } = await sql<Row>`select * from health.grade where pack = ${pack} order by nth desc`.execute(work.db);
  return rows.map(gradedOf);
}

/** What the pack is graded now; undefined when nobody has graded it. */
export async function gradeNow(work: Work, pack: PackCode): Promise<Graded | undefined> {
  const { rows } = await sql<Row>`select * from health.grade where pack = ${pack} order by nth desc limit 1`.execute(
    work.db,
  );
  return rows[0] && gradedOf(rows[0]);
}

export async function addGrade(work: Work, it: Graded): Promise<void> {
  const row = { ...it, evidence: storedEvidence(it.evidence), seen: storedEvidence(it.seen) };
  await insertRows(work.db, 'health.grade', columns, [row]);
}

/** A grade stays as it was: what it is held by now. */
export async function confirm(work: Work, { pack, nth, seen, seenAt, testedAt, keepsBack }: Graded): Promise<void> {
  await sql`update health.grade set seen = ${JSON.stringify(storedEvidence(seen))}::jsonb,
    seen_at = ${seenAt?.toString() ?? null}, tested_at = ${testedAt?.toString() ?? null}, keeps_back = ${keepsBack} where pack = ${pack} and nth = ${nth}`.execute(
    work.db,
  );
}

/** Keeps a policy for whoever decides again. @throws Error when another content came under the same version before */
export async function keepPolicy(work: Work, policy: Policy): Promise<void> {
  const body = JSON.stringify(policy);
  await sql`insert into health.grade_policy (version, body) values (${policy.version}, ${body}::jsonb)
    on conflict do nothing`.execute(work.db);
  const { rows } = await sql<{ same: boolean }>`select body = ${body}::jsonb as same from health.grade_policy
    where version = ${policy.version}`.execute(work.db);
  if (!rows[0]?.same)
    throw new Error(`grade policy ${policy.version} was another one before: give the changed one a version of its own`);
}

export async function policiesOf(work: Work, versions: readonly string[]): Promise<Policy[]> {
  const { rows } = await sql<{ body: Policy }>`select body from health.grade_policy
    where version = any(${[...new Set(versions)]}::text[]) order by version`.execute(work.db);
  return rows.map((it) => it.body);
}

/** Grades of all packs in the order of their codes, after one of them. */
export async function gradesAfter(
  work: Work,
  { pack, nth }: { readonly pack: string; readonly nth: number },
  most: number,
): Promise<Graded[]> {
  const { rows } = await sql<Row>`select * from health.grade where (pack, nth) > (${pack}, ${nth}::integer)
    order by pack, nth limit ${most}`.execute(work.db);
  return rows.map(gradedOf);
}
