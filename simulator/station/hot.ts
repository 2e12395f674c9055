// Packs that something is wrong with are not left alone: while one is hot, its cells and probes are told every second, as
// GB/T 32960 asks of an alarm of level 3.
import type { Pack } from '../pack.ts';
import type { Cancel } from '../schedule.ts';
import type { Site } from './site.ts';
import type { Transaction } from './transaction.ts';

const LOOKS_S = 5;
const TELLS_S = 1;
/** A thermometer that is stuck must not fill the line with itself for a day: while nothing changes, after so long every minute is enough. */
const CLOSELY_S = 600;
const THEN_S = 60;
const WARMER_C = 5;
/** Of the warmest probe, in degrees Celsius. Assumed. */
const HOT_C = 48;

export class Hot {
  readonly #site: Site;
  readonly #running: () => Transaction[];
  readonly #tell: (hot: readonly Transaction[]) => void;
  #next: Cancel | undefined;
  /** Which packs are hot, and how hot about; and for how long that has been so. */
  #hot = '';
  #hotForS = 0;

  /** @param running what runs now, brought up to now */
  constructor(site: Site, running: () => Transaction[], tell: (hot: readonly Transaction[]) => void) {
    this.#site = site;
    this.#running = running;
    this.#tell = tell;
  }

  /** A pack is here that may have to be watched. */
  mind({ isBroken }: Pack): void {
    if (isBroken) this.#next ??= this.#site.life.after(LOOKS_S, () => this.#look());
  }

  #look(): void {
    this.#next = undefined;
    const broken = this.#running().filter((it) => it.pack.isBroken);
    for (const { pack } of broken) pack.look();
    const hot = broken.filter((it) => it.pack.temperatureC >= HOT_C);
    const now = hot.map((it) => `${it.slot.no} ${Math.round(it.pack.temperatureC / WARMER_C)}`).join();
    if (now !== this.#hot) [this.#hot, this.#hotForS] = [now, 0];
    const isClose = this.#hotForS < CLOSELY_S;
    if (hot.length > 0 && (isClose || this.#hotForS % THEN_S === 0)) this.#tell(hot);
    const nextS = hot.length > 0 && isClose ? TELLS_S : LOOKS_S;
    this.#hotForS += nextS;
    if (broken.length > 0) this.#next = this.#site.life.after(nextS, () => this.#look());
  }
}
