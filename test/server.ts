// The real server as a process of its own: tests kill it, benches load it. It runs src/main.ts as an operator does.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface ServerProcess {
  readonly port: number;
  readonly http: string;
  /** Stations connect to `${ocpp}/<id>`. */
  readonly ocpp: string;
  readonly pid: number;
  /** All that it logged, a JSON object each. */
  readonly log: readonly string[];
  /** What it logged at level error or worse, and all it wrote to stderr. */
  readonly complaints: readonly string[];
  readonly isUp: boolean;
  /** SIGKILL: it gets no chance to say goodbye. Returns when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM; returns when it has ended by itself. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly databaseUrl: string;
  /** The same again after a kill, so that stations find it; any free one when absent. */
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
}

const main = join(import.meta.dirname, '..', 'src', 'main.ts');
const ERROR = 50;

/** Starts the server and waits until its ports are open. @throws Error with its words when it ends instead */
export async function startServerProcess({ databaseUrl, port, env = {} }: ServerOptions): Promise<ServerProcess> {
  const taken = port ?? (await freePort());
  const child = spawn(process.execPath, [main], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DATABASE_URL: databaseUrl, PORT: String(taken), LOG_LEVEL: 'warn', ...env },
  });
  const endWithUs = () => void child.kill('SIGKILL');
  process.once('exit', endWithUs);
  child.once('exit', () => process.off('exit', endWithUs));
  const complaints: string[] = [];
  const log: string[] = [];
  await isUp(child, complaints, log);
  const gone = once(child, 'exit');
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    child.kill(signal);
    await gone;
  };
  return {
    port: taken,
    http: `http://127.0.0.1:${taken}`,
    ocpp: `ws://127.0.0.1:${taken}/ocpp`,
    pid: child.pid!,
    log,
    complaints,
    get isUp() {
      return child.exitCode === null && child.signalCode === null;
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

async function isUp(child: ChildProcess, complaints: string[], log: string[]): Promise<void> {
  const told = new Promise<void>((resolve) => {
    createInterface(child.stdout!).on('line', (line) => {
      if (line.startsWith('Packloop is up')) return resolve();
      if (line.startsWith('First sign-in')) return; // for whoever started it, and no log
      log.push(line);
      if (isComplaint(line)) complaints.push(line);
    });
  });
  createInterface(child.stderr!).on('line', (line) => complaints.push(line));
  const ended = once(child, 'close').then(([code, signal]) => {
    throw new Error(`the server ended with ${code ?? signal} instead of starting:\n${complaints.join('\n')}`);
  });
  ended.catch(() => {}); // once it is up, its end is somebody else's matter
  await Promise.race([told, ended]);
}

function isComplaint(line: string): boolean {
  try {
    return (JSON.parse(line) as { level: number }).level >= ERROR;
  } catch {
    return true;
  }
}

/** Below the range from which the system takes ports for outgoing connections, so that a restart finds it free again. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
  throw new Error('no free port between 20000 and 32000');
}
