// The one who writes the log: looks a few times a second whether entries wait, and gives them their place.
import { setTimeout as wait } from 'node:timers/promises';
import type { DoWork } from '#kernel';
import type { Head } from '#record/verify';
import { type Offered, placeForeign, type Taken } from './foreign.ts';
import { Memory } from './memory.ts';
import { type House, type Placed, placeBatch, waits } from './place.ts';

/**
 * A look when nothing waits is one small query. PostgreSQL could tell (NOTIFY), but it lets commits that notify pass one at a
 * time, and the commits of swaps are not to wait for the log.
 */
const LOOK_MS = 200;

/** Where a subject stands in the map of heads of the newest checkpoint, which has so many entries; proven. */
export interface Found {
  readonly found: { readonly head: Head; readonly path: readonly Uint8Array<ArrayBuffer>[] } | undefined;
  readonly size: number;
}

/** Whoever writes the log, in this thread or in one of its own. */
export type Writer = Pick<Sequencer, 'start' | 'end' | 'once' | 'headOf' | 'takeBatch'>;

export interface Place {
  readonly doWork: DoWork;
  readonly house: House;
  /** Milliseconds of any clock that does not go back. */
  readonly nowMs: () => number;
  /** Told after each batch that was committed. */
  readonly placed?: ((placed: Placed) => void) | undefined;
  readonly failed?: ((error: unknown) => void) | undefined;
}

export class Sequencer {
  readonly memory = new Memory();
  readonly #place: Place;
  #turn: Promise<unknown> = Promise.resolve();
  #running: Promise<void> | undefined;
  readonly #end = new AbortController();

  constructor(place: Place) {
    this.#place = place;
  }

  /** Looks again and again until it is ended. A failure is told and tried again: the entries wait in the database. */
  start(): void {
    this.#running ??= this.#run();
  }

  /** Places what is there, and looks no more. */
  async end(): Promise<void> {
    this.#end.abort();
    await this.#running;
    if (this.#running) await this.once().catch((error) => this.#place.failed?.(error));
    await this.#turn;
  }

  /** Places all that may be placed now. @returns how many events */
  once(): Promise<number> {
    return this.#exclusive(async () => {
      let events = 0;
      for (;;) {
        const placed = await this.#batch();
        events += placed?.events ?? 0;
        if (placed === undefined || !placed.isMany || placed.events === 0) return events;
      }
    });
  }

  /** Found between two batches, so that both are of the same checkpoint. */
  headOf(subject: string): Promise<Found> {
    return this.#exclusive(async () => {
      const size = await this.#place.doWork((work) => this.memory.refresh(work.db));
      return { found: await this.memory.heads.proof(subject), size };
    });
  }

  /** A batch that was sealed elsewhere. @throws Refused `batch-refused` */
  takeBatch(offered: Offered): Promise<Taken> {
    const { doWork, house, placed: told } = this.#place;
    return this.#exclusive(async () => {
      const taken = await doWork((work) => placeForeign(work, house, this.memory, offered));
      this.memory.sure();
      told?.({ size: taken.size, events: 0, isMany: false });
      return taken;
    });
  }

  async #run(): Promise<void> {
    while (!this.#end.signal.aborted) {
      try {
        if (await this.#place.doWork(waits)) await this.once();
      } catch (error) {
        this.#place.failed?.(error);
      }
      await wait(LOOK_MS, undefined, { signal: this.#end.signal }).catch(() => {});
    }
  }

  async #batch(): Promise<Placed | undefined> {
    const { doWork, house, nowMs, placed: told } = this.#place;
    const { memory } = this;
    const placed = await doWork((work) => placeBatch(work, house, memory, nowMs()));
    memory.sure();
    if (placed !== undefined && placed.events > 0) told?.(placed);
    if (memory.isDue) {
      await doWork((work) => memory.writeHeads(work)).catch((error) => {
        memory.unsure();
        throw error;
      });
    }
    return placed;
  }

  #exclusive<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(act);
    this.#turn = done.catch(() => {});
    return done;
  }
}
