// No two packs are alike. All of it is drawn from one seeded source, so that a run can be repeated.
import type { Chance } from '#units';

/** How far packs and cells lie apart. */
export interface Spread {
  /** Of how fast packs lose, as the standard deviation of its logarithm; makers and users give 0.10 to 0.15 (health.md 5.2). */
  readonly packs: number;
  /** Of how fast the cells of one pack lose, around 1. */
  readonly cells: number;
  /** Of what cells hold when new, around 1. */
  readonly newCells: number;
  /** Of how much a pack is used, as the standard deviation of its logarithm. */
  readonly use: number;
  /** Of how late a knee comes, where one is assumed, as the standard deviation of its logarithm. */
  readonly knee: number;
}

/** Assumed but for `packs`: 1 to 2 % between cells as health.md 5.2, half a percent when new. */
export const usualSpread: Spread = { packs: 0.12, cells: 0.015, newCells: 0.005, use: 0.15, knee: 0.2 };
export const noSpread: Spread = { packs: 0, cells: 0, newCells: 0, use: 0, knee: 0 };

/** A draw from the normal distribution of mean 0 and deviation 1 (Box and Muller 1958). */
export function normal(dice: Chance): number {
  const u = 1 - dice.next(); // never 0
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * dice.next());
}

/** A draw whose logarithm is normal, with median 1. */
export const lognormal = (dice: Chance, sigma: number): number => Math.exp(sigma * normal(dice));

/** One pack of many: factors on what the model says. */
export interface Individual {
  /** On all losses of its worst cell, which is the one that ends a discharge. */
  readonly scale: number;
  /** Of what its smallest cell held when new. */
  readonly initial: number;
  /** On how much it is used. */
  readonly intensity: number;
  /** How many times as many cycles its knee waits, where one is assumed. */
  readonly knee: number;
}

/**
 * A pack of so many cells in series: as good as its worst cell. The fastest-fading and the smallest are taken to be one and
 * the same, which errs to the safe side by a fraction of `newCells`.
 */
export function individual(dice: Chance, spread: Spread, cells: number): Individual {
  const scale = lognormal(dice, spread.packs);
  const intensity = lognormal(dice, spread.use);
  const knee = lognormal(dice, spread.knee);
  let fastest = Number.NEGATIVE_INFINITY;
  let smallest = Number.POSITIVE_INFINITY;
  for (let n = 0; n < cells; n++) {
    fastest = Math.max(fastest, normal(dice));
    smallest = Math.min(smallest, normal(dice));
  }
  return {
    scale: scale * Math.max(0.1, 1 + spread.cells * fastest),
    initial: Math.max(0.5, 1 + spread.newCells * smallest),
    intensity,
    knee,
  };
}
