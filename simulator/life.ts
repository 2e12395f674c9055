// What one run of a program does in time, and all of which ends with it.
import type { Cancel, Scheduler } from './schedule.ts';

/** Thrown into whatever was waiting when the program ended. */
export class Died extends Error {
  override readonly name = 'Died';
}

export class Life {
  readonly scheduler: Scheduler;
  readonly #ends = new Set<() => void>();
  #over = false;

  constructor(scheduler: Scheduler) {
    this.scheduler = scheduler;
  }

  get isOver(): boolean {
    return this.#over;
  }

  /** Acts later, unless it has ended by then. */
  after(seconds: number, act: () => void): Cancel {
    if (this.#over) return () => {};
    const cancel = this.scheduler.after(seconds, () => {
      this.#ends.delete(cancel);
      act();
    });
    this.#ends.add(cancel);
    return () => {
      this.#ends.delete(cancel);
      cancel();
    };
  }

  /** Acts again and again; the gap may change each time. */
  every(seconds: () => number, act: () => void): void {
    this.after(seconds(), () => {
      act();
      if (!this.#over) this.every(seconds, act);
    });
  }

  /** @throws Died when it ends meanwhile */
  wait(seconds: number): Promise<void> {
    return this.awaited((resolve) => this.scheduler.after(seconds, resolve));
  }

  /** A promise that is also rejected by the end: `begin` says how it is fulfilled, and returns how to stop that. */
  awaited<T>(begin: (resolve: (value: T) => void) => Cancel | undefined): Promise<T> {
    if (this.#over) return Promise.reject(new Died());
    return new Promise((resolve, reject) => {
      const end = () => {
        stop?.();
        reject(new Died());
      };
      const stop = begin((value) => {
        this.#ends.delete(end);
        resolve(value);
      });
      this.#ends.add(end);
    });
  }

  /** What was awaited, if it did not end meanwhile. @throws Died */
  async still<T>(awaited: Promise<T>): Promise<T> {
    const [result] = await Promise.allSettled([awaited]);
    if (this.#over) throw new Died();
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  }

  end(): void {
    this.#over = true;
    for (const end of this.#ends) end();
    this.#ends.clear();
  }
}
