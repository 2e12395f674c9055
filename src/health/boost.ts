import { chance } from '#units';
import type { Lesson, Table } from './table.ts';

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

const BINS = 64;

/** Grows the trees. */
export function growBoost(lesson: Lesson, settings: BoostSettings): Boost {
  const { rows, columns, y } = lesson;
  const { depth, rate } = settings;
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

interface Level {
  readonly bin: Uint8Array;
  readonly cuts: readonly Float64Array[];
  readonly gradient: Float64Array;
  readonly weight: Float64Array;
  readonly at: Uint16Array;
  readonly leaves: number;
  readonly ridge: number;
  readonly rows: number;
}

/** The question that, asked of every leaf, explains most: the largest sum of G^2 / (W + ridge) over the leaves it makes. */
function bestQuestion(level: Level, asked: readonly number[]): { column: number; cut: number } {
  const { bin, cuts, gradient, weight, at, leaves, ridge, rows } = level;
  const sums = new Float64Array(leaves * BINS * 2); // gradient and weight side by side: one line of the cache
  const gain = new Float64Array(BINS);
  let best = { column: asked[0] ?? 0, cut: BINS, gain: Number.NEGATIVE_INFINITY };
  for (const column of asked) {
    sums.fill(0);
    const from = column * rows;
    for (let i = 0; i < rows; i++) {
      const to = (at[i]! * BINS + bin[from + i]!) * 2;
      sums[to]! += gradient[i]!;
      sums[to + 1]! += weight[i]!;
    }
    gain.fill(0);
    const many = cuts[column]!.length;
    for (let leaf = 0; leaf < leaves; leaf++) {
      const first = leaf * BINS * 2;
      let allG = 0;
      let allW = 0;
      for (let b = first; b <= first + 2 * many; b += 2) {
        allG += sums[b]!;
        allW += sums[b + 1]!;
      }
      let lowG = 0;
      let lowW = 0;
      for (let b = 0; b < many; b++) {
        lowG += sums[first + 2 * b]!;
        lowW += sums[first + 2 * b + 1]!;
        const highG = allG - lowG;
        gain[b]! += (lowG * lowG) / (lowW + ridge) + (highG * highG) / (allW - lowW + ridge);
      }
    }
    for (let b = 0; b < many; b++) if (gain[b]! > best.gain) best = { column, cut: b, gain: gain[b]! };
  }
  return best;
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

/** Cuts each column at the quantiles of its values, halfway between neighbours. */
function binned({ x, rows, columns }: Table): { cuts: Float64Array[]; bin: Uint8Array } {
  const bin = new Uint8Array(columns.length * rows);
  const cuts = columns.map((_, column) => {
    const values = x.subarray(column * rows, (column + 1) * rows);
    const sorted = values.toSorted();
    const found: number[] = [];
    for (let b = 1; b < BINS; b++) {
      const above = Math.floor((b * rows) / BINS);
      if (above === 0 || sorted[above]! === sorted[above - 1]!) continue;
      const cut = Math.fround((sorted[above]! + sorted[above - 1]!) / 2);
      if (cut > (found.at(-1) ?? Number.NEGATIVE_INFINITY)) found.push(cut);
    }
    const its = Float64Array.from(found);
    for (let i = 0; i < rows; i++) {
      let low = 0;
      for (let high = its.length; low < high; ) {
        const middle = (low + high) >> 1;
        if (values[i]! > its[middle]!) low = middle + 1;
        else high = middle;
      }
      bin[column * rows + i] = low;
    }
    return its;
  });
  return { cuts, bin };
}

interface Ready {
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly leaf: Float64Array;
}
const ready = new WeakMap<Boost, Ready>();

function readyOf(model: Boost): Ready {
  const made = ready.get(model) ?? {
    feature: Int32Array.from(model.feature),
    threshold: Float64Array.from(model.threshold),
    leaf: Float64Array.from(model.leaf),
  };
  ready.set(model, made);
  return made;
}

/** Questions that are asked in one go: a tree that asks fewer is asked some that nobody can say yes to. */
const AT_ONCE = 4;

/** Predicts every row: a pass over the rows for each tree, no object and no jump that depends on the data. */
export function scoreBoost(model: Boost, { x, rows }: Table): Float64Array {
  const { depth } = model;
  const { feature, threshold, leaf } = readyOf(model);
  const out = new Float64Array(rows).fill(model.base);
  const at = new Int32Array(rows);
  for (let tree = 0; tree * depth < feature.length; tree++) {
    at.fill(tree << depth);
    for (let level = 0; level < depth; level += AT_ONCE) {
      const column = (k: number) => (level + k < depth ? feature[tree * depth + level + k]! * rows : 0);
      const limit = (k: number) =>
        level + k < depth ? threshold[tree * depth + level + k]! : Number.POSITIVE_INFINITY;
      const [a, b, c, d] = [column(0), column(1), column(2), column(3)];
      const [p, q, r, s] = [limit(0), limit(1), limit(2), limit(3)];
      for (let i = 0; i < rows; i++) {
        const answers =
          (x[a + i]! > p ? 1 : 0) | (x[b + i]! > q ? 2 : 0) | (x[c + i]! > r ? 4 : 0) | (x[d + i]! > s ? 8 : 0);
        at[i]! += answers << level;
      }
    }
    for (let i = 0; i < rows; i++) out[i]! += leaf[at[i]!]!;
  }
  return out;
}

/** Weights whose mean is one, so that `ridge` is counted in rows. */
function normalised(weight: Float64Array): Float64Array {
  const mean = weight.reduce((a, b) => a + b, 0) / weight.length;
  return weight.map((it) => it / mean);
}

const weightedMean = (y: Float64Array, weight: Float64Array): number => {
  let sum = 0;
  let all = 0;
  for (let i = 0; i < y.length; i++) {
    sum += y[i]! * weight[i]!;
    all += weight[i]!;
  }
  return all > 0 ? sum / all : 0;
};

/** The value below which a share `level` of the weight lies. */
export function weightedQuantile(y: Float64Array, weight: Float64Array, level: number): number {
  const order = Uint32Array.from(y.keys()).sort((a, b) => y[a]! - y[b]! || a - b);
  let left = level * weight.reduce((a, b) => a + b, 0);
  for (const i of order) {
    left -= weight[i]!;
    if (left <= 0) return y[i]!;
  }
  return y[order.at(-1) ?? 0] ?? 0;
}
