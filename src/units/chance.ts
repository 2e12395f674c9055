/** A seeded source of chance: the same seed gives the same run. Not for secrets. */
export interface Chance {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  pick<T>(from: readonly T[]): T;
  /** Minutes, seconds, … until the next event of a Poisson process with this mean gap. */
  exponential(mean: number): number;
  /** An independent source for one part of a run, so that adding a part does not change the others. */
  fork(name: string): Chance;
}

/** Mulberry32: 32 bits of state, full period; enough for simulations. */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: (from) => from[Math.floor(next() * from.length)]!,
    exponential: (mean) => -mean * Math.log(1 - next()),
    fork: (name) =>
      chance([...name].reduce((hash, it) => Math.imul(hash ^ it.codePointAt(0)!, 16777619), seed ^ 2166136261)),
  };
}
