// How coarse an answer is. A figure that moves with each charge would tell when somebody drove; a band moves some times a year.

/** From here on, below there. */
export interface Band {
  readonly from: number;
  readonly to: number;
}

/** Percent of state of health. Half an estimate's interval of 90 % is 1 to 3 points: a narrower band would say what nobody knows. */
export const SOH_WIDTH = 5;
/** Equivalent full cycles: a quarter of a taxi's year, most of a family car's. */
export const CYCLES_WIDTH = 100;
/** Below this, what matters is that it is below. */
const LOWEST_SOH = 50;
const MOST_CYCLES = 3_000;
/** Points beyond its band before a state of health leaves it: an estimate that swings about a limit must not tell each charge. */
const MARGIN = 1;

/** The band of a state of health in percent, given the one that was told before. */
export function sohBand(soh: number, before: Band | null = null): Band {
  const within = Math.min(99.9, Math.max(0, soh));
  if (before && within >= before.from - MARGIN && within < before.to + MARGIN) return before;
  if (within < LOWEST_SOH) return { from: 0, to: LOWEST_SOH };
  const from = Math.floor(within / SOH_WIDTH) * SOH_WIDTH;
  return { from, to: from + SOH_WIDTH };
}

/** The band of equivalent full cycles; `to` is null for very many. */
export function cyclesBand(efc: number): { readonly from: number; readonly to: number | null } {
  if (efc >= MOST_CYCLES) return { from: MOST_CYCLES, to: null };
  const from = Math.floor(Math.max(0, efc) / CYCLES_WIDTH) * CYCLES_WIDTH;
  return { from, to: from + CYCLES_WIDTH };
}

/** A date of manufacture as it is told: `2025-Q3`. The day would single out the few packs that were made on it. */
export const quarterOf = ({ year, month }: Temporal.PlainDate): string => `${year}-Q${Math.ceil(month / 3)}`;
