import type { Lived } from './lesson.ts';

const DRAWS = 10;
/** So many times the blend is chosen again, each time without some of the cells; the shares are the means. */
const CHOICES = 12;
const MOST_ROWS_TO_CHOOSE_BY = 6000;

/**
 * Draws the candidate that helps most, again and again; how often it was drawn is its share. With few cells one of them can
 * decide for a candidate that only it likes: so the choice is made many times, each without every n-th cell.
 */
export function blend(unseen: readonly (readonly Float64Array[])[], cells: readonly Lived[]): number[] {
  const rows = cells.reduce((sum, it) => sum + it.y.length, 0);
  const every = Math.max(1, Math.floor(rows / MOST_ROWS_TO_CHOOSE_BY));
  const thin = (it: Float64Array) => it.filter((_, i) => i % every === 0);
  const truths = cells.map((it) => thin(it.y));
  const tried = unseen.map((its) => its.map(thin));
  const choices = Math.min(CHOICES, cells.length);
  const share = unseen.map(() => 0);
  for (let choice = 0; choice < choices; choice++) {
    const kept = [...truths.keys()].filter((cell) => cells.length < 4 || cell % choices !== choice);
    const drawn = greedy(
      tried.map((its) => kept.map((cell) => its[cell]!)),
      kept.map((cell) => truths[cell]!),
    );
    drawn.forEach((it, which) => {
      share[which]! += it / choices;
    });
  }
  return withoutCrumbs(share);
}

/** A member with a share below this costs more time than it is worth. */
const CRUMB = 0.04;

function withoutCrumbs(share: readonly number[]): number[] {
  const kept = share.map((it) => (it < CRUMB ? 0 : it));
  const all = kept.reduce((a, b) => a + b, 0);
  return kept.map((it) => it / all);
}

function greedy(unseen: readonly (readonly Float64Array[])[], truths: readonly Float64Array[]): number[] {
  const drawn = unseen.map(() => 0);
  const sum = truths.map((it) => new Float64Array(it.length));
  for (let draw = 1; draw <= DRAWS; draw++) {
    let best = { which: 0, error: Number.POSITIVE_INFINITY };
    unseen.forEach((its, which) => {
      const error = meanError(its, truths, sum, draw);
      if (error < best.error) best = { which, error };
    });
    drawn[best.which]!++;
    sum.forEach((its, cell) => {
      for (let i = 0; i < its.length; i++) its[i]! += unseen[best.which]![cell]![i]!;
    });
  }
  return drawn.map((it) => it / DRAWS);
}

/**
 * Root mean square error of each cell, averaged over cells: of the estimates, or of their mean with those of earlier draws.
 * Rows without label or estimate do not count.
 */
export function meanError(
  estimates: readonly Float64Array[],
  truths: readonly Float64Array[],
  drawnBefore?: readonly Float64Array[],
  draw = 1,
): number {
  let all = 0;
  let counted = 0;
  for (let cell = 0; cell < truths.length; cell++) {
    const [its, y, before] = [estimates[cell]!, truths[cell]!, drawnBefore?.[cell]];
    let sum = 0;
    let many = 0;
    for (let i = 0; i < y.length; i++) {
      const value = before === undefined ? its[i]! : (before[i]! + its[i]!) / draw;
      const off = value - y[i]!;
      if (Number.isNaN(off)) continue;
      sum += off * off;
      many++;
    }
    if (many === 0) continue;
    all += Math.sqrt(sum / many);
    counted++;
  }
  return all / counted;
}
