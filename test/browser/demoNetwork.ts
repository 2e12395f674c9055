// The demo network for browser tests: a real server and the real simulator, each a process of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DoWork } from '#kernel';
import { makeKey } from '#party';
import { delta12 } from '../../src/demo/delta12.ts';
import { registerWorld } from '../../src/demo/register.ts';
import { rosterOf, writeRoster } from '../../src/demo/roster.ts';
import { freePort, type ServerProcess, startServerProcess } from '../server.ts';
import { testStart } from '../work.ts';

export const SPEED = 60;
const SEED = 12;

export interface DemoNetwork {
  readonly http: string;
  readonly stations: number;
  /** SIGKILL. */
  killServer(): Promise<void>;
  /** On the same port and database; the network's clock goes on. */
  restartServer(): Promise<void>;
  end(): Promise<void>;
}

export async function startDemoNetwork({ url, doWork }: { url: string; doWork: DoWork }): Promise<DemoNetwork> {
  const world = delta12(SEED, testStart);
  const { passwords, apiKey } = await doWork(async (work) => ({
    passwords: await registerWorld(work, world, randomBytes),
    apiKey: await makeKey(work, { name: 'simulated drivers', scopes: ['drive'], random: randomBytes(32) }),
  }));
  const port = await freePort();
  const realStartMs = Date.now();
  const now = () => testStart.add({ milliseconds: (Date.now() - realStartMs) * SPEED });
  const start = (): Promise<ServerProcess> =>
    startServerProcess({ databaseUrl: url, port, env: { CLOCK_SPEED: String(SPEED), CLOCK_START: now().toString() } });
  let server = await start();
  const folder = mkdtempSync(join(tmpdir(), 'packloop-browser-'));
  const roster = join(folder, 'roster.json');
  const clock = { speed: SPEED, simulatedStart: testStart.toString(), realStartMs };
  writeRoster(
    roster,
    rosterOf(world, passwords, { ocppUrl: server.ocpp, httpUrl: server.http, apiKey, clock, seed: SEED }),
  );
  const simulator = startSimulator(roster);
  return {
    http: server.http,
    stations: world.stations.length,
    killServer: () => server.kill(),
    restartServer: async () => {
      server = await start();
    },
    async end() {
      if (simulator.exitCode === null && simulator.kill('SIGKILL')) await once(simulator, 'exit');
      if (server.isUp) await server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function startSimulator(roster: string): ChildProcess {
  const program = join(import.meta.dirname, '..', '..', 'simulator', 'main.ts');
  const child = spawn(process.execPath, [program, roster], { stdio: 'ignore' });
  const endWithUs = () => void child.kill('SIGKILL');
  process.once('exit', endWithUs);
  child.once('exit', () => process.off('exit', endWithUs));
  return child;
}
