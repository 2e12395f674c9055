import type { Basis } from './basis.ts';
import { asMeant, type Lived, lessonOf, lessonWithSiblings, type Target } from './lesson.ts';
import { type Candidate, type Member, MOST_ROWS, scoreMember, train } from './member.ts';
import type { Lesson } from './table.ts';

/** Members with their shares of the estimate; shares add up to one. */
export interface Stack {
  readonly members: readonly {
    readonly name: string;
    readonly target: Target;
    readonly share: number;
    readonly model: Member;
  }[];
}

/** The estimate of each row, and how far apart the members are about it (standard deviation by their shares). */
export interface Estimates {
  readonly value: Float64Array;
  readonly apart: Float64Array;
}

/** How good each candidate and the chosen stack were on cells they had not seen: means over cells, shares of nominal capacity. */
export interface Trial {
  readonly name: string;
  readonly rmse: number;
  readonly share: number;
}

export interface Learnt {
  readonly stack: Stack;
  /** For each cell, the estimates by models that had not seen it; NaN where the basis has no anchor and needs one. */
  readonly unseen: readonly Estimates[];
  readonly trials: readonly Trial[];
}

/** Up to so many cells are left out one by one, more in this many parts. */
const FOLDS = 6;
export const foldsOf = (cells: number): readonly number[] =>
  Array.from({ length: cells }, (_, i) => i % Math.min(cells, FOLDS));

/**
 * Trains every candidate on all folds but one, in turns, and blends them by greedy selection with replacement (Caruana et
 * al., ICML 2004) so that the mean over cells of the error on unseen cells is least; then trains what was chosen on all.
 */
export function learn(
  cells: readonly Lived[],
  all: readonly Candidate[],
  progress: (done: number, all: number) => void = () => {},
  siblings: readonly Lived[] = [],
): Learnt {
  const candidates = all.filter((it) => !it.withSiblings || siblings.length > 0);
  const folds = foldsOf(cells.length);
  const many = Math.max(...folds) + 1;
  const unseen: Float64Array[][] = candidates.map(() => cells.map((it) => new Float64Array(it.y.length)));
  for (let fold = 0; fold < many; fold++) {
    const others = cells.filter((_, cell) => folds[cell] !== fold);
    const lesson = lessons(others, siblings);
    candidates.forEach((candidate, which) => {
      const member = train(candidate, lesson(candidate));
      cells.forEach((it, cell) => {
        if (folds[cell] === fold) unseen[which]![cell] = estimateOf(candidate.target, member, it.basis);
      });
      progress(fold * candidates.length + which + 1, many * candidates.length);
    });
  }
  const share = blend(unseen, cells);
  const whole = lessons(cells, siblings);
  const members = candidates.flatMap((candidate, which) =>
    share[which]! > 0
      ? [
          {
            name: candidate.name,
            target: candidate.target,
            share: share[which]!,
            model: train(candidate, whole(candidate)),
          },
        ]
      : [],
  );
  return {
    stack: { members },
    unseen: cells.map((_, cell) =>
      together(
        share,
        unseen.map((it) => it[cell]!),
      ),
    ),
    trials: candidates.map(({ name }, which) => ({
      name,
      rmse: meanError(unseen[which]!, cells),
      share: share[which]!,
    })),
  };
}

/** The lesson that a candidate wants, made once for all that want the same. */
function lessons(cells: readonly Lived[], siblings: readonly Lived[]): (candidate: Candidate) => Lesson {
  const made = new Map<string, Lesson>();
  return ({ target, how, withSiblings }) => {
    const most = MOST_ROWS[how.kind];
    const key = `${target} ${most} ${withSiblings}`;
    const lesson =
      made.get(key) ??
      (withSiblings ? lessonWithSiblings(cells, siblings, target, most) : lessonOf(cells, target, most));
    made.set(key, lesson);
    return lesson;
  };
}

export function estimate({ members }: Stack, basis: Basis): Estimates {
  return together(
    members.map((it) => it.share),
    members.map((it) => estimateOf(it.target, it.model, basis)),
  );
}

function estimateOf(target: Target, model: Member, basis: Basis): Float64Array {
  return scoreMember(model, basis).map((it, i) => asMeant(target, it, basis.anchor[i]!));
}

function together(share: readonly number[], parts: readonly Float64Array[]): Estimates {
  const value = mixed(share, parts);
  const apart = new Float64Array(value.length);
  parts.forEach((part, which) => {
    if (share[which] === 0) return;
    for (let i = 0; i < apart.length; i++) apart[i]! += share[which]! * (part[i]! - value[i]!) ** 2;
  });
  return { value, apart: apart.map(Math.sqrt) };
}

function mixed(share: readonly number[], parts: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(parts[0]!.length);
  parts.forEach((part, which) => {
    if (share[which] !== 0) for (let i = 0; i < out.length; i++) out[i]! += share[which]! * part[i]!;
  });
  return out;
}

const DRAWS = 10;
/** So many times the blend is chosen again, each time without some of the cells; the shares are the means. */
const CHOICES = 12;
const MOST_ROWS_TO_CHOOSE_BY = 6000;

/**
 * Draws the candidate that helps most, again and again; how often it was drawn is its share. With few cells one of them can
 * decide for a candidate that only it likes: so the choice is made many times, each without every n-th cell.
 */
function blend(unseen: readonly (readonly Float64Array[])[], cells: readonly Lived[]): number[] {
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
      const error = meanOverCells(truths, (cell, i) => (sum[cell]![i]! + its[cell]![i]!) / draw);
      if (error < best.error) best = { which, error };
    });
    drawn[best.which]!++;
    sum.forEach((its, cell) => {
      for (let i = 0; i < its.length; i++) its[i]! += unseen[best.which]![cell]![i]!;
    });
  }
  return drawn.map((it) => it / DRAWS);
}

const meanError = (estimates: readonly Float64Array[], cells: readonly Lived[]): number =>
  meanOverCells(
    cells.map((it) => it.y),
    (cell, i) => estimates[cell]![i]!,
  );

/** Root mean square error of each cell, averaged over cells. Rows without label or estimate do not count. */
function meanOverCells(truths: readonly Float64Array[], of: (cell: number, row: number) => number): number {
  let all = 0;
  let counted = 0;
  truths.forEach((y, cell) => {
    let sum = 0;
    let many = 0;
    for (let i = 0; i < y.length; i++) {
      const off = of(cell, i) - y[i]!;
      if (Number.isNaN(off)) continue;
      sum += off * off;
      many++;
    }
    if (many === 0) return;
    all += Math.sqrt(sum / many);
    counted++;
  });
  return all / counted;
}
