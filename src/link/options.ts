// What the owner of many sessions decides for all of them, once.
import type { OcppErrorCode } from './error.ts';
import type { CallFrame, RawJson, SendFrame } from './frame.ts';
import type { Session } from './session.ts';

/** The payload of a CALLRESULT; nothing stands for the empty payload. */
export type Answer = object | RawJson | undefined;

export interface SessionOptions<Context> {
  /**
   * Answers one call of the peer; the next call of this peer waits until the answer is out. An answer that is no promise
   * goes out at once. Throw OcppError to refuse; anything else that is thrown becomes InternalError and a problem line.
   */
  answer(session: Session<Context>, call: CallFrame): Answer | Promise<Answer>;
  /** Hears an unconfirmed message, also while a call is being answered. */
  hear(session: Session<Context>, send: SendFrame): void | Promise<void>;
  /** What is wrong with the peer's answer to our call, if anything: the peer is told, and our call rejects. */
  checkResult?(action: string, payload: object): Objection | undefined;
  /** A line for the operator. */
  problem(session: Session<Context>, problem: Problem): void;
  /** Heard once, whoever closed. */
  closed?(session: Session<Context>, end: { readonly code: number; readonly reason: string }): void;

  /** Milliseconds that only grow. */
  now(): number;
  setTimer(run: () => void, afterMs: number): unknown;
  clearTimer(timer: unknown): void;
  /** At most 36 characters and never the same again for this station, on any connection (part 4 section 4.1.4). */
  nextMessageId(): string;
  readonly limits: Limits;
}

export interface Objection {
  readonly code: OcppErrorCode;
  readonly description: string;
}

export type ProblemKind =
  | 'unreadable' // no OCPP-J frame
  | 'oversized' // longer than maxFrameBytes
  | 'bad-socket' // not text, not UTF-8, or not WebSocket
  | 'rate-limit' // began to refuse messages
  | 'flood' // hung up on a peer that would not slow down
  | 'late-answer' // answers a call that had timed out
  | 'unknown-answer' // answers a call we never made
  | 'bad-answer' // answers our call against the schema
  | 'answer-refused' // could not use our answer (CALLRESULTERROR)
  | 'crash'; // our own code failed on this message

export interface Problem {
  readonly kind: ProblemKind;
  readonly detail: string;
}

export interface Limits {
  /** A schedule of 1024 periods, the longest list of OCPP 2.1, takes about 100 kB. */
  readonly maxFrameBytes: number;
  /** Messages a second in the long run, and at once after a silence. */
  readonly perSecond: number;
  readonly burst: number;
  /** Messages refused in one rush before we hang up. */
  readonly patience: number;
  /** Calls of the peer that may wait while one is being answered; OCPP allows the peer none. */
  readonly maxWaiting: number;
  /** Our own calls that may wait while one is in flight. */
  readonly maxQueued: number;
  readonly callTimeoutMs: number;
}

export const defaultLimits: Limits = {
  maxFrameBytes: 256 * 1024,
  perSecond: 200,
  burst: 400,
  patience: 400,
  maxWaiting: 16,
  maxQueued: 100,
  callTimeoutMs: 30_000,
};
