/**
 * The course of a cell's estimates: how fast it fades, and whether the fading has begun to run away. Both look at estimates
 * up to now and at none to come.
 */
export interface Trend {
  /** Percentage points of state of health lost per hundred charges; negative when it seems to rise. */
  readonly lossPer100: number;
  readonly charges: number;
}

const TREND_OVER = 60;

/** The median of the slopes between all pairs of the last 60 estimates (Theil 1950, Sen 1968): odd estimates do not tilt it. */
export function trend(estimates: ArrayLike<number>): Trend | undefined {
  const last = Array.from(estimates).slice(-TREND_OVER);
  if (last.length < TREND_OVER / 2) return undefined;
  const slopes: number[] = [];
  for (let a = 0; a < last.length; a++)
    for (let b = a + 1; b < last.length; b++)
      if (Number.isFinite(last[a]!) && Number.isFinite(last[b]!)) slopes.push((last[a]! - last[b]!) / (b - a));
  if (slopes.length === 0) return undefined;
  slopes.sort((a, b) => a - b);
  return { lossPer100: 1e4 * slopes[slopes.length >> 1]!, charges: last.length };
}

export interface Knee {
  /** The charge at which the two lines meet, from 0. */
  readonly row: number;
  /** Losses per charge before and after, shares of nominal capacity. */
  readonly before: number;
  readonly after: number;
}

const FEWEST_ON_A_SIDE = 25;
const STEEPER = 2;
/** Two lines must explain the course so much better than one that noise does not do it. */
const EXPLAINED = 0.4;

/**
 * The knee, if there is one: two straight lines instead of one (Bacon & Watts 1971; for batteries Fermín-Cueto et al.,
 * Energy and AI 1:100006, 2020), the later at least twice as steep and together leaving less than 40 % of the squared error.
 */
export function knee(estimates: ArrayLike<number>): Knee | undefined {
  const many = estimates.length;
  if (many < 2 * FEWEST_ON_A_SIDE) return undefined;
  const sums = sumsOf(estimates);
  const one = line(sums, 0, many);
  let best: { row: number; error: number } | undefined;
  for (let row = FEWEST_ON_A_SIDE; row <= many - FEWEST_ON_A_SIDE; row++) {
    const error = line(sums, 0, row).error + line(sums, row, many).error;
    if (!best || error < best.error) best = { row, error };
  }
  if (!best) return undefined;
  const before = -line(sums, 0, best.row).slope;
  const after = -line(sums, best.row, many).slope;
  const isKnee = after > 0 && after >= STEEPER * Math.max(before, 0) && best.error < EXPLAINED * one.error;
  return isKnee ? { row: best.row, before, after } : undefined;
}

interface Sums {
  readonly y: Float64Array;
  readonly xy: Float64Array;
  readonly yy: Float64Array;
}

function sumsOf(values: ArrayLike<number>): Sums {
  const y = new Float64Array(values.length + 1);
  const xy = new Float64Array(values.length + 1);
  const yy = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) {
    y[i + 1] = y[i]! + values[i]!;
    xy[i + 1] = xy[i]! + i * values[i]!;
    yy[i + 1] = yy[i]! + values[i]! ** 2;
  }
  return { y, xy, yy };
}

/** The straight line through rows `from` to before `to`, and its squared error. */
function line({ y, xy, yy }: Sums, from: number, to: number): { slope: number; error: number } {
  const many = to - from;
  const meanX = (from + to - 1) / 2;
  const meanY = (y[to]! - y[from]!) / many;
  const xx = (many * (many * many - 1)) / 12;
  const together = xy[to]! - xy[from]! - many * meanX * meanY;
  const slope = together / xx;
  return { slope, error: Math.max(0, yy[to]! - yy[from]! - many * meanY * meanY - slope * together) };
}

/**
 * Whether the trend is worth a work order: faster than `usual` (the loss that 98 of 100 charges of the training cells stay
 * below) at three checks on end, so that one odd stretch sends nobody out.
 */
export const fadesTooFast = (trends: readonly Trend[], usual: number): boolean =>
  trends.length >= 3 && trends.slice(-3).every((it) => it.lossPer100 > usual);
