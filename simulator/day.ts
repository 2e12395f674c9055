// When in a day people swap, by what they drive for. Assumed curves.
import type { RosterVehicle } from './roster.ts';

/** How busy each hour is against the others, from midnight, local time. */
const hours: Record<RosterVehicle['use'], readonly number[]> = {
  private: [1, 0, 0, 0, 0, 1, 3, 8, 8, 4, 3, 3, 4, 3, 3, 4, 5, 9, 10, 8, 6, 4, 3, 2],
  taxi: [4, 3, 3, 4, 6, 6, 4, 3, 3, 4, 6, 9, 8, 6, 4, 7, 9, 6, 4, 4, 5, 6, 6, 5],
  'ride-hailing': [3, 2, 1, 1, 1, 2, 3, 4, 4, 6, 8, 9, 8, 7, 8, 9, 6, 4, 4, 5, 7, 8, 7, 5],
  freight: [3, 2, 2, 2, 4, 7, 8, 6, 5, 5, 5, 7, 8, 7, 5, 5, 6, 6, 6, 7, 7, 6, 5, 4],
  delivery: [1, 0, 0, 0, 0, 1, 2, 4, 6, 9, 9, 5, 4, 8, 10, 9, 6, 4, 4, 6, 9, 7, 4, 2],
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** China has one time zone and no summer time. */
const ZONE_HOURS = 8;

/**
 * The moment when a share of a day's visits has passed: a gap of 1 is a day later, a gap of 0.5 is later where the day is
 * quiet than where it is busy.
 */
export function laterByVisits(fromMs: number, gap: number, use: RosterVehicle['use']): number {
  const weights = hours[use];
  const sum = weights.reduce((total, it) => total + it, 0);
  let at = fromMs + Math.floor(gap) * DAY_MS;
  let left = (gap % 1) * sum;
  for (;;) {
    const hour = Math.floor(at / HOUR_MS);
    const weight = weights[(((hour + ZONE_HOURS) % 24) + 24) % 24]!;
    const share = 1 - (at / HOUR_MS - hour);
    if (weight * share >= left) return weight === 0 ? at : at + (left / weight) * HOUR_MS;
    left -= weight * share;
    at = (hour + 1) * HOUR_MS;
  }
}
