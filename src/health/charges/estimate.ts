// What a charge shows of a pack: how much it holds, and its resistance. The filter of the twin follows the charge reading by
// reading (src/twin/follow.ts); what was believed before the charge is where it begins.
import { type Belief, believed, followed, kinds } from '#twin';
import type { Abstention } from '../api/charge.ts';
import type { Calibration } from './calibration.ts';
import { type Charge, currentBefore, isAtRest, type Plate, type Point, pointsOf } from './charge.ts';

/** Everything an estimate is made from: kept, so that anybody can make it again. */
export interface Inputs {
  readonly plate: Plate;
  readonly before: Known | null;
  readonly points: readonly Point[];
  readonly calibration: Calibration;
}

/** What is believed of a pack between charges; shares of a new one, with deviations. */
export interface Known {
  readonly capacity: number;
  readonly capacityDeviation: number;
  readonly ohms: number;
  readonly ohmsDeviation: number;
}

export interface Band {
  readonly value: number;
  /** It is between these in nine of ten packs. */
  readonly lower: number;
  readonly upper: number;
}

export type Estimate =
  /** What little it told is remembered: several such charges may tell enough. */
  | { readonly standing: 'abstained'; readonly why: Abstention; readonly known?: Known }
  | {
      readonly standing: 'estimated';
      /** In percent of the plate. */
      readonly soh: Band;
      /** Times that of a new pack. */
      readonly ohms: Band;
      readonly known: Known;
    };

/** Of a pack nobody has measured: between 70 and 105 % of its plate, most likely. */
const UNKNOWN: Known = { capacity: 0.95, capacityDeviation: 0.1, ohms: 1.2, ohmsDeviation: 0.4 };
/** A management system that counts charge is off by so much, as a share. Assumed. */
const SOC_DEVIATION = 0.05;
/** What a pack may lose in a day without our seeing it, as a share. */
const DAILY_DEVIATION = 0.0003;
/** Of 90 % in a normal distribution. */
const NINETY = 1.645;
const MOST_MISSES = 10;
/**
 * Mean square of how far voltages are off, in deviations. 99 of 100 simulated charges stay below 0.9; a straight line
 * instead of the cell's curve has 1.3 and more.
 */
const MOST_SURPRISE = 1.2;
/** Points of charge between what the pack tells at the end and what the charge shows. Simulated packs: 6 at the most. */
const MOST_SOC_OFF = 15;
/** No pack holds more than this share of its plate, and none has less than this share of a new one's resistance. Assumed. */
const [MOST_CAPACITY, LEAST_OHMS] = [1.06, 0.5];
/** Half a band wider than this, in points, says no more than was known of any pack before. */
const WIDEST = 10;

/** What is believed after a capacity test: of the resistance it says nothing. */
export const knownByTest = (
  { soh, upper }: { readonly soh: number; readonly upper: number },
  before: Known | null,
  { weakest }: Calibration['LFP'],
): Known => ({
  ...(before ?? UNKNOWN),
  capacity: soh / 100 + weakest,
  capacityDeviation: (upper - soh) / NINETY / 100,
});

/** Reads a charge. @param daysSince the last estimate: what is believed grows old */
export function inputsOf(
  charge: Charge,
  plate: Plate,
  { before, daysSince = 0, calibration }: { before: Known | null; daysSince?: number; calibration: Calibration },
): Inputs | Abstention {
  const points = pointsOf(charge, plate);
  if (typeof points === 'string') return points;
  const aged = (deviation: number) => Math.hypot(deviation, DAILY_DEVIATION * Math.max(0, daysSince));
  const known = before && {
    ...before,
    capacityDeviation: aged(before.capacityDeviation),
    ohmsDeviation: aged(before.ohmsDeviation),
  };
  return { plate, before: known, points, calibration };
}

/** A pure function of its inputs: the same to the last bit whenever it is asked. */
export function estimated({ plate, before, points, calibration }: Inputs): Estimate {
  const belief = follow(plate, before ?? UNKNOWN, points);
  const why = misfit(belief, points.at(-1)!);
  if (why) return { standing: 'abstained', why };
  const [, , capacity, ohms] = belief.mean;
  const known: Known = {
    capacity,
    capacityDeviation: Math.sqrt(belief.spread[10]!),
    ohms,
    ohmsDeviation: Math.sqrt(belief.spread[15]!),
  };
  const { weakest, capacityBias, ohmsBias, factor } = calibration[plate.chemistry];
  // The same sensor and the same curve err alike in every charge: no number of charges makes that smaller.
  const wide = (deviation: number, bias: number) => NINETY * factor * Math.hypot(deviation, bias);
  const points90 = 100 * wide(known.capacityDeviation, capacityBias);
  if (points90 > WIDEST) return { standing: 'abstained', why: 'says-too-little', known };
  return {
    standing: 'estimated',
    soh: bandOf(100 * (capacity - weakest), points90, 100 * MOST_CAPACITY),
    ohms: bandOf(ohms, wide(known.ohmsDeviation, ohmsBias), 20),
    known,
  };
}

/** Why a charge that can be followed is not that of this pack, as far as its plate and its curve are known. */
function misfit({ mean, misses, surprise, voltages }: Belief, last: Point): Abstention | undefined {
  const [soc, , capacity, ohms] = mean;
  if (misses > MOST_MISSES) return 'not-this-pack';
  if (surprise > MOST_SURPRISE * voltages || ohms < LEAST_OHMS) return 'curve-does-not-fit';
  if (capacity > MOST_CAPACITY) return 'more-than-its-plate';
  return last.soc !== null && Math.abs(last.soc - 100 * soc) > MOST_SOC_OFF ? 'soc-contradicts' : undefined;
}

function follow(plate: Plate, known: Known, points: readonly Point[]): Belief {
  const { chemistry, capacityAh } = plate;
  const kind = kinds[chemistry];
  const [first] = points;
  let belief = believed(
    { soc: (first!.soc ?? 50) / 100, capacity: known.capacity, ohms: known.ohms },
    {
      soc: first!.soc === null ? 0.3 : SOC_DEVIATION,
      capacity: known.capacityDeviation,
      ohms: known.ohmsDeviation,
    },
  );
  let before = first!;
  if (isAtRest(before, plate)) belief = followed(belief, kind, capacityAh, readingOf(before, 0, 60, before.cellV));
  for (const it of points.slice(1)) {
    const half = (it.s - before.s) / 2;
    belief = followed(belief, kind, capacityAh, readingOf(it, currentBefore(before, it, plate), half, null));
    belief = followed(belief, kind, capacityAh, readingOf(it, it.a, half, it.cellV));
    before = it;
  }
  return belief;
}

const readingOf = ({ celsius }: Point, a: number, seconds: number, cellV: number | null) => ({
  seconds,
  currentA: -a, // the twin counts discharge as positive
  celsius,
  cellV,
});

function bandOf(value: number, wide: number, most: number): Band {
  const within = (it: number) => Math.min(most, Math.max(0, it));
  return { value: within(value), lower: within(value - wide), upper: within(value + wide) };
}
