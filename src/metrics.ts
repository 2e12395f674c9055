// Counters for Prometheus. The rooms know nothing of it: they call hooks that app.ts hands them.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** From a millisecond to ten seconds, each about twice the one before. */
const SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const work = new Histogram({
    name: 'packloop_work_seconds',
    help: 'How long transactions take',
    labelNames: ['outcome'],
    buckets: SECONDS,
    registers,
  });
  const messages = new Counter({
    name: 'packloop_ocpp_messages_total',
    help: 'OCPP calls of stations',
    labelNames: ['action', 'outcome'],
    registers,
  });
  const answers = new Histogram({
    name: 'packloop_ocpp_answer_seconds',
    help: 'From a station’s call to our answer',
    buckets: SECONDS,
    registers,
  });
  const batch = new Histogram({
    name: 'packloop_lane_batch_messages',
    help: 'Messages that share one transaction',
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 400],
    registers,
  });

  return {
    registry,
    worked: (seconds: number, outcome: string) => work.observe({ outcome }, seconds),
    ocppCalled: (action: string, outcome: string) => messages.inc({ action, outcome }),
    ocppAnswered: (seconds: number) => answers.observe(seconds),
    laneRan: (size: number) => batch.observe(size),
    /** A number that is read when somebody asks. */
    gauge: (name: string, help: string, read: () => number) =>
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read());
        },
      }),
    /** Numbers by one label, read when somebody asks. */
    gauges: (name: string, help: string, label: string, read: () => Promise<ReadonlyMap<string, number>>) =>
      new Gauge({
        name,
        help,
        labelNames: [label],
        registers,
        async collect() {
          this.reset();
          for (const [value, count] of await read()) this.set({ [label]: value }, count);
        },
      }),
  };
}
