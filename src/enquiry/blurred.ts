// What is said by plate. Whoever asks by code has the pack before him; whoever asks by plate must not learn which pack it is, for
// of a code the public log tells when it was swapped. So an answer by plate fits at least `K` packs of the network.
import type { Told } from './api.ts';

/** An answer, and a curve, is of so many packs at least. */
export const K = 20;

/** Each tells less than the one before. */
const LEVELS: readonly ((it: Told) => Told)[] = [
  (it) => ({ ...it, pace: null }),
  (it) => ({ ...it, pace: null, made: it.made?.slice(0, 4) ?? null }),
  (it) => ({ ...it, pace: null, made: it.made?.slice(0, 4) ?? null, cycles: null }),
  (it) => ({ ...it, pace: null, made: null, cycles: null }),
  (it) => ({ ...it, pace: null, made: null, cycles: null, model: null, carbon: null }),
  (it) => ({ ...it, pace: null, made: null, cycles: null, model: null, carbon: null, soh: null }),
  // Alone in its kind: that it is in use, and whether it is recalled.
  (it) => ({ ...it, pace: null, made: null, cycles: null, model: null, carbon: null, soh: null, grade: null }),
];

/** All that is said, counted at each level: what an answer by plate has to disappear among. */
export interface Crowd {
  add(some: readonly Told[]): void;
  /** The finest that fits `K` of the crowd; if nothing does, the coarsest there is. */
  blurred(it: Told): Told;
}

export function crowd(): Crowd {
  const counts = LEVELS.map(() => new Map<string, number>());
  return {
    add(some) {
      for (const it of some)
        for (const [n, level] of LEVELS.entries()) {
          const name = nameOf(level(it));
          counts[n]!.set(name, (counts[n]!.get(name) ?? 0) + 1);
        }
    },
    blurred(it) {
      const found = LEVELS.find((level, n) => (counts[n]!.get(nameOf(level(it))) ?? 0) >= K);
      return (found ?? LEVELS.at(-1)!)(it);
    },
  };
}

/** A recall does not tell who it is: it is known of each pack by its code, and safety goes first. */
const nameOf = ({ recalled, ...it }: Told): string => JSON.stringify(it);
