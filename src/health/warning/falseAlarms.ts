// How often healthy packs raise alarms: lives simulated by the thousand, watched by the very code that watches real packs, on
// other seeds than those of the limits.
import { chance } from '#units';
import { anyLife, DAYS, liveHealthy, YEARS } from './healthy.ts';
import { riskOf } from './risk.ts';
import type { Session } from './session.ts';
import type { Thresholds } from './thresholds.ts';
import { look, newWatching } from './watch.ts';

export interface FalseAlarms {
  readonly packYears: number;
  readonly sessions: number;
  readonly inspect: number;
  readonly stop: number;
  /** Of the naive way: how often its cells newly lay 50 mV apart. */
  readonly naive: number;
  readonly byDetector: Readonly<Record<string, number>>;
}

/**
 * How many alarms healthy packs raise. Whoever is alarmed looks at the pack, finds it well, and it is watched anew; a stop counts
 * as a stop and as an inspection.
 */
export function falseAlarms(
  thresholds: Thresholds,
  { packYears, seed, progress = () => {} }: { packYears: number; seed: number; progress?: (done: number) => void },
): FalseAlarms {
  const packs = Math.ceil(packYears / YEARS);
  const byDetector: Record<string, number> = {};
  let [sessions, inspect, stop, naive] = [0, 0, 0, 0];
  for (let n = 0; n < packs; n++) {
    const dice = chance(seed).fork(`pack ${n}`);
    const life = anyLife(dice);
    let watching = newWatching(life.facts);
    let wasWide = false;
    liveHealthy(life, YEARS * DAYS, dice, (session) => {
      sessions++;
      const isWide = isWideApart(session);
      if (isWide && !wasWide) naive++;
      wasWide = isWide;
      look(watching, session, thresholds);
      const { level, reasons } = riskOf(watching.signs);
      if (level === 'calm') return;
      if (level === 'stop') stop++;
      inspect++;
      const key = `${reasons[0]!.detector} ${reasons[0]!.by}`;
      byDetector[key] = (byDetector[key] ?? 0) + 1;
      watching = { ...newWatching(life.facts), atS: watching.atS }; // as `cleared`
    });
    progress((n + 1) * YEARS);
  }
  return { packYears: packs * YEARS, sessions, inspect, stop, naive, byDetector };
}

/** What many a pack is built to shout at: its cells more than 50 mV apart where they should stand alike, near full. */
const NAIVE_MV = 50;

export const isWideApart = ({ points }: Session): boolean =>
  points.some((it) => (it.at === 'end-of-charge' || it.at === 'rest-after') && spreadMv(it.cellMv) > NAIVE_MV);

function spreadMv(cellMv: readonly (number | null)[]): number {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const it of cellMv) {
    if (it === null) continue;
    if (it < lowest) lowest = it;
    if (it > highest) highest = it;
  }
  return highest - lowest;
}
