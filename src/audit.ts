// All invariants of all rooms, and what became of the last check.
import { sql } from 'kysely';
import { enquiryInvariants } from '#enquiry';
import { exchangeInvariants } from '#exchange';
import { chargeInvariants, gradeInvariants, riskInvariants } from '#health';
import { insightInvariants } from '#insight';
import { check, type Finding, type Invariant, insertRows, type Work } from '#kernel';
import { ledgerInvariants } from '#ledger';
import { packInvariants } from '#pack';
import { logInvariants, recordInvariants, type Secret } from '#record';
import { stationInvariants } from '#station';
import { swapInvariants } from '#swap';
import type { Instant } from '#units';
import { type ChainAudit, chainInvariants, checkChain, type Seen } from './auditChain.ts';

/** @param secret of the log: without it what its keys and salts made is not checked */
export const invariantsWith = (secret?: Secret): readonly Invariant[] => [
  ...ledgerInvariants,
  ...recordInvariants,
  ...logInvariants(secret),
  ...packInvariants,
  ...stationInvariants,
  ...chargeInvariants,
  ...gradeInvariants,
  ...riskInvariants,
  ...swapInvariants,
  ...exchangeInvariants,
  ...insightInvariants,
  ...enquiryInvariants,
];

export const allInvariants = invariantsWith();

/** Those that are only asked where there is a chain, too. */
export const allSentences = [...allInvariants, ...chainInvariants({})].map((it) => it.sentence);

export interface Audit {
  readonly id: string;
  readonly at: Instant;
  readonly askedBy: string;
  /** Nothing was found. */
  readonly clean: boolean;
  readonly tookMs: number;
  readonly findings: readonly Finding[];
  /** Null in audits of before chains were asked. */
  readonly chain: ChainAudit | null;
}

interface Auditing {
  readonly invariants?: readonly Invariant[];
  /** What was read from the chain before this work began, where there is one. */
  readonly seen?: Seen | undefined;
}

/** Checks every invariant, each in one query and so on one state of the data, and keeps what it found. */
export async function audit(
  work: Work,
  askedBy: string,
  { invariants = allInvariants, seen }: Auditing = {},
): Promise<Audit> {
  const onChain = await checkChain(work, seen);
  const findings = await check(work, [...invariants, ...onChain.invariants]);
  const clean = findings.every((it) => it.violations.length === 0);
  const tookMs = findings.reduce((sum, it) => sum + it.tookMs, 0);
  const done: Audit = { id: work.newId(), at: work.at, askedBy, clean, tookMs, findings, chain: onChain.chain };
  await insertRows(work.db, 'kernel.audit', columns, [done]);
  for (const { id, sentence, violations } of findings)
    if (violations.length > 0) work.log.error({ invariant: id, violations }, `broken: ${sentence}`);
  return done;
}

const columns = {
  id: 'uuid',
  at: 'timestamptz',
  askedBy: 'text',
  clean: 'boolean',
  tookMs: 'integer',
  findings: 'json',
  chain: 'json',
};

export async function lastAudit(work: Work): Promise<Audit | undefined> {
  const { rows } = await sql<Audit>`select * from kernel.audit order by at desc limit 1`.execute(work.db);
  return rows[0];
}

export const forgetAuditsBefore = (work: Work, at: Instant) =>
  sql`delete from kernel.audit where at < ${at.toString()}`.execute(work.db);
