import type { DoWork } from '#kernel';
import type { Limits, Session } from '#link';
import type { Clock, StationId } from '#units';
import type { Pace } from './time.ts';

/** What we know of a connection. One object for each of ten thousand: keep it small. */
export interface Peer {
  readonly stationId: StationId;
  /** What let it in (`#station`); null when it was known anyway. */
  readonly admittedBy: string | null;
  /** Heard of since its presence was last written down. */
  seen: boolean;
}

export type StationSession = Session<Peer>;

/** What the roof gives this room. */
export interface OcppPlace {
  readonly doWork: DoWork;
  readonly clock: Clock;
  readonly log: { warn(facts: object, sentence: string): void; error(facts: object, sentence: string): void };
  readonly newId: () => string;
  readonly pace: Pace;
  readonly limits: OcppLimits;
  readonly metrics?: OcppMetrics;
}

export interface OcppLimits extends Limits {
  /** Messages of one transaction. */
  readonly batch: number;
  /** Transactions at a time: while PostgreSQL works for one, we think about another. */
  readonly lanes: number;
  /** A station that answers no ping for twice this long is disconnected. */
  readonly pingMs: number;
  /** How often presence and lines for the operator are written down. */
  readonly flushMs: number;
  /** How often we look for commands that another process or a dead server left. */
  readonly pollMs: number;
}

/** For counters; each is called often and must be quick. */
export interface OcppMetrics {
  /** A call of a station was answered. */
  ocppCalled(action: string, outcome: 'answered' | 'repeated' | 'refused' | 'failed'): void;
  ocppAnswered(seconds: number): void;
  /** One transaction was made for this many calls. */
  laneRan(messages: number): void;
}
