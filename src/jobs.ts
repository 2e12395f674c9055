// What happens later or by the calendar: listeners of announced facts, and the night's work. The queue is PostgreSQL.
import type { FastifyBaseLogger } from 'fastify';
import type { Logger, TaskList } from 'graphile-worker';
import pg from 'pg';
import type { DoWork, Listeners, Work } from '#kernel';

export interface Jobs {
  /** Of the database. */
  readonly url: string;
  readonly log: FastifyBaseLogger;
  readonly doWork: DoWork;
  readonly listeners: Listeners;
  /** Done once a night, by name. */
  readonly nightly: Readonly<Record<string, (work: Work) => Promise<unknown>>>;
}

/** At three in the night in China (19:00 UTC), the next ones a quarter of an hour later; missed ones are made up for within a day. */
const crontab = (names: readonly string[]): string =>
  names.map((it, index) => `${index * 15} 19 * * * ${it} ?fill=1d`).join('\n');

const taskList = ({ doWork, listeners, nightly }: Jobs): TaskList => ({
  ...Object.fromEntries(
    Object.entries(listeners.tasks).map(([name, task]) => [
      name,
      (facts: unknown) => doWork((work) => task(work, facts as readonly unknown[])),
    ]),
  ),
  ...Object.fromEntries(Object.entries(nightly).map(([name, task]) => [name, async () => void (await doWork(task))])),
});

// Imported when first needed: a station's first boot should not wait for it.
const worker = () => import('graphile-worker');

/**
 * Connections of the runner's own: it reads instants as Date, as `pg` does of itself, and ours come as Temporal.Instant.
 * One listens, one works.
 */
function openPool(url: string): pg.Pool {
  const { TIMESTAMPTZ, INT8 } = pg.types.builtins;
  const asUsual: Partial<Record<number, (text: string) => unknown>> = {
    [TIMESTAMPTZ]: (text) => new Date(text),
    [INT8]: (text) => text,
  };
  const pool = new pg.Pool({
    connectionString: url,
    max: 2,
    application_name: 'packloop jobs',
    types: { getTypeParser: (oid, format) => asUsual[oid] ?? pg.types.getTypeParser(oid, format) },
  });
  pool.on('error', () => {}); // a dying connection also fails its query; that one is told
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

export interface Runner {
  stop(): Promise<void>;
}

/** Starts the runner. */
export async function runJobs(jobs: Jobs): Promise<Runner> {
  const { run } = await worker();
  const pool = openPool(jobs.url);
  const runner = await run({
    pgPool: pool,
    taskList: taskList(jobs),
    crontab: crontab(Object.keys(jobs.nightly)),
    noHandleSignals: true,
    logger: await loggerOf(jobs.log),
  });
  return {
    async stop() {
      await runner.stop();
      await pool.end();
    },
  };
}

/** Does all jobs that wait now, and returns. */
export async function runWaitingJobs(jobs: Jobs): Promise<void> {
  const { runOnce } = await worker();
  const pool = openPool(jobs.url);
  try {
    await runOnce({
      pgPool: pool,
      taskList: taskList(jobs),
      noHandleSignals: true,
      logger: await loggerOf(jobs.log),
    });
  } finally {
    await pool.end();
  }
}

async function loggerOf(log: FastifyBaseLogger): Promise<Logger> {
  const { Logger } = await worker();
  return new Logger(() => (level, message, meta) => {
    if (level === 'error') log.error(meta, message);
    else if (level === 'warning') log.warn(meta, message);
    else log.debug(meta, message);
  });
}
