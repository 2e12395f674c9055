/** How the estimates of a cell have fallen so far, told in shares of its age: cells that live long and short look alike. */
export const FADE = [
  'wide estimate',
  'lost share',
  'fade, all',
  'fade, half',
  'fade, quarter',
  'bend',
  'log straight, all',
  'log straight, half',
  'log straight, quarter',
] as const;
type Fade = Readonly<Record<(typeof FADE)[number], number>>;

/** A tenth of the age, and never fewer charges than this, is averaged: slopes are no better than their ends. */
const FEWEST = 5;
/** A forecast reaches no farther, in charges; and `SOON` is added before the logarithm, as it is to what is learnt. */
const FARTHEST = 20_000;
const SOON = 20;
const MOST_BEND = 5;

/**
 * Tells it for every row, each by rows up to it: losses per charge over all, half and a quarter of the age so far, whether the
 * later half fell faster than the first (`bend`), and where straight lines come to the end of life.
 */
export function fadeSoFar(estimate: Float64Array, end: number): readonly Fade[] {
  const sum = new Float64Array(estimate.length + 1);
  estimate.forEach((it, i) => {
    sum[i + 1] = sum[i]! + it;
  });
  const mean = (from: number, to: number) => (sum[to]! - sum[from]!) / Math.max(1, to - from);
  return Array.from(estimate, (_, row): Fade => {
    const age = row + 1;
    const width = Math.max(FEWEST, Math.round(age / 10));
    const around = (share: number) => {
      const middle = Math.round(age * share);
      return mean(Math.max(0, middle - (width >> 1)), Math.min(age, middle + (width >> 1) + 1));
    };
    const now = mean(Math.max(0, age - width), age);
    const fresh = mean(0, Math.min(age, width));
    // The middles of what is averaged lie so many shares of the age apart.
    const all = (fresh - now) / (0.9 * age);
    const half = (around(0.5) - now) / (0.45 * age);
    const quarter = (around(0.75) - now) / (0.2 * age);
    const before = (fresh - around(0.5)) / (0.45 * age);
    const straight = (loss: number) =>
      Math.log(SOON + Math.min(FARTHEST, Math.max(0, now - end) / Math.max(loss, 1e-6)));
    return {
      'wide estimate': now,
      'lost share': (fresh - now) / Math.max(1e-3, fresh - end),
      'fade, all': all,
      'fade, half': half,
      'fade, quarter': quarter,
      bend: Math.max(-MOST_BEND, Math.min(MOST_BEND, (half - before) / Math.max(1e-5, all))),
      'log straight, all': straight(all),
      'log straight, half': straight(half),
      'log straight, quarter': straight(quarter),
    };
  });
}
