// A residual capacity test of a real pack: begun, told step by step, ended; what comes of it is evidence for a new grade.
import { Refused, type Work } from '#kernel';
import { known, type Pack, packModel, whereAre } from '#pack';
import { append } from '#record';
import type { PackCode } from '#units';
import { demandNoRisk } from '../risk/clear.ts';
import { vetoesOf } from '../risk/stands.ts';
import { standsAgainst } from '../risk/store.ts';
import { type Course, courseOf, type Measured, problemWith, type Subject } from './capacityTest.ts';
import { BY_TEST, type Evidence } from './evidence.ts';
import { inRecord } from './failure.ts';
import { gradePack, keepBack, release } from './gradePack.ts';
import { gradeNow } from './store.ts';
import { addTest, lastTest, type StoredTest, saveTest } from './test-store.ts';

/**
 * Begins a test. The pack is in quarantine until it is over.
 * @throws Refused `pack-unknown`, `pack-on-road`, `test-under-way`, `risk-stands` (nobody charges what early warning stopped)
 */
export async function startTest(work: Work, code: PackCode, by: string): Promise<StoredTest> {
  const pack = await locked(work, code);
  const holder = (await whereAre(work, [code])).get(code);
  if (!holder || holder.startsWith('vehicle:'))
    throw new Refused('pack-on-road', `Pack ${code} is not in a station or a workshop, where it could be tested`, {
      code,
      holder: holder ?? null,
    });
  if ((await lastTest(work, code))?.state === 'under-way')
    throw new Refused('test-under-way', `A capacity test of pack ${code} is under way`, { code });
  await demandNoRisk(work, code);
  const why = pack.quarantined ? null : 'residual capacity test under way';
  if (why) await keepBack(work, code, why);
  const test: StoredTest = {
    id: work.newId(),
    pack: code,
    state: 'under-way',
    startedAt: work.at,
    endedAt: null,
    ...subjectOf(pack),
    steps: [],
    why: null,
    keepsBack: why,
  };
  await addTest(work, test);
  await append(work, [{ subject: `pack:${code}`, type: 'pack.test-started', body: { test: test.id, by } }]);
  return test;
}

/**
 * Takes what was measured in the next step. The last step ends the test and grades the pack.
 * @throws Refused `test-none`, `test-step-wrong` (another step comes next), `test-limit-missed` (do it again)
 */
export async function takeStep(work: Work, code: PackCode, told: Measured, by: string): Promise<StoredTest> {
  const pack = await locked(work, code);
  const test = await underWay(work, code);
  const taken = test.steps.map((it) => it.measured);
  const problem = problemWith(test, taken, told, minutesSince(work, test));
  if (problem?.kind === 'order')
    throw new Refused('test-step-wrong', `${told.step}: ${problem.problem}`, { code, step: told.step });
  if (problem)
    throw new Refused(
      'test-limit-missed',
      `${problem.field} ${problem.problem}`,
      { code, issues: [{ field: problem.field, problem: problem.problem }] },
      422,
    );
  const course = courseOf(test, [...taken, told]);
  const steps = [...test.steps, { at: work.at.toString(), measured: told }];
  if (course.state === 'under-way') {
    const on = { ...test, steps };
    await saveTest(work, on);
    return on;
  }
  const over: StoredTest = {
    ...test,
    steps,
    state: course.state,
    endedAt: work.at,
    why: course.state === 'failed' ? inRecord(course.failure) : null,
  };
  await saveTest(work, over);
  await append(work, [{ subject: `pack:${code}`, type: 'pack.tested', body: toldOf(over, course, by) }]);
  await conclude(work, pack, over, course);
  return over;
}

/** Ends a test without a result: the pack stands as before. @throws Refused `test-none` */
export async function abortTest(
  work: Work,
  code: PackCode,
  { why, by }: { why: string; by: string },
): Promise<StoredTest> {
  const pack = await locked(work, code);
  const test = await underWay(work, code);
  const over: StoredTest = { ...test, state: 'aborted', endedAt: work.at, why };
  await saveTest(work, over);
  await append(work, [{ subject: `pack:${code}`, type: 'pack.test-aborted', body: { test: test.id, why, by } }]);
  if (isHeldBy(pack, over)) {
    await release(work, code, 'capacity test aborted');
    const had = await gradeNow(work, code);
    if (had) await gradePack(work, code, had.seen); // it may have been graded out meanwhile, and is then kept back by that
  }
  return over;
}

