// The voltage at rest over the charge, read the other way round. The curve is the twin's; a maker's would take its place.
import { kinds, valueAt } from '#twin';
import type { Chemistry } from '#twin/api';

/** Charge in percent at which a cell rests at this voltage; the ends hold beyond, and NaN stays NaN. */
export function percentAt(chemistry: Chemistry, mv: number): number {
  const table = kinds[chemistry].ocvV;
  const volts = mv / 1000;
  let [low, high] = [0, table.length - 1];
  if (volts <= table[low]!) return 0;
  if (volts >= table[high]!) return 100;
  if (Number.isNaN(volts)) return Number.NaN;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (table[middle]! <= volts) low = middle;
    else high = middle;
  }
  return (100 * (low + (volts - table[low]!) / (table[high]! - table[low]!))) / (table.length - 1);
}

/** How much a percent of charge changes the voltage there, in mV, taken over one percent. */
export function slopeMvAt(chemistry: Chemistry, percent: number): number {
  const table = kinds[chemistry].ocvV;
  const from = Math.min(99, Math.max(0, percent - 0.5)) / 100;
  return 1000 * (valueAt(table, from + 0.01) - valueAt(table, from));
}
