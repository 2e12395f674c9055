import { type Anomaly, anomaly } from '#station';
import type { OcppPlace } from './context.ts';

/** At most so many stations and kinds between two writings; who floods beyond that is counted in one line. */
const MOST = 1000;

/**
 * Lines for the operator about things that happen outside any transaction: bad credentials, bad frames, floods. They are
 * counted together in memory and written every second or so, so that a flood costs neither transactions nor disk.
 */
export class Lines {
  readonly #place: OcppPlace;
  #lines = new Map<string, Anomaly & { readonly times: number }>();
  /** In the log already, though not yet written down: what waits for the database is said once. */
  #said = new Set<string>();

  constructor(place: OcppPlace) {
    this.#place = place;
  }

  add(line: Anomaly): void {
    const key = `${line.stationId} ${line.kind} ${line.about ?? ''}`;
    const before = this.#lines.get(key);
    if (!before && this.#lines.size >= MOST && line.kind !== 'many-lines') {
      this.add({ stationId: '', kind: 'many-lines', sentence: 'More lines than can be written', facts: {} });
      return;
    }
    this.#lines.set(key, { ...line, times: (before?.times ?? 0) + (line.times ?? 1) });
  }

  async flush(): Promise<void> {
    if (this.#lines.size === 0) return;
    const lines = [...this.#lines.values()];
    const fresh = [...this.#lines].filter(([key]) => !this.#said.has(key));
    this.#said = new Set(this.#lines.keys());
    this.#lines = new Map();
    for (const [, it] of fresh.slice(0, 20))
      this.#place.log.warn({ station: it.stationId, kind: it.kind, times: it.times, ...it.facts }, it.sentence);
    try {
      await this.#place.doWork((work) => anomaly(work, lines));
      this.#said.clear();
    } catch (error) {
      this.#place.log.error({ err: error, lines: lines.length }, 'Lines for the operator could not be written');
      for (const it of lines) this.add(it);
    }
  }
}
