import type { Presence } from '#station';
import type { StationId } from '#units';
import type { OcppPlace, StationSession } from './context.ts';

/** Who is connected. Of each station the newest connection counts: the one before is closed. */
export class Registry {
  readonly #sessions = new Map<StationId, StationSession>();
  /** Gone since presence was last written. */
  #gone = new Set<StationId>();

  get size(): number {
    return this.#sessions.size;
  }

  get(stationId: StationId): StationSession | undefined {
    return this.#sessions.get(stationId);
  }

  sessions(): Iterable<StationSession> {
    return this.#sessions.values();
  }

  add(session: StationSession): void {
    const { stationId } = session.context;
    const before = this.#sessions.get(stationId);
    this.#sessions.set(stationId, session);
    before?.close(1000, 'replaced by a newer connection of the same station');
  }

  remove(session: StationSession): void {
    const { stationId } = session.context;
    if (this.#sessions.get(stationId) !== session) return;
    this.#sessions.delete(stationId);
    this.#gone.add(stationId);
  }

  /** Who came, spoke or went since the last time, as it is now. */
  takeNews({ clock }: OcppPlace): Presence[] {
    const seenAt = clock();
    const gone = [...this.#gone].filter((it) => !this.#sessions.has(it));
    this.#gone = new Set();
    const news: Presence[] = gone.map((stationId) => ({ stationId, online: false, seenAt }));
    for (const { context } of this.#sessions.values()) {
      if (!context.seen) continue;
      context.seen = false;
      news.push({ stationId: context.stationId, online: true, seenAt });
    }
    return news;
  }

  /** News that could not be written: they come again. */
  putBack(news: readonly Presence[]): void {
    for (const { stationId, online } of news) {
      const session = this.#sessions.get(stationId);
      if (session) session.context.seen = true;
      else if (!online) this.#gone.add(stationId);
    }
  }
}
