// What the last check of all invariants found, as files. The check itself is the roof's: it is handed in.

import type { z } from 'zod';
import { type Finding, Refused, type Work } from '#kernel';
import type { Instant } from '#units';
import type { auditedChain } from '../api.ts';
import { atOnce, type Listing } from '../listing.ts';

export interface AuditDone {
  readonly id: string;
  readonly at: Instant;
  readonly askedBy: string;
  readonly clean: boolean;
  readonly tookMs: number;
  readonly findings: readonly Finding[];
  readonly chain: AuditedChain | null;
}

/** What the check says of the chain beside its findings: why nothing was asked, or what was seen there. */
type AuditedChain = z.input<typeof auditedChain>;

export type LastAudit = (work: Work) => Promise<AuditDone | undefined>;

/** @throws Refused `never-audited` */
export async function theLastAudit(work: Work, lastAudit: LastAudit): Promise<AuditDone> {
  const done = await lastAudit(work);
  if (!done) throw new Refused('never-audited', 'Nobody has checked the books yet: POST /v1/audit', {}, 404);
  return done;
}

interface Checked extends Finding {
  readonly at: Instant;
}

/** Every invariant, and whether it held. */
export const invariantListing = (lastAudit: LastAudit): Listing<unknown, Checked> =>
  atOnce(
    (work) => checked(work, lastAudit),
    (it) => it.id,
    [
      { name: 'id', kind: 'text', of: (it) => it.id },
      { name: 'sentence', kind: 'text', of: (it) => it.sentence },
      { name: 'broken', kind: 'yes-no', of: (it) => it.violations.length > 0 },
      { name: 'violations', kind: 'whole', of: (it) => it.violations.length },
      { name: 'took_ms', kind: 'whole', of: (it) => it.tookMs },
      { name: 'checked_at', kind: 'instant', of: (it) => it.at },
    ],
  );

interface Violation {
  readonly finding: Checked;
  readonly no: number;
  readonly row: object;
}

/** What breaks an invariant, row by row as the check kept them; each invariant has columns of its own, so a row is JSON. */
export const violationListing = (lastAudit: LastAudit): Listing<unknown, Violation> =>
  atOnce(
    async (work) =>
      (await checked(work, lastAudit)).flatMap((finding) =>
        finding.violations.map((row, n): Violation => ({ finding, no: n + 1, row })),
      ),
    (it) => `${it.finding.id}/${it.no}`,
    [
      { name: 'invariant', kind: 'text', of: (it) => it.finding.id },
      { name: 'sentence', kind: 'text', of: (it) => it.finding.sentence },
      { name: 'no', kind: 'whole', of: (it) => it.no },
      { name: 'row', kind: 'text', of: (it) => JSON.stringify(it.row) },
      { name: 'checked_at', kind: 'instant', of: (it) => it.finding.at },
    ],
  );

async function checked(work: Work, lastAudit: LastAudit): Promise<Checked[]> {
  const { at, findings } = await theLastAudit(work, lastAudit);
  return findings.map((it) => ({ ...it, at }));
}
