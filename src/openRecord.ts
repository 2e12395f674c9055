// The log of this network put together: its secret beside the database, its name, its witnesses.
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FastifyBaseLogger } from 'fastify';
import type { DoWork } from '#kernel';
import { Apart, Keeper, openLog, originOf, Secret } from '#record';
import { anomaly } from '#station';
import { ConfigWrong } from './config.ts';
import { makeFolder } from './folder.ts';
import type { LogThread } from './logThread.ts';
import { textOfSetting } from './settingsFile.ts';
import type { AppConfig } from './world.ts';

interface Place {
  readonly config: AppConfig;
  readonly doWork: DoWork;
  readonly newId: () => string;
  readonly log: FastifyBaseLogger;
}

/** @throws ConfigWrong when secret or policy are not what this log needs */
export async function openRecord({ config, doWork, newId, log }: Place): Promise<Keeper> {
  const known = await doWork(originOf);
  const secret = secretOf(config, known);
  const origin = known ?? config.LOG_ORIGIN ?? `log.packloop.local/${randomBytes(4).toString('hex')}`;
  const holder = newId();
  const sm2 = config.LOG_SM2;
  const house = await doWork((work) => openLog(work, { secret: new Secret(secret), origin, holder, sm2 })).catch(
    wrong('RECORD_SECRET'),
  );
  const policy = config.LOG_POLICY === undefined ? undefined : textOfSetting('LOG_POLICY', config.LOG_POLICY);
  const tell = (about: string, kind: 'witness-silent' | 'log-contradicted', sentence: string) => {
    const line = { stationId: '' as const, kind, about, sentence, facts: { witness: about } };
    void doWork((work) => anomaly(work, [line])).catch((error) => log.error(error, sentence));
  };
  return await Keeper.of({
    doWork,
    house,
    writer: (hearing) =>
      new Apart(threadFor({ url: config.DATABASE_URL, secret, origin: house.origin, holder, sm2 }), hearing),
    policy,
    nowMs: () => performance.now(),
    failed: (error) => log.error(error, 'the log could not go on; it will'),
    witnessed: (witness, wrong) => {
      if (wrong === undefined) return log.warn({ witness }, 'a witness signs again');
      const { problem, contradicts } = wrong;
      log[contradicts ? 'error' : 'warn']({ witness, problem }, 'a witness does not sign');
      if (contradicts)
        tell(witness, 'log-contradicted', `The witness ${witness} remembers another history of our log: ${problem}`);
      else if (witness !== '') tell(witness, 'witness-silent', `The witness ${witness} does not sign: ${problem}`);
    },
  }).catch(wrong(`LOG_POLICY: ${config.LOG_POLICY}`));
}

/** Opens the thread in which the log is written. */
export const threadFor = (workerData: LogThread) => () =>
  new Worker(new URL('./logThread.ts', import.meta.url), { workerData });

const wrong = (variable: string) => (error: Error) => {
  throw new ConfigWrong(`${variable}: ${error.message}`);
};

/** The secret for whoever only looks: nothing is made. */
export function secretAt({
  RECORD_SECRET,
  DATA_DIR,
}: Pick<AppConfig, 'RECORD_SECRET' | 'DATA_DIR'>): Secret | undefined {
  const path = join(DATA_DIR, 'record.secret');
  if (RECORD_SECRET !== undefined) return new Secret(RECORD_SECRET);
  return existsSync(path) ? new Secret(readFileSync(path, 'utf8').trim()) : undefined;
}

/** RECORD_SECRET, or one that is made with a new log and kept beside the data, never in the database. */
function secretOf({ RECORD_SECRET, DATA_DIR }: AppConfig, origin: string | undefined): string {
  if (RECORD_SECRET !== undefined) return RECORD_SECRET;
  const path = join(DATA_DIR, 'record.secret');
  if (!existsSync(path)) {
    if (origin !== undefined)
      throw new ConfigWrong(
        `RECORD_SECRET: the database has the log ${origin}, and ${path}, from which its keys come, is missing: bring it back`,
      );
    makeFolder(DATA_DIR);
    try {
      writeFileSync(path, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600, flag: 'wx', flush: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // somebody else made it meanwhile
    }
  }
  chmodSync(path, 0o600);
  const text = readFileSync(path, 'utf8').trim();
  if (text.length < 32) throw new ConfigWrong(`RECORD_SECRET: ${path} holds no secret of at least 32 characters`);
  return text;
}
