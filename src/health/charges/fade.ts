// Whether a pack has just begun to fade faster than its kind, by what its charges said of it. Pure.
import type { Instant } from '#units';
import { fadesTooFast, knee, type Trend, trend } from '../estimators/course.ts';
import { usualLoss, type Worn } from './life.ts';

/** So many charges are looked at. */
export const FADE_OVER = 120;

export interface Fade {
  readonly kind: 'fast' | 'knee';
  /** Percent points of state of health lost in a hundred charges now, and what packs of its kind, age and use lose. */
  readonly lossPer100: number;
  readonly usualPer100: number;
}

type Estimated = readonly { readonly at: Instant; readonly soh: number }[];

/** So many times the usual loss is too fast; less than this many points in a hundred charges never is. Assumed. */
const TOO_FAST = 2;
const LEAST_PER_100 = 1;
const TREND_OVER = 60;

/**
 * What the newest of these estimates shows that those before it did not: three trends on end above twice the usual loss
 * (`fadesTooFast`), or a knee. Oldest first, in percent of the plate; nothing while there are too few.
 */
export function newFade(course: Estimated, worn: Omit<Worn, 'soh'>): Fade | undefined {
  const now = fadeIn(course, worn);
  return now && !fadeIn(course.slice(0, -1), worn) ? now : undefined;
}

function fadeIn(course: Estimated, worn: Omit<Worn, 'soh'>): Fade | undefined {
  const shares = course.map((it) => it.soh / 100);
  const trends = [2, 1, 0].flatMap((ago) => trend(shares.slice(0, shares.length - ago)) ?? []);
  const now = trends.at(-1);
  if (!now) return undefined;
  const usual = usualPer100(course, worn, now);
  const runsAway = knee(shares);
  const loss = runsAway ? 1e4 * runsAway.after : now.lossPer100;
  const fade = { lossPer100: tenth(loss), usualPer100: tenth(usual) };
  const limit = Math.max(LEAST_PER_100, TOO_FAST * usual);
  if (runsAway && loss > limit) return { kind: 'knee', ...fade };
  return fadesTooFast(trends, limit) ? { kind: 'fast', ...fade } : undefined;
}

function usualPer100(course: Estimated, worn: Omit<Worn, 'soh'>, { charges }: Trend): number {
  const from = course.at(-Math.min(charges, TREND_OVER))!.at;
  const days = (course.at(-1)!.at.epochMilliseconds - from.epochMilliseconds) / 86_400_000;
  return (100 * usualLoss(worn, days)) / charges;
}

const tenth = (it: number): number => Math.round(it * 10) / 10;
