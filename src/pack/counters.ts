// What a pack's own electronics count over its life: only they are with it on the road. A station reads them when the pack comes in.
import type { Instant, PackCode, StationId } from '#units';

/** Since it was made. Minutes outside the temperatures its maker calls extreme; times it went below or above what its maker allows. */
export const counts = [
  'hotMinutes',
  'coldMinutes',
  'hotChargingMinutes',
  'coldChargingMinutes',
  'deepDischarges',
  'overcharges',
] as const;

/** What it can do now, as it weighs itself: percent that comes out again of what went in, W at half charge. */
export const abilities = ['efficiencyPercent', 'powerW'] as const;

export type Counter = (typeof counts)[number] | (typeof abilities)[number];

/** What was read; a pack that does not know something does not tell it. */
export type Counters = { readonly [it in Counter]?: number };

export interface CountersRead {
  readonly code: PackCode;
  readonly stationId: StationId;
  readonly at: Instant;
  readonly counters: Counters;
}

export type Judgement =
  | { readonly is: 'news' }
  /** Nothing that anybody would want to know. */
  | { readonly is: 'same' }
  | { readonly is: 'strange'; readonly counter: Counter; readonly why: 'backwards' | 'too-fast' | 'no-count' };

/** Clocks of stations differ by so much. */
const SLACK_MINUTES = 15;
/** Smaller changes of what a pack can do are noise: percent, and share of its power. */
const EFFICIENCY_STEP = 0.5;
const POWER_STEP = 0.02;

/**
 * A count never falls, and no pack is hot for longer than time has passed.
 * @param before what was taken of it last; of a pack of which nothing was, since when it exists and no counts
 */
export function judgeCounters(before: Pick<CountersRead, 'at' | 'counters'>, now: CountersRead): Judgement {
  const { counters } = now;
  const told = [...counts, ...abilities].filter((it) => counters[it] !== undefined);
  for (const it of told) {
    const value = counters[it]!;
    const isCount = (counts as readonly string[]).includes(it);
    const most = it === 'efficiencyPercent' ? 100 : Number.MAX_SAFE_INTEGER;
    if (!(value >= 0 && value <= most) || (isCount && !Number.isInteger(value)))
      return { is: 'strange', counter: it, why: 'no-count' };
  }
  const passed = now.at.since(before.at).total('minutes');
  for (const it of counts) {
    const [was, is] = [before.counters[it] ?? 0, counters[it]];
    if (is === undefined) continue;
    if (is < was) return { is: 'strange', counter: it, why: 'backwards' };
    if (it.endsWith('Minutes') && is - was > passed + SLACK_MINUTES)
      return { is: 'strange', counter: it, why: 'too-fast' };
  }
  return told.some((it) => isNews(it, before.counters[it], counters[it]!)) ? { is: 'news' } : { is: 'same' };
}

function isNews(counter: Counter, was: number | undefined, is: number): boolean {
  if (was === undefined) return true;
  if (counter === 'efficiencyPercent') return Math.abs(is - was) >= EFFICIENCY_STEP;
  if (counter === 'powerW') return Math.abs(is - was) >= POWER_STEP * was;
  return is !== was;
}
