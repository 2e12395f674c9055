// The network as many screens ask for it at once.

import { z } from 'zod';
import { type Answer, answerOf, type DoWork, isSimulated, type Work } from '#kernel';
import type { Reach } from '#kernel/api';
import type { Instant, StationId } from '#units';
import { networkNow, type totalsNow } from './api.ts';
import { Moment } from './moment.ts';
import { type Day, type StationNow, totalsOf } from './network.ts';
import { reachedStations } from './reached.ts';
import { stationInPublic, type View } from './sight.ts';
import { daysSoFar, openSwaps, openSwapsAt, packsOnRoad, stationsNow } from './store.ts';

interface Sums {
  readonly days: ReadonlyMap<StationId, Day>;
  readonly packsOnRoad: number;
  readonly openSwaps: number;
}

export interface Network {
  readonly at: Instant;
  readonly stations: StationNow[];
  readonly totals: z.infer<typeof totalsNow>;
}

/** What of a running network does not change. */
export interface Terms {
  readonly clockSpeed: number;
  /** Its time is; it is simulated too when made-up packs or vehicles were brought in. */
  readonly simulated: boolean;
}

export class NetworkView {
  readonly #inFull = new Moment<Answer>(500);
  readonly #inPublic = new Moment<Answer>(500);
  readonly #sums = new Moment<Sums>(1000);

  /** The reply of GET /v1/network: of a thousand stations it has megabytes, so it is read, checked, written and compressed once for all. */
  answer(doWork: DoWork, terms: Terms, { reach, inFull }: View): Promise<Answer> {
    const see = async (work: Work) => {
      const network = reach.all ? await this.network(work) : await this.networkWithin(work, reach);
      return inFull ? network : inPublic(network);
    };
    if (!reach.all) return this.#written(doWork, terms, see);
    return (inFull ? this.#inFull : this.#inPublic).get(() => this.#written(doWork, terms, see));
  }

  async #written(doWork: DoWork, terms: Terms, see: (work: Work) => Promise<Network>): Promise<Answer> {
    const [network, hasMadeUp] = await doWork(async (work) => [await see(work), await isSimulated(work)]);
    const simulated = terms.simulated || hasMadeUp;
    return answerOf(JSON.stringify(z.encode(networkNow, { ...network, ...terms, simulated })));
  }

  /** As if there were no stations, packs and swaps but those within reach. */
  async networkWithin(work: Work, reach: Reach): Promise<Network> {
    const sums = await this.#sums.get(() => sumsOf(work));
    const ids = await reachedStations(work, reach);
    const stations = await stationsNow(work, sums.days, ids);
    const days = new Map(ids.flatMap((id) => (sums.days.has(id) ? [[id, sums.days.get(id)!]] : [])));
    const rest = { packsOnRoad: await packsOnRoad(work, reach), openSwaps: await openSwapsAt(work, ids) };
    return { at: work.at, stations, totals: totalsOf(stations, days, rest) };
  }

  async network(work: Work): Promise<Network> {
    const { days, ...rest } = await this.#sums.get(() => sumsOf(work));
    const stations = await stationsNow(work, days);
    return { at: work.at, stations, totals: totalsOf(stations, days, rest) };
  }

  async stations(work: Work, ids: readonly StationId[]): Promise<StationNow[]> {
    const { days } = await this.#sums.get(() => sumsOf(work));
    return await stationsNow(work, days, ids);
  }
}

/** What the network earns, and the energy by which it could be reckoned bill by bill, is nobody else's business. */
const inPublic = ({ at, stations, totals }: Network): Network => ({
  at,
  stations: stations.map(stationInPublic),
  totals: { ...totals, energyTodayWh: null, revenueTodayFen: null },
});

async function sumsOf(work: Work): Promise<Sums> {
  const open = await openSwaps(work);
  return {
    days: await daysSoFar(work),
    packsOnRoad: await packsOnRoad(work),
    openSwaps: [...open.values()].reduce((sum, it) => sum + it, 0),
  };
}
