// The limits of all detectors as data: set so that healthy packs raise no more alarms in a year than an operator can look at.
import type { DetectorId } from './detector.ts';
import { detectors } from './detectors.ts';

export interface Limit {
  /** Above it a pack is looked at; of a feature that only supports, above it it is named. */
  readonly inspect: number;
  /** Above it the pack stands still; null where a detector never stops one. */
  readonly stop: number | null;
}

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
  readonly detectors: Readonly<Record<DetectorId, { readonly held: Limit; readonly sum: Limit }>>;
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
  const isLimit = (it: Limit | undefined) =>
    it !== undefined &&
    Number.isFinite(it.inspect) &&
    it.inspect > 0 &&
    (it.stop === null || (Number.isFinite(it.stop) && it.stop > 0));
  if (typeof read?.version !== 'string') throw new RangeError('thresholds have no version');
  for (const { id } of detectors)
    for (const by of ['held', 'sum'] as const)
      if (!isLimit(read.detectors?.[id]?.[by])) throw new RangeError(`thresholds have no limit of ${id} ${by}`);
  if (!isLimit(read.insulationOhmPerVolt)) throw new RangeError('thresholds have no limit of insulationOhmPerVolt');
  return read;
}
