// Detector 7 of health.md 6.2, thermal runaway as GB 38031-2025 C.5.3.7 confirms it: (a) a voltage fell by more than 25 % of
// what it was, or (b) a probe reached the maker's highest temperature; and (c) a probe rises by 1 °C/s or more for more than
// 3 s. A station that hears it stops charging, isolates the slot, warns the fire system and blocks the swap.
import { demandSample, type PackFacts, probeOf, type Sample } from './session.ts';

export interface Stream {
  /** What each cell was before it fell: follows upwards at once, downwards within half an hour; 0 before its first reading. */
  readonly initialMv: readonly number[];
  /** The last samples of the probes, from old to new. */
  readonly probes: readonly { readonly atS: number; readonly probeC: readonly (number | null)[] }[];
  /** Since when each probe rises as fast as that; null while it does not. */
  readonly risesSinceS: readonly (number | null)[];
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
/** Whole degrees tell a rate over no less; a reading older than the other tells none. */
const RATE_OVER_S = 2;
const STALE_S = 90;
/** Readings that others between did not come for are kept a little longer than the rate needs. */
const KEPT_S = 6;
const FORGETS_S = 1800;

export const newStream = ({ cells, probes }: PackFacts): Stream => ({
  initialMv: new Array<number>(cells).fill(0),
  probes: [],
  risesSinceS: new Array<null>(probes).fill(null),
  confirmed: null,
});

/**
 * The stream after a sample. What is confirmed stays so. A sample older than the last, or of the same moment, changes nothing.
 * @throws WrongSession when the sample cannot be
 */
export function streamed(stream: Stream, sample: Sample, facts: PackFacts): Stream {
  demandSample(sample, facts);
  const { atS, cellMv, probeC } = sample;
  const last = stream.probes.at(-1);
  if (last && atS <= last.atS) return stream;
  const fades = last ? Math.exp(-(atS - last.atS) / FORGETS_S) : 0;
  const initialMv = stream.initialMv.map((it, n) => {
    const mv = cellMv[n] ?? it;
    return Math.max(mv, Math.round(1000 * (mv + (it - mv) * fades)) / 1000);
  });
  const fallen = cellMv.findIndex((it, n) => it !== null && it < (1 - FELL) * initialMv[n]!);
  const risesSinceS = stream.risesSinceS.map((since, n) => {
    const now = probeC[n] ?? null;
    if (now === null) return last && atS - last.atS > STALE_S ? null : since;
    const before = stream.probes.findLast((it) => atS - it.atS >= RATE_OVER_S && it.probeC[n] !== null);
    if (!before) return since; // only of its own readings that did not come
    if (atS - before.atS > STALE_S) return null;
    const rate = (now - before.probeC[n]!) / (atS - before.atS);
    return rate >= RISE_K_PER_S ? (since ?? before.atS) : null;
  });
  const probe = risesSinceS.findIndex(
    (since, n) => since !== null && atS - since > RISES_S && (fallen >= 0 || (probeC[n] ?? 0) >= facts.hottestC),
  );
  const confirmed =
    stream.confirmed ??
    (probe < 0
      ? null
      : {
          sinceS: risesSinceS[probe]!,
          confirmedS: atS,
          probe,
          cell: fallen >= 0 ? nearest(cellMv, initialMv, probe, facts, fallen) : null,
          probeC: probeC[probe] ?? Number.NaN,
        });
  const kept = stream.probes.filter((_, n, all) => atS - (all[n + 1]?.atS ?? atS) < KEPT_S);
  const toKeep = probeC.map((it) => (it === null ? null : Math.round(100 * it) / 100));
  return { initialMv, probes: [...kept, { atS, probeC: toKeep }], risesSinceS, confirmed };
}

/** Of the cells that fell, one beside the probe if there is any. */
const nearest = (
  cellMv: readonly (number | null)[],
  initialMv: readonly number[],
  probe: number,
  facts: PackFacts,
  any: number,
): number => {
  const beside = cellMv.findIndex(
    (it, n) => it !== null && it < (1 - FELL) * initialMv[n]! && probeOf(facts, n) === probe,
  );
  return beside >= 0 ? beside : any;
};