/** @throws Refused `test-under-way`: what the test found decides, not a technician meanwhile */
export async function demandNoTest(work: Work, code: PackCode): Promise<void> {
  if ((await lastTest(work, code))?.state === 'under-way')
    throw new Refused('test-under-way', `A capacity test of pack ${code} is under way: finish or abort it`, { code });
}

/** What a test of this pack is measured by. */
export function subjectOf({ model, capacityWh }: Pick<Pack, 'model' | 'capacityWh'>): Subject {
  return { ratedWh: capacityWh, chemistry: packModel(model)?.chemistry ?? 'LFP' };
}

const minutesSince = (work: Work, { steps, startedAt }: StoredTest): number =>
  (work.at.epochMilliseconds - Temporal.Instant.from(steps.at(-1)?.at ?? startedAt.toString()).epochMilliseconds) /
  60_000;

/** Makes evidence of what was found and lets the grade decide about the quarantine. */
async function conclude(
  work: Work,
  pack: Pack,
  test: StoredTest,
  course: Exclude<Course, { state: 'under-way' }>,
): Promise<void> {
  const stands = await standsAgainst(work, pack.code); // it may have been stopped meanwhile
  const evidence = evidenceFrom(work, test, course, {
    before: (await gradeNow(work, pack.code))?.seen,
    stopped: stands?.level === 'stop' ? vetoesOf(stands) : [],
  });
  const isHeld = isHeldBy(pack, test);
  if (isHeld) await release(work, pack.code, 'capacity test over');
  if (isHeld && stands?.level === 'stop')
    await keepBack(work, pack.code, 'early warning stopped it while its capacity was tested');
  if (evidence) await gradePack(work, pack.code, evidence);
  // For somebody to look at: three capacities that disagree are no good sign.
  else if (isHeld && stands?.level !== 'stop')
    await keepBack(work, pack.code, 'a residual capacity test settled nothing');
}

/** What of the evidence before still holds, with what the test has seen for itself. */
function evidenceFrom(
  work: Work,
  test: StoredTest,
  course: Exclude<Course, { state: 'under-way' }>,
  { before, stopped }: { readonly before: Evidence | undefined; readonly stopped: Evidence['vetoes'] },
): Evidence | undefined {
  if (course.state === 'failed' && course.vetoes.length === 0) return undefined;
  const look = test.steps.map((it) => it.measured).find((it) => it.step === 'look');
  const notSeenHere = before?.vetoes.filter((it) => it === 'thermal-runaway' || it === 'internal-short') ?? [];
  const found = course.state === 'failed' ? course.vetoes : [];
  return {
    estimate:
      course.state === 'done'
        ? {
            soh: course.result.soh,
            lower: course.result.lower,
            upper: course.result.upper,
            level: 90,
            measuredAt: work.at,
            basis: BY_TEST,
          }
        : (before?.estimate ?? null),
    vetoes: [...new Set([...notSeenHere, ...stopped, ...found])],
    resistanceRatio: before?.resistanceRatio ?? null,
    consistency: before?.consistency ?? null,
    historyKnown: look?.step === 'look' ? look.historyKnown : (before?.historyKnown ?? false),
  };
}

const isHeldBy = (pack: Pack, { keepsBack }: StoredTest): boolean =>
  pack.quarantined && keepsBack !== null && pack.quarantinedWhy === keepsBack;

async function locked(work: Work, code: PackCode): Promise<Pack> {
  const pack = (await known(work, [code])).get(code);
  if (!pack) throw new Refused('pack-unknown', `There is no pack ${code}`, { code }, 404);
  return pack;
}

async function underWay(work: Work, code: PackCode): Promise<StoredTest> {
  const test = await lastTest(work, code);
  if (test?.state !== 'under-way')
    throw new Refused('test-none', `No capacity test of pack ${code} is under way: begin one`, { code });
  return test;
}

function toldOf(test: StoredTest, course: Course, by: string): Record<string, unknown> {
  const found =
    course.state === 'done'
      ? { soh: course.result.soh, wh: Math.round(course.result.meanWh) }
      : { why: test.why, ...(course.state === 'failed' && { failure: course.failure, vetoes: course.vetoes }) };
  return { test: test.id, state: test.state, ...found, by };
}
