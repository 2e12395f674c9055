// Figures that one wrong reading cannot move.

/** To sort in, so that not each median takes new memory. */
let there = new Float64Array(256);

/** Middle of the values that are there; NaN when there are none. */
export function medianOf(values: ArrayLike<number>): number {
  if (values.length > there.length) there = new Float64Array(2 * values.length);
  let many = 0;
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i]!)) there[many++] = values[i]!;
  if (many === 0) return Number.NaN;
  const high = smallest(there, many, many >> 1);
  if (many % 2 === 1) return high;
  let low = there[0]!;
  for (let i = 1; i < many >> 1; i++) if (there[i]! > low) low = there[i]!;
  return (low + high) / 2;
}

export interface Apart {
  readonly median: number;
  /** How far each lies from the median; NaN where it is missing. */
  readonly by: Float64Array;
  /** 1.4826 times the median distance: the deviation of a normal distribution. */
  readonly scale: number;
  readonly many: number;
}

/** Fewer of them have no middle worth the name. */
const FEWEST = 4;

/** How readings lie around their median; undefined when more than half are missing, or fewer than four are there. */
export function apart(values: readonly (number | null)[] | Float64Array): Apart | undefined {
  const by = new Float64Array(values.length);
  let many = 0;
  for (let i = 0; i < by.length; i++) {
    const value = values[i];
    by[i] = value ?? Number.NaN;
    if (!Number.isNaN(by[i]!)) many++;
  }
  if (many < FEWEST || many * 2 < by.length) return undefined;
  const median = medianOf(by);
  const sizes = new Float64Array(by.length);
  for (let i = 0; i < by.length; i++) {
    by[i]! -= median;
    sizes[i] = Math.abs(by[i]!);
  }
  return { median, by, scale: 1.4826 * medianOf(sizes), many };
}

/** The value of which `rank` are smaller; reorders so that those stand before it (Hoare 1961). */
function smallest(values: Float64Array, many: number, rank: number): number {
  let [from, to] = [0, many - 1];
  while (from < to) {
    const pivot = values[(from + to) >> 1]!;
    let [low, high] = [from, to];
    while (low <= high) {
      while (values[low]! < pivot) low++;
      while (values[high]! > pivot) high--;
      if (low > high) break;
      const held = values[low]!;
      values[low++] = values[high]!;
      values[high--] = held;
    }
    if (rank <= high) to = high;
    else if (rank >= low) from = low;
    else break;
  }
  return values[rank]!;
}
