// The shape of all detectors that look at whole sessions: each tells one figure an item, and what of it is bad.
import type { PackFacts } from './session.ts';
import type { Habit, Told } from './trace.ts';
import type { View } from './view.ts';

export type DetectorId =
  | 'voltage'
  | 'leak'
  | 'leak-low'
  | 'resistance'
  | 'capacity'
  | 'correlation'
  | 'entropy'
  | 'heat'
  | 'heat-pack'
  | 'insulation'
  | 'soc-jump'
  | 'charge-count';

export interface Detector {
  readonly id: DetectorId;
  readonly of: 'cell' | 'probe' | 'pack';
  readonly habit: Habit;
  /** What it finds can burn, so that it may stop a pack; others only have it inspected. */
  readonly mayStop?: true;
  /** Never an alarm by itself: it is only named beside one. */
  readonly onlySupports?: true;
  /** Undefined when the session has not what it needs. */
  readonly tell: (view: View) => Told | undefined;
}

export const itemsOf = ({ of }: Detector, { cells, probes }: PackFacts): number =>
  of === 'cell' ? cells : of === 'probe' ? probes : 1;

/** Noise of one voltage, in mV, as health.md 7 has it. */
export const READING_MV = 2;

/** One figure of the whole pack. */
export const ofPack = (value: number): Float64Array => Float64Array.of(value);
