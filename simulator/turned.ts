// Simulated time that a test turns by hand. It stands still while anything is in flight, so that a run over a slow
// server and one over a quick one come to the same decisions.
import type { Instant } from '#units';
import { Agenda, type Cancel, instantOf, type Scheduler } from './schedule.ts';

export interface TurnedOptions {
  readonly start?: Instant;
  /** Waits until the other side has nothing under way either; asked before each step of time. */
  readonly settle?: () => Promise<void>;
  /** How long, in real time, an unanswered call may hold time up: 0 lets time-outs happen at once. */
  readonly patienceMs?: number;
}

export class TurnedScheduler implements Scheduler {
  readonly speed = 1;
  readonly #agenda = new Agenda();
  readonly #settle: (() => Promise<void>) | undefined;
  readonly #patienceMs: number;
  #ms: number;
  #inFlight = 0;
  /** How many calls were ever made. */
  #begun = 0;

  constructor({ start, settle, patienceMs = 10_000 }: TurnedOptions = {}) {
    this.#ms = (start ?? Temporal.Instant.from('2026-11-02T00:00:00Z')).epochMilliseconds;
    this.#settle = settle;
    this.#patienceMs = patienceMs;
  }

  ms(): number {
    return this.#ms;
  }

  now(): Instant {
    return instantOf(this.#ms);
  }

  at(instant: Instant, act: () => void): Cancel {
    return this.#agenda.add(instant.epochMilliseconds, act);
  }

  after(seconds: number, act: () => void): Cancel {
    return this.#agenda.add(this.#ms + seconds * 1000, act);
  }

  during<T>(awaited: Promise<T>): Promise<T> {
    this.#inFlight++;
    this.#begun++;
    return awaited.finally(() => this.#inFlight--);
  }

  /** Turns the clock on, step by step, through all that is planned until then. */
  async turn(seconds: number): Promise<void> {
    await this.turnUntil(() => false, seconds);
  }

  /** Turns the clock until `isReached`, at most this far. @returns whether it was reached */
  async turnUntil(isReached: () => boolean, withinSeconds: number): Promise<boolean> {
    const end = this.#ms + withinSeconds * 1000;
    for (;;) {
      await this.settled();
      if (isReached()) return true;
      const due = this.#agenda.nextAt();
      if (due === undefined || due > end) break;
      this.#ms = Math.max(this.#ms, due);
      this.#agenda.take()();
    }
    this.#ms = end;
    return isReached();
  }

  /** Until everything has arrived and been answered. */
  async settled(): Promise<void> {
    const giveUpAt = performance.now() + this.#patienceMs;
    let isQuiet: boolean;
    do {
      const [inFlight, begun] = [this.#inFlight, this.#begun];
      await new Promise((resolve) => setImmediate(resolve));
      await this.#settle?.();
      // What was answered while we looked at the other side may have started something there.
      isQuiet = inFlight === 0 && this.#inFlight === 0 && begun === this.#begun;
    } while (!isQuiet && performance.now() < giveUpAt);
  }
}
