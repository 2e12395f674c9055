// A vehicle that is swapped stays until the server lets it go, and not for ever.
import type { Site } from './site.ts';

/** How long a vehicle is kept when the server says nothing, and when it says no: then staff takes it out of the bay. */
const SILENCE_S = 900;
const BLOCKED_S = 1800;
/** How often we look whether there still is a connection. */
const LOOK_S = 15;

export class Release {
  readonly #site: Site;
  #mayLeave: boolean | undefined;
  #wake: (() => void) | undefined;

  constructor(site: Site) {
    this.#site = site;
  }

  /** The server's word. */
  allow(isAllowed: boolean): void {
    this.#mayLeave = isAllowed;
    this.#wake?.();
  }

  /** What the server said no longer holds: it is told something new. */
  askAgain(): void {
    this.#mayLeave = undefined;
  }

  /**
   * Waits for the server's word; alone the station relies on its own checks.
   * @returns whether the vehicle leaves by itself; otherwise staff takes it out of the bay
   * @throws Died
   */
  async given(): Promise<boolean> {
    const { life, outbox } = this.#site;
    for (let waitedS = 0; this.#mayLeave !== true; waitedS += LOOK_S) {
      if (!outbox.isOnline && this.#mayLeave === undefined) return true;
      if (waitedS >= (this.#mayLeave === false ? BLOCKED_S : SILENCE_S)) return this.#mayLeave === undefined;
      await life.awaited<void>((resolve) => {
        this.#wake = resolve;
        return life.after(LOOK_S, resolve);
      });
    }
    return true;
  }
}
