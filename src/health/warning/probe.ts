// What a thermometer can have read. A broken wire reads 999 or nothing that is; a fire climbs there by degrees that were told.
/** Thermistors of packs end here; what they tell beyond is an open wire or a short one. */
const COLDEST_C = -50;
const HOTTEST_READ_C = 200;
/** No pack burns hotter. */
const HOTTEST_C = 1200;

/**
 * The reading, or null when the probe cannot have read it: out of its range, and not climbed there from a reading above what
 * the maker allows.
 */
export function believed(celsius: number | null, before: number | null, hottestC: number): number | null {
  if (celsius === null || Number.isNaN(celsius)) return celsius; // what is no number is refused elsewhere
  if (celsius >= COLDEST_C && celsius <= HOTTEST_READ_C) return celsius;
  return before !== null && before >= hottestC && celsius > 0 && celsius <= HOTTEST_C ? celsius : null;
}
