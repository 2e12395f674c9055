// What stands against a pack after a session: every figure that is above its limit, with what is known of it.
import type { Detector, DetectorId } from './detector.ts';
import { detectors } from './detectors.ts';
import { ohmPerVolt } from './insulation.ts';
import { leak, leakOhm } from './leak.ts';
import type { Runaway, Stream } from './runaway.ts';
import type { PackFacts } from './session.ts';
import type { Limit, Thresholds } from './thresholds.ts';
import type { Trace } from './trace.ts';
import { pointIn, type View } from './view.ts';

/** Something that a detector holds against a pack now, in codes and figures, so that it can be said in any language. */
export interface Sign {
  readonly detector: DetectorId | 'insulation-law' | 'runaway' | 'overheat' | 'fallen';
  /** Two of its last three sessions; the sum over sessions; one session that read it twice; a limit of law; the rule of runaway; the maker's highest temperature in °C; a voltage in mV. */
  readonly by: 'held' | 'sum' | 'once' | 'law' | 'rule' | 'limit' | 'fall';
  /** Counted from 0; null when it is about the whole pack. */
  readonly cell: number | null;
  readonly probe: number | null;
  readonly value: number;
  readonly threshold: number;
  /** `note` only stands beside others. */
  readonly level: 'note' | 'inspect' | 'stop';
  /** The first session after which it stood. */
  readonly sinceS: number;
  /** Of a leak: the resistance of the short that would explain it. */
  readonly ohm?: number;
}

/** What of a watch signs are read from. */
export interface Seen {
  readonly facts: PackFacts;
  readonly traces: Readonly<Record<DetectorId, Trace>>;
  /** Those before, for since when. */
  readonly signs: readonly Sign[];
  readonly stream: Stream;
}

/** All that is above its limit after this session, in the order of the detectors. */
export function signsOf(seen: Seen, view: View, thresholds: Thresholds): readonly Sign[] {
  const signs: Sign[] = [];
  for (const detector of detectors) {
    const trace = seen.traces[detector.id].of;
    const { held, sum, once } = thresholds.detectors[seen.facts.chemistry][detector.id];
    for (let item = 0; item < trace.sum.length; item++) {
      const added = trace.sum[item]!;
      if (added > sum.inspect) signs.push(ofItem(seen, view, detector, { by: 'sum', item, value: added, limit: sum }));
      const two = trace.held[item]!;
      if (two > held.inspect) signs.push(ofItem(seen, view, detector, { by: 'held', item, value: two, limit: held }));
      const both = trace.once[item] ?? 0;
      if (once && both > once.inspect)
        signs.push(ofItem(seen, view, detector, { by: 'once', item, value: both, limit: once }));
    }
  }
  const law = ofLaw(seen, view, thresholds.insulationOhmPerVolt);
  if (law) signs.push(law);
  if (seen.stream.confirmed) signs.push(ofRunaway(seen.stream.confirmed, seen.facts));
  return signs;
}

export const ofRunaway = ({ sinceS, cell, probe, probeC }: Runaway, { hottestC }: PackFacts): Sign => ({
  detector: 'runaway',
  by: 'rule',
  cell,
  probe,
  value: probeC,
  threshold: hottestC,
  level: 'stop',
  sinceS,
});

function ofItem(
  seen: Seen,
  view: View,
  { id, of, onlySupports }: Detector,
  { by, item, value, limit }: { by: 'held' | 'sum' | 'once'; item: number; value: number; limit: Limit },
): Sign {
  const isStop = limit.stop !== null && value > limit.stop;
  const sign = { detector: id, by, cell: of === 'cell' ? item : null, probe: of === 'probe' ? item : null };
  const ohm = id === 'leak' ? ohmOf(seen, view, item) : undefined;
  return {
    ...sign,
    value,
    threshold: isStop ? limit.stop! : limit.inspect,
    level: onlySupports ? 'note' : isStop ? 'stop' : 'inspect',
    sinceS: since(seen, sign, view),
    ...(ohm !== undefined && { ohm }),
  };
}

function ohmOf({ facts, traces }: Seen, view: View, cell: number): number | undefined {
  const value = leak.tell(view)?.values[cell];
  const mv = pointIn(view, 'rest-after')?.cellMv[cell];
  return value === undefined || Number.isNaN(value) || mv == null
    ? undefined
    : leakOhm(traces.leak, cell, { value, mv }, facts);
}

function ofLaw(seen: Seen, view: View, limit: Limit): Sign | undefined {
  const value = ohmPerVolt(view);
  if (value === undefined || value >= limit.inspect) return undefined;
  const isStop = value < limit.stop!;
  const sign = { detector: 'insulation-law', by: 'law', cell: null, probe: null } as const;
  return {
    ...sign,
    value,
    threshold: isStop ? limit.stop! : limit.inspect,
    level: isStop ? 'stop' : 'inspect',
    sinceS: since(seen, sign, view),
  };
}

const since = (
  { signs }: Seen,
  { detector, by, cell, probe }: Pick<Sign, 'detector' | 'by' | 'cell' | 'probe'>,
  { session: { endedS } }: View,
): number =>
  signs.find((it) => it.detector === detector && it.by === by && it.cell === cell && it.probe === probe)?.sinceS ??
  endedS;
