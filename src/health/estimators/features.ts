import { type Cell, COMMISSIONING_ROWS, SIGNALS } from './cells/cycle.ts';
import type { Table } from './members/table.ts';

/** Of the signals, those that follow capacity most plainly. */
export const TELLING = [
  'CC Q',
  'CC charge time',
  'voltage slope',
  'voltage std',
  'CV Q',
  'CV charge time',
  'current std',
  'current mean',
] as const satisfies readonly (typeof SIGNALS)[number][];

/** Charges before this one whose telling signals are kept: a duty may repeat after a few days. */
const BEFORE = [1, 2, 3, 4] as const;
export const BEFORE_COLUMNS = TELLING.flatMap((it) => BEFORE.map((k) => `${it}, ${k} before`));

/**
 * What may be known of a charge without any capacity test, from the charge itself and the ones before it. Row i is made of
 * rows 0 to i, so that no later charge can change it.
 */
export function seenSoFar(cell: Cell): Table {
  const { rows, signals } = cell;
  const many = SIGNALS.length;
  const columns = [
    ...SIGNALS,
    ...SIGNALS.map((it) => `${it}, calm`),
    ...SIGNALS.map((it) => `${it}, since new`),
    ...SIGNALS.map((it) => `${it}, since the charge before`),
    ...SIGNALS.map((it) => `${it}, slope`),
    'cycles',
    'log cycles',
    ...BEFORE_COLUMNS,
  ];
  const x = new Float64Array(columns.length * rows);
  const window: number[] = [];
  for (let signal = 0; signal < many; signal++) {
    const value = (i: number) => signals[i * many + signal]!;
    let early = 0;
    for (let i = 0; i < rows; i++) {
      window.length = 0;
      for (let k = Math.max(0, i - 4); k <= i; k++) window.push(value(k));
      const calm = median(window);
      if (i < COMMISSIONING_ROWS) {
        window.length = 0;
        for (let k = 0; k <= i; k++) window.push(value(k));
        early = median(window);
      }
      x[signal * rows + i] = value(i);
      x[(many + signal) * rows + i] = calm;
      x[(2 * many + signal) * rows + i] = calm - early;
      x[(3 * many + signal) * rows + i] = i === 0 ? 0 : value(i) - value(i - 1);
      x[(4 * many + signal) * rows + i] = calm - x[(many + signal) * rows + Math.max(0, i - 30)]!;
    }
  }
  for (let i = 0; i < rows; i++) {
    x[5 * many * rows + i] = i + 1;
    x[(5 * many + 1) * rows + i] = Math.log(i + 1);
  }
  TELLING.forEach((name, which) => {
    const signal = SIGNALS.indexOf(name);
    BEFORE.forEach((back, k) => {
      const to = (5 * many + 2 + which * BEFORE.length + k) * rows;
      for (let i = back; i < rows; i++)
        x[to + i] = signals[(i - back) * many + signal]! - x[(many + signal) * rows + i]!;
    });
  });
  return { columns, rows, x };
}

/** The middle value, or the mean of the two in the middle; sorts `values`. */
export function median(values: number[]): number {
  values.sort((a, b) => a - b);
  const middle = values.length >> 1;
  return values.length % 2 === 1 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2;
}
