// The network as many screens ask for it at once: the costly sums are shared for a moment.
import type { Work } from '#kernel';
import type { Clock, Instant, StationId } from '#units';
import { type Day, type StationNow, totalsOf } from './network.ts';
import { daysSoFar, openSwaps, packsOnRoad, stationsNow } from './store.ts';

interface Sums {
  readonly at: Instant;
  readonly days: ReadonlyMap<StationId, Day>;
  readonly packsOnRoad: number;
  readonly openSwaps: number;
}

export interface Network {
  readonly at: Instant;
  readonly stations: StationNow[];
  readonly totals: ReturnType<typeof totalsOf>;
}

/** `freshMs` is in the network's time: how old sums may be. */
export class NetworkView {
  readonly #clock: Clock;
  readonly #freshMs: number;
  #sums: Sums | undefined;
  #network: Network | undefined;

  constructor(clock: Clock, clockSpeed: number) {
    this.#clock = clock;
    this.#freshMs = 1000 * clockSpeed;
  }

  async network(work: Work): Promise<Network> {
    if (this.#network && this.#isFresh(this.#network.at)) return this.#network;
    const { days, ...rest } = await this.#sumsFor(work);
    const stations = await stationsNow(work, days);
    const { packsOnRoad, openSwaps } = rest;
    this.#network = { at: work.at, stations, totals: totalsOf(stations, days, { packsOnRoad, openSwaps }) };
    return this.#network;
  }

  async stations(work: Work, ids: readonly StationId[]): Promise<StationNow[]> {
    return await stationsNow(work, (await this.#sumsFor(work)).days, ids);
  }

  async #sumsFor(work: Work): Promise<Sums> {
    if (this.#sums && this.#isFresh(this.#sums.at)) return this.#sums;
    const open = await openSwaps(work);
    this.#sums = {
      at: work.at,
      days: await daysSoFar(work),
      packsOnRoad: await packsOnRoad(work),
      openSwaps: [...open.values()].reduce((sum, it) => sum + it, 0),
    };
    return this.#sums;
  }

  #isFresh(at: Instant): boolean {
    return this.#clock().epochMilliseconds - at.epochMilliseconds < this.#freshMs;
  }
}
