// What a pack is good for: vetoes first, then what the lower bound of its SoH proves. Pure.
import { BY_TEST, type Estimate, type Evidence, type Grade, type Reason, type VetoKind } from './evidence.ts';
import type { Policy, Use } from './policy.ts';

/** The grade that a pack has when it is graded again. */
export interface Standing {
  readonly grade: Grade;
  /** Of `test-required`: the limit that the interval lay across, in percent. */
  readonly straddled: number | null;
  /** Of the newest estimate that it stands on, in ISO 8601. */
  readonly measuredAt: string | null;
  /** Of the newest capacity test it stands on. */
  readonly testedAt: string | null;
}

export interface Decision extends Standing {
  /** `stale`: nothing newer was measured, and so nothing changes. */
  readonly outcome: 'first' | 'changed' | 'kept' | 'stale';
  readonly reasons: readonly Reason[];
  readonly policyVersion: string;
}

type Verdict = Pick<Decision, 'grade' | 'straddled' | 'reasons'>;

/**
 * Grades a pack (health.md 6.6). A veto always wins. Else the interval of 90 % decides: its lower bound proves a use; where it
 * lies across a limit a capacity test is due, and after such a test the lower bound alone decides. A pack that has a grade
 * changes it only when the bound passes the limit by the policy's margin, only by a newer measurement, and rises from
 * storage, recycling or quarantine only by a capacity test.
 */
export function grade(policy: Policy, evidence: Evidence, before?: Standing): Decision {
  const { estimate } = evidence;
  const vetoed = vetoIn(policy, evidence);
  const isNewer = isNewerThan(estimate, before);
  const measuredAt = isNewer ? (estimate?.measuredAt.toString() ?? null) : (before?.measuredAt ?? null);
  const decided = (verdict: Verdict): Decision => ({
    ...verdict,
    measuredAt,
    testedAt: isNewer && estimate?.basis === BY_TEST ? measuredAt : (before?.testedAt ?? null),
    policyVersion: policy.version,
    outcome: !before ? 'first' : !isSame(verdict, before) ? 'changed' : isNewer || vetoed ? 'kept' : 'stale',
  });
  if (vetoed) return decided(vetoed);
  if (before && !isNewer) return decided({ ...before, reasons: [{ code: 'nothing-new', facts: {} }] });
  if (!estimate)
    return decided({ grade: 'test-required', straddled: null, reasons: [{ code: 'no-estimate', facts: {} }] });
  const proved = provedBy(policy, evidence, estimate, before);
  if (before && needsTest(before) && rank(policy, proved) > rank(policy, before) && estimate.basis !== BY_TEST)
    return decided({
      grade: before.grade,
      straddled: before.straddled,
      reasons: [...proved.reasons, { code: 'rise-needs-test', facts: { to: proved.grade } }],
    });
  return decided(proved);
}

/** Evidence with what was found earlier and stands for ever: an estimator need not know of the alarms of last year. */
export function withLasting({ vetoes }: Policy, evidence: Evidence, earlier: Evidence | undefined): Evidence {
  const lasting = new Set<string>(vetoes.filter((it) => it.lasting).map((it) => it.kind));
  const stands = earlier?.vetoes.filter((it) => lasting.has(it) && !evidence.vetoes.includes(it)) ?? [];
  return stands.length === 0 ? evidence : { ...evidence, vetoes: [...evidence.vetoes, ...stands] };
}

/** Whether a pack of this standing is not handed out to vehicles any more. One that only needs a test still is. */
export const isKeptBack = (policy: Policy, { grade, straddled }: Pick<Standing, 'grade' | 'straddled'>): boolean =>
  grade === 'test-required' ? straddled !== null && straddled < policy.uses[0]!.leastSoh : grade !== 'vehicle';

function isNewerThan(estimate: Estimate | null, before: Standing | undefined): boolean {
  if (!before) return true;
  if (!estimate) return false;
  return (
    before.measuredAt === null ||
    Temporal.Instant.compare(estimate.measuredAt, Temporal.Instant.from(before.measuredAt)) > 0
  );
}

const isSame = (one: Verdict, other: Standing) => one.grade === other.grade && one.straddled === other.straddled;

/** The harshest of the vetoes, with all of them as reasons. */
function vetoIn(policy: Policy, evidence: Evidence): Verdict | undefined {
  const stands = (kind: VetoKind, moreThanRatio: number | undefined): boolean => {
    if (kind === 'resistance') return evidence.resistanceRatio !== null && evidence.resistanceRatio > moreThanRatio!;
    if (kind === 'unknown-history') return !evidence.historyKnown;
    return evidence.vetoes.includes(kind);
  };
  const found = policy.vetoes.filter((it) => stands(it.kind, it.moreThanRatio));
  if (found.length === 0) return undefined;
  return {
    grade: found.some((it) => it.leadsTo === 'recycle') ? 'recycle' : 'quarantine',
    straddled: null,
    reasons: found.map(({ kind, leadsTo }) => ({
      code: 'veto',
      facts: {
        veto: kind,
        leadsTo,
        ...(kind === 'resistance' && { ratio: evidence.resistanceRatio! }),
      },
    })),
  };
}

