// What a detector remembers of each cell from session to session: what is usual for it, its last scores, and a sum that grows
// while it stays away from what is usual (CUSUM, Page 1954). Plain arrays, so that it goes through JSON unchanged.

/** What a detector makes of one session: one figure an item (a cell, a probe, or the pack), NaN where it abstains. */
export interface Told {
  readonly values: Float64Array;
  /** Of one figure by its noise alone. */
  readonly deviation: number;
  /** Where it was told, such as the charge in percent; figures told far from the usual place are less sure. */
  readonly where?: number;
  /** How far each lies outside of what its neighbours are, in deviations; what is held against k of n when present. */
  readonly outliers?: Float64Array;
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
}

export interface Trace {
  readonly atS: number;
  readonly where: number;
  /** For each item: sessions seen, what is usual, the last two scores, and what two of the last three sessions said. */
  readonly seen: readonly number[];
  readonly usual: readonly number[];
  readonly newest: readonly number[];
  readonly older: readonly number[];
  readonly held: readonly number[];
  readonly sum: readonly number[];
  /** When each sum last left nothing, and what was told then: from these a leak is reckoned. */
  readonly sumFromS: readonly number[];
  readonly sumFrom: readonly number[];
}

/** One session adds no more to a sum: however wild a single reading, it takes two to stop a pack. */
export const MOST = 15;
/** Fewer sessions do not tell what is usual. */
const WARM = 4;
/** Of what is usual, as long as few sessions have told it, so many deviations are not held against an item. */
const UNSURE = 2;
const DAY_S = 86_400;

export function newTrace(items: number): Trace {
  const none = () => new Array<number>(items).fill(0);
  return {
    atS: 0,
    where: 0,
    seen: none(),
    usual: none(),
    newest: none(),
    older: none(),
    held: none(),
    sum: none(),
    sumFromS: none(),
    sumFrom: none(),
  };
}

/** The trace after a session. Items that abstained stay as they were. */
export function traced(trace: Trace, told: Told, atS: number, habit: Habit): Trace {
  const { values, outliers } = told;
  const seen = trace.seen.slice();
  const usual = trace.usual.slice();
  const newest = trace.newest.slice();
  const older = trace.older.slice();
  const held = trace.held.slice();
  const hold = (item: number, score: number) => {
    held[item] = middleOf(score, newest[item]!, older[item]!);
    older[item] = newest[item]!;
    newest[item] = score;
  };
  const sum = trace.sum.slice();
  const sumFromS = trace.sumFromS.slice();
  const sumFrom = trace.sumFrom.slice();
  const isFirst = trace.atS === 0;
  const follows = isFirst ? 0 : 1 - Math.exp(-(atS - trace.atS) / DAY_S / habit.forgetsDays);
  const off = told.where === undefined || isFirst ? 0 : (habit.driftsBy ?? 0) * (told.where - trace.where);
  const deviation = Math.hypot(told.deviation, off);
  const prior = habit.prior ?? 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const outside = outliers?.[i] ?? Number.NaN;
    if (!Number.isNaN(outside)) hold(i, outside);
    if (Number.isNaN(value)) continue;
    const known = seen[i]! + prior;
    const unsure = Math.max(1 / known, follows / 2);
    let away = 0;
    if (known >= WARM) {
      away = (value - usual[i]!) / (deviation * Math.sqrt(1 + unsure));
      if (habit.bad === 'low') away = -away;
      else if (habit.bad === 'both') away = Math.abs(away);
    }
    const before = sum[i]!;
    sum[i] = Math.max(0, before + Math.min(MOST, away) - habit.allows - UNSURE * Math.sqrt(unsure));
    if (before === 0 && sum[i]! > 0) {
      sumFromS[i] = atS;
      sumFrom[i] = usual[i]!;
    }
    if (!outliers) hold(i, away);
    usual[i]! += Math.max(1 / (known + 1), follows) * (value - usual[i]!);
    seen[i]!++;
  }
  const where = told.where ?? trace.where;
  return {
    atS,
    where: isFirst ? where : trace.where + Math.max(0.02, follows) * (where - trace.where),
    seen,
    usual,
    newest,
    older,
    held,
    sum,
    sumFromS,
    sumFrom,
  };
}

/** Of three scores, what at least two reach. */
const middleOf = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
