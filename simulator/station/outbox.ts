// All that a station says first, one message at a time. What it tells (swaps, events, charging) is kept until it was
// answered, through cuts and reboots; what it asks (boot, authorisation, heartbeat) is asked now or not at all.
import { CallTimeout, NotSent, OcppError, RawJson, type Session } from '#link';
import type { Faults } from '../faults.ts';
import type { Life } from '../life.ts';
import type { Kept, Memory } from './memory.ts';
import { arranged } from './reorder.ts';
import type { Told } from './wire.ts';

interface Asked {
  readonly action: string;
  readonly payload: object;
  readonly resolve: (answer: object) => void;
  readonly reject: (error: unknown) => void;
}

/** The longest we wait before we tell something again, in seconds of the network, and how often we do at most. */
const LONGEST_REST_S = 64;
const MOST_TRIES = 12;
/** Unanswered in a row: then the connection is taken for dead. */
const MOST_SILENCES = 3;

export interface Lines {
  readonly faults: Faults;
  readonly memory: Memory;
  /** A line for whoever watches the simulator. */
  say(line: string): void;
}

export class Outbox {
  readonly #life: Life;
  readonly #lines: Lines;
  readonly #asked: Asked[] = [];
  #session: Session | undefined;
  /** The server has accepted our boot: now we may tell. */
  #isOpen = false;
  #isSending = false;
  #isResting = false;
  #silences = 0;
  #sendingId = '';

  constructor(life: Life, lines: Lines) {
    this.#life = life;
    this.#lines = lines;
  }

  /** How the session names the call that it is about to send. */
  readonly nextMessageId = (): string => this.#sendingId;

  connected(session: Session): void {
    this.#session = session;
    this.#silences = 0;
    this.#send();
  }

  disconnected(): void {
    this.#session = undefined;
    for (const it of this.#asked.splice(0)) it.reject(new NotSent(`${it.action}: no connection`));
  }

  /** From now on what was kept goes out. */
  open(): void {
    this.#isOpen = true;
    this.#send();
  }

  get isOnline(): boolean {
    return this.#isOpen && this.#session !== undefined;
  }

  /** Keeps messages until they are answered; those of one moment together, so that faults can mix them up. */
  tell(...messages: readonly Told[]): void {
    const { memory, faults } = this.#lines;
    const kept = messages.map(
      ({ action, payload }): Kept => ({ id: newId(memory), action, json: JSON.stringify(payload), tries: 0 }),
    );
    memory.outbox.push(...arranged(kept, memory.heldBack, faults));
    this.#send();
  }

  /**
   * Asks ahead of all that is kept. Rejects at once when there is no connection, and when it is lost meanwhile.
   * @throws NotSent | CallTimeout | LinkClosed | OcppError
   */
  ask(action: string, payload: object): Promise<object> {
    if (this.#session === undefined) return Promise.reject(new NotSent(`${action}: no connection`));
    return new Promise((resolve, reject) => {
      this.#asked.push({ action, payload, resolve, reject });
      this.#send();
    });
  }

  async #send(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    while (this.#session !== undefined) {
      const asked = this.#asked.shift();
      if (asked) await this.#askNow(this.#session, asked);
      else if (this.#isOpen && !this.#isResting && this.#lines.memory.outbox.length > 0)
        await this.#tellFirst(this.#session);
      else break;
    }
    this.#isSending = false;
  }

  async #askNow(session: Session, { action, payload, resolve, reject }: Asked): Promise<void> {
    try {
      resolve(await this.#call(session, newId(this.#lines.memory), action, payload));
    } catch (error) {
      reject(error);
    }
  }

  async #tellFirst(session: Session): Promise<void> {
    const { outbox } = this.#lines.memory;
    const message = outbox[0]!;
    message.tries++;
    try {
      await this.#call(session, message.id, message.action, new RawJson(message.json));
      this.#silences = 0;
      this.#done(message);
    } catch (error) {
      this.#failed(session, message, error);
    }
  }

  #call(session: Session, id: string, action: string, payload: object): Promise<object> {
    this.#sendingId = id;
    return this.#life.scheduler.during(session.call(action, payload));
  }

  #done(message: Kept): void {
    const { memory, faults } = this.#lines;
    memory.outbox.shift();
    const again = message.isCopy ? undefined : faults.strikes('resend');
    if (again)
      memory.outbox.unshift({
        ...message,
        id: again.id === 'new' ? newId(memory) : message.id,
        tries: 0,
        isCopy: true,
      });
  }

  #failed(session: Session, message: Kept, error: unknown): void {
    if (error instanceof OcppError && !isPassing(error)) {
      this.#drop(message, `was refused: ${error.code} ${error.message}`);
    } else if (error instanceof OcppError) {
      if (message.tries >= MOST_TRIES) this.#drop(message, `failed ${message.tries} times: ${error.message}`);
      else this.#rest(message.tries);
    } else if (error instanceof CallTimeout) {
      this.#silences++;
      if (this.#silences >= MOST_SILENCES) session.close(1001, 'no answer');
      else this.#rest(message.tries);
    }
    // Otherwise the connection is gone, and the message stays first for the next one.
  }

  #drop(message: Kept, why: string): void {
    this.#lines.memory.outbox.shift();
    this.#lines.say(`${message.action} ${message.id} ${why}`);
  }

  #rest(tries: number): void {
    this.#isResting = true;
    const seconds = Math.min(2 ** (tries - 1), LONGEST_REST_S);
    this.#life.after(seconds * this.#life.scheduler.speed, () => {
      this.#isResting = false;
      this.#send();
    });
  }
}

/** The server may yet manage: it failed, or asks us to be slower. Any other refusal would only come again. */
const isPassing = ({ code, message }: OcppError): boolean =>
  code === 'InternalError' || (code === 'GenericError' && message.startsWith('rate limit'));

const newId = (memory: Memory): string => String(++memory.lastMessageId);
