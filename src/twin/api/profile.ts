// A profile: state of charge and temperature over time, in straight lines, that repeats.
import { meanDepth, rainflow } from './rainflow.ts';
import { type Standing, standing, type Use } from './use.ts';

/** Where the pack stands at an hour of the profile. Two points of one hour jump. */
export interface ProfilePoint {
  readonly hour: number;
  /** 0 to 1. */
  readonly soc: number;
  readonly celsius: number;
}

/** A line is looked at in the middle of each of its parts: as many as it is long, but not more than this. */
const PARTS = 24;
const SOC_PART = 0.025;
const CELSIUS_PART = 1;
/** Slower than this, in 1/h, is rest: the models were fitted so. */
const REST_C = 0.01;

/**
 * What a profile does to a pack, over one of its periods.
 * @throws RangeError when it has fewer than two points, or time or charge that cannot be
 */
export function usageOf(points: readonly ProfilePoint[]): Use {
  const hours = (points.at(-1)?.hour ?? 0) - (points[0]?.hour ?? 0);
  if (!(hours > 0)) throw new RangeError('a profile takes some time');
  const wrong = points.find(({ soc, celsius }) => !(soc >= 0 && soc <= 1 && celsius > -100 && celsius < 200));
  if (wrong) throw new RangeError(`no pack stands like this: ${JSON.stringify(wrong)}`);

  const seen: Standing[] = [];
  const charging = { soc: 0, hours: 0, warmth: 0 };
  const discharging = { soc: 0, hours: 0 };
  let moved = 0;
  for (let n = 1; n < points.length; n++) {
    const from = points[n - 1]!;
    const to = points[n]!;
    const spent = to.hour - from.hour;
    if (!(spent >= 0)) throw new RangeError('a profile goes forward in time');
    const change = to.soc - from.soc;
    moved += Math.abs(change);
    if (spent === 0) continue;
    if (change >= REST_C * spent) {
      charging.soc += change;
      charging.hours += spent;
      charging.warmth += (spent * (from.celsius + to.celsius)) / 2;
    } else if (-change >= REST_C * spent) {
      discharging.soc -= change;
      discharging.hours += spent;
    }
    seen.push(...line(from, to, spent / hours));
  }
  return {
    days: hours / 24,
    efc: moved / 2,
    dod: depthOf(points),
    meanC: (charging.soc + discharging.soc) / hours,
    dischargeC: discharging.hours > 0 ? discharging.soc / discharging.hours : 0,
    chargeC: charging.hours > 0 ? charging.soc / charging.hours : 0,
    chargeCelsius: charging.hours > 0 ? charging.warmth / charging.hours : 25,
    standing: seen,
  };
}

function line(from: ProfilePoint, to: ProfilePoint, share: number): readonly Standing[] {
  if (from.soc === to.soc && from.celsius === to.celsius) return [standing(from.soc, from.celsius, share)];
  const long = Math.abs(to.soc - from.soc) / SOC_PART + Math.abs(to.celsius - from.celsius) / CELSIUS_PART;
  const parts = Math.min(PARTS, Math.ceil(long));
  return Array.from({ length: parts }, (_, part) => {
    const at = (part + 0.5) / parts;
    const between = (a: number, b: number) => a + (b - a) * at;
    return standing(between(from.soc, to.soc), between(from.celsius, to.celsius), share / parts);
  });
}

/** Of a profile that repeats: counted over two of its periods, so that a cycle across the seam is whole. */
const depthOf = (points: readonly ProfilePoint[]): number =>
  meanDepth(rainflow([...points, ...points].map((it) => it.soc)));
