import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type StationPresetId, stationPreset, stationPresets } from '#pack';
import { makeKey } from '#party';
import { find } from '#station';
import { type StationId, systemClock } from '#units';
import { importedWorld } from '../demo/imported.ts';
import { registerWorld } from '../demo/register.ts';
import { rosterOf, writeRoster } from '../demo/roster.ts';
import { type Common, withApp } from './open.ts';
import { Failed, progressBar, say } from './say.ts';
import { type Issue, type ListedStation, readStationList } from './stationList.ts';

interface Options extends Common {
  readonly preset?: string;
  readonly operator: string;
  readonly stock?: true;
  readonly vehicles: number;
  readonly seed: number;
  readonly server: string;
  readonly out: string;
}

/** Registers a list of stations, all or none, and writes the roster by which the simulator can play them. */
export async function importStations(file: string, options: Options): Promise<void> {
  const json = options.json === true;
  const listed = readList(file);
  const preset = presetOf(options.preset);
  if (options.vehicles > 0 && !options.stock)
    throw new Failed('--vehicles needs --stock: nobody can swap at empty stations', { code: 2 });
  const started = performance.now();

  const roster = await withApp(options, async (app) => {
    const world = importedWorld(listed, { ...options, preset, at: app.clock() });
    const bar = progressBar(`Registering ${listed.length} stations`, json);
    const { passwords, apiKey } = await app.doWork(async (work) => {
      const known = await find(
        work,
        listed.map((it) => it.id as StationId),
      );
      if (known.size > 0)
        throw new Failed(
          `Station ${[...known.keys()][0]} is registered already (${known.size} of them); nothing was imported`,
          {
            known: [...known.keys()],
          },
        );
      return {
        passwords: await registerWorld(work, world, randomBytes, bar.at),
        apiKey: await makeKey(work, { name: `drivers of ${file}`, scopes: ['drive'], random: randomBytes(32) }),
      };
    });
    bar.end();
    const { origin, host } = new URL(options.server);
    const now = systemClock();
    return rosterOf(world, passwords, {
      httpUrl: origin,
      ocppUrl: `ws://${host}/ocpp`,
      apiKey,
      seed: options.seed,
      clock: {
        speed: 1,
        simulatedStart: now.toString({ smallestUnit: 'millisecond' }),
        realStartMs: now.epochMilliseconds,
      },
    });
  });
  writeRoster(options.out, roster);
  const facts = {
    stations: roster.stations.length,
    packsInStations: roster.stations.reduce((sum, it) => sum + it.slots.filter((slot) => slot.serial).length, 0),
    vehicles: roster.vehicles.length,
    roster: options.out,
    tookMs: Math.round(performance.now() - started),
  };
  say(json, facts, () =>
    [
      `${facts.stations} stations, ${facts.packsInStations} packs in them, ${facts.vehicles} vehicles${options.stock ? ' (packs and vehicles are simulated)' : ''}, in ${(facts.tookMs / 1000).toFixed(1)} s.`,
      `Passwords and all else the simulator needs: ${facts.roster}. Next: packloop up, packloop sim ${facts.roster}`,
    ].join('\n'),
  );
}

function readList(file: string): readonly ListedStation[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Failed(`${file} cannot be read: ${(error as Error).message}`, { code: 2 });
  }
  const list = readStationList(text);
  if (list.ok) return list.stations;
  throw new Failed(`${file} was not imported:\n${lines(list.issues)}`, { issues: list.issues });
}

function lines(issues: readonly Issue[]): string {
  const shown = issues.slice(0, 20).map((it) => `  line ${it.line}, ${it.field}: ${it.problem}`);
  return [...shown, ...(issues.length > 20 ? [`  … ${issues.length} problems in all`] : [])].join('\n');
}

function presetOf(id: string | undefined): StationPresetId | undefined {
  if (id === undefined || stationPreset(id as StationPresetId)) return id as StationPresetId | undefined;
  throw new Failed(`there is no station preset "${id}"; there are ${stationPresets.map((it) => it.id).join(', ')}`, {
    code: 2,
  });
}
