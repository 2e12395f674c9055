// One pack, watched from session to session. The state is a plain value: it goes through JSON, and a pack's sessions told
// again give the same state to the last bit. Of 96 cells it takes 15 kB of JSON.
import { type DetectorId, itemsOf } from './detector.ts';
import { detectors } from './detectors.ts';
import { newStream, type Stream, streamed } from './runaway.ts';
import { demandFacts, demandSession, type PackFacts, type Sample, type Session } from './session.ts';
import { ofRunaway, type Sign, signsOf } from './sign.ts';
import type { Thresholds } from './thresholds.ts';
import { newTrace, type Trace, traced } from './trace.ts';
import { viewOf } from './view.ts';

export interface Watch {
  /** Of this shape. */
  readonly version: 2;
  readonly facts: PackFacts;
  /** End of the last session; null before the first. */
  readonly atS: number | null;
  readonly sessions: number;
  /** Sessions that came after a later one, or twice: they are counted and change nothing else. */
  readonly late: number;
  readonly traces: Readonly<Record<DetectorId, Trace>>;
  readonly signs: readonly Sign[];
  readonly stream: Stream;
}

const VERSION = 2;

/** @throws RangeError when no pack is like that */
export function newWatch(facts: PackFacts): Watch {
  demandFacts(facts);
  const traces = Object.fromEntries(detectors.map((it) => [it.id, newTrace(itemsOf(it, facts), it.habit)]));
  return {
    version: VERSION,
    facts,
    atS: null,
    sessions: 0,
    late: 0,
    traces: traces as Record<DetectorId, Trace>,
    signs: [],
    stream: newStream(facts),
  };
}

/**
 * What is known after one more session.
 * @throws WrongSession when the session cannot be; the watch is then as it was
 * @throws RangeError when the watch was kept by another version of the detectors: such a pack is watched anew
 */
export function watched(
  watch: Watch,
  session: Session,
  thresholds: Thresholds,
): { watch: Watch; signs: readonly Sign[] } {
  const { facts } = watch;
  if (watch.version !== VERSION) throw new RangeError(`a watch of version ${watch.version}, not ${VERSION}`);
  demandSession(session, facts);
  if (watch.atS !== null && session.endedS <= watch.atS)
    return { watch: { ...watch, late: watch.late + 1 }, signs: watch.signs };
  const traces = { ...watch.traces };
  const view = viewOf(session, facts);
  for (const { id, tell, habit } of detectors) {
    const told = tell(view);
    if (told) traces[id] = traced(traces[id], told, session.endedS, habit);
  }
  const signs = signsOf({ ...watch, traces }, view, thresholds);
  return { watch: { ...watch, atS: session.endedS, sessions: watch.sessions + 1, traces, signs }, signs };
}

/** What is known after one more sample of the stream. @throws WrongSession when the sample cannot be */
export function watchedLive(watch: Watch, sample: Sample): { watch: Watch; signs: readonly Sign[] } {
  const stream = streamed(watch.stream, sample, watch.facts);
  const signs =
    stream.confirmed && !watch.stream.confirmed
      ? [...watch.signs, ofRunaway(stream.confirmed, watch.facts)]
      : watch.signs;
  return { watch: { ...watch, stream, signs }, signs };
}

/** Somebody has looked at the pack and found it well: it is learnt anew from here on. */
export const cleared = ({ facts, atS }: Watch): Watch => ({ ...newWatch(facts), atS });
