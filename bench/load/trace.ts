// What a trace of Chromium says of the main thread of a page: how long its tasks had the processor.
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds on the processor; `dur` would count what others had of it, too. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Enough for whole tasks; finer ones cost the page more than it does by itself. */
export const TRACED = ['toplevel'];

/** Milliseconds on the processor of every task of the renderers' main threads. @throws Error when there is none */
export function taskCpuMs(trace: Buffer): number[] {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: readonly TraceEvent[] };
  const key = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const main = new Set(
    traceEvents.filter((it) => it.name === 'thread_name' && it.args?.name === 'CrRendererMain').map(key),
  );
  const tasks = traceEvents.filter((it) => it.ph === 'X' && it.name.endsWith('RunTask') && main.has(key(it)));
  if (tasks.length === 0) throw new Error('the trace has no task of a page');
  return tasks.map((it) => (it.tdur ?? 0) / 1000);
}
