// A connection ends when what let it in is void: the password renewed, another security profile, the station gone.
import { admissionsChangedSince } from '#station';
import type { OcppPlace } from './context.ts';
import type { Lines } from './lines.ts';
import type { Registry } from './registry.ts';
import { repeat } from './time.ts';

/** Looks go back over the last ones: a station may have shown its old password just before, and connected just after. */
const OVERLAP = 20;

export class Readmission {
  readonly #place: OcppPlace;
  readonly #registry: Registry;
  readonly #lines: Lines;
  #marks: readonly string[] = ['0'];
  #stop = () => {};

  constructor(place: OcppPlace, registry: Registry, lines: Lines) {
    this.#place = place;
    this.#registry = registry;
    this.#lines = lines;
  }

  /** Twice in the time of a look for commands, so that a void password is void everywhere within it. */
  start(): void {
    this.#stop = repeat(this.#place.pace, this.#place.limits.pollMs / 2, () => this.look());
  }

  stop(): void {
    this.#stop();
  }

  async look(): Promise<void> {
    if (this.#registry.size === 0) return;
    try {
      const { by, mark } = await this.#place.doWork((work) => admissionsChangedSince(work, this.#marks[0]!));
      this.#marks = [...this.#marks, mark].slice(-OVERLAP);
      for (const [stationId, now] of by) {
        const session = this.#registry.get(stationId);
        if (!session || session.context.admittedBy === null || session.context.admittedBy === now) continue;
        const why = now === undefined ? 'it is not registered any more' : 'its credentials were renewed';
        const sentence = `${stationId} was disconnected: ${why}`;
        this.#lines.add({
          stationId: now === undefined ? '' : stationId,
          kind: 'admission-void',
          sentence,
          facts: { stationId },
        });
        session.close(1008, why);
      }
    } catch (error) {
      this.#place.log.error({ err: error }, 'Void credentials could not be looked up');
    }
  }
}
