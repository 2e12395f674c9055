// Runs in the page that is measured: notes when it holds still, and whose code it was.
interface Noted {
  from: number;
  tasks: { at: number; ms: number }[];
  scripts: { at: number; ms: number; what: string }[];
}
interface LongFrame extends PerformanceEntry {
  readonly scripts: readonly {
    readonly startTime: number;
    readonly duration: number;
    readonly sourceURL: string;
    readonly invoker: string;
  }[];
}

export interface Held {
  /** The longest run of a script of the page: long animation frames name their scripts (W3C Long Animation Frames). */
  readonly longestScriptMs: number;
  /** What started it. */
  readonly longestScript: string;
  /** The longest task of the main thread, whatever it did: scripts, layout, drawing, tools. */
  readonly longestTaskMs: number;
  /** The share of the time that long tasks (over 50 ms) took. */
  readonly heldShare: number;
}

/** To be run before the page's own scripts. */
export function observe(): void {
  const noted: Noted = { from: 0, tasks: [], scripts: [] };
  Object.assign(globalThis, { noted });
  new PerformanceObserver((list) => {
    for (const it of list.getEntries()) noted.tasks.push({ at: it.startTime, ms: it.duration });
  }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => {
    for (const frame of list.getEntries() as LongFrame[])
      for (const it of frame.scripts)
        noted.scripts.push({ at: it.startTime, ms: it.duration, what: `${it.invoker} of ${it.sourceURL}` });
  }).observe({ type: 'long-animation-frame', buffered: true });
}

export function startAnew(): void {
  (globalThis as unknown as { noted: Noted }).noted.from = performance.now();
}

export function heldStill(): Held {
  const { from, tasks, scripts } = (globalThis as unknown as { noted: Noted }).noted;
  const since = <It extends { at: number; ms: number }>(all: It[]) => all.filter((it) => it.at >= from);
  const longest = <It extends { ms: number }>(all: It[]) =>
    all.reduce<It | undefined>((a, b) => (a && a.ms >= b.ms ? a : b), undefined);
  const script = longest(since(scripts));
  return {
    longestScriptMs: script?.ms ?? 0,
    longestScript: script?.what ?? '',
    longestTaskMs: longest(since(tasks))?.ms ?? 0,
    heldShare: since(tasks).reduce((sum, it) => sum + it.ms, 0) / (performance.now() - from),
  };
}
