// Packs that something is wrong with are not left alone: while one is hot, its cells and probes are told every second, as
// GB/T 32960 asks of an alarm of level 3.
import type { Pack } from '../pack.ts';
import type { Cancel } from '../schedule.ts';
import type { Site } from './site.ts';
import type { Transaction } from './transaction.ts';

const LOOKS_S = 5;
const TELLS_S = 1;
/** Of the warmest probe, in degrees Celsius. Assumed. */
const HOT_C = 48;

export class Hot {
  readonly #site: Site;
  readonly #running: () => Transaction[];
  readonly #tell: (hot: readonly Transaction[]) => void;
  #next: Cancel | undefined;

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
    if (hot.length > 0) this.#tell(hot);
    if (broken.length > 0) this.#next = this.#site.life.after(hot.length > 0 ? TELLS_S : LOOKS_S, () => this.#look());
  }
}
