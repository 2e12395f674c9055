// Changes as they happen, to all open screens: gathered for a quarter of a second, read once, sent to everybody.

import { z } from 'zod';
import type { DoWork, Live } from '#kernel';
import { swapChanged } from '#swap';
import { swapInShort } from '#swap/api';
import type { Instant, StationId } from '#units';
import { anomaly, stationNow } from './api.ts';
import { type AnomalyRow, anomalies, onlineStations, stationsChangedSince } from './store.ts';
import type { NetworkView } from './view.ts';

/** One screen's end of the connection. */
export interface Screen {
  write(text: string): void;
  /** What it has not taken yet, in bytes. */
  readonly waiting: number;
  close(): void;
}

const FLUSH_MS = 250;
/** How often charging and presence are looked at, in flushes. */
const LOOK_EVERY = 4;
const HEARTBEAT_EVERY = 60;
/** Slots are stamped when their work begins and seen when it commits: looks overlap by this much of real time. */
const OVERLAP_MS = 5_000;
/** A screen that reads slower than this is closed; it comes back and loads anew. */
const MOST_WAITING = 1 << 20;

interface Place {
  readonly doWork: DoWork;
  readonly live: Live;
  readonly view: NetworkView;
  readonly clockSpeed: number;
  readonly log: { error(facts: unknown, sentence: string): void };
}

export class LiveFeed {
  readonly #place: Place;
  readonly #screens = new Set<Screen>();
  readonly #swaps = new Map<string, z.infer<typeof swapInShort>>();
  readonly #stations = new Set<StationId>();
  /** What each station looked like when it was last sent. */
  readonly #sent = new Map<StationId, string>();
  #online = new Set<StationId>();
  #lookedAt: Instant | undefined;
  #lines = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #unlisten = () => {};
  #turn = 0;
  #busy = false;

  constructor(place: Place) {
    this.#place = place;
  }

  /** @returns the function that takes the screen away */
  add(screen: Screen): () => void {
    this.#screens.add(screen);
    if (this.#screens.size === 1) this.#start();
    screen.write('retry: 2000\n\n');
    return () => {
      this.#screens.delete(screen);
      if (this.#screens.size === 0) this.#stop();
    };
  }

  close(): void {
    for (const it of [...this.#screens]) it.close();
    this.#screens.clear();
    this.#stop();
  }

  #start(): void {
    this.#unlisten = this.#place.live.listen(({ type, facts }) => {
      if (type !== swapChanged.name) return;
      for (const fact of facts as z.infer<typeof swapInShort>[]) {
        this.#swaps.set(fact.id, fact);
        this.#stations.add(fact.stationId);
      }
    });
    this.#timer = setInterval(() => void this.#flush(), FLUSH_MS).unref();
  }

  #stop(): void {
    this.#unlisten();
    clearInterval(this.#timer);
    for (const it of [this.#swaps, this.#stations, this.#sent, this.#lines]) it.clear();
    this.#online.clear();
    this.#lookedAt = undefined;
  }

  async #flush(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      this.#turn++;
      if (this.#turn % HEARTBEAT_EVERY === 0) this.#send(': still here\n\n');
      if (this.#turn % LOOK_EVERY === 1) await this.#look();
      const swaps = [...this.#swaps.values()];
      this.#swaps.clear();
      const text = swaps.map((it) => frame('swap', z.encode(swapInShort, it))).join('') + (await this.#stationFrames());
      if (text !== '') this.#send(text);
    } catch (error) {
      this.#place.log.error({ err: error }, 'Live changes could not be read');
    }
    this.#busy = false;
  }

  /** What nobody announces: charging, presence, lines for the operator; of this process and of others. */
  async #look(): Promise<void> {
    const overlap = { milliseconds: OVERLAP_MS * Math.ceil(this.#place.clockSpeed) };
    const news = await this.#place.doWork(async (work) => {
      const since = (this.#lookedAt ?? work.at).subtract(overlap);
      return {
        at: work.at,
        changed: await stationsChangedSince(work, since),
        online: new Set(await onlineStations(work)),
        lines: await anomalies(work, { after: since, strangers: false, most: 100 }),
      };
    });
    const isFirst = this.#lookedAt === undefined;
    this.#lookedAt = news.at;
    for (const id of news.changed) this.#stations.add(id);
    if (!isFirst) for (const id of news.online.symmetricDifference(this.#online)) this.#stations.add(id);
    this.#online = news.online;
    const fresh = news.lines.filter((it) => this.#lines.get(it.id) !== it.times);
    this.#lines = new Map(news.lines.map((it) => [it.id, it.times]));
    if (!isFirst && fresh.length > 0) this.#send(fresh.toReversed().map(lineFrame).join(''));
  }

  async #stationFrames(): Promise<string> {
    if (this.#stations.size === 0) return '';
    const ids = [...this.#stations];
    this.#stations.clear();
    const stations = await this.#place.doWork((work) => this.#place.view.stations(work, ids));
    return stations
      .map((it) => {
        const text = frame('station', z.encode(stationNow, it));
        const isOld = this.#sent.get(it.id) === text;
        this.#sent.set(it.id, text);
        return isOld ? '' : text;
      })
      .join('');
  }

  #send(text: string): void {
    for (const screen of [...this.#screens])
      if (screen.waiting > MOST_WAITING) screen.close();
      else screen.write(text);
  }
}

const lineFrame = ({ facts: _, ...it }: AnomalyRow): string => frame('anomaly', z.encode(anomaly, it));
const frame = (event: string, data: unknown): string => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
