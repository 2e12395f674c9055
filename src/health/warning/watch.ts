// One pack, watched from session to session. The state is a plain value: it goes through JSON, and a pack's sessions told
// again give the same state to the last bit. Of 96 cells it takes 15 kB of JSON.
import { type Detector, type DetectorId, itemsOf } from './detector.ts';
import { detectors } from './detectors.ts';
import { newStream, type Stream, streamed } from './runaway.ts';
import { demandFacts, demandSession, type PackFacts, type Sample, type Session } from './session.ts';
import { ofRunaway, type Sign, signsOf } from './sign.ts';
import type { Thresholds } from './thresholds.ts';
import { type KeptTrace, keptTrace, newTrace, openedTrace, type Trace, trace } from './trace.ts';
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
  readonly traces: Readonly<Record<DetectorId, KeptTrace>>;
  readonly signs: readonly Sign[];
  readonly stream: Stream;
}

/** A watch while it is at work: sessions change it. For many sessions in a row; a watch opens and closes one for each. */
export interface Watching {
  readonly facts: PackFacts;
  atS: number | null;
  sessions: number;
  late: number;
  readonly traces: Readonly<Record<DetectorId, Trace>>;
  signs: readonly Sign[];
  readonly stream: Stream;
}

const VERSION = 2;

/** @throws RangeError when no pack is like that */
export const newWatch = (facts: PackFacts): Watch => closed(newWatching(facts));

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
  if (watch.version !== VERSION) throw new RangeError(`a watch of version ${watch.version}, not ${VERSION}`);
  const traces = ofEach((it) => openedTrace(watch.traces[it.id], it.habit));
  const watching: Watching = { ...watch, traces };
  look(watching, session, thresholds);
  return { watch: closed(watching), signs: watching.signs };
}

/** @throws RangeError when no pack is like that */
export function newWatching(facts: PackFacts): Watching {
  demandFacts(facts);
  const traces = ofEach((it) => newTrace(itemsOf(it, facts), it.habit));
  return { facts, atS: null, sessions: 0, late: 0, traces, signs: [], stream: newStream(facts) };
}

/** Adds a session to a watch at work. @throws WrongSession as `watched` */
export function look(watching: Watching, session: Session, thresholds: Thresholds): void {
  const { facts, atS, traces } = watching;
  demandSession(session, facts);
  if (atS !== null && session.endedS <= atS) {
    watching.late++;
    return;
  }
  const view = viewOf(session, facts);
  for (const { id, tell, habit } of detectors) {
    const told = tell(view);
    if (told) trace(traces[id], told, session.endedS, habit);
  }
  watching.atS = session.endedS;
  watching.sessions++;
  watching.signs = signsOf(watching, view, thresholds);
}

const closed = ({ facts, atS, sessions, late, traces, signs, stream }: Watching): Watch => ({
  version: VERSION,
  facts,
  atS,
  sessions,
  late,
  traces: ofEach(({ id }) => keptTrace(traces[id])),
  signs,
  stream,
});

const ofEach = <T>(of: (detector: Detector) => T) =>
  Object.fromEntries(detectors.map((it) => [it.id, of(it)])) as Record<DetectorId, T>;

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
