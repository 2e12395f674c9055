// One connection to /v1/live for the whole page, and what came of it, handed on at most twice a second.
import { Store } from './store.ts';

export const eventTypes = ['swap', 'station', 'anomaly', 'stations'] as const;
export type EventType = (typeof eventTypes)[number];
type Body = Readonly<Record<string, unknown>>;
type Hear = (news: readonly Body[]) => void;
/** Who hears a type, and what he does when some of it may have been said before the stream carried it. */
type Hearers = Map<Hear, (() => void) | undefined>;

export interface Connection {
  /** `off`: nobody may listen here, or the page has just been opened. */
  readonly state: 'off' | 'opening' | 'live' | 'lost';
  /** Browser time in ms since when it is so. */
  readonly since: number;
  /** Browser time in ms when anything last came. */
  readonly heardAt: number;
}

/** What the feed needs of the world; a test turns it by hand. */
export interface World {
  /** Opens the stream. @returns what closes it */
  readonly open: (ear: Ear, types: readonly EventType[]) => () => void;
  /** Whether the server still lets us listen; asked after a loss. Throws when it is silent. */
  readonly admitted: () => Promise<boolean>;
  readonly now: () => number;
  readonly later: (ms: number, act: () => void) => () => void;
}

export interface Ear {
  readonly opened: () => void;
  readonly heard: (type: EventType, body: unknown) => void;
  readonly broke: () => void;
}

/** At most so many renders a second: 2. */
export const GAP_MS = 500;
/** What nobody hears any more is sent for so long, in case the next page wants it. */
const LINGER_MS = 5_000;
export const retryMs = (tries: number): number => Math.min(1_000 * 2 ** tries, 10_000);

export class Feed extends Store<Connection> {
  readonly #world: World;
  readonly #hearers = new Map<EventType, Hearers>();
  readonly #returned = new Set<() => void>();
  #waiting = new Map<EventType, Map<string, Body>>();
  #flushAsked = false;
  #close = () => {};
  /** What the open stream was asked for. */
  #asked: readonly EventType[] = [];
  #cancelRetry: (() => void) | undefined;
  #tries = 0;
  #wasLive = false;
  #unnamed = 0;

  constructor(world: World) {
    super({ state: 'off', since: world.now(), heardAt: world.now() });
    this.#world = world;
  }

  /** Opens the stream, or opens it anew: after a sign-in, and when somebody does not want to wait. */
  readonly start = (): void => {
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    this.#close();
    if (this.state().state !== 'lost') this.#show('opening');
    this.#open(() => {
      this.#tries = 0;
      const isReturn = this.#wasLive;
      this.#wasLive = true;
      this.#show('live');
      if (isReturn) for (const act of this.#returned) act();
      else this.#missed(this.#asked);
      this.#reask(); // for who began to listen while it opened
    });
  };

  #open(opened: () => void): void {
    this.#asked = this.#wanted();
    const close = this.#world.open(
      { opened, heard: this.#hear, broke: () => close === this.#close && void this.#lose() },
      this.#asked,
    );
    this.#close = close;
  }

  #wanted(): readonly EventType[] {
    return eventTypes.filter((it) => (this.#hearers.get(it)?.size ?? 0) > 0);
  }

  /** Opens a stream with what is wanted now, and closes the old one when the new one speaks: of what both carry nothing is missed. */
  readonly #reask = (): void => {
    if (this.state().state !== 'live' || this.#asked.join() === this.#wanted().join()) return;
    const [closeOld, before] = [this.#close, this.#asked];
    this.#open(() => {
      closeOld();
      this.#missed(this.#asked.filter((it) => !before.includes(it)));
    });
  };

  #missed(types: readonly EventType[]): void {
    for (const type of types) for (const missed of this.#hearers.get(type)?.values() ?? []) missed?.();
  }

  /** A lost connection is tried now instead of later. */
  readonly hurry = (): void => {
    if (this.state().state === 'lost') this.start();
  };

  readonly stop = (): void => {
    this.#close();
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    this.#show('off');
  };

  /**
   * Hears the news of one type, at most twice a second: for each id the newest, fields of earlier ones kept; those
   * without an id one by one. @param missed acts when the stream carries it only since now: what was said meanwhile is to be
   * read. @returns what ends it
   */
  readonly listen = (type: EventType, hear: Hear, missed?: () => void): (() => void) => {
    const hearers: Hearers = this.#hearers.get(type) ?? new Map();
    this.#hearers.set(type, hearers.set(hear, missed));
    if (!this.#asked.includes(type)) this.#world.later(0, this.#reask);
    return () => {
      hearers.delete(hear);
      if (hearers.size === 0) this.#world.later(LINGER_MS, this.#reask);
    };
  };

  /** Acts when the connection is back after a loss: what happened meanwhile was not heard. @returns what ends it */
  readonly onReturn = (act: () => void): (() => void) => {
    this.#returned.add(act);
    return () => void this.#returned.delete(act);
  };

  readonly #hear: Ear['heard'] = (type, body) => {
    if (typeof body !== 'object' || body === null) return;
    const news = this.#waiting.get(type) ?? new Map<string, Body>();
    const id = 'id' in body ? String(body.id) : `#${this.#unnamed++}`;
    this.#waiting.set(type, news.set(id, { ...news.get(id), ...body }));
    if (this.#flushAsked) return;
    this.#flushAsked = true;
    this.#world.later(GAP_MS, this.#flush);
  };

  readonly #flush = (): void => {
    this.#flushAsked = false;
    const waiting = this.#waiting;
    this.#waiting = new Map();
    this.set({ ...this.state(), heardAt: this.#world.now() });
    for (const [type, news] of waiting)
      for (const hear of this.#hearers.get(type)?.keys() ?? []) hear([...news.values()]);
  };

  /** A stream that broke tells not why: a server that answers and does not admit us has ended the session. */
  async #lose(): Promise<void> {
    if (this.#cancelRetry) return;
    this.#close();
    this.#cancelRetry = () => {}; // until it is known when to try again
    const admitted = await this.#world.admitted().catch(() => true);
    if (!this.#cancelRetry) return; // somebody was quicker
    this.#cancelRetry = undefined;
    if (!admitted) return this.stop();
    if (this.state().state !== 'lost') this.#show('lost');
    this.#cancelRetry = this.#world.later(retryMs(this.#tries++), this.start);
  }

  #show(state: Connection['state']): void {
    const { heardAt } = this.state();
    this.set({ state, since: this.#world.now(), heardAt: state === 'live' ? this.#world.now() : heardAt });
  }
}
