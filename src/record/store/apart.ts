// The sequencer in a thread of its own: what it hashes holds up no station's answer. This side asks; the other is `serveWriter`.
import { setTimeout as wait } from 'node:timers/promises';
import type { MessagePort, Worker } from 'node:worker_threads';
import { Refused } from '#kernel';
import type { Offered, Taken } from './foreign.ts';
import type { Placed } from './place.ts';
import type { Found, Sequencer, Writer } from './sequencer.ts';

interface Ask {
  readonly id: number;
  readonly act: 'start' | 'once' | 'head' | 'batch' | 'end';
  readonly subject?: string;
  readonly offered?: Offered;
}

type Tell =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly refused: Refusal }
  | { readonly placed: Placed }
  | { readonly failed: Refusal };

/** An error as it crosses from thread to thread; a refusal stays one. */
type Refusal =
  | { readonly error: Error; readonly facts: { readonly code?: unknown; readonly syscall?: unknown } }
  | { readonly refused: ConstructorParameters<typeof Refused> };

const factsOf = ({ code, syscall }: Error & { code?: unknown; syscall?: unknown }) => ({
  ...(code !== undefined && { code }),
  ...(syscall !== undefined && { syscall }),
});

/** What is copied of an error leaves out by what an outage is known. */
const crossing = (error: unknown): Refusal =>
  error instanceof Refused
    ? { refused: [error.code, error.message, error.facts, error.status] }
    : { error: error as Error, facts: factsOf(error as Error) };
const crossed = (it: Refusal): Error =>
  'refused' in it ? new Refused(...it.refused) : Object.assign(it.error, it.facts);

export interface Hearing {
  readonly placed?: ((placed: Placed) => void) | undefined;
  readonly failed: (error: unknown) => void;
}

/** A thread that ended by itself is opened again after this pause: what it had not committed was not done. */
const PAUSE_MS = 1000;

export class Apart implements Writer {
  readonly #open: () => Worker;
  readonly #hearing: Hearing;
  readonly #asked = new Map<number, PromiseWithResolvers<unknown>>();
  #asks = 0;
  #thread: Worker;
  /** Why the thread is not there at the moment. */
  #gone: Error | undefined;
  #isStarted = false;
  #isOver = false;

  constructor(open: () => Worker, hearing: Hearing) {
    this.#open = open;
    this.#hearing = hearing;
    this.#thread = this.#opened();
  }

  start(): void {
    this.#isStarted = true;
    this.#ask('start').catch(this.#hearing.failed);
  }

  once = async (): Promise<number> => (await this.#ask('once')) as number;

  headOf = async (subject: string): Promise<Found> => (await this.#ask('head', { subject })) as Found;

  takeBatch = async (offered: Offered): Promise<Taken> => (await this.#ask('batch', { offered })) as Taken;

  async end(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    await this.#ask('end').catch(this.#hearing.failed);
    await this.#thread.terminate();
  }

  #ask(act: Ask['act'], about: Pick<Ask, 'subject' | 'offered'> = {}): Promise<unknown> {
    if (this.#gone) return Promise.reject(this.#gone);
    const id = this.#asks++;
    const asked = Promise.withResolvers<unknown>();
    this.#asked.set(id, asked);
    this.#thread.postMessage({ id, act, ...about } satisfies Ask);
    return asked.promise;
  }

  #opened(): Worker {
    const thread = this.#open();
    thread.on('message', (tell: Tell) => this.#hear(tell));
    let why: Error | undefined;
    thread.once('error', (error) => {
      why = error as Error;
    });
    thread.once('exit', (code) => this.#ended(why ?? new Error(`The thread of the log ended with ${code}`)));
    return thread;
  }

  #hear(tell: Tell): void {
    if ('placed' in tell) this.#hearing.placed?.(tell.placed);
    else if ('failed' in tell) this.#hearing.failed(crossed(tell.failed));
    else {
      const asked = this.#asked.get(tell.id);
      this.#asked.delete(tell.id);
      if ('refused' in tell) asked?.reject(crossed(tell.refused));
      else asked?.resolve(tell.answer);
    }
  }

  async #ended(why: Error): Promise<void> {
    this.#gone = why;
    for (const it of this.#asked.values()) it.reject(why);
    this.#asked.clear();
    if (this.#isOver) return;
    this.#hearing.failed(why);
    await wait(PAUSE_MS);
    if (this.#isOver) return;
    this.#gone = undefined;
    this.#thread = this.#opened();
    if (this.#isStarted) this.start();
  }
}

/**
 * The other side, in the thread: answers what `Apart` asks, one after the other as the sequencer does.
 * @param ended after the last answer: what the thread must close
 */
export function serveWriter(
  port: MessagePort,
  open: (hearing: Required<Hearing>) => Promise<Sequencer>,
  ended: () => Promise<void>,
): void {
  const tell = (it: Tell) => port.postMessage(it);
  const failed = (error: unknown) => tell({ failed: crossing(error) });
  let opening: Promise<Sequencer> | undefined;
  /** Tried again with the next question when the database was not there. */
  const sequencer = () => {
    opening ??= open({ placed: (placed) => tell({ placed }), failed }).catch((error) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
  const acts: Record<Ask['act'], (ask: Ask) => Promise<unknown>> = {
    async start() {
      for (;;) {
        try {
          return (await sequencer()).start();
        } catch (error) {
          failed(error);
          await wait(PAUSE_MS);
        }
      }
    },
    once: async () => await (await sequencer()).once(),
    head: async ({ subject }) => await (await sequencer()).headOf(subject!),
    batch: async ({ offered }) => await (await sequencer()).takeBatch(offered!),
    async end() {
      if (opening) await (await opening).end();
      await ended();
    },
  };
  port.on('message', (ask: Ask) => {
    acts[ask.act](ask).then(
      (answer) => tell({ id: ask.id, answer }),
      (error) => tell({ id: ask.id, refused: crossing(error) }),
    );
  });
}
