// A whole network: the stations of a roster and the vehicles between them.
import type { Chance } from '#units';
import type { App } from './app.ts';
import { broken, packsIn } from './breaking.ts';
import { Driver } from './driver.ts';
import { type Fault, Faults, faultsAt } from './faults.ts';
import { Life } from './life.ts';
import { packMaker } from './pack.ts';
import type { Roster, RosterStation } from './roster.ts';
import type { Scheduler } from './schedule.ts';
import { type Dial, startStation } from './station/index.ts';
import type { Known } from './streets.ts';
import type { Tally } from './tally.ts';

export interface CityWorld {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly app: App;
  readonly tally: Tally;
  dial(station: RosterStation): Dial;
  readonly faults?: readonly Fault[];
  /** Only these stations; all of them when absent. */
  readonly only?: ReadonlySet<string>;
  /** Seconds of the network from one station's start to the next. */
  readonly apartS?: number;
  readonly say?: (line: string) => void;
}

export interface City {
  readonly stations: readonly Known['station'][];
  /** Says goodbye to the server everywhere. */
  stop(): void;
}

/**
 * Starts all of it. The same roster, seed and answers of the server give the same decisions.
 * @throws RangeError when a fault names a pack that is not in the roster
 */
export function startCity(roster: Roster, world: CityWorld): City {
  const { scheduler, chance, app, tally, faults = [], only, apartS = 0, say } = world;
  const life = new Life(scheduler);
  const stations = new Map<string, Known>();
  const played = roster.stations.filter((it) => !only || only.has(it.id));
  const breaks = broken(faults, packsIn(roster, only), chance.fork('broken packs'));
  const makePack = packMaker(chance.fork('packs'), scheduler.ms(), breaks);
  played.forEach((it, nth) => {
    const own = chance.fork(`station ${it.id}`);
    const station = startStation(it, {
      socket: world.dial(it),
      scheduler,
      chance: own,
      faults: new Faults(own.fork('faults'), faultsAt(it.id, faults)),
      makePack,
      startAfterS: nth * apartS * scheduler.speed,
      ...(say && { say }),
    });
    stations.set(it.id, { station, place: it.place, swapSeconds: it.swapSeconds });
  });
  for (const it of roster.vehicles)
    if (it.stationIds.some((id) => stations.has(id)))
      new Driver(it, { life, app, tally, stations }, chance.fork(`vehicle ${it.vin}`), makePack);
  return {
    stations: [...stations.values()].map((it) => it.station),
    stop() {
      life.end();
      for (const { station } of stations.values()) station.stop();
    },
  };
}
