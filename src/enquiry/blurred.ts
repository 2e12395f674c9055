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

/** Blurs answers so that each fits at least `K` of `all`. @returns the finest that does; if none does, the coarsest there is */
export function blurredAmong(all: readonly Told[]): (it: Told) => Told {
  const counts = LEVELS.map((level) => {
    const many = new Map<string, number>();
    for (const it of all) many.set(nameOf(level(it)), (many.get(nameOf(level(it))) ?? 0) + 1);
    return many;
  });
  return (it) => {
    const found = LEVELS.find((level, n) => (counts[n]!.get(nameOf(level(it))) ?? 0) >= K);
    return (found ?? LEVELS.at(-1)!)(it);
  };
}

/** A recall does not tell who it is: it is known of each pack by its code, and safety goes first. */
const nameOf = ({ recalled, ...it }: Told): string => JSON.stringify(it);
