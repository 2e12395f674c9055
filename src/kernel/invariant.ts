import { type RawBuilder, sql } from 'kysely';
import type { Work } from './work.ts';

/** A sentence that must hold for the whole database at any instant, with the query that finds what breaks it. */
export interface Invariant {
  /** `ledger.balanced` */
  readonly id: string;
  /** `In every unit and asset, what was debited was credited` */
  readonly sentence: string;
  /** Selects one row for each violation; the row's fields are shown to the operator. What SQL cannot tell is found out first. */
  readonly violations: (
    work: Work,
  ) => RawBuilder<Record<string, unknown>> | Promise<RawBuilder<Record<string, unknown>>>;
}

export interface Finding {
  readonly id: string;
  readonly sentence: string;
  readonly violations: readonly Record<string, unknown>[];
  readonly tookMs: number;
}

/** Shows at most this many of the rows that break one invariant. */
const SHOWN = 20;

export async function check(work: Work, invariants: readonly Invariant[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { id, sentence, violations } of invariants) {
    const started = performance.now();
    const query = await violations(work);
    const { rows } = await sql<Record<string, unknown>>`select * from (${query}) v limit ${SHOWN}`.execute(work.db);
    findings.push({ id, sentence, violations: rows, tookMs: Math.round(performance.now() - started) });
  }
  return findings;
}
