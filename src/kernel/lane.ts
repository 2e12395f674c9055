// Group commit: the calls of many stations that arrive while one transaction runs share the next one.
import { setTimeout } from 'node:timers/promises';
import { isOutage } from './database.ts';
import type { DoWork, Work } from './work.ts';

/** What became of one item: its answer, or the error that only it gets. */
export type Outcome<Answer> = { readonly answer: Answer } | { readonly error: unknown };

/** Handles all items in one work and says what became of each, in the same order. */
export type HandleAll<Item, Answer> = (work: Work, items: readonly Item[]) => Promise<readonly Outcome<Answer>[]>;

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** Nobody waits for others longer than this share of the work before. */
const PATIENCE = 0.25;
/** Who sends at all after an answer has begun by then. */
const PAUSE_MS = 5;

/**
 * Answers after the commit. First come, first served; one work at a time, so items of one lane never race each other.
 * If a whole batch fails, its halves are tried alone until the poisonous item is by itself.
 */
export class Lane<Item, Answer> {
  readonly #doWork: DoWork;
  readonly #handle: HandleAll<Item, Answer>;
  readonly #most: number;
  #waiting: Waiting<Item, Answer>[] = [];
  #running = false;
  /** The work before: how many it handled, and how long that took. */
  #before = { size: 0, ms: 0 };

  constructor(doWork: DoWork, handle: HandleAll<Item, Answer>, most = 400) {
    this.#doWork = doWork;
    this.#handle = handle;
    this.#most = most;
  }

  submit(item: Item): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.#waiting.push({ item, resolve, reject });
    if (!this.#running) {
      this.#running = true;
      setImmediate(() => this.#run()); // after the frames that have already arrived
    }
    return promise;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#gather();
      const batch = this.#waiting.splice(0, this.#most);
      const since = performance.now();
      await this.#try(batch);
      this.#before = { size: batch.length, ms: performance.now() - since };
    }
    this.#running = false;
  }

  /**
   * Answers set many free at once, and what they send next comes as a burst: a work begun at its first frame would let all
   * the others wait for a work of one. So after a large one, arrivals are awaited until there is a pause in them.
   */
  async #gather(): Promise<void> {
    const until = performance.now() + PATIENCE * this.#before.ms;
    for (let seen = 0; seen < this.#waiting.length && performance.now() < until; ) {
      seen = this.#waiting.length;
      if (seen >= this.#before.size / 2) return;
      await setTimeout(PAUSE_MS);
    }
  }

  async #try(batch: readonly Waiting<Item, Answer>[]): Promise<void> {
    const items = batch.map((it) => it.item);
    try {
      const outcomes = await this.#doWork(async (work) => oneEach(items, await this.#handle(work, items)));
      for (const [index, { resolve, reject }] of batch.entries()) {
        const outcome = outcomes[index]!;
        if ('error' in outcome) reject(outcome.error);
        else resolve(outcome.answer);
      }
    } catch (error) {
      // Without a database no half would fare better: all are told at once, and their senders try again.
      if (batch.length === 1 || isOutage(error)) return batch.forEach(({ reject }) => void reject(error));
      const middle = Math.ceil(batch.length / 2);
      await this.#try(batch.slice(0, middle));
      await this.#try(batch.slice(middle));
    }
  }
}

/** Inside the work, so that a handler that forgets somebody commits nothing. */
function oneEach<Outcome>(items: readonly unknown[], outcomes: readonly Outcome[]): readonly Outcome[] {
  if (outcomes.length !== items.length) throw new RangeError(`${outcomes.length} outcomes for ${items.length} items`);
  return outcomes;
}
