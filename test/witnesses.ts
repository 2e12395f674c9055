// Witnesses as processes of their own, and the command line as a stranger runs it: for tests of the log.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './server.ts';

const program = join(import.meta.dirname, '..', 'src', 'cli', 'packloop.ts');

export interface WitnessProcess {
  readonly name: string;
  /** Its line for a policy, with its address. */
  readonly line: string;
  end(): Promise<void>;
}

/** @param log `ORIGIN=KEY` */
export async function startWitness(dir: string, name: string, log: string, port?: number): Promise<WitnessProcess> {
  const taken = port ?? (await freePort());
  const args = ['witness', '--dir', join(dir, name), '--port', String(taken), '--log', log, '--json'];
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  const { key, url } = JSON.parse((await lines.next()).value!) as { key: string; url: string };
  return { name, line: `witness ${name} ${key} ${url}`, end: () => ended(child) };
}

async function ended(it: ChildProcess): Promise<void> {
  if (it.exitCode !== null || it.signalCode !== null) return;
  it.kill('SIGTERM');
  await once(it, 'exit');
}

export interface Said {
  readonly code: number;
  // biome-ignore lint/suspicious/noExplicitAny: each command says something else
  readonly said: any;
}

/** Runs `packloop … --json`. */
export const packloop = (...args: string[]): Promise<Said> =>
  new Promise((done) =>
    execFile(process.execPath, [program, ...args, '--json'], (error, out, errors) => {
      const said: unknown = out.trim() === '' ? errors : JSON.parse(out.trim().split('\n').at(-1)!);
      done({ code: error ? Number(error.code) : 0, said });
    }),
  );
