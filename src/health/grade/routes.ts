import { type Door, Refused, serve, type Work } from '#kernel';
import type { Reach } from '#kernel/api';
import type { Pack } from '#pack';
import type { PackCode } from '#units';
import { gradeApi } from '../api/grade.ts';
import { capacitiesIn, courseOf, LIMITS } from './capacityTest.ts';
import { inRecord } from './failure.ts';
import { packNow } from './gradePack.ts';
import { abortTest, startTest, subjectOf, takeStep } from './runTest.ts';
import { gradesOf, policiesOf } from './store.ts';
import { lastTest, type StoredTest } from './test-store.ts';

/** Those of these packs that a caller reaches: by title, custody and stations. */
export type PacksReached = (work: Work, reach: Reach, codes: readonly PackCode[]) => Promise<Set<PackCode>>;

/** What lies beyond reach is not there. @throws Refused `pack-unknown` */
export async function reachedPack(
  work: Work,
  packsReached: PacksReached,
  { code, reach }: { readonly code: PackCode; readonly reach: Reach },
): Promise<Pack> {
  if (!(reach.all || (await packsReached(work, reach, [code])).has(code)))
    throw new Refused('pack-unknown', `There is no pack ${code}`, { code }, 404);
  return await packNow(work, code);
}

export const gradeRoutes = (door: Door, packsReached: PacksReached): void => {
  const the = (work: Work, code: PackCode, reach: Reach): Promise<Pack> =>
    reachedPack(work, packsReached, { code, reach });
  serve(door, gradeApi, {
    grades: async (work, { params: { code }, reach }) => {
      await the(work, code, reach);
      const grades = await gradesOf(work, code);
      const items = grades.map(({ grade, at, policy, reasons, evidence, seenAt }) => ({
        ...{ grade, at, policy, evidence },
        reasons: [...reasons],
        confirmedAt: seenAt,
      }));
      const policies = await policiesOf(
        work,
        items.map((it) => it.policy),
      );
      return { code, items, policies };
    },
    capacityTest: async (work, { params: { code }, reach }) => {
      const { ratedWh, chemistry } = subjectOf(await the(work, code, reach));
      const test = await lastTest(work, code);
      const { cellV, roundedMinutes: _, ...limits } = LIMITS;
      return {
        code,
        ratedWh: ratedWh as Pack['capacityWh'],
        limits: { ...limits, cellV: cellV[chemistry] },
        test: test ? shown(test) : null,
      };
    },
    startTest: async (work, { params: { code }, caller, reach }) => {
      await the(work, code, reach);
      return shown(await startTest(work, code, caller.name));
    },
    takeStep: async (work, { params: { code }, body: { measured }, caller, reach }) => {
      await the(work, code, reach);
      return shown(await takeStep(work, code, measured, caller.name));
    },
    abortTest: async (work, { params: { code }, body: { why }, caller, reach }) => {
      await the(work, code, reach);
      return shown(await abortTest(work, code, { why, by: caller.name }));
    },
  });
};

function shown(test: StoredTest) {
  const { id, state, startedAt, endedAt, why } = test;
  const measured = test.steps.map((it) => it.measured);
  const course = courseOf(test, measured);
  return {
    ...{ id, state, startedAt, endedAt, why },
    next: state === 'under-way' && course.state === 'under-way' ? course.next : null,
    round: course.round,
    steps: test.steps.map((it) => ({ at: Temporal.Instant.from(it.at), measured: it.measured })),
    capacitiesWh: capacitiesIn(measured) as Pack['capacityWh'][],
    failure: course.state === 'failed' && inRecord(course.failure) === why ? course.failure : null,
    result: course.state === 'done' ? course.result : null,
  };
}
