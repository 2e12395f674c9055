// The simulator runs as a program of its own: it knows the server by its protocols only.
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../simulator/main.ts', import.meta.url));

export interface SimulatorOptions {
  readonly json?: true;
  readonly speed?: number;
  readonly seed?: number;
  readonly stations?: string;
  readonly fault?: readonly string[];
}

export function startSimulator(
  roster: string,
  { json, speed, seed, stations, fault = [] }: SimulatorOptions,
): ChildProcess {
  const args = [
    ...(speed === undefined ? [] : ['--speed', String(speed)]),
    ...(seed === undefined ? [] : ['--seed', String(seed)]),
    ...(stations === undefined ? [] : ['--stations', stations]),
    ...fault.flatMap((it) => ['--fault', it]),
    ...(json ? ['--json'] : []),
  ];
  return spawn(process.execPath, [program, roster, ...args], { stdio: 'inherit' });
}

/** Lets it say goodbye to the server. */
export const stopped = (simulator: ChildProcess): Promise<number> =>
  new Promise((done) => {
    if (simulator.exitCode !== null || simulator.signalCode !== null) return done(simulator.exitCode ?? 0);
    simulator.once('exit', (code) => done(code ?? 0));
  });
