// Keeps the view up to date: reads the network, listens to what happens, comes back by itself after a loss.
import type { Anomaly, Network, Swap } from './contract.ts';
import {
  type News,
  nothingYet,
  type StationNews,
  type View,
  withAnomalies,
  withNetwork,
  withNews,
  withSwaps,
} from './view.ts';

/** What the watch needs of the world; a test turns it by hand. */
export interface World {
  readonly network: () => Promise<Network>;
  readonly swaps: () => Promise<readonly Swap[]>;
  readonly anomalies: () => Promise<readonly Anomaly[]>;
  /** Opens the event stream. @returns what closes it */
  readonly listen: (ear: Ear) => () => void;
  /** Browser time in ms. */
  readonly now: () => number;
  readonly later: (ms: number, act: () => void) => () => void;
  /** Before the next picture is drawn. */
  readonly nextFrame: (act: () => void) => void;
}

export interface Ear {
  readonly opened: () => void;
  readonly heard: (type: 'swap' | 'station' | 'anomaly', body: unknown) => void;
  readonly broke: () => void;
}

/** The whole network is read at most this often, and never for more than a tenth of the time. */
export const GAP_MS = 2_000;
const SHARE = 10;
/** And at least this often, so that a silent loss is noticed. */
export const CALM_MS = 10_000;

export const retryMs = (tries: number): number => Math.min(1_000 * 2 ** tries, 10_000);

export class Watch {
  readonly #world: World;
  readonly #readers = new Set<() => void>();
  #view = nothingYet;
  #news = new Map<string, { type: string; body: object }>();
  #frameAsked = false;
  #stopListening = () => {};
  #listening = false;
  #tries = 0;
  #cancelRetry: (() => void) | undefined;
  #cancelRead = () => {};
  #reading = false;
  #readAgain = false;
  #readAt = Number.NEGATIVE_INFINITY;
  #tookMs = 0;
  #stopped = false;

  constructor(world: World) {
    this.#world = world;
  }

  readonly view = (): View => this.#view;

  readonly subscribe = (reader: () => void): (() => void) => {
    this.#readers.add(reader);
    return () => void this.#readers.delete(reader);
  };

  /** Opens the stream and reads everything; again after each loss, and when somebody does not want to wait. */
  readonly connect = (): void => {
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    this.#stopListening();
    this.#listening = false;
    this.#stopped = false;
    this.#stopListening = this.#world.listen({
      opened: () => {
        this.#listening = true;
        void this.#readAll();
      },
      heard: this.#hear,
      broke: () => this.#lose(undefined),
    });
    if (this.#view.network === undefined || this.#view.connection === 'lost') void this.#readAll();
  };

  /** Somebody looks, or the network came back: a lost connection is tried now instead of later. */
  readonly hurry = (): void => {
    if (this.#view.connection === 'lost' && !this.#stopped) this.connect();
  };

  stop(): void {
    this.#stopped = true;
    this.#stopListening();
    this.#cancelRead();
    this.#cancelRetry?.();
  }

  readonly #hear: Ear['heard'] = (type, body) => {
    if (typeof body !== 'object' || body === null) return;
    const id = String((body as { id?: unknown }).id);
    const before = this.#news.get(`${type} ${id}`)?.body;
    this.#news.set(`${type} ${id}`, { type, body: { ...before, ...body } });
    this.#readSoon();
    if (this.#frameAsked) return;
    this.#frameAsked = true;
    this.#world.nextFrame(this.#applyNews);
  };

  readonly #applyNews = (): void => {
    this.#frameAsked = false;
    const of = <T>(type: string) =>
      [...this.#news.values()].filter((it) => it.type === type).map((it) => it.body as unknown as T);
    const news: News = {
      swaps: of<Swap>('swap'),
      stations: of<StationNews>('station'),
      anomalies: of<Anomaly>('anomaly'),
    };
    this.#news = new Map();
    this.#show(withNews(this.#view, news, this.#world.now()));
  };

  /** Reads the network when it is due; asked a hundred times, it reads once. */
  #readSoon(): void {
    if (this.#reading) {
      this.#readAgain = true;
      return;
    }
    this.#cancelRead();
    const due = this.#readAt + Math.max(GAP_MS, this.#tookMs * SHARE);
    this.#cancelRead = this.#world.later(Math.max(0, due - this.#world.now()), () => void this.#readNetwork());
  }

  async #readNetwork(): Promise<void> {
    if (this.#reading || this.#stopped) return;
    this.#cancelRead();
    this.#reading = true;
    this.#readAgain = false;
    this.#readAt = this.#world.now();
    try {
      const network = await this.#world.network();
      this.#tookMs = this.#world.now() - this.#readAt;
      this.#reading = false;
      const connection = this.#listening ? 'live' : this.#view.connection;
      if (this.#listening) this.#tries = 0;
      this.#show({ ...withNetwork(this.#view, network, this.#world.now()), connection });
      if (this.#stopped) return;
      if (this.#readAgain) this.#readSoon();
      else this.#cancelRead = this.#world.later(CALM_MS, () => void this.#readNetwork());
    } catch (error) {
      this.#reading = false;
      this.#lose((error as { status?: number }).status ?? 0);
    }
  }

  async #readAll(): Promise<void> {
    await Promise.all([this.#readNetwork(), this.#readSwaps(), this.#readAnomalies()]);
  }

  /** The network's own reading tells a loss; these two are quiet about it. */
  async #readSwaps(): Promise<void> {
    const swaps = await this.#world.swaps().catch(() => undefined);
    if (swaps) this.#show({ ...this.#view, swaps: withSwaps(this.#view.swaps, swaps) });
  }

  async #readAnomalies(): Promise<void> {
    const anomalies = await this.#world.anomalies().catch(() => undefined);
    if (anomalies) this.#show({ ...this.#view, anomalies: withAnomalies(this.#view.anomalies ?? [], anomalies) });
  }

  #lose(fault: number | undefined): void {
    if (this.#stopped || this.#cancelRetry) return;
    this.#stopListening();
    this.#listening = false;
    this.#cancelRead();
    this.#show({ ...this.#view, connection: 'lost', fault: fault ?? this.#view.fault });
    this.#cancelRetry = this.#world.later(retryMs(this.#tries++), this.connect);
  }

  #show(view: View): void {
    this.#view = view;
    for (const read of this.#readers) read();
  }
}
