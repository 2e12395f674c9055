import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type StationPresetId, stationPreset, stationPresets } from '#pack';
import { makeKey } from '#party';
import { find } from '#station';
import { newStation } from '#station/api';
import { type StationId, systemClock } from '#units';
import { importedWorld } from '../demo/imported.ts';
import { registerWorld } from '../demo/register.ts';
import { rosterOf, writeRoster } from '../demo/roster.ts';
import { makeFolder } from '../folder.ts';
import { type Common, withApp } from './open.ts';
import { Failed, progressBar, say } from './say.ts';
import { type Issue, type ListedStation, readStationList } from './stationList.ts';
import { type Encoding, textOf } from './textOf.ts';
import { leaveOwnTrail } from './trail.ts';

interface Options extends Common {
  readonly preset?: string;
  readonly operator: string;
  readonly region?: string;
  readonly stock?: true;
  readonly vehicles: number;
  readonly seed: number;
  readonly server: string;
  readonly out?: string;
}

/** Registers a list of stations, all or none, and writes the roster by which the simulator can play them. */
export async function importStations(file: string, options: Options): Promise<void> {
  const json = options.json === true;
  const { listed, encoding } = readList(file);
  const preset = presetOf(options.preset);
  if (!newStation.shape.region.safeParse(options.region).success)
    throw new Failed('--region takes a code of 1 to 32 characters without blanks, such as CN-GD-SZ', { code: 2 });
  if (options.vehicles > 0 && !options.stock)
    throw new Failed('--vehicles needs --stock: nobody can swap at empty stations', { code: 2 });
  const started = performance.now();

  const { roster, out } = await withApp(options, async (app, config) => {
    const out = options.out ?? join(config.DATA_DIR, 'roster.json');
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
      if (existsSync(out))
        throw new Failed(
          `${out} is there already, and may hold passwords that stand nowhere else: move it, or give another --out; nothing was imported`,
          { code: 2, option: '--out' },
        );
      makeFolder(dirname(resolve(out)));
      await leaveOwnTrail(work, 'import stations', {
        rows: listed.length,
        first: listed.slice(0, 20).map((it) => it.id),
      });
      return {
        passwords: await registerWorld(work, world, randomBytes, bar.at),
        apiKey: await makeKey(work, { name: `drivers of ${file}`, scopes: ['drive'], random: randomBytes(32) }),
      };
    });
    bar.end();
    const { origin, host } = new URL(options.server);
    const now = systemClock();
    const roster = rosterOf(world, passwords, {
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
    return { roster, out };
  });
  writeRoster(out, roster);
  const facts = {
    stations: roster.stations.length,
    packsInStations: roster.stations.reduce((sum, it) => sum + it.slots.filter((slot) => slot.serial).length, 0),
    vehicles: roster.vehicles.length,
    roster: out,
    encoding,
    tookMs: Math.round(performance.now() - started),
  };
  say(json, facts, () =>
    [
      `${facts.stations} stations, ${facts.packsInStations} packs in them, ${facts.vehicles} vehicles${options.stock ? ' (packs and vehicles are simulated)' : ''}, in ${(facts.tookMs / 1000).toFixed(1)} s.`,
      ...(encoding === 'UTF-8' ? [] : [`The list was read as ${encoding}.`]),
      `Passwords and all else the simulator needs: ${facts.roster}. Next: packloop up, packloop sim ${facts.roster}`,
    ].join('\n'),
  );
}

function readList(file: string): { listed: readonly ListedStation[]; encoding: Encoding } {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new Failed(`${file} cannot be read: ${(error as Error).message}`, { code: 2 });
  }
  const read = textOf(bytes);
  if (!read.ok) throw new Failed(`${file} was not imported: ${read.problem}`);
  const list = readStationList(read.text);
  if (list.ok) return { listed: list.stations, encoding: read.encoding };
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
