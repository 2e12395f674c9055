import { roster as rosterShape } from '../../simulator/roster.ts';
import { refreshed } from '../demo/refresh.ts';
import { type Roster, readRoster, writeRoster } from '../demo/roster.ts';
import { type Common, withNetwork } from './open.ts';
import { Failed, note } from './say.ts';
import { demandFaults, demandPacks, demandTls, type SimulatorOptions, startSimulator, stopped } from './simulator.ts';

/** Runs the simulator on a roster: from where the books are now, by the clock of the server. */
export async function sim(file: string, options: Common & SimulatorOptions): Promise<void> {
  demandFaults(options.fault);
  const roster = read(file);
  demandTls(options, roster);
  const clock = await clockOf(roster.httpUrl);
  if (options.speed !== undefined && options.speed !== clock.speed)
    throw new Failed(
      `--speed ${options.speed}: the server at ${roster.httpUrl} runs at ${clock.speed}; leave --speed away, or start the server with CLOCK_SPEED=${options.speed}`,
      { code: 2, option: '--speed' },
    );
  const now = await withNetwork(options, (app) => app.doWork((work) => refreshed(work, roster)));
  demandPacks(options, now);
  writeRoster(file, { ...now, clock });
  note(
    options.json === true,
    `${now.stations.length} simulated stations, ${now.vehicles.length} simulated vehicles at ${roster.httpUrl}`,
  );
  const simulator = startSimulator(file, options);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => simulator.kill('SIGTERM'));
  process.exitCode = await stopped(simulator);
}

function read(file: string): Roster {
  let json: unknown;
  try {
    json = readRoster(file);
  } catch (error) {
    throw new Failed(`${file} cannot be read: ${(error as Error).message}`, { code: 2 });
  }
  const read = rosterShape.safeParse(json);
  if (read.success) return json as Roster;
  const issues = read.error.issues.slice(0, 5).map((it) => `${it.path.join('.') || 'all of it'}: ${it.message}`);
  throw new Failed(`${file} is no roster:\n${issues.map((it) => `  ${it}`).join('\n')}`, { code: 2, issues });
}

/** Simulated time is what the server says it is. */
async function clockOf(httpUrl: string): Promise<Roster['clock']> {
  try {
    const reply = await fetch(`${httpUrl}/v1/network`);
    const { at, clockSpeed } = (await reply.json()) as { at: string; clockSpeed: number };
    return { speed: clockSpeed, simulatedStart: at, realStartMs: Date.now() };
  } catch {
    throw new Failed(`No server answers at ${httpUrl}: start one with \`packloop up\``);
  }
}
