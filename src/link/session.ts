// One OCPP-J connection, from either end: answers the peer's calls in their order, makes our calls one at a time
// (part 4 section 4.1.1), and keeps a bad peer from harming the others. Ten thousand of them live in one process, so
// whatever a quiet connection does not need is made on first use.
import { taken } from './allowance.ts';
import { NotSent, OcppError, trace } from './error.ts';
import * as frames from './frame.ts';
import type { ProblemKind, SessionOptions } from './options.ts';
import { OwnCalls } from './own-calls.ts';
import { PeerCalls } from './peer-calls.ts';
import type { FrameSocket } from './socket.ts';

export class Session<Context = unknown> {
  /** Whatever the owner wants to know of this connection. */
  readonly context: Context;
  readonly #socket: FrameSocket;
  readonly #options: SessionOptions<Context>;
  #own: OwnCalls<Context> | undefined;
  #peer: PeerCalls<Context> | undefined;
  #over = false;
  #allowanceWholeAt = 0;
  /** Messages refused since the allowance was last whole. */
  #refused = 0;

  constructor(socket: FrameSocket, options: SessionOptions<Context>, context: Context) {
    this.context = context;
    this.#socket = socket;
    this.#options = options;
    socket.onFrame((text) => this.#receive(text));
    socket.onControl?.(() => void (this.#over || this.#isOverRate()));
    socket.onClose((code, reason) => this.#lost(code, reason));
  }

  get isOpen(): boolean {
    return !this.#over;
  }

  /**
   * Calls the peer, after our earlier calls have been answered; the time-out counts from the moment the call goes out.
   * @param messageId the caller's own, at most 36 characters, when it has to be known beforehand
   * @returns the payload of the answer, checked by `checkResult`
   * @throws OcppError the peer refused, or answered badly
   * @throws NotSent the peer certainly did not act: the call never left
   * @throws CallTimeout | LinkClosed it is unknown whether the peer acted
   */
  async call(
    action: string,
    payload: object | frames.RawJson = {},
    timeoutMs = this.#options.limits.callTimeoutMs,
    messageId?: string,
  ): Promise<object> {
    if (this.#over) throw new NotSent(`${action} was not sent: the connection is closed`);
    this.#own ??= new OwnCalls(this, this.#socket, this.#options);
    return this.#own.add(action, payload, timeoutMs, messageId);
  }

  /** Sends an unconfirmed message (SEND) at once; without effect when the connection is closed. */
  send(action: string, payload: object | frames.RawJson): void {
    if (!this.#over) this.#socket.send(frames.formatSend(this.#options.nextMessageId(), action, payload));
  }

  close(code = 1000, reason = ''): void {
    if (this.#over) return;
    this.#over = true;
    this.#socket.close(code, reason);
    this.#settle(code, reason);
  }

  #lost(code: number, reason: string): void {
    if (this.#over) return;
    this.#over = true;
    if (code === 1009) this.#problem('oversized', reason);
    if (code === 1002 || code === 1003 || code === 1007) this.#problem('bad-socket', `${code} ${reason}`);
    this.#settle(code, reason);
  }

  #settle(code: number, reason: string): void {
    this.#peer?.end();
    this.#own?.end(`${code} ${reason}`);
    this.#options.closed?.(this, { code, reason });
  }

  #receive(text: string): void {
    if (this.#over || this.#isTooLong(text)) return;
    const refused = this.#isOverRate();
    if (this.#over) return;
    try {
      this.#take(frames.parse(text), refused);
    } catch (error) {
      this.#problem('crash', trace(error));
    }
  }

  #take(frame: frames.Frame | frames.BadFrame, refused: boolean): void {
    switch (frame.kind) {
      case 'call':
        this.#peer ??= new PeerCalls(this, this.#socket, this.#options);
        if (refused) this.#peer.fail(frame, overRate(this.#options.limits.perSecond));
        else this.#peer.take(frame);
        break;
      case 'send':
        if (!refused) this.#hear(frame);
        break;
      case 'result':
      case 'error':
        // Never refused: at most one of them is asked for, and its call waits for it.
        if (!this.#own?.take(frame)) this.#stray(frame.messageId);
        break;
      case 'result-error':
        this.#problem('answer-refused', `${frame.messageId}: ${frame.code} ${frame.description}`);
        break;
      case 'bad':
        if (!refused) this.#object(frame);
    }
  }

  #hear(send: frames.SendFrame): void {
    const done = this.#options.hear(this, send);
    if (done instanceof Promise) done.catch((error) => this.#problem('crash', `${send.action}: ${trace(error)}`));
  }

  /** An answer nobody waits for is noted and otherwise ignored. */
  #stray(messageId: string): void {
    const kind = this.#own?.wasLate(messageId) ? 'late-answer' : 'unknown-answer';
    this.#problem(kind, `message id ${JSON.stringify(messageId)}`);
  }

  #object({ problem: code, messageId, description, answer }: frames.BadFrame): void {
    this.#problem('unreadable', `${code}: ${description}`);
    if (answer === 'call-error') this.#socket.send(frames.formatError(messageId, { code, description }));
    if (answer !== 'result-error') return;
    this.#socket.send(frames.formatResultError(messageId, { code, description }));
    this.#own?.spoil(messageId, new OcppError(code, description));
  }

  #isTooLong(text: string): boolean {
    const { maxFrameBytes } = this.#options.limits;
    if (text.length * 3 <= maxFrameBytes) return false; // a UTF-16 unit never takes more than 3 bytes
    const bytes = Buffer.byteLength(text);
    if (bytes <= maxFrameBytes) return false;
    this.#problem('oversized', `a message of ${bytes} bytes, at most ${maxFrameBytes} are read`);
    this.close(1009, `a message may have at most ${maxFrameBytes} bytes`);
    return true;
  }

  /** Takes one message, or one ping or pong, from the peer's allowance, and hangs up when it will not slow down. */
  #isOverRate(): boolean {
    const { limits } = this.#options;
    const at = this.#options.now();
    if (this.#allowanceWholeAt <= at) this.#refused = 0;
    const wholeAt = taken(this.#allowanceWholeAt, at, limits);
    if (wholeAt !== undefined) {
      this.#allowanceWholeAt = wholeAt;
      return false;
    }
    this.#refused++;
    if (this.#refused === 1) this.#problem('rate-limit', `more than ${limits.perSecond} messages and pings a second`);
    if (this.#refused > limits.patience) {
      this.#problem('flood', `${limits.patience} messages and pings above ${limits.perSecond} a second: hung up`);
      this.close(1008, 'flood');
    }
    return true;
  }

  #problem(kind: ProblemKind, detail: string): void {
    this.#options.problem(this, { kind, detail });
  }
}

const overRate = (perSecond: number) =>
  new OcppError('GenericError', `rate limit: at most ${perSecond} messages a second`);
