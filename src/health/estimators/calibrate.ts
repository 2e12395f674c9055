import type { Basis } from './basis.ts';
import { type Interval, LEVEL } from './interval.ts';
import { foldsOf } from './learn.ts';
import { type Lived, lessonOf } from './lesson.ts';
import { type Candidate, type Member, scoreMember, train } from './members/member.ts';

/** What is known of a cell whose estimates are by models that had not seen it. */
export interface Tried {
  readonly doubt: Basis;
  /** Truth minus estimate; NaN where either is unknown. */
  readonly off: Float64Array;
}

/**
 * Learns the spread and calibrates the factor on the same cells, each cell's spread by a model that had not seen it
 * (cross-conformal: Barber et al., Ann. Stat. 49:486, 2021); keeps the kind of spread whose intervals are the best by
 * the score of Winkler (JASA 67:187, 1972), and a constant width if nothing beats it.
 */
export function calibrate(cells: readonly Tried[]): Interval {
  const lived = cells.map(({ doubt, off }): Lived => ({ basis: doubt, y: off.map(Math.abs) }));
  const middle = typicalSize(lived);
  const folds = foldsOf(cells.length);
  const tried = spreadsOf(lived[0]!.basis.columns).map((candidate) => {
    const unseen = cells.map((it) => new Float64Array(it.off.length) as Float64Array);
    for (let fold = 0; fold <= Math.max(...folds); fold++) {
      const member = trainSpread(
        candidate,
        lived.filter((_, cell) => folds[cell] !== fold),
      );
      lived.forEach((it, cell) => {
        if (folds[cell] === fold) unseen[cell] = scoreMember(member, it.basis).map((v) => Math.max(v, middle / 3));
      });
    }
    const factor = factorFor(lived, unseen);
    return { candidate, unseen, factor, score: winkler(lived, unseen, factor) };
  });
  const best = tried.reduce((a, b) => (b.score < a.score ? b : a));
  const covers = lived.map((it, cell) => coverage(it.y, best.unseen[cell]!, best.factor));
  return {
    spread: trainSpread(best.candidate, lived),
    least: middle / 3,
    factor: best.factor,
    cells: cells.length,
    covered: { mean: mean(covers.filter(Number.isFinite)), worst: Math.min(...covers.filter(Number.isFinite)) },
  };
}

/** A quantile of the size of the error, by pinball loss; a line for few cells; or one width for all. */
function spreadsOf(columns: readonly string[]): readonly Candidate[] {
  const quantile = { kind: 'boost', depth: 2, rate: 0.08, ridge: 20, columnShare: 0.7, loss: 0.8, seed: 1 } as const;
  return [
    { name: 'constant', target: 'level', columns: ['constant'], how: { kind: 'ridge', strength: 1 } },
    { name: 'line', target: 'level', columns, how: { kind: 'ridge', strength: 0.3 } },
    { name: 'quantile boost', target: 'level', columns, how: { ...quantile, rounds: 40 } },
  ];
}

const trainSpread = (candidate: Candidate, cells: readonly Lived[]): Member =>
  train(candidate, lessonOf(cells, 'level', 1500));

function typicalSize(cells: readonly Lived[]): number {
  const each = cells.map(({ y }) => mean(Array.from(y).filter(Number.isFinite))).filter(Number.isFinite);
  return mean(each) || 1e-6;
}

/**
 * With fewer cells nothing can promise a level, so more is aimed at; with many, somewhat above the level, for that mends more
 * of the worst cells than it costs. No more: where every cell errs to one side, whatever holds the worst cell holds all
 * charges of nearly all others, too.
 */
const aim = (cells: number): number => Math.min(0.97, LEVEL + (cells < MANY_CELLS ? 0.01 : 0.015) + 0.25 / cells);
const MANY_CELLS = 20;

/** The least factor that covers what is aimed at. */
function factorFor(cells: readonly Lived[], spread: readonly Float64Array[]): number {
  const scores = cells
    .map(({ y }, cell) =>
      y
        .map((off, i) => off / spread[cell]![i]!)
        .filter(Number.isFinite)
        .sort(),
    )
    .filter((it) => it.length > 0);
  const all = scores.flatMap((it) => Array.from(it)).sort((a, b) => a - b);
  const wanted = aim(scores.length);
  let low = 0;
  for (let high = all.length - 1; low < high; ) {
    const between = (low + high) >> 1;
    if (mean(scores.map((its) => shareUpTo(its, all[between]!))) >= wanted) high = between;
    else low = between + 1;
  }
  return all[low] ?? 1;
}

/** Mean width plus what misses cost: 2 / (1 - level) x how far outside, averaged over cells. */
function winkler(cells: readonly Lived[], spread: readonly Float64Array[], factor: number): number {
  const each = cells.map(({ y }, cell) => {
    const scores = y.map((off, i) => {
      const half = factor * spread[cell]![i]!;
      return 2 * half + (2 / (1 - LEVEL)) * Math.max(0, off - half);
    });
    return mean(Array.from(scores).filter(Number.isFinite));
  });
  return mean(each.filter(Number.isFinite));
}

function coverage(off: Float64Array, spread: Float64Array, factor: number): number {
  const known = Array.from(off.keys()).filter((i) => Number.isFinite(off[i]!));
  return known.filter((i) => off[i]! <= factor * spread[i]!).length / known.length;
}

function shareUpTo(sorted: Float64Array, limit: number): number {
  let low = 0;
  for (let high = sorted.length; low < high; ) {
    const between = (low + high) >> 1;
    if (sorted[between]! <= limit) low = between + 1;
    else high = between;
  }
  return low / sorted.length;
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
