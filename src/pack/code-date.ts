/**
 * The three characters of GB/T 34014-2017 that hold the day of production (positions 15 to 17).
 * Letters that look like digits (I, O, Q, U, Z) are left out: 30 symbols for years, one more for days.
 * Source: research table of public decoders and real plates; the paid text has not been compared.
 */
export const YEARS = '123456789ABCDEFGHJKLMNPRSTVWXY';
export const MONTHS = '123456789ABC';
export const DAYS = `${YEARS}0`;

/** The alphabet's first year; its last is 2040. */
export const FIRST_YEAR = 2011;

/** @throws RangeError when the year is not within 2011 and 2040 */
export function dateSymbols(on: Temporal.PlainDate): string {
  const year = YEARS[on.year - FIRST_YEAR];
  if (year === undefined) throw new RangeError(`the code knows the years 2011 to 2040, got ${on.year}`);
  return year + MONTHS[on.month - 1] + DAYS[on.day - 1];
}

/** The day these symbols name, or undefined when the month has no such day (30 February). */
export function dateOf(year: string, month: string, day: string): Temporal.PlainDate | undefined {
  const [y, m, d] = [YEARS.indexOf(year) + FIRST_YEAR, MONTHS.indexOf(month) + 1, DAYS.indexOf(day) + 1];
  return d <= daysInMonth(y, m) ? new Temporal.PlainDate(y, m, d) : undefined;
}

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** The code's years hold no century, so every fourth year leaps. */
const daysInMonth = (year: number, month: number): number => (month === 2 && year % 4 === 0 ? 29 : LENGTHS[month - 1]!);
