// The thread in which the log is written. A composition root of its own: its database, its clock, the sequencer.
import { parentPort, workerData } from 'node:worker_threads';
import { pino } from 'pino';
import { Listeners, openDatabase, workIn } from '#kernel';
import { openLog, Secret, Sequencer, serveWriter } from '#record';
import { systemClock, uuidV7 } from '#units';

/** What the thread is given when it is opened. */
export interface LogThread {
  readonly url: string;
  /** Text of the log's secret. */
  readonly secret: string;
  readonly origin: string;
  readonly holder: string;
  /** Whether it signs by SM2, too. */
  readonly sm2?: boolean;
}

const { url, secret, origin, holder, sm2 } = workerData as LogThread;
// One connection writes, one looks for where a subject stands.
const { db } = openDatabase(url, { max: 2 });
const doWork = workIn({
  db,
  listeners: new Listeners(),
  clock: systemClock,
  newId: () => uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10))),
  // What fails is told to the thread that opened this one.
  log: pino({ level: 'silent' }),
});

serveWriter(
  parentPort!,
  async (hearing) => {
    const house = await doWork((work) =>
      openLog(work, { secret: new Secret(secret), origin, holder, ...(sm2 && { sm2 }) }),
    );
    return new Sequencer({ doWork, house, nowMs: () => performance.now(), ...hearing });
  },
  () => db.destroy(),
);
