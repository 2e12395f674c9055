// How often healthy packs raise alarms: lives simulated by the thousand, watched by the very code that watches real packs.
// From the highest figure of each detector in each pack-year come the limits (`limitsWithin`), from another seed the proof.
import { chance } from '#units';
import type { Detector, DetectorId } from './detector.ts';
import { detectors } from './detectors.ts';
import { anyLife, liveHealthy } from './healthy.ts';
import { riskOf } from './risk.ts';
import type { Session } from './session.ts';
import { limitFor } from './tail.ts';
import type { Limit, Thresholds } from './thresholds.ts';
import { MOST } from './trace.ts';
import { cleared, newWatch, watched } from './watch.ts';

/** Pack-years are lived two by two: so long is a pack followed. */
const YEARS = 2;
const DAYS = 365;

/** Nothing is above these: for watching without alarms. */
export const unlimited: Thresholds = limits((_) => ({ inspect: Number.MAX_VALUE, stop: null }));

export interface Peaks {
  readonly packYears: number;
  /** For each detector the highest of each pack-year. */
  readonly held: Readonly<Record<DetectorId, Float64Array>>;
  readonly sum: Readonly<Record<DetectorId, Float64Array>>;
}

/** The highest figures of so many healthy pack-years. */
export function peaksOf(packYears: number, seed: number, progress: (done: number) => void = () => {}): Peaks {
  const packs = Math.ceil(packYears / YEARS);
  const empty = () =>
    Object.fromEntries(detectors.map(({ id }) => [id, new Float64Array(packs * YEARS)])) as Record<
      DetectorId,
      Float64Array
    >;
  const [held, sum] = [empty(), empty()];
  for (let n = 0; n < packs; n++) {
    const dice = chance(seed).fork(`pack ${n}`);
    const life = anyLife(dice);
    let watch = newWatch(life.facts);
    let firstS: number | undefined;
    liveHealthy(life, YEARS * DAYS, dice, (session) => {
      watch = watched(watch, session, unlimited).watch;
      firstS ??= session.startedS;
      const year = n * YEARS + Math.min(YEARS - 1, Math.floor((session.endedS - firstS) / 86_400 / DAYS));
      for (const { id } of detectors) {
        const trace = watch.traces[id];
        if (trace.atS !== watch.atS) continue; // it abstained
        held[id][year] = highestOf(trace.held, held[id][year]!);
        sum[id][year] = highestOf(trace.sum, sum[id][year]!);
      }
    });
    progress(n * YEARS + YEARS);
  }
  return { packYears: packs * YEARS, held, sum };
}

function highestOf(values: readonly number[], known: number): number {
  for (let i = 0; i < values.length; i++) if (values[i]! > known) known = values[i]!;
  return known;
}

/** health.md 7: alarms for each pack-year that all detectors together may raise on healthy packs. */
export const BUDGET: Thresholds['budget'] = { inspect: 0.05, stop: 0.005 };

/** Of the budget so much is used: thresholds are found on one set of packs and must hold on another. */
const USED = 0.6;
/** A feature that only supports may be named beside alarms of this many healthy packs a year, and raises none. */
const NOTED = 0.05;

/**
 * The simulation knows less of the world than there is: no limit is below these, in deviations, however calm it was. And no
 * single session stops a pack by its sum: it adds no more than MOST.
 */
const LEAST = { held: { inspect: 3.5, stop: 5 }, sum: { inspect: 8, stop: MOST + 1 } } as const;

/** Limits with which all detectors together keep within a budget of alarms for each pack-year: each gets the same part. */
export function limitsWithin({ held, sum }: Peaks, budget: Thresholds['budget'] = BUDGET): Thresholds['detectors'] {
  const alarming = detectors.filter((it) => !it.onlySupports);
  const part = { inspect: (USED * budget.inspect) / (2 * alarming.length), stop: 0 };
  part.stop = (USED * budget.stop) / (2 * alarming.filter((it) => it.mayStop).length);
  const limitOf = (
    highest: Float64Array,
    { mayStop, onlySupports }: Detector,
    least: { inspect: number; stop: number },
  ): Limit => {
    const limit = (share: number, from: number) => Number(Math.max(limitFor(highest, share), from).toPrecision(4));
    if (onlySupports) return { inspect: limit(NOTED, 0.1), stop: null };
    const inspect = limit(part.inspect, least.inspect);
    return { inspect, stop: mayStop ? limit(part.stop, Math.max(inspect, least.stop)) : null };
  };
  return Object.fromEntries(
    detectors.map((it) => [
      it.id,
      { held: limitOf(held[it.id], it, LEAST.held), sum: limitOf(sum[it.id], it, LEAST.sum) },
    ]),
  ) as Thresholds['detectors'];
}

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
    let watch = newWatch(life.facts);
    let wasWide = false;
    liveHealthy(life, YEARS * DAYS, dice, (session) => {
      sessions++;
      const isWide = isWideApart(session);
      if (isWide && !wasWide) naive++;
      wasWide = isWide;
      const next = watched(watch, session, thresholds);
      watch = next.watch;
      const { level, reasons } = riskOf(next.signs);
      if (level === 'calm') return;
      if (level === 'stop') stop++;
      inspect++;
      const key = `${reasons[0]!.detector} ${reasons[0]!.by}`;
      byDetector[key] = (byDetector[key] ?? 0) + 1;
      watch = cleared(watch);
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

function limits(of: (id: DetectorId) => Limit): Thresholds {
  return {
    version: 'none',
    simulated: true,
    made: { command: '', seed: 0, packYears: 0, healthy: '', tail: '' },
    budget: { inspect: 0, stop: 0 },
    detectors: Object.fromEntries(
      detectors.map(({ id }) => [id, { held: of(id), sum: of(id) }]),
    ) as Thresholds['detectors'],
    insulationOhmPerVolt: { inspect: 500, stop: 100 },
  };
}
