// How a pack stood after half an hour at rest, and how it stood when it left, as early warning looks at it. Pure.
import { isAtRest } from '../charges/charge.ts';
import { type PackFacts, REST_S, type Session } from '../warning/session.ts';
import { type CellSample, insulationOf, pointAt, probesOf, REST_SLACK_S, secondsOf } from './ofCharge.ts';

/** The rest that was over at `endedS`, in seconds since 1970; undefined when its cells were not told half an hour apart. */
export function restOf(told: readonly CellSample[], endedS: number, facts: PackFacts): Session | undefined {
  const until = told
    .filter((it) => secondsOf(it) <= endedS + 1)
    .toSorted((a, b) => Temporal.Instant.compare(a.at, b.at));
  const flowed = until.findLastIndex((it) => it.currentA !== undefined && !isAtRest({ a: it.currentA }, facts));
  const rest = until.slice(flowed + 1);
  const last = rest.findLast((it) => it.cellMv?.length === facts.cells);
  const first = rest.find((it) => it.cellMv && (flowed < 0 || restedS(until[flowed]!, it) >= REST_S - REST_SLACK_S));
  if (!first || !last || restedS(first, last) < REST_S - REST_SLACK_S) return undefined;
  return {
    kind: 'rest',
    startedS: secondsOf(first),
    endedS: secondsOf(last),
    points: pointAt('rest-after', last, facts),
    socBefore: first.soc ?? null,
    socAfter: last.soc ?? null,
    chargedAh: null,
    chargingS: null,
    probeBeforeC: probesOf(first, facts),
    probeAfterC: probesOf(last, facts),
    ambientC: null,
    insulationKOhm: insulationOf([last]),
  };
}

const restedS = (from: CellSample, to: CellSample): number => secondsOf(to) - secondsOf(from);
