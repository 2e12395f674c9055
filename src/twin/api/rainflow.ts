// Rainflow counting after ASTM E1049-85 5.4.4, on a stream: what is still open waits for the next value.

/** One cycle that was counted: whole (1) or half (0.5). */
export interface Cycle {
  readonly range: number;
  readonly mean: number;
  readonly count: 1 | 0.5;
}

/** The state between two values: turning points that are not yet part of a counted cycle. Plain data, to be kept. */
export interface Open {
  readonly turns: readonly number[];
}

export const nothingOpen: Open = { turns: [] };

/** Counts what one more value closes. */
export function counted(open: Open, value: number): { readonly open: Open; readonly cycles: readonly Cycle[] } {
  const turns = extended(open.turns, value);
  const cycles: Cycle[] = [];
  // The last turn may still grow, so a range that ends in it is X only once it cannot be smaller than Y any more: E1049
  // compares X >= Y, and a longer X keeps that true.
  while (turns.length >= 3) {
    const [start, middle, end] = turns.slice(-3) as [number, number, number];
    const x = Math.abs(end - middle);
    const y = Math.abs(middle - start);
    if (x < y) break;
    if (turns.length === 3) {
      cycles.push(cycle(start, middle, 0.5)); // Y holds the starting point
      turns.shift();
    } else {
      cycles.push(cycle(start, middle, 1));
      turns.splice(-3, 2);
    }
  }
  return { open: { turns }, cycles };
}

/** At the end of all values each range that stayed open is half a cycle. */
export const halves = ({ turns }: Open): readonly Cycle[] =>
  turns.slice(1).map((turn, n) => cycle(turns[n]!, turn, 0.5));

/** All cycles of a history. */
export function rainflow(values: Iterable<number>): readonly Cycle[] {
  let open = nothingOpen;
  const cycles: Cycle[] = [];
  for (const value of values) {
    const next = counted(open, value);
    cycles.push(...next.cycles);
    open = next.open;
  }
  return [...cycles, ...halves(open)];
}

const cycle = (from: number, to: number, count: 1 | 0.5): Cycle => ({
  range: Math.abs(to - from),
  mean: (from + to) / 2,
  count,
});

/** A value that goes on in the same direction moves the last turn; one that turns back begins a new one. */
function extended(turns: readonly number[], value: number): number[] {
  const last = turns.at(-1);
  const before = turns.at(-2);
  if (last === value) return [...turns];
  if (last !== undefined && before !== undefined && (last - before) * (value - last) > 0)
    return [...turns.slice(0, -1), value];
  return [...turns, value];
}

/** Mean depth of cycles, weighted by the charge that each moves; 0 without any. */
export function meanDepth(cycles: readonly Cycle[]): number {
  let moved = 0;
  let weighted = 0;
  for (const { range, count } of cycles) {
    moved += count * range;
    weighted += count * range * range;
  }
  return moved > 0 ? weighted / moved : 0;
}
