import { blend, meanError } from './blend.ts';
import { type Lived, lessonOf, lessonWithSiblings } from './lesson.ts';
import { type Candidate, MOST_ROWS, train } from './members/member.ts';
import type { Lesson } from './members/table.ts';
import { type Estimates, estimateOf, type Stack, together } from './stack.ts';

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
  /** The same in shares that were chosen without the cell, too: what an interval is to be calibrated on. */
  readonly unchosen: readonly Estimates[];
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
  // A choice made on the cell itself flatters it: with six cells by a tenth of the error, and intervals would be too narrow.
  const shareWithout = Array.from({ length: many }, (_, fold) => {
    const kept = [...cells.keys()].filter((cell) => folds[cell] !== fold);
    return kept.length < 2
      ? share
      : blend(
          unseen.map((its) => kept.map((cell) => its[cell]!)),
          kept.map((cell) => cells[cell]!),
        );
  });
  const mixed = (shares: readonly number[], cell: number) =>
    together(
      shares,
      unseen.map((it) => it[cell]!),
    );
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
    unseen: cells.map((_, cell) => mixed(share, cell)),
    unchosen: cells.map((_, cell) => mixed(shareWithout[folds[cell]!]!, cell)),
    trials: candidates.map(({ name }, which) => ({
      name,
      rmse: meanError(
        unseen[which]!,
        cells.map((it) => it.y),
      ),
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
