// Detector 7 of health.md 6.2, thermal runaway as GB 38031-2025 C.5.3.7 confirms it: (a) a voltage fell by more than 25 % of
// what it was, or (b) a probe reached the maker's highest temperature; and (c) a probe rises by 1 °C/s or more for more than
// 3 s. A station that hears it stops charging, isolates the slot, warns the fire system and blocks the swap.
//
// One wild reading convicts nobody: a jump over the gap between two samples proves its mean rate over that gap and no more, so
// the next reading has to rise on, or still be hot. Only where the cell beside the probe fell in the same moments are there
// two witnesses already, and one reading is enough.
import { believed } from './probe.ts';
import { demandSample, type PackFacts, probeOf, type Sample } from './session.ts';

export interface Stream {
  /** What each cell was before it fell: follows upwards at once, downwards within half an hour; 0 before its first reading. */
  readonly initialMv: readonly number[];
  /** Since when each cell is that far below; null while it is not. */
  readonly fellS: readonly (number | null)[];
  /** The last samples of the probes, from old to new. */
  readonly probes: readonly { readonly atS: number; readonly probeC: readonly (number | null)[] }[];
  /** Since when each probe rises as fast as that; null while it does not. */
  readonly risesSinceS: readonly (number | null)[];
  /** With how many readings in a row. */
  readonly rises: readonly number[];
  readonly confirmed: Runaway | null;
}

export interface Runaway {
  readonly sinceS: number;
  readonly confirmedS: number;
  readonly probe: number;
  /** The cell whose voltage fell; null when warmth alone confirmed it. */
  readonly cell: number | null;
  readonly probeC: number;
}

const FELL = 0.25;
const RISE_K_PER_S = 1;
const RISES_S = 3;
/** So many readings in a row that rise are no wild one. */
const RISES = 2;
/** A cell that fell longer ago than this is a broken wire as well as anything: it bears no witness for a probe's jump. */
const FRESH_S = 30;
/** Whole degrees tell a rate over no less; a reading older than the other tells none. */
const RATE_OVER_S = 2;
const STALE_S = 90;
/** Readings that others between did not come for are kept a little longer than the rate needs. */
const KEPT_S = 6;
const FORGETS_S = 1800;

export const newStream = ({ cells, probes }: PackFacts): Stream => ({
  initialMv: new Array<number>(cells).fill(0),
  fellS: new Array<null>(cells).fill(null),
  probes: [],
  risesSinceS: new Array<null>(probes).fill(null),
  rises: new Array<number>(probes).fill(0),
  confirmed: null,
});

/**
 * The stream after a sample. What is confirmed stays so. A sample older than the last, or of the same moment, changes nothing;
 * a reading that its probe cannot have made is none.
 * @throws WrongSession when the sample cannot be
 */
export function streamed(stream: Stream, told: Sample, facts: PackFacts): Stream {
  const last = stream.probes.at(-1);
  const probeC = told.probeC.map((it, n) => believed(it, lastOf(stream, n), facts.hottestC));
  const sample = { ...told, probeC };
  demandSample(sample, facts, { knownMv: Math.max(...stream.initialMv) });
  const { atS, cellMv } = sample;
  if (last && atS <= last.atS) return stream;
  const fades = last ? Math.exp(-(atS - last.atS) / FORGETS_S) : 1;
  const initialMv = stream.initialMv.map((it, n) => {
    const mv = cellMv[n] ?? it;
    return Math.max(mv, Math.round(1000 * (mv + (it - mv) * fades)) / 1000);
  });
  const fellS = stream.fellS.map((since, n) => {
    const mv = cellMv[n] ?? null;
    if (mv === null) return since;
    return mv < (1 - FELL) * initialMv[n]! ? (since ?? atS) : null;
  });
  const rose = probeC.map((now, n) => risen(stream, { n, now, atS }));
  const kept = stream.probes.filter((_, n, all) => atS - (all[n + 1]?.atS ?? atS) < KEPT_S);
  const toKeep = probeC.map((it) => (it === null ? null : Math.round(100 * it) / 100));
  return {
    initialMv,
    fellS,
    probes: [...kept, { atS, probeC: toKeep }],
    risesSinceS: rose.map((it) => it.sinceS),
    rises: rose.map((it) => it.times),
    confirmed: stream.confirmed ?? confirmedNow(stream, { atS, probeC, fellS, rose }, facts),
  };
}

const lastOf = ({ probes }: Stream, n: number): number | null =>
  probes.findLast((it) => it.probeC[n] !== null)?.probeC[n] ?? null;

interface Rise {
  readonly sinceS: number | null;
  readonly times: number;
}

function risen(stream: Stream, { n, now, atS }: { n: number; now: number | null; atS: number }): Rise {
  const before: Rise = { sinceS: stream.risesSinceS[n]!, times: stream.rises[n]! };
  const none: Rise = { sinceS: null, times: 0 };
  const last = stream.probes.at(-1);
  if (now === null) return last && atS - last.atS > STALE_S ? none : before;
  const from = stream.probes.findLast((it) => atS - it.atS >= RATE_OVER_S && it.probeC[n] !== null);
  if (!from) return before; // only of its own readings that did not come
  if (atS - from.atS > STALE_S) return none;
  const rate = (now - from.probeC[n]!) / (atS - from.atS);
  return rate >= RISE_K_PER_S ? { sinceS: before.sinceS ?? from.atS, times: before.times + 1 } : none;
}

interface Now {
  readonly atS: number;
  readonly probeC: readonly (number | null)[];
  readonly fellS: readonly (number | null)[];
  readonly rose: readonly Rise[];
}

function confirmedNow(before: Stream, now: Now, facts: PackFacts): Runaway | null {
  const { atS, probeC, fellS, rose } = now;
  const anyFallen = fellS.findIndex((it) => it !== null);
  for (const [probe, { sinceS, times }] of rose.entries()) {
    const celsius = probeC[probe] ?? Number.NaN;
    const isHot = celsius >= facts.hottestC;
    const beside = fellS.findIndex((it, cell) => it !== null && atS - it <= FRESH_S && probeOf(facts, cell) === probe);
    const found = (since: number): Runaway => ({
      ...{ sinceS: since, confirmedS: atS, probe, probeC: celsius },
      cell: beside >= 0 ? beside : anyFallen >= 0 ? anyFallen : null,
    });
    if (sinceS !== null && atS - sinceS > RISES_S) {
      if (beside >= 0 || (times >= RISES && (isHot || anyFallen >= 0))) return found(sinceS);
      continue;
    }
    // It jumped over a gap, and rises no more: what it read was true if it is still as hot.
    const jumped = before.risesSinceS[probe] ?? null;
    const lastS = before.probes.at(-1)?.atS ?? atS;
    if (sinceS === null && jumped !== null && lastS - jumped > RISES_S && isHot) return found(jumped);
  }
  return null;
}
