// A session with what several detectors ask of it reckoned once.
import { type Apart, apart, medianOf } from './robust.ts';
import type { PackFacts, Point, PointName, Session } from './session.ts';

export interface View {
  readonly session: Session;
  readonly facts: PackFacts;
  readonly points: readonly Point[];
  /** Of each point: how its cells lie around their median; undefined when too few were read. */
  readonly aparts: readonly (Apart | undefined)[];
  /** How the probes lie around theirs at the end. */
  readonly warm: Apart | undefined;
}

export const viewOf = (session: Session, facts: PackFacts): View => ({
  session,
  facts,
  points: session.points,
  aparts: session.points.map((it) => apart(it.cellMv)),
  warm: apart(session.probeAfterC),
});

export const pointIn = ({ points }: View, at: PointName): Point | undefined => points.find((it) => it.at === at);

export const apartIn = ({ points, aparts }: View, at: PointName): Apart | undefined =>
  aparts[points.findIndex((it) => it.at === at)];

/** Median of the probes when the current began; NaN when none was told. */
export const beganC = ({ session }: View): number => medianOf(session.probeBeforeC.map((it) => it ?? Number.NaN));
