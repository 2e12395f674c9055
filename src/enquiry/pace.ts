// How hard a pack works. Nobody tells the network what a vehicle is used for, and a pack changes vehicles; what is known of
// each pack is how many cycles it does a year, and that is what its ageing depends on.
export const paces = ['gentle', 'steady', 'hard'] as const;
export type Pace = (typeof paces)[number];

/** Equivalent full cycles a year: a family car does some 60, ride-hailing some 200, a taxi or a truck 350 and more. Assumed. */
export const PACE_LIMITS = { steady: 120, hard: 300 } as const;
/** Younger than this, a pace says nothing. */
const LEAST_YEARS = 0.25;

/** The pace of a pack over its whole life. @param years of age @returns undefined while it is too young to have one */
export function paceOf(efc: number, years: number): Pace | undefined {
  if (years < LEAST_YEARS) return undefined;
  const aYear = efc / years;
  if (aYear >= PACE_LIMITS.hard) return 'hard';
  return aYear >= PACE_LIMITS.steady ? 'steady' : 'gentle';
}
