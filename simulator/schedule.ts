// Simulated time: what is to happen when. One heap holds everything, so ten thousand vehicles need one timer.
import type { Instant } from '#units';

export type Cancel = () => void;

export interface Scheduler {
  now(): Instant;
  /** `now()` as milliseconds since the epoch. */
  ms(): number;
  /** Acts that are due at the same instant happen in the order in which they were planned. */
  at(instant: Instant, act: () => void): Cancel;
  after(seconds: number, act: () => void): Cancel;
  /** Simulated seconds in a second of the network, which is never simulated: time-outs and back-off count by it. */
  readonly speed: number;
  /** Tells that something outside simulated time is awaited; a clock turned by hand stands still meanwhile. */
  during<T>(awaited: Promise<T>): Promise<T>;
}

/** Where simulated time began, and how fast it runs. Server and simulator have the same. */
export interface SimulatedClock {
  readonly speed: number;
  readonly simulatedStart: Instant;
  readonly realStartMs: number;
}

export interface RealScheduler extends Scheduler {
  stop(): void;
}

/** How long we act on what is due before sockets get their turn. */
const TURN_MS = 20;
const LONGEST_TIMER_MS = 1e9;

/** Simulated time that follows the world's, `clock.speed` times as fast. */
export function realScheduler(clock: SimulatedClock, realMs: () => number): RealScheduler {
  const agenda = new Agenda();
  const startMs = clock.simulatedStart.epochMilliseconds;
  const ms = () => startMs + (realMs() - clock.realStartMs) * clock.speed;
  let timer: NodeJS.Timeout | undefined;
  let timerFor = Number.POSITIVE_INFINITY;
  let stopped = false;

  const arm = () => {
    const due = agenda.nextAt();
    if (stopped || due === undefined || due >= timerFor) return;
    clearTimeout(timer);
    timerFor = due;
    timer = setTimeout(run, Math.min(Math.max((due - ms()) / clock.speed, 0), LONGEST_TIMER_MS));
  };
  const run = () => {
    timerFor = Number.POSITIVE_INFINITY;
    const until = realMs() + TURN_MS;
    while (!stopped && (agenda.nextAt() ?? Number.POSITIVE_INFINITY) <= ms() && realMs() < until) agenda.take()();
    arm();
  };
  const plan = (atMs: number, act: () => void): Cancel => {
    const cancel = agenda.add(atMs, act);
    arm();
    return cancel;
  };
  return {
    speed: clock.speed,
    ms,
    now: () => instantOf(ms()),
    at: (instant, act) => plan(instant.epochMilliseconds, act),
    after: (seconds, act) => plan(ms() + seconds * 1000, act),
    during: (awaited) => awaited,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

export const instantOf = (ms: number): Instant => Temporal.Instant.fromEpochMilliseconds(Math.round(ms));

/** A binary heap of acts by time, then by the order of planning. */
export class Agenda {
  readonly #heap: Entry[] = [];
  #planned = 0;

  add(atMs: number, act: () => void): Cancel {
    const entry: Entry = { atMs, nth: this.#planned++, act };
    this.#rise(this.#heap.push(entry) - 1, entry);
    return () => {
      entry.act = undefined; // and is skipped when its turn comes
    };
  }

  /** When the next act is due, in milliseconds. */
  nextAt(): number | undefined {
    while (this.#heap.length > 0 && this.#heap[0]!.act === undefined) this.#removeFirst();
    return this.#heap[0]?.atMs;
  }

  /** Takes the act that `nextAt` told of. */
  take(): () => void {
    const act = this.#heap[0]!.act!;
    this.#removeFirst();
    return act;
  }

  #removeFirst(): void {
    const last = this.#heap.pop()!;
    if (this.#heap.length > 0) this.#sink(last);
  }

  #rise(from: number, entry: Entry): void {
    let here = from;
    while (here > 0) {
      const above = (here - 1) >> 1;
      if (!isBefore(entry, this.#heap[above]!)) break;
      this.#heap[here] = this.#heap[above]!;
      here = above;
    }
    this.#heap[here] = entry;
  }

  #sink(entry: Entry): void {
    const heap = this.#heap;
    let here = 0;
    for (;;) {
      let below = 2 * here + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && isBefore(heap[below + 1]!, heap[below]!)) below++;
      if (!isBefore(heap[below]!, entry)) break;
      heap[here] = heap[below]!;
      here = below;
    }
    heap[here] = entry;
  }
}

interface Entry {
  readonly atMs: number;
  readonly nth: number;
  act: (() => void) | undefined;
}

const isBefore = (a: Entry, b: Entry): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.nth < b.nth);
