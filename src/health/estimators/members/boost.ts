import { chance } from '#units';
import { binned } from './bins.ts';
import { bestQuestion } from './question.ts';
import { MOST_DEPTH } from './scoreBoost.ts';
import type { Lesson } from './table.ts';
import { normalised, weightedMean, weightedQuantile } from './weighted.ts';

/**
 * Boosted symmetric trees (each level asks one question of all rows, so a tree of depth d is d questions and a table of 2^d
 * answers). They are grown on histograms: each column is cut into at most 64 bins first. Symmetric trees are stiffer than
 * free ones, which suits few cells with many near-equal rows, and they are scored without a branch.
 */
export interface Boost {
  readonly kind: 'boost';
  readonly columns: readonly string[];
  readonly depth: number;
  readonly base: number;
  /** For each tree, `depth` columns (an index into `columns`) and thresholds: a row above the threshold sets the bit. */
  readonly feature: readonly number[];
  readonly threshold: readonly number[];
  /** For each tree, 2^depth answers, the learning rate already in them. */
  readonly leaf: readonly number[];
}

export interface BoostSettings {
  readonly rounds: number;
  readonly depth: number;
  readonly rate: number;
  /** Weight that pulls each answer to nothing, in rows of mean weight. */
  readonly ridge: number;
  /** Share of the columns that a tree may ask about. */
  readonly columnShare: number;
  /** Squared loss fits the mean; a number in (0, 1) fits that quantile (pinball loss, Koenker & Bassett 1978). */
  readonly loss: 'squared' | number;
  readonly seed: number;
}

/** Grows the trees. @throws RangeError when one may ask more questions than can be asked in one go */
export function growBoost(lesson: Lesson, settings: BoostSettings): Boost {
  const { rows, columns, y } = lesson;
  const { depth, rate } = settings;
  if (depth > MOST_DEPTH) throw new RangeError(`a tree asks at most ${MOST_DEPTH} questions, not ${depth}`);
  const weight = normalised(lesson.weight);
  const { cuts, bin } = binned(lesson);
  const dice = chance(settings.seed);
  const base = settings.loss === 'squared' ? weightedMean(y, weight) : weightedQuantile(y, weight, settings.loss);
  const prediction = new Float64Array(rows).fill(base);
  const gradient = new Float64Array(rows);
  const at = new Uint16Array(rows);
  const feature: number[] = [];
  const threshold: number[] = [];
  const leaf: number[] = [];
  for (let round = 0; round < settings.rounds; round++) {
    for (let i = 0; i < rows; i++) {
      const left = y[i]! - prediction[i]!;
      gradient[i] = weight[i]! * (settings.loss === 'squared' ? left : left > 0 ? settings.loss : settings.loss - 1);
    }
    const usable = columns.map((_, it) => it).filter((it) => cuts[it]!.length > 0);
    const asked = usable.filter(() => dice.next() < settings.columnShare);
    at.fill(0);
    const questions = Array.from({ length: depth }, (_, level) => {
      const best = bestQuestion(
        { bin, cuts, gradient, weight, at, leaves: 1 << level, ridge: settings.ridge, rows },
        asked,
      );
      const column = bin.subarray(best.column * rows, (best.column + 1) * rows);
      for (let i = 0; i < rows; i++) if (column[i]! > best.cut) at[i]! |= 1 << level;
      return { column: best.column, threshold: cuts[best.column]?.[best.cut] ?? Number.MAX_VALUE };
    });
    const answers = answersOf(settings, { y, prediction, weight, gradient, at }).map((it) => it * rate);
    for (let i = 0; i < rows; i++) prediction[i]! += answers[at[i]!]!;
    for (const it of questions) {
      feature.push(it.column);
      threshold.push(it.threshold);
    }
    leaf.push(...answers);
  }
  return { kind: 'boost', columns, depth, base, feature, threshold, leaf };
}

interface Residuals {
  readonly y: Float64Array;
  readonly prediction: Float64Array;
  readonly weight: Float64Array;
  readonly gradient: Float64Array;
  readonly at: Uint16Array;
}

function answersOf({ loss, depth, ridge }: BoostSettings, it: Residuals): number[] {
  const leaves = 1 << depth;
  if (loss === 'squared') {
    const sumG = new Float64Array(leaves);
    const sumW = new Float64Array(leaves);
    for (let i = 0; i < it.at.length; i++) {
      sumG[it.at[i]!]! += it.gradient[i]!;
      sumW[it.at[i]!]! += it.weight[i]!;
    }
    return Array.from(sumG, (g, leaf) => g / (sumW[leaf]! + ridge));
  }
  const members: number[][] = Array.from({ length: leaves }, () => []);
  for (let i = 0; i < it.at.length; i++) members[it.at[i]!]!.push(i);
  return members.map((rows) => {
    const left = Float64Array.from(rows, (i) => it.y[i]! - it.prediction[i]!);
    const weights = Float64Array.from(rows, (i) => it.weight[i]!);
    const sum = weights.reduce((a, b) => a + b, 0);
    return rows.length === 0 ? 0 : (weightedQuantile(left, weights, loss) * sum) / (sum + ridge);
  });
}
