// Limits from a budget: the highest figure of each detector in each healthy pack-year, and the height that all detectors together
// pass in so few of the years. For each chemistry by itself: what tells a leak of NMC is noise on LFP.
import type { Chemistry } from '#twin/api';
import { chance } from '#units';
import type { Detector, DetectorId } from './detector.ts';
import { detectors } from './detectors.ts';
import { anyLife, DAYS, liveHealthy, YEARS } from './healthy.ts';
import { limitFor } from './tail.ts';
import { chemistries, type Limit, type Limits, type Thresholds, type Ways } from './thresholds.ts';
import { MOST } from './trace.ts';
import { look, newWatching } from './watch.ts';

/** For each detector the highest of each pack-year, in each way that it tells. */
export type Peaks = Readonly<Record<DetectorId, Readonly<Record<Way, Float64Array>>>>;

type Way = keyof Ways;
const ways: readonly Way[] = ['held', 'sum', 'once'];

/** Nothing is above these: for watching without alarms. */
const unlimited: Thresholds = {
  version: 'none',
  simulated: true,
  made: { command: '', seed: 0, packYears: 0, healthy: '', tail: '' },
  budget: { inspect: 0, stop: 0 },
  detectors: each(chemistries, () =>
    each(idsOf(detectors), () => {
      const none = { inspect: Number.MAX_VALUE, stop: null };
      return { held: none, sum: none, once: null };
    }),
  ),
  insulationOhmPerVolt: { inspect: 500, stop: 100 },
};

/** The highest figures of so many pack-years of healthy packs of one chemistry. */
export function peaksOf(
  chemistry: Chemistry,
  { packYears, seed, progress = () => {} }: { packYears: number; seed: number; progress?: (done: number) => void },
): Peaks {
  const packs = Math.ceil(packYears / YEARS);
  const peaks: Peaks = each(idsOf(detectors), () => each(ways, () => new Float64Array(packs * YEARS)));
  for (let n = 0; n < packs; n++) {
    const dice = chance(seed).fork(`${chemistry} ${n}`);
    const life = anyLife(dice, chemistry);
    const watching = newWatching(life.facts);
    let firstS: number | undefined;
    liveHealthy(life, YEARS * DAYS, dice, (session) => {
      look(watching, session, unlimited);
      firstS ??= session.startedS;
      const year = n * YEARS + Math.min(YEARS - 1, Math.floor((session.endedS - firstS) / 86_400 / DAYS));
      for (const { id } of detectors) {
        const { atS, of } = watching.traces[id];
        if (atS !== watching.atS) continue; // it abstained
        for (const way of ways) peaks[id][way][year] = highestOf(of[way], peaks[id][way][year]!);
      }
    });
    progress((n + 1) * YEARS);
  }
  return peaks;
}

function highestOf(values: Float32Array | Float16Array, known: number): number {
  for (let i = 0; i < values.length; i++) if (values[i]! > known) known = values[i]!;
  return known;
}

/** health.md 7: alarms for each pack-year that all detectors together may raise on healthy packs. */
export const BUDGET: Thresholds['budget'] = { inspect: 0.05, stop: 0.005 };

/** Of the budget so much is used: limits are found on one set of packs and must hold on another. */
const USED = 0.55;
/** Who finds internal shorts gets so many parts of it; the others one each. Hours count there, weeks elsewhere. */
const PARTS: Partial<Record<DetectorId, number>> = { leak: 12, 'leak-low': 6, voltage: 3 };
/** A feature that only supports may be named beside alarms of this many healthy packs a year, and raises none. */
const NOTED = 0.05;

/**
 * The simulation knows less of the world than there is: no limit is below these, in deviations, however calm it was. And no
 * single session stops a pack by its sum: it adds no more than MOST.
 */
const LEAST: Record<Way, { inspect: number; stop: number }> = {
  held: { inspect: 3.5, stop: 5 }, // of a pair together, sqrt 2 times as much
  sum: { inspect: 8, stop: MOST + 1 },
  once: { inspect: 5, stop: Number.POSITIVE_INFINITY },
};

/**
 * Of `voltage` held: a cell that is unlike the others from the first stands apart again after each inspection, and alarms again,
 * which the highest figure of a year counts once.
 */
const REPEATS = { inspect: 6.5, stop: 8 } as const;

/**
 * Limits with which all detectors of a chemistry together keep within a budget of alarms for each pack-year. What the limits
 * of some do not use, because they stand at their least, goes to all: their parts are raised together until the years with an
 * alarm are as many as the budget allows.
 */
export function limitsWithin(peaks: Peaks, budget: Thresholds['budget'] = BUDGET): Limits {
  const stop = USED * budget.stop;
  let [low, high] = [0, 1];
  for (let n = 0; n < 12; n++) {
    const middle = (low + high) / 2;
    const isWithin = alarmedShare(peaks, limitsFor(peaks, { inspect: middle, stop })) <= USED * budget.inspect;
    if (isWithin) low = middle;
    else high = middle;
  }
  const limits = limitsFor(peaks, { inspect: low, stop });
  const { held } = limits.voltage;
  const raised = { inspect: Math.max(held.inspect, REPEATS.inspect), stop: Math.max(held.stop!, REPEATS.stop) };
  return { ...limits, voltage: { ...limits.voltage, held: raised } };
}

/** The limits when the parts of all detectors together are these shares of the years. */
function limitsFor(peaks: Peaks, all: { inspect: number; stop: number }): Limits {
  const partOf = ({ id, habit }: Detector, among: readonly Detector[]) => {
    const parts = among.reduce((sum, it) => sum + (PARTS[it.id] ?? 1), 0);
    return (PARTS[id] ?? 1) / parts / (habit.closely ? 3 : 2);
  };
  const alarming = detectors.filter((it) => !it.onlySupports);
  const stopping = alarming.filter((it) => it.mayStop);
  const limitOf = (it: Detector, way: Way): Limit => {
    const most = it.habit.closely && way === 'held' ? Math.SQRT2 : 1;
    const least = { inspect: most * LEAST[way].inspect, stop: most * LEAST[way].stop };
    const limit = (share: number, from: number) =>
      Number(Math.max(limitFor(peaks[it.id][way], Math.min(0.2, share)), from).toPrecision(4));
    if (it.onlySupports) return { inspect: limit(NOTED, 0.1), stop: null };
    const inspect = limit(Math.max(1e-5, all.inspect * partOf(it, alarming)), least.inspect);
    const mayStop = it.mayStop && way !== 'once';
    return {
      inspect,
      stop: mayStop ? limit(all.stop * partOf(it, stopping), Math.max(inspect, least.stop)) : null,
    };
  };
  return Object.fromEntries(
    detectors.map((it) => [
      it.id,
      { held: limitOf(it, 'held'), sum: limitOf(it, 'sum'), once: it.habit.closely ? limitOf(it, 'once') : null },
    ]),
  ) as Limits;
}

/** The share of the years in which something was above its limit. */
function alarmedShare(peaks: Peaks, limits: Limits): number {
  const alarming = detectors.filter((it) => !it.onlySupports);
  const years = peaks.leak.held.length;
  let alarmed = 0;
  for (let year = 0; year < years; year++)
    if (
      alarming.some(({ id }) =>
        ways.some((way) => peaks[id][way][year]! > (limits[id][way]?.inspect ?? Number.POSITIVE_INFINITY)),
      )
    )
      alarmed++;
  return alarmed / years;
}

function idsOf(its: readonly Detector[]): readonly DetectorId[] {
  return its.map((it) => it.id);
}

function each<K extends string, V>(keys: readonly K[], of: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, of(key)])) as Record<K, V>;
}
