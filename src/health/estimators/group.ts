import { type Basis, basisOfMode } from './basis.ts';
import { calibrate, type Tried } from './calibrate.ts';
import { withoutTests, withTests } from './candidates.ts';
import { type Cell, type Group, MODES, type Mode } from './cells/cycle.ts';
import { filled, learnRange, type Range } from './cells/range.ts';
import { doubt, type Interval } from './interval.ts';
import { judgeOfLife } from './judgeLife.ts';
import { learn, type Trial } from './learn.ts';
import type { Lived } from './lesson.ts';
import { endOfLife, remaining } from './life.ts';
import { type Estimates, estimate, fallingBack, type Stack } from './stack.ts';

/** A stack with its interval, and how its candidates did on cells they had not seen. */
export interface Judge {
  readonly stack: Stack;
  readonly interval: Interval;
  readonly trials: readonly Trial[];
}

/** What was learnt of a group: everything that an estimate needs, and nothing else. */
export interface GroupModel {
  readonly group: Group;
  readonly range: Range;
  /** The state of health at which life ends. */
  readonly end: number;
  /** Of the training cells, for the baselines: mean state of health, and mean life in charges (none when none ended). */
  readonly meanSoh: number;
  readonly meanLife: number | null;
  readonly fadeByLife: readonly number[];
  readonly soh: Readonly<Record<Mode, Judge>>;
  /** Remaining life; null when fewer than FEWEST training cells came to their end. */
  readonly life: Readonly<Record<Mode, Judge | null>>;
}

/** Fewer training cells than this cannot be cross-validated. */
export const FEWEST = 3;
/** With fewer calibration cells than this, the training cells calibrate, too. */
const FEWEST_CALIBRATION = 5;

/**
 * Trains all that a group needs. Everything that is chosen is chosen by leaving out training cells; scales, ranges and
 * intervals come from training and calibration cells alone.
 */
export function trainGroup(
  group: Group,
  cells: {
    readonly train: readonly Cell[];
    readonly calibration: readonly Cell[];
    readonly siblings?: readonly Cell[];
  },
  progress: (share: number) => void = () => {},
): GroupModel {
  const range = learnRange(cells.train);
  const train = cells.train.map((it) => filled(it, range));
  const others = cells.calibration.map((it) => filled(it, range));
  const siblings = siblingsOf(cells.siblings ?? []);
  const end = endOfLife(train);
  const left = train.map((it) => remaining(it, end));
  const ended = left.filter((it) => it.some(Number.isFinite)).length;
  const soh: Partial<Record<Mode, Judge>> = {};
  const life: Partial<Record<Mode, Judge | null>> = {};
  let known = train.map(() => undefined as Float64Array | undefined);
  let knownOthers = others.map(() => undefined as Float64Array | undefined);
  MODES.forEach((mode, step) => {
    const part = (from: number) => (done: number, all: number) => progress((step + from + (0.5 * done) / all) / 3);
    const bases = train.map((cell, i) => basisOfMode(cell, mode, group, known[i]));
    const lived = bases.map((basis, i): Lived => ({ basis, y: train[i]!.soh }));
    const related = siblings.map(
      (cell): Lived => ({
        basis: basisOfMode(cell, mode, group, new Float64Array(cell.rows)),
        y: cell.soh,
      }),
    );
    const learnt = learn(lived, mode === 'none' ? withoutTests : withTests, part(0), related);
    const unseen = learnt.unseen.map((it, i) => fallingBack(it, known[i]));
    const otherBases = others.map((cell, i) => basisOfMode(cell, mode, group, knownOthers[i]));
    const otherEstimates = otherBases.map((basis, i) => fallingBack(estimate(learnt.stack, basis), knownOthers[i]));
    const tried = (basis: Basis, it: Estimates, y: Float64Array): Tried => ({
      doubt: doubt(basis, it.value, it.apart),
      off: y.map((truth, i) => truth - it.value[i]!),
    });
    const fromOthers = otherBases.map((basis, i) => tried(basis, otherEstimates[i]!, others[i]!.soh));
    const fromTrain = bases.map((basis, i) => tried(basis, fallingBack(learnt.unchosen[i]!, known[i]), train[i]!.soh));
    soh[mode] = {
      stack: learnt.stack,
      interval: calibrate(others.length >= FEWEST_CALIBRATION ? fromOthers : [...fromOthers, ...fromTrain]),
      trials: learnt.trials,
    };
    life[mode] = ended < FEWEST ? null : judgeOfLife(bases, unseen, { left, siblings: related, end }, part(0.5));
    known = unseen.map((it) => it.value);
    knownOthers = otherEstimates.map((it) => it.value);
  });
  const lives = left.flatMap((it) => {
    const first = it.findIndex(Number.isFinite);
    return first < 0 ? [] : [first + it[first]!];
  });
  return {
    group,
    range,
    end,
    meanSoh: mean(train.map((it) => mean(Array.from(it.soh).filter(Number.isFinite)))),
    meanLife: lives.length > 0 ? mean(lives) : null,
    fadeByLife: fadeByLife(train),
    soh: soh as Record<Mode, Judge>,
    life: life as Record<Mode, Judge | null>,
  };
}

/** More of them would only cost time. */
const MOST_SIBLINGS = 40;

/** Training cells of other groups, evenly chosen. */
function siblingsOf(cells: readonly Cell[]): readonly Cell[] {
  if (cells.length === 0) return [];
  const range = learnRange(cells);
  const many = Math.min(MOST_SIBLINGS, cells.length);
  return Array.from({ length: many }, (_, i) => filled(cells[Math.floor((i * cells.length) / many)]!, range));
}

/** The mean state of health of the training cells at each hundredth of their lives: a baseline that leaks, and is told so. */
function fadeByLife(cells: readonly Cell[]): readonly number[] {
  return Array.from({ length: 101 }, (_, percent) =>
    mean(
      cells.flatMap(({ soh, rows }) => {
        const value = soh[Math.round((percent / 100) * (rows - 1))]!;
        return Number.isFinite(value) ? [value] : [];
      }),
    ),
  );
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
