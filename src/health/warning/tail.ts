// How high a limit must be so that it is passed in so many of all pack-years: counted where enough years were simulated,
// beyond that by a generalised Pareto tail (Pickands 1975) with L-moments (Hosking and Wallis 1987).

/** Fewer passings than these are chance. */
const ENOUGH = 25;
/** The tail is fitted to this share of the years. */
const TAIL = 0.05;

/**
 * @param highest the highest value of each pack-year
 * @param share of the years, 0 to 1, in which the limit may be passed
 */
export function limitFor(highest: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(highest).sort();
  const years = sorted.length;
  if (years * share >= ENOUGH) return sorted[years - 1 - Math.floor(years * share)]!;
  const many = Math.max(ENOUGH, Math.floor(years * TAIL));
  if (many >= years) throw new RangeError(`${years} pack-years are too few for a tail`);
  const from = sorted[years - 1 - many]!;
  let [mean, weighted] = [0, 0];
  for (let n = 0; n < many; n++) {
    const over = sorted[years - many + n]! - from;
    mean += over / many;
    weighted += (over * (1 - (n + 0.65) / many)) / many;
  }
  if (!(mean > 0)) return from;
  // A tail shorter than exponential would promise an end that nobody has seen; one much longer is a bad fit.
  const shape = Math.min(0.5, Math.max(0, 2 - mean / (mean - 2 * weighted)));
  const scale = mean * (1 - shape);
  const passed = many / years / share;
  return from + (shape < 1e-9 ? scale * Math.log(passed) : (scale / shape) * (passed ** shape - 1));
}
