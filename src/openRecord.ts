// The log of this network put together: its secret beside the database, its name, its witnesses.
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import type { DoWork } from '#kernel';
import { Keeper, openLog, originOf, Secret } from '#record';
import type { AppConfig } from './app.ts';
import { ConfigWrong } from './config.ts';
import { makeFolder } from './folder.ts';

interface Place {
  readonly config: AppConfig;
  readonly doWork: DoWork;
  readonly newId: () => string;
  readonly log: FastifyBaseLogger;
}

/** @throws ConfigWrong when secret or policy are not what this log needs */
export async function openRecord({ config, doWork, newId, log }: Place): Promise<Keeper> {
  const known = await doWork(originOf);
  const secret = new Secret(secretOf(config, known));
  const origin = known ?? config.LOG_ORIGIN ?? `log.packloop.local/${randomBytes(4).toString('hex')}`;
  const house = await doWork((work) => openLog(work, { secret, origin, holder: newId() })).catch(
    wrong('RECORD_SECRET'),
  );
  const policy = config.LOG_POLICY === undefined ? undefined : textIn(config.LOG_POLICY);
  const silent = new Map<string, string>();
  return await Keeper.of({
    doWork,
    house,
    policy,
    nowMs: () => performance.now(),
    failed: (error) => log.error(error, 'the log could not go on; it will'),
    witnessed: (witness, problem) => {
      // Once when it begins and once when it is over, not at each checkpoint.
      if (problem !== undefined && !silent.has(witness)) log.warn({ witness, problem }, 'a witness does not sign');
      if (problem === undefined && silent.has(witness)) log.warn({ witness }, 'a witness signs again');
      if (problem === undefined) silent.delete(witness);
      else silent.set(witness, problem);
    },
  }).catch(wrong('LOG_POLICY'));
}

const wrong = (variable: string) => (error: Error) => {
  throw new ConfigWrong(`${variable}: ${error.message}`);
};

function textIn(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigWrong(`LOG_POLICY: ${file} cannot be read: ${(error as Error).message}`);
  }
}

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
