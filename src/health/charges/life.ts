// How long a pack will last in a vehicle: its ageing model at the pace that its own estimates have shown.
import {
  aged,
  capacityOf,
  type Duty,
  duties,
  dutyUsage,
  learnt,
  modelOf,
  over,
  type Scale,
  unknownScale,
  unworn,
} from '#twin';
import type { Band } from './estimate.ts';

export interface Worn {
  readonly chemistry: 'LFP' | 'NMC';
  readonly ageDays: number;
  /** Equivalent full cycles since new. */
  readonly efc: number;
  /** In percent of the plate, as estimated. */
  readonly soh: Band;
}

/** How long it still lasts; null where that is longer than anybody can say, and then `lower` is what is said: at least so long. */
export interface Left {
  readonly value: number | null;
  readonly lower: number;
  readonly upper: number | null;
}

export interface RemainingLife {
  /** It ends where the state of health is this, in percent. */
  readonly endSoh: number;
  /** If it is used as it was. */
  readonly days: Left;
  readonly efc: Left;
  /** How many times the model's loss it loses, with its deviation. */
  readonly pace: Scale;
}

/** Of a vehicle's pack: what carmakers' warranties and the trade take for the end. */
const END_SOH = 80;
/** Cells whose ageing stands for the two chemistries of the catalogue. */
const MODELS = { LFP: 'lfp-250', NMC: 'nmc-75a' } as const;
/** A mild climate's mean. Assumed. */
const OUTSIDE_C = 17;
/** No pack has been watched for longer than half of this: what lies beyond is not said. Assumed. */
const [LONGEST_DAYS, STEP_DAYS] = [30 * 365, 14];
const NINETY = 1.645;
/** Models are off for a single pack even when its pace is known: seasons, other use, another cell. Assumed. */
const MODEL_DEVIATION = 0.1;
/** A pack younger than this has no use of its own yet. */
const YOUNG_DAYS = 30;

/**
 * Remaining life with its band of 90 %. Knees are in no model (health.md 5.2): a pack that runs away ends earlier, and the
 * trend of its estimates shows it (`knee`, `fadesTooFast`). @throws RangeError when an age or a use cannot be
 */
export function remainingLife({ chemistry, ageDays, efc, soh }: Worn): RemainingLife {
  if (!(ageDays >= 0 && efc >= 0)) throw new RangeError(`no pack is ${ageDays} days old after ${efc} cycles`);
  const efcPerDay = efcPerDayOf({ ageDays, efc });
  const curve = lossCurve(chemistry, efcPerDay);
  const deviation = Math.max(0.1, (soh.upper - soh.value) / NINETY) / 100;
  const expected = at(curve, ageDays);
  const pace = learnt(unknownScale, { loss: 1 - soh.value / 100, deviation, expected });
  const unsure = Math.hypot(pace.deviation, MODEL_DEVIATION * pace.mean);
  const left = (scale: number, band: number): number | null => {
    if (band <= END_SOH) return 0;
    const until = lastsUntil(curve, scale);
    return until === undefined ? null : Math.max(0, until - ageDays);
  };
  const days: Left = {
    value: left(pace.mean, soh.value),
    lower: left(pace.mean + NINETY * unsure, soh.lower) ?? Math.max(0, LONGEST_DAYS - ageDays),
    upper: left(Math.max(0.1, pace.mean - NINETY * unsure), soh.upper),
  };
  const cycles = <N extends number | null>(it: N) => (it === null ? it : it * efcPerDay) as N;
  return {
    endSoh: END_SOH,
    days,
    efc: { value: cycles(days.value), lower: cycles(days.lower), upper: cycles(days.upper) },
    pace,
  };
}

/** What a pack of its kind and use loses in the last so many days by its ageing model, in percent points. */
export function usualLoss({ chemistry, ageDays, efc }: Omit<Worn, 'soh'>, lastDays: number): number {
  const curve = lossCurve(chemistry, efcPerDayOf({ ageDays, efc }));
  return 100 * (at(curve, ageDays) - at(curve, Math.max(0, ageDays - lastDays)));
}

const efcPerDayOf = ({ ageDays, efc }: Pick<Worn, 'ageDays' | 'efc'>): number =>
  ageDays < YOUNG_DAYS ? usual.efcPerDay : Math.max(0.02, efc / ageDays);

const [busy, usual] = duties;

/** Loss by the model at every 14 days, as a share of the plate, when used at this pace. */
function lossCurve(chemistry: Worn['chemistry'], efcPerDay: number): Float64Array {
  const model = modelOf(MODELS[chemistry]);
  const duty: Duty = { ...(efcPerDay > 0.6 ? busy : usual), efcPerDay: Math.min(efcPerDay, busy.efcPerDay) };
  const use = over(dutyUsage(duty, duty.policy, OUTSIDE_C), STEP_DAYS);
  const curve = new Float64Array(LONGEST_DAYS / STEP_DAYS);
  let damage = unworn(model);
  for (let n = 1; n < curve.length; n++) {
    damage = aged(model, damage, use);
    curve[n] = 1 - capacityOf(model, damage, { scale: 1, initial: 1 });
  }
  return curve;
}

const at = (curve: Float64Array, days: number): number =>
  curve[Math.min(curve.length - 1, Math.round(days / STEP_DAYS))]!;

/** The age in days at which so many times the loss is too much; undefined when that is beyond what is looked at. */
function lastsUntil(curve: Float64Array, scale: number): number | undefined {
  const end = curve.findIndex((loss) => scale * loss >= 1 - END_SOH / 100);
  return end < 0 ? undefined : end * STEP_DAYS;
}
