// Days of the network's zone, as a reader types them, and the instants that they are.

/** As 2026-11-22; empty where the server is to choose. The last day is part of the period. */
export interface Days {
  readonly from: string;
  readonly until: string;
}

const DAY_MS = 86_400_000;

/** The period as it is asked for: from its first instant to before its last one. What is no day is left out. */
export function periodOf({ from, until }: Days): { from?: string; to?: string } {
  const [first, last] = [startOf(from), startOf(until)];
  return {
    ...(first !== undefined && { from: new Date(first).toISOString() }),
    ...(last !== undefined && { to: new Date(last + DAY_MS).toISOString() }),
  };
}

/** In ms; there is no summer time in this zone. */
function startOf(day: string): number | undefined {
  const ms = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00+08:00`) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}
