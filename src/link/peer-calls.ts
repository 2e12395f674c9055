// The peer's calls: each answered once, in the order they came, and none begun before the one before it was answered.
// That order is what makes it safe for a station to replay what it stored while it was offline.
import { OcppError, trace } from './error.ts';
import { type CallFrame, formatError, formatResult } from './frame.ts';
import type { Answer, SessionOptions } from './options.ts';
import type { Session } from './session.ts';
import type { FrameSocket } from './socket.ts';

export class PeerCalls<Context> {
  readonly #session: Session<Context>;
  readonly #socket: FrameSocket;
  readonly #options: SessionOptions<Context>;
  #answering = false;
  #waiting: CallFrame[] | undefined;

  constructor(session: Session<Context>, socket: FrameSocket, options: SessionOptions<Context>) {
    this.#session = session;
    this.#socket = socket;
    this.#options = options;
  }

  take(call: CallFrame): void {
    if (!this.#answering) this.#serve(call);
    else if ((this.#waiting?.length ?? 0) < this.#options.limits.maxWaiting) {
      this.#waiting ??= [];
      this.#waiting.push(call);
    } else {
      const detail = `${this.#options.limits.maxWaiting + 1} calls while one was being answered: hung up`;
      this.#options.problem(this.#session, { kind: 'flood', detail });
      this.fail(call, new OcppError('RpcFrameworkError', 'flood: wait for the answer before the next call'));
      this.#session.close(1008, 'flood');
    }
  }

  /** The connection is gone. What waited was never begun and never answered, so the peer will send it again. */
  end(): void {
    this.#waiting = undefined;
  }

  #serve(first: CallFrame): void {
    this.#answering = true;
    for (let call: CallFrame | undefined = first; call !== undefined; call = this.#waiting?.shift()) {
      const pending = this.#answer(call);
      if (pending !== undefined) {
        pending.then(() => this.#goOn());
        return;
      }
    }
    this.#answering = false;
  }

  #goOn(): void {
    const next = this.#waiting?.shift();
    if (next === undefined) this.#answering = false;
    else this.#serve(next);
  }

  /** @returns nothing when the answer is out already, else a promise, which never rejects, of its being out */
  #answer(call: CallFrame): Promise<void> | undefined {
    let answer: Answer | Promise<Answer>;
    try {
      answer = this.#options.answer(this.#session, call);
    } catch (error) {
      this.fail(call, error);
      return;
    }
    if (answer instanceof Promise)
      return answer.then(
        (it) => this.#reply(call, it),
        (error) => this.fail(call, error),
      );
    this.#reply(call, answer);
  }

  #reply(call: CallFrame, answer: Answer): void {
    if (!this.#session.isOpen) return;
    let text: string;
    try {
      text = formatResult(call.messageId, answer ?? {});
    } catch (error) {
      this.fail(call, error);
      return;
    }
    this.#socket.send(text);
  }

  /** Answers with an error. Of our own mistakes the peer learns nothing but that there was one. */
  fail(call: CallFrame, error: unknown): void {
    const isRefusal = error instanceof OcppError;
    if (!isRefusal) this.#options.problem(this.#session, { kind: 'crash', detail: `${call.action}: ${trace(error)}` });
    if (this.#session.isOpen)
      this.#socket.send(
        refusalText(
          call.messageId,
          isRefusal ? error : new OcppError('InternalError', 'the call could not be processed'),
        ),
      );
  }
}

/** Details come from outside this room and may not be JSON. */
function refusalText(messageId: string, { code, message: description, details }: OcppError): string {
  try {
    return formatError(messageId, { code, description, details });
  } catch {
    return formatError(messageId, { code, description });
  }
}
