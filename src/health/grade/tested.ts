// What capacity tests have measured, for those who estimate between them.
import type { Work } from '#kernel';
import type { Instant, PackCode } from '#units';
import { courseOf } from './capacityTest.ts';
import { lastDone } from './test-store.ts';

/** A state of health as it was measured, in percent of what the pack held when new, with its band of 90 %. */
export interface Tested {
  readonly at: Instant;
  readonly soh: number;
  readonly lower: number;
  readonly upper: number;
}

/** What the newest capacity test of a pack measured that ended until an instant. */
export async function testedUntil(work: Work, code: PackCode, until: Instant): Promise<Tested | undefined> {
  const test = await lastDone(work, code, until);
  if (!test?.endedAt) return undefined;
  const course = courseOf(
    test,
    test.steps.map((it) => it.measured),
  );
  if (course.state !== 'done') return undefined;
  const { soh, lower, upper } = course.result;
  return { at: test.endedAt, soh, lower, upper };
}
