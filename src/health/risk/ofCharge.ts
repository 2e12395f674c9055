// One charge in a slot and the rest after it, as early warning looks at it: at a few moments, all cells at once. Pure.
import { type ChargeSample, currentBefore, isAtRest, type Plate } from '../charges/charge.ts';
import { believed } from '../warning/probe.ts';
import { EQUAL_SOC, type PackFacts, type Point, type PointName, REST_S, type Session } from '../warning/session.ts';

export interface CellSample extends ChargeSample {
  /** Of each cell in series, in mV. */
  readonly cellMv?: readonly number[];
  /** Against the body, in ohm for each volt at the poles. */
  readonly insulationOhmPerV?: number;
}

/** GB/T 44500-2024 Annex B, where the maker is silent. */
const HOTTEST_C = { LFP: 65, NMC: 60 } as const;
/** Stations do not tell to the second. */
export const REST_SLACK_S = 60;
const SOC_SLACK = 1.5;
/** What a probe read so long after the current began is no longer how warm the pack came. */
const BEGINNING_S = 600;

/** What early warning has to know of a pack: its plate, and how many probes its station tells of. */
export function factsOf({ chemistry, capacityAh, series: cells }: Plate, samples: readonly CellSample[]): PackFacts {
  const probes = Math.min(cells, probesToldIn(samples));
  return { chemistry, capacityAh, cells, probes, hottestC: HOTTEST_C[chemistry] };
}

/** How many thermometers most samples tell of, the more of equal ones; 0 when none does. A first list that was cut short decides nothing. */
function probesToldIn(samples: readonly CellSample[]): number {
  const told = Map.groupBy(
    samples.flatMap((it) => it.probesC?.length ?? []),
    (it) => it,
  );
  const [most] = [...told].toSorted(([a, ones], [b, others]) => others.length - ones.length || b - a);
  return most?.[0] ?? 0;
}

/** Whether a station told, of this pack, what each of its cells shows. */
export const tellsCells = (samples: readonly CellSample[], { series }: Plate): boolean =>
  samples.some((it) => it.cellMv?.length === series);

/**
 * The session that ended with the charge of `endedS`, in seconds since 1970; undefined when no charge was told until then.
 * Points at which the station told no cells, or of another number, are left out.
 */
export function sessionOf(told: readonly CellSample[], endedS: number, facts: PackFacts): Session | undefined {
  const samples = told.toSorted((a, b) => Temporal.Instant.compare(a.at, b.at));
  const flows = (it: CellSample | undefined) => it?.currentA !== undefined && !isAtRest({ a: it.currentA }, facts);
  const last = samples.findLastIndex((it) => flows(it) && secondsOf(it) <= endedS + 1);
  if (last < 0) return undefined;
  let first = last;
  while (first > 0 && (flows(samples[first - 1]) || samples[first - 1]!.currentA === undefined)) first--;
  const charge = samples.slice(first, last + 1).filter((it) => it.currentA !== undefined);
  const [begin, end] = [charge[0]!, charge.at(-1)!];
  const next = samples.findIndex((it, n) => n > last && flows(it));
  const rest = samples.slice(last + 1, next < 0 ? undefined : next);
  const restedFrom = samples[samples.slice(0, first).findLastIndex(flows) + 1]!;
  const before = samples.slice(0, first).findLast((it) => it.cellMv && secondsOf(it) >= secondsOf(restedFrom));
  const hasRested = before && secondsOf(before) - secondsOf(restedFrom) >= REST_S - REST_SLACK_S;
  const after = rest.find((it) => it.cellMv && secondsOf(it) - secondsOf(end) >= REST_S - REST_SLACK_S);
  const midway = charge.find(
    (it) => it !== end && it.cellMv && Math.abs((it.soc ?? -1) - 100 * EQUAL_SOC) <= SOC_SLACK,
  );
  const chargedAh = flowedAh(samples.slice(Math.max(0, first - 1), last + 1), facts);
  if (!(chargedAh > 0)) return undefined; // it gave back to the grid
  const points = [
    ...pointAt('rest-before', hasRested ? before : undefined, facts),
    ...pointAt('equal-soc', midway, facts),
    ...pointAt('end-of-charge', end, facts),
    ...pointAt('rest-after', after, facts),
  ];
  const warmFirst = samples.slice(Math.max(0, first - 1), last).find((it) => it.probesC);
  const isFresh = warmFirst && secondsOf(warmFirst) - secondsOf(begin) < BEGINNING_S;
  return {
    kind: 'charge',
    startedS: secondsOf(restedFrom),
    endedS: secondsOf(after ?? rest.at(-1) ?? end),
    points,
    socBefore: samples[first - 1]?.soc ?? begin.soc ?? null,
    socAfter: end.soc ?? null,
    chargedAh,
    chargingS: secondsOf(end) - secondsOf(samples[Math.max(0, first - 1)]!),
    probeBeforeC: probesOf(isFresh ? warmFirst : undefined, facts),
    probeAfterC: probesOf(end, facts),
    ambientC: null, // OCPP does not tell it
    insulationKOhm: insulationOf([...charge, ...rest]),
  };
}

export const secondsOf = ({ at }: Pick<CellSample, 'at'>): number => at.epochMilliseconds / 1000;

export function pointAt(at: PointName, it: CellSample | undefined, { cells }: PackFacts): Point[] {
  if (it?.cellMv?.length !== cells) return [];
  return [{ at, currentA: it.currentA ?? null, soc: it.soc ?? null, cellMv: it.cellMv }];
}

export const probesOf = (it: CellSample | undefined, { probes }: PackFacts): (number | null)[] =>
  it?.probesC?.length === probes
    ? it.probesC.map((one) => believed(one, null, Number.POSITIVE_INFINITY))
    : new Array<null>(probes).fill(null);

export function insulationOf(samples: readonly CellSample[]): number | null {
  const last = samples.findLast((it) => it.insulationOhmPerV !== undefined && it.voltageV !== undefined);
  return last ? (last.insulationOhmPerV! * last.voltageV!) / 1000 : null;
}

/** What flowed in, in Ah. */
function flowedAh(samples: readonly CellSample[], { capacityAh }: PackFacts): number {
  const currents = samples.flatMap((it) => (it.currentA === undefined ? [] : [{ s: secondsOf(it), a: it.currentA }]));
  return currents.reduce((sum, it, n) => {
    const before = currents[n - 1];
    return before ? sum + ((it.a + currentBefore(before, it, { capacityAh })) / 2) * ((it.s - before.s) / 3600) : sum;
  }, 0);
}
