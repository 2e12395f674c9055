// Fade curves of the fleet, so that nobody learns of one pack: what a cell tells changes by at least K packs at a time or not at all.
import { K } from './blurred.ts';
import type { Pace } from './pace.ts';

/** Half a year of age, 200 equivalent full cycles: the width of a bin. */
export const BIN = { age: 0.5, cycles: 200 } as const;
export type Axis = keyof typeof BIN;
/** Percentiles are told in steps of half a point. */
const STEP = 0.5;

export interface Cell {
  readonly model: string;
  readonly pace: Pace;
  readonly axis: Axis;
  readonly bin: number;
}

/** The cells that a state of health belongs to. @param years of age */
export const cellsOf = (of: { model: string; pace: Pace; years: number; efc: number }): Cell[] => {
  const { model, pace, years, efc } = of;
  return (['age', 'cycles'] as const).map((axis) => {
    return { model, pace, axis, bin: Math.floor((axis === 'age' ? years : efc) / BIN[axis]) };
  });
};

/**
 * Whether all values that wait at a cell are told from now on: once they are K or more. A pack gives one value to a cell, for
 * ever, so two editions of a cell differ by nobody or by K packs, whichever two are compared.
 */
export const isReleased = (waiting: number): boolean => waiting >= K;

export interface Curve {
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  /** How many packs at least, in words: the number itself would tell how many joined. */
  readonly packs: '20+' | '50+' | '100+' | '500+';
}

/** What is told of a cell. @param sohs of all that are told @returns undefined below K */
export function curveOf(sohs: readonly number[]): Curve | undefined {
  if (sohs.length < K) return undefined;
  const sorted = sohs.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(quantile(sorted, share) / STEP) * STEP;
  const packs = sohs.length >= 500 ? '500+' : sohs.length >= 100 ? '100+' : sohs.length >= 50 ? '50+' : '20+';
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9), packs };
}

/** Between the two nearest, as most programs do (type 7 of Hyndman and Fan, 1996). */
function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const [low, high] = [sorted[below]!, sorted[Math.ceil(place)]!];
  return low + (place - below) * (high - low);
}
