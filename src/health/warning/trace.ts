// What a detector remembers of each cell from session to session: what is usual for it, its last scores, and a sum that grows
// while it stays away from what is usual (CUSUM, Page 1954).
import { type Memory, nothing, opened, textOf } from './memory.ts';

/** What a detector makes of one session: one figure an item (a cell, a probe, or the pack), NaN where it abstains. */
export interface Told {
  readonly values: Float64Array;
  /** Of one figure by its noise alone. */
  readonly deviation: number;
  /** Where it was told, such as the charge in percent; figures told far from the usual place are less sure. */
  readonly where?: number;
  /** How far each lies outside of what its neighbours are, in deviations; what is held against k of n when present. */
  readonly outliers?: Float64Array;
  /** The same figures by other readings of this session. */
  readonly again?: { readonly values: Float64Array; readonly deviation: number };
}

/** How a detector remembers. */
export interface Habit {
  /** What is usual follows what is told within so many days. */
  readonly forgetsDays: number;
  /** Which way is bad. */
  readonly bad: 'low' | 'high' | 'both';
  /** Deviations that a session may lie off before the sum grows. */
  readonly allows: number;
  /** By how much a figure's deviation grows with each unit between `where` it was told and where it usually is. */
  readonly driftsBy?: number;
  /** So many sessions of the usual (0) are believed before the first is seen. */
  readonly prior?: number;
  /**
   * Remembers since when each sum grows, and from what: a leak is reckoned from these. And what a session says that reads it
   * twice: when both are far out, one session is enough.
   */
  readonly closely?: true;
}

/** Changed by each session. */
export interface Trace {
  atS: number;
  where: number;
  readonly of: Memory;
}

/** As it is stored. */
export interface KeptTrace {
  readonly atS: number;
  readonly where: number;
  /** A `Memory` of all items, as text. */
  readonly items: string;
}

/** One session adds no more to a sum: however wild a single reading, it takes two to stop a pack. */
export const MOST = 15;
/** Fewer sessions do not tell what is usual. */
const WARM = 4;
/** Of what is usual, as long as few sessions have told it, so many deviations are not held against an item. */
const UNSURE = 2;
const DAY_S = 86_400;

/** A score beyond this tells no more. */
const FARTHEST = 1000;
const capped = (score: number): number => Math.max(-FARTHEST, Math.min(FARTHEST, score));

export const newTrace = (items: number, { closely }: Habit): Trace => ({
  atS: 0,
  where: 0,
  of: nothing(items, closely === true),
});

export const keptTrace = ({ atS, where, of }: Trace): KeptTrace => ({ atS, where, items: textOf(of) });

export const openedTrace = ({ atS, where, items }: KeptTrace, { closely }: Habit): Trace => ({
  atS,
  where,
  of: opened(items, closely === true),
});

/** Adds a session to a trace. Items that abstained stay as they were. */
export function trace(into: Trace, told: Told, atS: number, habit: Habit): void {
  const { values, outliers, again } = told;
  const { seen, usual, newest, older, held, sum, sumFromS, sumFrom, once } = into.of;
  const hold = (item: number, score: number) => {
    held[item] = (habit.closely ? pairOf : middleOf)(capped(score), newest[item]!, older[item]!);
    older[item] = newest[item]!;
    newest[item] = capped(score);
  };
  const isFirst = into.atS === 0;
  const follows = isFirst ? 0 : 1 - Math.exp(-(atS - into.atS) / DAY_S / habit.forgetsDays);
  const off = told.where === undefined || isFirst ? 0 : (habit.driftsBy ?? 0) * (told.where - into.where);
  const deviation = Math.hypot(told.deviation, off);
  const alsoBy = again ? Math.hypot(again.deviation, off) : 0;
  const offBy = (value: number, item: number, by: number): number => {
    const away = (value - usual[item]!) / by;
    return habit.bad === 'low' ? -away : habit.bad === 'both' ? Math.abs(away) : away;
  };
  const prior = habit.prior ?? 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const outside = outliers?.[i] ?? Number.NaN;
    if (!Number.isNaN(outside)) hold(i, outside);
    if (Number.isNaN(value)) continue;
    const known = seen[i]! + prior;
    const unsure = Math.max(1 / known, follows / 2);
    const sure = Math.sqrt(1 + unsure);
    const away = known >= WARM ? offBy(value, i, deviation * sure) : 0;
    if (habit.closely && again && !Number.isNaN(again.values[i]!)) {
      const also = known >= WARM ? offBy(again.values[i]!, i, alsoBy * sure) : 0;
      once[i] = capped(Math.min(away, also));
    }
    const before = sum[i]!;
    sum[i] = Math.max(0, before + Math.min(MOST, away) - habit.allows - UNSURE * Math.sqrt(unsure));
    if (habit.closely && before === 0 && sum[i]! > 0) {
      sumFromS[i] = atS;
      sumFrom[i] = usual[i]!;
    }
    if (!outliers) hold(i, away);
    usual[i]! += Math.max(1 / (known + 1), follows) * (value - usual[i]!);
    if (seen[i]! < 0xffff) seen[i]!++;
  }
  const where = told.where ?? into.where;
  into.where = isFirst ? where : into.where + Math.max(0.02, follows) * (where - into.where);
  into.atS = atS;
}

/** Of three scores, what at least two reach. */
const middleOf = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));

/** In a pair the larger score counts for no more than so much above the lesser: one wild reading does not make a pair. */
const WILD = 3;

/**
 * Of three scores, the most that two of them say together, in deviations: (a + b) / sqrt 2. A leak that grows from session to
 * session is seen in it sooner than in the lesser of the two.
 */
function pairOf(a: number, b: number, c: number): number {
  const pair = (one: number, other: number) => {
    const least = Math.min(one, other);
    return (least + Math.min(Math.max(one, other), least + WILD)) / Math.SQRT2;
  };
  return Math.max(pair(a, b), pair(a, c), pair(b, c));
}
