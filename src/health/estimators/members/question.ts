import { BINS } from './bins.ts';

/** Rows on their way down a symmetric tree: `at` is the leaf each has come to so far. */
export interface Level {
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
export function bestQuestion(level: Level, asked: readonly number[]): { column: number; cut: number } {
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