/** The first use that the interval proves, or across whose limit it lies. */
function provedBy(policy: Policy, evidence: Evidence, estimate: Estimate, before: Standing | undefined): Verdict {
  const { lower, upper, basis } = estimate;
  const reasons: Reason[] = [];
  for (const use of policy.uses) {
    const unfit = unfitFor(use, evidence);
    if (unfit.length > 0) {
      reasons.push(...unfit);
      continue;
    }
    const { toProve, toDoubt } = limitsOf(policy, use, { before, basis });
    const facts = { use: use.grade, lower, upper, limit: use.leastSoh };
    if (lower >= toProve) {
      const code = lower < use.leastSoh ? 'held-by-margin' : 'bound-holds';
      return { grade: use.grade, straddled: null, reasons: [...reasons, { code, facts }] };
    }
    if (upper >= toDoubt && isHeldByTest(policy, use, { estimate, before }))
      return { grade: use.grade, straddled: null, reasons: [...reasons, { code: 'held-by-test', facts }] };
    if (upper >= toDoubt && basis !== BY_TEST)
      return {
        grade: 'test-required',
        straddled: use.leastSoh,
        reasons: [...reasons, { code: 'straddles', facts }],
      };
    reasons.push({ code: lower < use.leastSoh ? 'bound-below' : 'short-of-margin', facts: { ...facts, toProve } });
  }
  return { grade: 'recycle', straddled: null, reasons };
}

/** A test has proved this use of late, and the estimate does not say otherwise. */
function isHeldByTest(
  { testHoldsDays }: Policy,
  use: Use,
  { estimate, before }: { estimate: Estimate; before: Standing | undefined },
): boolean {
  if (before?.grade !== use.grade || !before.testedAt || estimate.basis === BY_TEST) return false;
  const age = estimate.measuredAt.epochMilliseconds - Temporal.Instant.from(before.testedAt).epochMilliseconds;
  return age <= testHoldsDays * 86_400_000;
}

function unfitFor({ grade, mostSpread, mostResistanceRatio }: Use, evidence: Evidence): Reason[] {
  const { consistency, resistanceRatio } = evidence;
  return [
    ...(consistency !== null && consistency > mostSpread
      ? [{ code: 'spread-large' as const, facts: { use: grade, spread: consistency, most: mostSpread } }]
      : []),
    ...(resistanceRatio !== null && resistanceRatio > mostResistanceRatio
      ? [{ code: 'resistance-high' as const, facts: { use: grade, ratio: resistanceRatio, most: mostResistanceRatio } }]
      : []),
  ];
}

/** What the lower bound must reach to prove a use, and the upper one to leave it in doubt, given the grade before. */
function limitsOf(
  { marginPoints, uses }: Policy,
  { grade, leastSoh }: Use,
  { before, basis }: { before: Standing | undefined; basis: string },
): { toProve: number; toDoubt: number } {
  if (!before) return { toProve: leastSoh, toDoubt: leastSoh };
  if (before.grade === 'test-required') {
    // The test that was asked for settles it at the limit itself.
    if (basis === BY_TEST || before.straddled === null) return { toProve: leastSoh, toDoubt: leastSoh };
    if (before.straddled === leastSoh) return { toProve: leastSoh + marginPoints, toDoubt: leastSoh - marginPoints };
    const side = before.straddled > leastSoh ? leastSoh - marginPoints : leastSoh + marginPoints;
    return { toProve: side, toDoubt: side };
  }
  const had = uses.findIndex((it) => it.grade === before.grade);
  const isBelow = had === -1 || had > uses.findIndex((it) => it.grade === grade);
  const limit = isBelow ? leastSoh + marginPoints : leastSoh - marginPoints;
  return { toProve: limit, toDoubt: limit };
}

/** Out of vehicles for good unless a test says otherwise. */
const needsTest = ({ grade }: Standing): boolean =>
  grade === 'storage' || grade === 'recycle' || grade === 'quarantine';

/** How much may be done with it: doubt about a use stands just below that use. */
function rank({ uses }: Policy, { grade, straddled }: Pick<Standing, 'grade' | 'straddled'>): number {
  const [vehicle] = uses;
  if (grade === 'vehicle') return 4;
  if (grade === 'storage') return 2;
  if (grade === 'test-required') return straddled === null || straddled === vehicle!.leastSoh ? 3 : 1;
  return 0;
}
