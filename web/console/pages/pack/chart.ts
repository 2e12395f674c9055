// Where the points of a small chart of percents over time lie, and what stands at its edges. Pure.
export interface Reported {
  readonly at: string;
  readonly soh: number;
}

/** What was estimated, with the bounds of its band. */
export interface Estimated extends Reported {
  readonly lower: number;
  readonly upper: number;
}

export interface Box {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Chart {
  readonly points: readonly { readonly x: number; readonly y: number }[];
  readonly estimates: readonly {
    readonly x: number;
    readonly y: number;
    readonly lower: number;
    readonly upper: number;
  }[];
  readonly ySteps: readonly { readonly y: number; readonly percent: number }[];
  readonly xSteps: readonly { readonly x: number; readonly ms: number }[];
  /** From the first to the last point, in ms. */
  readonly spanMs: number;
}

/** At most five lines across, at round percents. */
const STEPS = [0.5, 1, 2, 5, 10, 20, 50] as const;

/**
 * The range is at least two percent high, so that the rounding of a reading is not drawn as a cliff, and never beyond 0 and
 * 100, unless something beyond was said. Points at one instant stand in the middle.
 */
export function chartOf(
  reported: readonly Reported[],
  { width, height, left, right, top, bottom }: Box,
  estimated: readonly Estimated[] = [],
): Chart {
  const times = [...reported, ...estimated].map((it) => Date.parse(it.at));
  const values = [...reported.map((it) => it.soh), ...estimated.flatMap((it) => [it.lower, it.upper])];
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const [low, high] = rangeOf(values);
  const [innerWidth, innerHeight] = [width - left - right, height - top - bottom];
  const x = (ms: number) => left + (last === first ? innerWidth / 2 : ((ms - first) / (last - first)) * innerWidth);
  const y = (percent: number) => top + ((high - percent) / (high - low)) * innerHeight;
  const step = STEPS.find((it) => (high - low) / it <= 5) ?? 50;
  const ySteps = [];
  for (let percent = Math.ceil(low / step) * step; percent <= high + 1e-9; percent += step)
    ySteps.push({ y: y(percent), percent });
  const many = last === first ? 1 : Math.max(2, Math.min(5, Math.floor(innerWidth / 130)));
  const xSteps = Array.from({ length: many }, (_, n) => {
    const ms = many === 1 ? first : first + (n * (last - first)) / (many - 1);
    return { x: x(ms), ms };
  });
  return {
    points: reported.map((it, n) => ({ x: x(times[n]!), y: y(it.soh) })),
    estimates: estimated.map(({ at, soh, lower, upper }) => ({
      ...{ x: x(Date.parse(at)), y: y(soh) },
      ...{ lower: y(Math.max(low, lower)), upper: y(Math.min(high, upper)) },
    })),
    ySteps,
    xSteps,
    spanMs: last - first,
  };
}

function rangeOf(values: readonly number[]): readonly [number, number] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const lack = Math.max(0, 2 - (most - least)) / 2;
  const high = Math.min(Math.max(100, Math.ceil(most * 2) / 2), Math.ceil((most + lack) * 2) / 2);
  const low = Math.max(0, Math.min(high - 2, Math.floor((least - lack) * 2) / 2));
  return [low, high];
}
