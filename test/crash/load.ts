// Stations that swap one vehicle after the other; vehicles go from station to station, so packs do too.
import type { BuiltNetwork, BuiltVehicle } from '../network.ts';
import { DurableStation } from './station.ts';
import { swapInShort, swapStepByStep } from './swapping.ts';

/** Vehicles come back after a short trip, so that every pack in a station is charged enough for the next. */
const CHARGE = { in: 80, out: 90 };

export class Load {
  readonly stations: readonly DurableStation[];
  /** Those that wait for their next swap; all of them once the load has ended. */
  readonly vehicles: BuiltVehicle[];
  /** By driver: how many swaps really took place. */
  readonly swapsOf = new Map<string, number>();
  swaps = 0;
  #isOver = false;

  constructor(ocppUrl: string, { stations, vehicles }: BuiltNetwork) {
    this.stations = stations.map((it) => new DurableStation(ocppUrl, it));
    this.vehicles = vehicles.map((it) => ({ ...it, packs: [...it.packs] }));
  }

  /** Until `end` is called; then each swap under way is finished. Every fourth station reports step by step. */
  async run(): Promise<void> {
    await Promise.all(this.stations.map((it, index) => this.#swapOn(it, index % 4 === 0 ? swapStepByStep : inShort)));
  }

  end(): void {
    this.#isOver = true;
  }

  stop(): void {
    for (const it of this.stations) it.stop();
  }

  async #swapOn(station: DurableStation, swap: typeof swapStepByStep): Promise<void> {
    while (!this.#isOver) {
      const vehicle = this.vehicles.shift()!;
      await swap(station, vehicle, { soC: CHARGE });
      this.swapsOf.set(vehicle.driverId, (this.swapsOf.get(vehicle.driverId) ?? 0) + 1);
      this.swaps++;
      this.vehicles.push(vehicle);
    }
  }
}

const inShort = (station: DurableStation, vehicle: BuiltVehicle) => swapInShort(station, vehicle, CHARGE);
