// The limits of all detectors as data, for each chemistry its own, because they differ in what can be seen of them: set so that healthy packs raise no more alarms in a year than an operator can look at.
import type { Chemistry } from '#twin/api';
import type { DetectorId } from './detector.ts';
import { detectors } from './detectors.ts';

export interface Limit {
  /** Above it a pack is looked at; of a feature that only supports, above it it is named. */
  readonly inspect: number;
  /** Above it the pack stands still; null where a detector never stops one. */
  readonly stop: number | null;
}

export interface Ways {
  /** What two of the last three sessions reach. */
  readonly held: Limit;
  /** The sum over sessions. */
  readonly sum: Limit;
  /** What one session says twice; null where none does. */
  readonly once: Limit | null;
}

export type Limits = Readonly<Record<DetectorId, Ways>>;

export const chemistries = ['NMC', 'LFP', 'NCA'] as const satisfies readonly Chemistry[];

export interface Thresholds {
  readonly version: string;
  readonly simulated: true;
  /** How they were made, so that anybody makes them again. */
  readonly made: {
    readonly command: string;
    readonly seed: number;
    readonly packYears: number;
    readonly healthy: string;
    readonly tail: string;
  };
  /** Alarms per pack-year that all detectors together may raise. */
  readonly budget: { readonly inspect: number; readonly stop: number };
  readonly detectors: Readonly<Record<Chemistry, Limits>>;
  /** Not from simulation: GB 18384 demands 100 ohm for each volt of direct current, 500 of alternating. */
  readonly insulationOhmPerVolt: Limit;
}

/** @throws RangeError that names what is missing, when a text is not thresholds of this version of the detectors */
export function readThresholds(text: string): Thresholds {
  let read: Thresholds;
  try {
    read = JSON.parse(text);
  } catch (error) {
    throw new RangeError(`thresholds are no JSON: ${(error as Error).message}`);
  }
  const isLimit = (it: Limit | null | undefined) =>
    it != null &&
    Number.isFinite(it.inspect) &&
    it.inspect > 0 &&
    (it.stop === null || (Number.isFinite(it.stop) && it.stop > 0));
  if (typeof read?.version !== 'string') throw new RangeError('thresholds have no version');
  for (const chemistry of chemistries)
    for (const { id, habit } of detectors)
      for (const by of ['held', 'sum', 'once'] as const) {
        const limit = read.detectors?.[chemistry]?.[id]?.[by];
        if (by === 'once' && !habit.closely ? limit !== null : !isLimit(limit))
          throw new RangeError(`thresholds have no limit of ${chemistry} ${id} ${by}`);
      }
  if (!isLimit(read.insulationOhmPerVolt)) throw new RangeError('thresholds have no limit of insulationOhmPerVolt');
  return read;
}
