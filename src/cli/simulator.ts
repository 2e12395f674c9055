// The simulator runs as a program of its own: it knows the server by its protocols only.
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chance } from '#units';
import { broken, packsIn } from '../../simulator/breaking.ts';
import { parseFault } from '../../simulator/faults.ts';
import type { Roster } from '../../simulator/roster.ts';
import { readTls, type TlsFiles } from '../../simulator/tls.ts';
import { Failed } from './say.ts';

const program = fileURLToPath(new URL('../../simulator/main.ts', import.meta.url));

export interface SimulatorOptions extends TlsFiles {
  readonly json?: true;
  readonly speed?: number;
  readonly seed?: number;
  readonly stations?: string;
  readonly fault?: readonly string[];
}

/** By the channel to us it notices our end, however sudden: a simulator whose parent is gone ends as well. */
export function startSimulator(
  roster: string,
  { json, speed, seed, stations, ca, cert, key, fault = [] }: SimulatorOptions,
): ChildProcess {
  const args = [
    ...(speed === undefined ? [] : ['--speed', String(speed)]),
    ...(seed === undefined ? [] : ['--seed', String(seed)]),
    ...(stations === undefined ? [] : ['--stations', stations]),
    ...(ca === undefined ? [] : ['--ca', ca]),
    ...(cert === undefined ? [] : ['--cert', cert]),
    ...(key === undefined ? [] : ['--key', key]),
    ...fault.flatMap((it) => ['--fault', it]),
    ...(json ? ['--json'] : []),
  ];
  return spawn(process.execPath, [program, roster, ...args], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
}

/** Lets it say goodbye to the server. */
export const stopped = (simulator: ChildProcess): Promise<number> =>
  new Promise((done) => {
    if (simulator.exitCode !== null || simulator.signalCode !== null) return done(simulator.exitCode ?? 0);
    simulator.once('exit', (code) => done(code ?? 0));
  });

/** Before anything is started for them. @throws Failed in the words of the simulator */
export function demandFaults(faults: readonly string[] = []): void {
  for (const it of faults)
    try {
      parseFault(it);
    } catch (error) {
      throw new Failed(`--fault ${it}: ${(error as Error).message}`, { code: 2, option: '--fault' });
    }
}

/** Before anything is started for them: packs that break are in the roster. @throws Failed in the words of the simulator */
export function demandPacks({ fault = [], stations }: SimulatorOptions, roster: Roster): void {
  try {
    broken(
      fault.map(parseFault),
      packsIn(roster, stations === undefined ? undefined : new Set(stations.split(','))),
      chance(0),
    );
  } catch (error) {
    throw new Failed((error as Error).message, { code: 2, option: '--fault' });
  }
}

/** Before anything is started for them. @throws Failed in the words of the simulator */
export function demandTls(files: SimulatorOptions, roster: Roster): void {
  const only = files.stations?.split(',');
  const stations = roster.stations.filter((it) => !only || only.includes(it.id));
  try {
    readTls(files, { ...roster, stations });
  } catch (error) {
    throw new Failed((error as Error).message, { code: 2 });
  }
}

/** So that one that dies at once does not keep the machine busy. */
const RESTART_MS = 5000;

interface Keeping {
  readonly start: () => ChildProcess;
  /** Done before it starts again: a simulator remembers nothing, so it has to be told how the network stands by then. */
  readonly catchUp: () => Promise<void>;
  readonly tell: (line: string) => void;
  readonly restartMs?: number;
}

/**
 * Keeps a simulator running: one that dies is started again, once in some seconds.
 * @returns the function that ends it for good, and waits for that
 */
export function keepRunning({ start, catchUp, tell, restartMs = RESTART_MS }: Keeping): () => Promise<void> {
  const over = new AbortController();
  let simulator = start();
  const isCaughtUp = () =>
    catchUp().then(
      () => true,
      (error: Error) => {
        tell(`The simulator cannot start yet: ${error.message}`);
        return false;
      },
    );
  const running = (async () => {
    for (;;) {
      await stopped(simulator);
      if (over.signal.aborted) return;
      const how = simulator.signalCode
        ? `was killed by ${simulator.signalCode}`
        : `has ended with code ${simulator.exitCode}`;
      tell(`The simulator ${how}; it starts again in ${restartMs / 1000} s.`);
      do await sleep(restartMs, undefined, { signal: over.signal }).catch(() => {});
      while (!over.signal.aborted && !(await isCaughtUp()));
      if (over.signal.aborted) return;
      simulator = start();
    }
  })();
  return async () => {
    over.abort();
    simulator.kill('SIGTERM');
    await running;
  };
}
