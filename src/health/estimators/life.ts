import type { Basis } from './basis.ts';
import type { Cell } from './cells/cycle.ts';
import { FADE, fadeSoFar } from './fade.ts';
import { median } from './features.ts';
import type { Candidate } from './members/member.ts';

/** Before this charge nobody says how long a pack will last. */
export const FIRST_FORECAST = 60;
/** The end of life unless the training cells were stopped before: 80 % is practice in vehicles, no standard sets it. */
const USUAL_END = 0.8;

/**
 * The state of health at which life ends for a group: 0.80, or, when a tenth of the training cells or more were stopped
 * above, the level that nine of ten reached, rounded up to half a percent.
 */
export function endOfLife(cells: readonly Cell[]): number {
  const lowest = cells.map((it) => calmSoh(it).filter(Number.isFinite).sort()[0] ?? Number.NaN).sort((a, b) => a - b);
  const reached = lowest[Math.min(lowest.length - 1, Math.ceil(0.9 * lowest.length) - 1)]!;
  return Math.max(USUAL_END, Math.ceil(reached * 200 - 1e-9) / 200);
}

/** The first row at which the cell is at its end for good: the median of three charges. Undefined when it never was. */
export function lastRow(cell: Pick<Cell, 'soh'>, end: number): number | undefined {
  const row = calmSoh(cell).findIndex((it) => it <= end);
  return row < 0 ? undefined : row;
}

/** The median of each measured state of health with the one before and the one after: one odd label ends no life. */
function calmSoh({ soh }: Pick<Cell, 'soh'>): Float64Array {
  return soh.map((_, i) => {
    const near = [soh[i - 1], soh[i], soh[i + 1]].filter((it): it is number => Number.isFinite(it));
    return near.length > 0 ? median(near) : Number.NaN;
  });
}

/** Charges left until the end of life, for every row from FIRST_FORECAST to the end; NaN for the others. */
export function remaining(cell: Pick<Cell, 'rows' | 'soh'>, end: number): Float64Array {
  const last = lastRow(cell, end);
  return Float64Array.from({ length: cell.rows }, (_, i) =>
    last !== undefined && i + 1 >= FIRST_FORECAST && i < last ? last - i : Number.NaN,
  );
}

/** Charges over which a median calms the estimates that a forecast stands on. */
const CALM = 11;
const FARTHEST = 20_000;

/**
 * What a forecast stands on: the estimates so far, how fast they fell lately and since new, and where straight lines
 * through them end. Row i is made of rows 0 to i.
 */
export function basisOfLife(basis: Basis, estimate: Float64Array, end: number): Basis {
  const { rows } = basis;
  const own = [...course, ...FADE];
  const fades = fadeSoFar(estimate, end);
  const x = new Float64Array((basis.columns.length + own.length) * rows);
  x.set(basis.x);
  const calm = new Float64Array(rows);
  let fresh = 0;
  for (let i = 0; i < rows; i++) {
    calm[i] = median(Array.from(estimate.subarray(Math.max(0, i - CALM + 1), i + 1)));
    if (i < FIRST_FORECAST / 2) fresh = Math.max(fresh, calm[i]!);
    const back = (far: number) => {
      const from = Math.max(0, i - far);
      return i > from ? (calm[from]! - calm[i]!) / (i - from) : 0;
    };
    const sinceNew = i > 0 ? (fresh - calm[i]!) / i : 0;
    const straight = (rate: number) =>
      Math.log(20 + Math.min(FARTHEST, Math.max(0, calm[i]! - end) / Math.max(rate, 1e-6)));
    const values = [calm[i]!, calm[i]! - end, back(30), back(100), sinceNew, straight(sinceNew), straight(back(60))];
    [...values, ...FADE.map((name) => fades[i]![name])].forEach((value, column) => {
      x[(basis.columns.length + column) * rows + i] = value;
    });
  }
  // Minus the age: what is learnt as a change from it is the whole life, which stays the same from charge to charge.
  const anchor = Float64Array.from({ length: rows }, (_, i) => -i);
  return { columns: [...basis.columns, ...own], rows, x, anchor };
}

const course = [
  'calm estimate',
  'margin',
  'fade, 30',
  'fade, 100',
  'fade since new',
  'log straight',
  'log straight, recent',
];
const age = ['cycles', 'log cycles'];

/** What cross-validation chooses a forecast from. */
export function forecasts(columns: readonly string[]): readonly Candidate[] {
  const signals = columns.filter((it) => it.endsWith(', calm') || it.endsWith(', since new'));
  const boost = {
    kind: 'boost',
    rounds: 90,
    depth: 3,
    rate: 0.1,
    ridge: 5,
    columnShare: 0.6,
    loss: 'squared',
    seed: 1,
  } as const;
  const process = { kind: 'process', inducing: 120, length: 2, linear: 1, noise: 0.4, seed: 1 } as const;
  return [
    { name: 'mean life', target: 'change', columns: [], how: { kind: 'ridge', strength: 1 } },
    { name: 'boost', target: 'log', columns: [...course, ...age], how: boost },
    { name: 'boost, fade', target: 'log', columns: [...FADE, ...age, ...signals], how: boost },
    {
      name: 'boost, pooled',
      target: 'log',
      columns: [...course, ...age, ...signals],
      withSiblings: true,
      how: boost,
    },
    {
      name: 'process, pooled',
      target: 'log',
      columns: [...course, ...age, ...signals],
      withSiblings: true,
      how: { ...process, inducing: 150 },
    },
    { name: 'process', target: 'log', columns: [...course, ...age], how: process },
    { name: 'process, all', target: 'log', columns: [...course, ...age, ...signals], how: process },
    { name: 'process, fade', target: 'log', columns: [...FADE, ...age, ...signals], how: process },
    {
      name: 'process, whole life',
      target: 'change',
      columns: [...FADE, ...age, ...signals],
      how: { ...process, noise: 0.7 },
    },
    {
      name: 'ridge, whole life',
      target: 'change',
      columns: [...FADE, ...age, ...signals],
      how: { kind: 'ridge', strength: 0.3 },
    },
    {
      name: 'ridge, fade',
      target: 'log',
      columns: [...FADE, ...age, ...signals],
      how: { kind: 'ridge', strength: 0.05 },
    },
    { name: 'ridge, cycles', target: 'level', columns: [...course, ...age], how: { kind: 'ridge', strength: 0.05 } },
  ];
}
