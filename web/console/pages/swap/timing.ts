// What is to be seen of a swap's steps: done when, how long against what the profile expects, which was not told. Pure.
import type { swapReads } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';

export type TimedStep = Answer<typeof swapReads.story>['steps'][number];

export type StepLook =
  | { readonly is: 'done'; readonly at: string; readonly tookS: number | null; readonly off: Off | undefined }
  | { readonly is: 'next' }
  | { readonly is: 'skipped' }
  | { readonly is: 'open' };

/** How a step's time compares with what is expected of it. */
export interface Off {
  readonly is: 'late' | 'early' | 'in-time';
  /** Seconds, 0 or more. */
  readonly byS: number;
}

/** Within a fifth of the expected time, and within two seconds, nobody needs to look. */
const TOLERANCE = 0.2;
const TOLERANCE_S = 2;

export function offBy(tookS: number | null, expectedS: number | null): Off | undefined {
  if (tookS === null || expectedS === null) return undefined;
  const byS = Math.abs(tookS - expectedS);
  if (byS <= Math.max(TOLERANCE_S, expectedS * TOLERANCE)) return { is: 'in-time', byS };
  return { is: tookS > expectedS ? 'late' : 'early', byS };
}

/** A step that was not told although a later one was done was skipped by the station, not forgotten by us. */
export function looksOf(steps: readonly TimedStep[], isOver: boolean): StepLook[] {
  const last = steps.findLastIndex((it) => it.at !== null);
  return steps.map(({ at, tookS, expectedS, isNext }, index) => {
    if (at !== null) return { is: 'done', at, tookS, off: offBy(tookS, expectedS) };
    if (index < last) return { is: 'skipped' };
    return { is: isNext && !isOver ? 'next' : 'open' };
  });
}

export const doneOf = (steps: readonly TimedStep[]): number => steps.filter((it) => it.at !== null).length;
