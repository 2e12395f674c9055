// Grading packs of the network: decided, stored, written in the record; one that is out of vehicles is in quarantine.
import { z } from 'zod';
import { event, Refused, type Work } from '#kernel';
import { clear, find, known, type Pack, quarantine } from '#pack';
import { append } from '#record';
import type { PackCode } from '#units';
import { grades } from '../api/grade.ts';
import type { Evidence } from './evidence.ts';
import { type Decision, grade, isKeptBack, type Standing, withLasting } from './grade.ts';
import { gradePolicy, type Policy } from './policy.ts';
import { addGrade, confirm, type Graded, gradeNow, keepPolicy, policiesOf } from './store.ts';

/** A pack has another grade than before, or its first. */
export const packGraded = event('pack.graded', z.object({ code: z.string(), grade: z.enum(grades) }));

/** A pack is not to be handed out any more: whoever it was promised to should get another one. */
export const packKeptBack = event('pack.kept-back', z.object({ code: z.string(), why: z.string() }));

/**
 * Grades a pack by its evidence and keeps what was decided with all that it was decided from. A pack that is good for storage
 * or recycling only goes into quarantine with the grade as the reason; one that a test has brought back comes out of the
 * quarantine that its grade had put it in, and of no other.
 * @throws Refused `pack-unknown`
 */
export async function gradePack(work: Work, code: PackCode, told: Evidence, policy = gradePolicy): Promise<Graded> {
  const pack = (await known(work, [code])).get(code); // locked: nobody else decides about it meanwhile
  if (!pack) throw new Refused('pack-unknown', `There is no pack ${code}`, { code }, 404);
  const had = await gradeNow(work, code);
  const before = had && standingOf(had);
  const evidence = withLasting(policy, told, had?.seen);
  const decision = grade(policy, evidence, before);
  const keepsBack = await keptBack(work, { pack, had, policy, decision });
  if (had && decision.outcome === 'stale') return await confirmed(work, { ...had, keepsBack });
  const seen = {
    seen: evidence,
    seenAt: instantOf(decision.measuredAt),
    testedAt: instantOf(decision.testedAt),
  };
  if (had && decision.outcome === 'kept') return await confirmed(work, { ...had, ...seen, keepsBack });
  await keepPolicy(work, policy);
  const graded: Graded = {
    ...seen,
    pack: code,
    nth: (had?.nth ?? 0) + 1,
    at: work.at,
    grade: decision.grade,
    straddled: decision.straddled,
    policy: policy.version,
    evidence,
    before: before ?? null,
    reasons: decision.reasons,
    keepsBack,
  };
  await addGrade(work, graded);
  await append(work, [{ subject: `pack:${code}`, type: 'pack.graded', body: inRecord(graded) }]);
  work.announce(packGraded, { code, grade: graded.grade });
  return graded;
}

const NOTHING_KNOWN: Evidence = {
  ...{ estimate: null, vetoes: [], resistanceRatio: null, consistency: null, historyKnown: true },
};

/** Something was found on a pack that outweighs whatever it was measured to hold. @throws Refused `pack-unknown` */
export async function vetoPack(work: Work, code: PackCode, vetoes: Evidence['vetoes']): Promise<Graded> {
  const seen = (await gradeNow(work, code))?.seen ?? NOTHING_KNOWN;
  return await gradePack(work, code, { ...seen, vetoes: [...new Set([...seen.vetoes, ...vetoes])] });
}

/**
 * What was found was looked at, and is not so. The pack rises by a capacity test only, which finds no such veto any more.
 * A veto that lasts is lifted only when it is `disproved`: what had measured it was broken.
 */
export async function liftVetoes(
  work: Work,
  code: PackCode,
  vetoes: Evidence['vetoes'],
  { disproved = false } = {},
): Promise<void> {
  const had = await gradeNow(work, code);
  if (!had) return;
  const left = { ...had.seen, vetoes: had.seen.vetoes.filter((it) => !vetoes.includes(it)) };
  await confirm(work, { ...had, seen: disproved ? left : withLasting(gradePolicy, left, had.seen) });
}

