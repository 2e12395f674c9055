// Our calls to one peer: one in flight, the rest in the order they were made.
import { CallTimeout, LinkClosed, NotSent, OcppError } from './error.ts';
import { type ErrorFrame, formatCall, formatResultError, type RawJson, type ResultFrame } from './frame.ts';
import type { SessionOptions } from './options.ts';
import type { Session } from './session.ts';
import type { FrameSocket } from './socket.ts';

interface OwnCall {
  readonly messageId: string;
  readonly action: string;
  readonly text: string;
  readonly timeoutMs: number;
  readonly resolve: (payload: object) => void;
  readonly reject: (error: Error) => void;
  timer?: unknown;
}

/** How many timed-out calls we remember, to tell a late answer from a wrong one. */
const remembered = 8;

export class OwnCalls<Context> {
  readonly #session: Session<Context>;
  readonly #socket: FrameSocket;
  readonly #options: SessionOptions<Context>;
  readonly #late: string[] = [];
  readonly #queue: OwnCall[] = [];
  #current: OwnCall | undefined;

  constructor(session: Session<Context>, socket: FrameSocket, options: SessionOptions<Context>) {
    this.#session = session;
    this.#socket = socket;
    this.#options = options;
  }

  add(
    action: string,
    payload: object | RawJson,
    timeoutMs: number,
    messageId = this.#options.nextMessageId(),
  ): Promise<object> {
    if (this.#queue.length >= this.#options.limits.maxQueued)
      throw new NotSent(`${action} was not sent: ${this.#queue.length} calls wait already`);
    const text = formatCall(messageId, action, payload);
    return new Promise((resolve, reject) => {
      const call: OwnCall = { messageId, action, text, timeoutMs, resolve, reject };
      if (this.#current === undefined) this.#start(call);
      else this.#queue.push(call);
    });
  }

  /** @returns whether somebody waited for this */
  take(frame: ResultFrame | ErrorFrame): boolean {
    const call = this.#current;
    if (call?.messageId !== frame.messageId) return false;
    if (frame.kind === 'result') this.#receive(call, frame.payload);
    else this.#finish(call).reject(new OcppError(frame.code, frame.description, frame.details));
    return true;
  }

  /** The answer to this call came, but cannot be read. */
  spoil(messageId: string, error: OcppError): void {
    if (this.#current?.messageId === messageId) this.#finish(this.#current).reject(error);
  }

  wasLate(messageId: string): boolean {
    return this.#late.includes(messageId);
  }

  /** The connection is gone. */
  end(reason: string): void {
    const call = this.#current;
    this.#current = undefined;
    if (call !== undefined) {
      this.#options.clearTimer(call.timer);
      call.reject(new LinkClosed(`the connection closed before ${call.action} was answered: ${reason}`));
    }
    for (const it of this.#queue.splice(0))
      it.reject(new NotSent(`${it.action} was not sent: the connection closed: ${reason}`));
  }

  #receive(call: OwnCall, payload: object): void {
    const objection = this.#options.checkResult?.(call.action, payload);
    if (objection === undefined) {
      this.#finish(call).resolve(payload);
      return;
    }
    const detail = `${call.action}: ${objection.code} ${objection.description}`;
    this.#options.problem(this.#session, { kind: 'bad-answer', detail });
    // Before our next call, so that the peer can tell what we object to.
    this.#socket.send(formatResultError(call.messageId, objection));
    this.#finish(call).reject(new OcppError(objection.code, objection.description));
  }

  #start(call: OwnCall): void {
    this.#current = call;
    call.timer = this.#options.setTimer(() => this.#expire(call), call.timeoutMs);
    this.#socket.send(call.text);
  }

  #expire(call: OwnCall): void {
    if (this.#current !== call) return;
    this.#late.push(call.messageId);
    if (this.#late.length > remembered) this.#late.shift();
    this.#finish(call).reject(new CallTimeout(`${call.action} was not answered within ${call.timeoutMs} ms`));
  }

  /** Makes way for the next call. */
  #finish(call: OwnCall): OwnCall {
    this.#options.clearTimer(call.timer);
    this.#current = undefined;
    const next = this.#queue.shift();
    if (next !== undefined) this.#start(next);
    return call;
  }
}
