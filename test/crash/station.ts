// A station that forgets nothing: what it has to say is kept until it is answered, and is sent again with the same message
// id over the next connection, however often the server dies meanwhile. Real WebSocket, real OCPP-J.
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { type CallFrame, defaultLimits, fromWebSocket, OcppError, RawJson, Session, webSocketOptions } from '#link';
import type { BuiltStation } from '../network.ts';

/** Told at each message by its name: before it is sent, and once its answer is there. What they return is waited for. */
export interface Watch {
  readonly before?: (message: string) => Promise<void> | void;
  readonly sent?: (message: string) => void;
  readonly answered?: (message: string) => Promise<void> | void;
}

const RETRY_MS = 40;

export class DurableStation {
  readonly id: string;
  /** By slot number - 1: what really stands there. */
  readonly slots: (string | null)[];
  watch: Watch = {};
  lastRequestId = 0;
  /** How many messages had to be sent more than once. */
  repeated = 0;
  readonly #address: string;
  readonly #password: string;
  readonly #waitingFor = new Map<number, () => void>();
  readonly #released = new Set<number>();
  #session: Session | undefined;
  #messages = 0;
  #sendingId = '';
  #isOver = false;

  constructor(ocppUrl: string, { id, password, slots }: BuiltStation) {
    this.id = id;
    this.slots = [...slots];
    this.#address = `${ocppUrl}/${id}`;
    this.#password = password;
  }

  /**
   * Tells the server until it answers. A failure of the server's own (InternalError) is no answer.
   * @throws OcppError any other refusal
   */
  async tell(name: string, action: string, payload: object): Promise<object> {
    await this.watch.before?.(name);
    const id = `${++this.#messages}`;
    for (let tries = 1; ; tries++) {
      const session = await this.#connected();
      try {
        this.#sendingId = id;
        const answered = session.call(action, new RawJson(JSON.stringify(payload)));
        this.watch.sent?.(name);
        const answer = await answered;
        if (tries > 1) this.repeated++;
        await this.watch.answered?.(name);
        return answer;
      } catch (error) {
        if (this.#isOver || (error instanceof OcppError && error.code !== 'InternalError')) throw error;
        await wait(RETRY_MS);
      }
    }
  }

  /** Until the server lets the vehicle of this request go. */
  async released(requestId: number): Promise<void> {
    if (this.#released.has(requestId)) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waitingFor.set(requestId, resolve);
    await this.#connected();
    await promise;
  }

  stop(): void {
    this.#isOver = true;
    this.#session?.close();
  }

  async #connected(): Promise<Session> {
    while (!this.#session?.isOpen) {
      if (this.#isOver) throw new Error(`${this.id} was stopped`);
      this.#session = await this.#dial().catch(() => undefined);
      if (!this.#session) await wait(RETRY_MS);
    }
    return this.#session;
  }

  async #dial(): Promise<Session> {
    const authorization = `Basic ${Buffer.from(`${this.id}:${this.#password}`).toString('base64')}`;
    const ws = new WebSocket(this.#address, ['ocpp2.1'], {
      headers: { authorization },
      handshakeTimeout: 10_000,
      ...webSocketOptions(1 << 20),
    });
    const session = new Session(
      fromWebSocket(ws),
      {
        answer: (_, call) => this.#answer(call),
        hear: () => {},
        problem: (_, { kind, detail }) => {
          if (kind !== 'late-answer') throw new Error(`${this.id}: ${kind} ${detail}`);
        },
        closed: () => this.#reconnect(),
        now: () => performance.now(),
        setTimer: setTimeout,
        clearTimer: (timer) => clearTimeout(timer as NodeJS.Timeout),
        nextMessageId: () => this.#sendingId,
        limits: { ...defaultLimits, perSecond: 1e6, burst: 1e6, callTimeoutMs: 20_000 },
      },
      undefined,
    );
    await new Promise((resolve, reject) => ws.once('open', resolve).once('error', reject));
    return session;
  }

  /** Also a station that has nothing to say connects again, when it waits for a word of the server. */
  #reconnect(): void {
    if (!this.#isOver && this.#waitingFor.size > 0)
      void wait(RETRY_MS)
        .then(() => this.#connected())
        .catch(() => {});
  }

  /** The one command these stations know: whether a vehicle may leave (our extension of BatterySwapCtrlr). */
  async #answer({ action, payload }: CallFrame): Promise<object> {
    if (action !== 'SetVariables') throw new OcppError('NotSupported', `${action} is not supported`);
    const { setVariableData } = payload as { setVariableData: SetVariable[] };
    const asked = setVariableData[0]!;
    const requestId = Number(asked.component.instance);
    await this.watch.before?.('settle');
    if (asked.attributeValue === 'true') {
      this.#released.add(requestId);
      setImmediate(() => {
        void Promise.resolve(this.watch.answered?.('settle')).then(() => {
          this.#waitingFor.get(requestId)?.();
          this.#waitingFor.delete(requestId);
        });
      });
    }
    const { component, variable } = asked;
    return { setVariableResult: [{ component, variable, attributeStatus: 'Accepted' }] };
  }
}

interface SetVariable {
  readonly component: { readonly name: string; readonly instance?: string };
  readonly variable: { readonly name: string };
  readonly attributeValue: string;
}