async function confirmed(work: Work, it: Graded): Promise<Graded> {
  await confirm(work, it);
  return it;
}

/** What a stored grade is decided from again. @returns whether the same comes out */
export function replayGrade(policy: Policy, it: Graded): boolean {
  const { grade: again, straddled, reasons } = grade(policy, it.evidence, it.before ?? undefined);
  const same = JSON.stringify([again, straddled]) === JSON.stringify([it.grade, it.straddled]);
  return same && policy.version === it.policy && isSameReasons(reasons, it.reasons);
}

const isSameReasons = (ones: Graded['reasons'], others: Graded['reasons']): boolean =>
  ones.length === others.length &&
  ones.every(({ code, facts }, n) => {
    const other = others[n]!;
    // A database keeps the fields of an object in an order of its own.
    return code === other.code && Object.entries(facts).every(([name, value]) => other.facts[name] === value);
  });

/** @throws Refused `graded-out` when the pack's grade keeps it from vehicles, whatever a technician found */
export async function demandNotGradedOut(work: Work, code: PackCode): Promise<void> {
  const now = await gradeNow(work, code);
  const [policy] = now ? await policiesOf(work, [now.policy]) : [];
  if (now && policy && isKeptBack(policy, now))
    throw new Refused(
      'graded-out',
      `Pack ${code} is graded ${now.grade}: a capacity test decides whether vehicles get it again`,
      { code, grade: now.grade },
    );
}

const instantOf = (text: string | null) => (text === null ? null : Temporal.Instant.from(text));

const standingOf = ({ grade, straddled, seenAt, testedAt }: Graded): Standing => ({
  grade,
  straddled,
  measuredAt: seenAt?.toString() ?? null,
  testedAt: testedAt?.toString() ?? null,
});

interface Turn {
  readonly pack: Pack;
  readonly had: Graded | undefined;
  readonly policy: Policy;
  readonly decision: Decision;
}

/** Puts the pack in quarantine, or lets it out again. @returns under which words it is kept back by this grade */
async function keptBack(work: Work, { pack, had, policy, decision }: Turn): Promise<string | null> {
  const { code } = pack;
  const isByGrade = pack.quarantined && !!had?.keepsBack && pack.quarantinedWhy === had.keepsBack;
  if (!isKeptBack(policy, decision)) {
    if (isByGrade) await release(work, code, `graded ${decision.grade}`);
    return null;
  }
  if (isByGrade) return had.keepsBack;
  if (pack.quarantined) return null;
  const why = `graded ${decision.grade} by policy ${policy.version}`;
  await keepBack(work, code, why);
  return why;
}

/** Puts a pack in quarantine, tells its record, and whoever it was promised to. */
export async function keepBack(work: Work, code: PackCode, why: string): Promise<void> {
  await quarantine(work, [{ code, why }]);
  await append(work, [{ subject: `pack:${code}`, type: 'pack.quarantined', body: { why, by: 'health' } }]);
  work.announce(packKeptBack, { code, why });
}

export async function release(work: Work, code: PackCode, finding: string): Promise<void> {
  await clear(work, code);
  await append(work, [{ subject: `pack:${code}`, type: 'pack.cleared', body: { finding, by: 'health' } }]);
}

/** @returns the pack as it is now */
export async function packNow(work: Work, code: PackCode): Promise<Pack> {
  const [pack] = await find(work, [code]);
  if (!pack) throw new Refused('pack-unknown', `There is no pack ${code}`, { code }, 404);
  return pack;
}

function inRecord({ grade, policy, reasons, evidence: { estimate } }: Graded): Record<string, unknown> {
  const measured = estimate && {
    soh: estimate.soh,
    lower: estimate.lower,
    upper: estimate.upper,
    measuredAt: estimate.measuredAt.toString(),
    basis: estimate.basis,
  };
  return { grade, policy, reasons, ...measured };
}
