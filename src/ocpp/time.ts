/** Timers and a clock that only grows: for time-outs and rates, never for when something happened. */
export interface Pace {
  now(): number;
  set(run: () => void, afterMs: number): unknown;
  clear(timer: unknown): void;
}

/** The machine's own. Its timers do not keep a finished program alive. */
export const machinePace: Pace = {
  now: () => performance.now(),
  set: (run, afterMs) => setTimeout(run, afterMs).unref(),
  clear: (timer) => clearTimeout(timer as NodeJS.Timeout),
};

/** Runs `act` again and again, `everyMs` after its last end. @returns what ends it */
export function repeat(pace: Pace, everyMs: number, act: () => void | Promise<void>): () => void {
  let over = false;
  let timer: unknown;
  const next = () => {
    if (!over) timer = pace.set(() => void Promise.resolve(act()).finally(next), everyMs);
  };
  next();
  return () => {
    over = true;
    pace.clear(timer);
  };
}
