/**
 * What a station sees of one charge, as the tables of Wang et al. (Nat. Commun. 15:4332, 2024) name it: sixteen figures of
 * the last part of the constant-current charge (the upper 0.2 V) and of the constant-voltage tail, in this order.
 * Voltages in V, currents in A, charge in Ah, times in s; slopes per s; entropies are of the samples' distribution.
 */
export const SIGNALS = [
  'voltage mean',
  'voltage std',
  'voltage kurtosis',
  'voltage skewness',
  'CC Q',
  'CC charge time',
  'voltage slope',
  'voltage entropy',
  'current mean',
  'current std',
  'current kurtosis',
  'current skewness',
  'CV Q',
  'CV charge time',
  'current slope',
  'current entropy',
] as const;

export const CAPACITY = 'capacity';

/**
 * The life of one cell or pack, a row for each charge, oldest first. `signals` lies row by row, `SIGNALS.length` to a row.
 * Where a figure is missing or infinite it is NaN. `soh` is measured capacity over nominal capacity, a share; NaN where
 * nobody measured. What is said of row `i` may use rows 0 to `i` and no other.
 */
export interface Cell {
  readonly name: string;
  readonly rows: number;
  readonly signals: Float64Array;
  readonly soh: Float64Array;
}

/** Cells of one kind under one kind of use: their models are trained together and judged together. */
export interface Group {
  readonly name: string;
  /** Ah when new, by the maker. */
  readonly nominalAh: number;
  /** Whoever tests capacity periodically does it so often, in charges. */
  readonly testEveryCycles: number;
  readonly chemistry: string;
}

/**
 * What is known of the cell's capacity: nothing ever; its first charges, from a commissioning test; or a test every
 * `testEveryCycles` besides.
 */
export const MODES = ['none', 'commissioned', 'retested'] as const;
export type Mode = (typeof MODES)[number];

/** The charges whose capacity the commissioning test measures: the first ten, each known from the next charge on. */
export const COMMISSIONING_ROWS = 10;
