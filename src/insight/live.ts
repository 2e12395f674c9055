// Changes as they happen, to all open screens: gathered for a quarter of a second, read once, sent to everybody who may see them.
import { z } from 'zod';
import type { Caller, DoWork, Live, Work } from '#kernel';
import type { Reach } from '#kernel/api';
import { swapChanged } from '#swap';
import { swapInShort } from '#swap/api';
import type { Instant, StationId } from '#units';
import { anomaly, mapDelta, stationNow } from './api.ts';
import type { Board, BoardView, StationLine } from './board.ts';
import { deltaOf, reaches } from './map.ts';
import { sentenceInPublic, stationInPublic, stationView, swapInPublic, type View, viewOf } from './sight.ts';
import { type AnomalyRow, anomaliesAfter, stationsChangedSince } from './store.ts';
import type { NetworkView } from './view.ts';

/** One screen's end of the connection. */
export interface Screen {
  write(text: string): void;
  /** What it has not taken yet, in bytes. */
  readonly waiting: number;
  close(): void;
}

export const liveEvents = ['swap', 'station', 'anomaly', 'stations'] as const;
export type LiveEvent = (typeof liveEvents)[number];

/** What a screen wants and may see. */
export interface Sight {
  readonly events: readonly LiveEvent[];
  readonly swap: View;
  readonly station: View;
  readonly anomaly: View;
  /** Of the map. */
  readonly stations: View;
}

export const sightOf = (caller: Caller, events: readonly LiveEvent[], isPublic: boolean): Sight => ({
  events,
  swap: viewOf(caller, 'swap.see', isPublic),
  station: stationView(caller, isPublic),
  anomaly: viewOf(caller, 'station.see', isPublic),
  stations: viewOf(caller, 'network.see', isPublic),
});

/** Something to be sent: of one station, or the changed lines of many. */
type Frame =
  | {
      readonly event: Exclude<LiveEvent, 'stations'>;
      readonly stationId: StationId;
      readonly text: string;
      readonly inPublic: string;
    }
  | { readonly event: 'stations'; readonly at: Instant; readonly lines: readonly StationLine[] };

const FLUSH_MS = 250;
/** How often charging and presence are looked at, in flushes. */
const LOOK_EVERY = 4;
const HEARTBEAT_EVERY = 60;
/** Slots are stamped when their work begins and seen when it commits: looks overlap by this much of real time. */
const OVERLAP_MS = 5_000;
/** A screen that joins is told what changed of the map in this much of real time, for it has loaded the map before. */
const RECENT_MS = 30_000;
/** A screen that reads slower than this is closed; it comes back and loads anew. */
const MOST_WAITING = 1 << 20;

interface Place {
  readonly doWork: DoWork;
  readonly live: Live;
  readonly view: NetworkView;
  readonly board: BoardView;
  readonly clockSpeed: number;
  readonly log: { error(facts: unknown, sentence: string): void };
}

export class LiveFeed {
  readonly #place: Place;
  readonly #screens = new Map<Screen, Sight>();
  readonly #swaps = new Map<string, z.infer<typeof swapInShort>>();
  readonly #stations = new Set<StationId>();
  /** What each station looked like when it was last sent. */
  readonly #sent = new Map<StationId, string>();
  /** Who came since the last look at the map. */
  readonly #joined = new Set<Screen>();
  /** The map as it was told last. */
  #told = new Map<StationId, StationLine>();
  #version = -1;
  #lookedAt: Instant | undefined;
  #anomalies = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #unlisten = () => {};
  #turn = 0;
  #busy = false;

  constructor(place: Place) {
    this.#place = place;
  }

  /** @returns the function that takes the screen away */
  add(screen: Screen, sight: Sight): () => void {
    this.#screens.set(screen, sight);
    if (sight.events.includes('stations')) this.#joined.add(screen);
    if (this.#screens.size === 1) this.#start();
    screen.write('retry: 2000\n\n');
    return () => {
      this.#screens.delete(screen);
      this.#joined.delete(screen);
      if (this.#screens.size === 0) this.#stop();
    };
  }

  close(): void {
    for (const it of [...this.#screens.keys()]) it.close();
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
    for (const it of [this.#swaps, this.#stations, this.#sent, this.#anomalies, this.#joined, this.#told]) it.clear();
    this.#version = -1;
    this.#lookedAt = undefined;
  }

  async #flush(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      this.#turn++;
      if (this.#turn % HEARTBEAT_EVERY === 0) for (const it of this.#screens.keys()) it.write(': still here\n\n');
      const looked = this.#turn % LOOK_EVERY === 1 ? await this.#look() : [];
      const swaps = [...this.#swaps.values()];
      this.#swaps.clear();
      this.#send([
        ...looked,
        ...swaps.map((it) => frame('swap', it.stationId, (one) => z.encode(swapInShort, one), it, swapInPublic(it))),
        ...(await this.#stationFrames()),
      ]);
    } catch (error) {
      this.#place.log.error({ err: error }, 'Live changes could not be read');
    }
    this.#busy = false;
  }

  /** What nobody announces: charging, presence, lines for the operator; of this process and of others. */
  async #look(): Promise<Frame[]> {
    const overlap = { milliseconds: OVERLAP_MS * Math.ceil(this.#place.clockSpeed) };
    const news = await this.#place.doWork(async (work) => {
      const since = (this.#lookedAt ?? work.at).subtract(overlap);
      const wantsStations = this.#isWanted('station');
      return {
        at: work.at,
        changed: wantsStations ? await stationsChangedSince(work, since) : [],
        board: await this.#place.board.get(work),
        anomalies: await anomaliesAfter(work, since),
      };
    });
    const isFirst = this.#lookedAt === undefined;
    this.#lookedAt = news.at;
    for (const id of news.changed) this.#stations.add(id);
    const lines = this.#linesOf(news.board, isFirst);
    const fresh = news.anomalies.filter((it) => this.#anomalies.get(it.id) !== it.times);
    this.#anomalies = new Map(news.anomalies.map((it) => [it.id, it.times]));
    // The first look comes after the first screen has read its page: what was said in between is in its overlap.
    return [...lines, ...fresh.toReversed().map(anomalyFrame)];
  }

  /** What has changed of the map; and to those who have just come, what changed lately. */
  #linesOf(board: Board, isFirst: boolean): Frame[] {
    const recently = board.at.subtract({ milliseconds: RECENT_MS * Math.ceil(this.#place.clockSpeed) });
    const isRecent = ({ changedAt }: StationLine) => changedAt && Temporal.Instant.compare(changedAt, recently) >= 0;
    if (this.#joined.size > 0) {
      const lines = board.lines.filter(isRecent);
      for (const it of this.#joined) this.#sendTo([it], [{ event: 'stations', at: board.at, lines }]);
      this.#joined.clear();
    }
    if (board.version === this.#version) return [];
    this.#version = board.version;
    const changed = isFirst ? [] : board.lines.filter((it) => this.#told.get(it.id) !== it);
    for (const it of changed) if (this.#told.get(it.id)?.online !== it.online) this.#stations.add(it.id);
    this.#told = new Map(board.lines.map((it) => [it.id, it]));
    return changed.length > 0 ? [{ event: 'stations', at: board.at, lines: changed }] : [];
  }

  async #stationFrames(): Promise<Frame[]> {
    const ids = [...this.#stations];
    this.#stations.clear();
    if (ids.length === 0 || !this.#isWanted('station')) return [];
    const stations = await this.#place.doWork((work: Work) => this.#place.view.stations(work, ids));
    return stations.flatMap((it) => {
      const made = frame('station', it.id, (one) => z.encode(stationNow, one), it, stationInPublic(it));
      const isOld = this.#sent.get(it.id) === made.text;
      this.#sent.set(it.id, made.text);
      return isOld ? [] : [made];
    });
  }

  #isWanted(event: LiveEvent): boolean {
    for (const { events } of this.#screens.values()) if (events.includes(event)) return true;
    return false;
  }

  #send(frames: readonly Frame[]): void {
    if (frames.length === 0) return;
    const alike = Map.groupBy(this.#screens.keys(), (it) => JSON.stringify(this.#screens.get(it)));
    for (const screens of alike.values()) this.#sendTo(screens, frames);
  }

  /** To screens with one sight. */
  #sendTo(screens: readonly Screen[], frames: readonly Frame[]): void {
    const sight = screens[0] && this.#screens.get(screens[0]);
    const text = sight ? frames.map((it) => this.#textFor(sight, it)).join('') : '';
    if (text === '') return;
    for (const screen of screens)
      if (screen.waiting > MOST_WAITING) screen.close();
      else screen.write(text);
  }

  #textFor(sight: Sight, it: Frame): string {
    if (!sight.events.includes(it.event)) return '';
    const { reach, inFull } = sight[it.event];
    if (it.event !== 'stations') return !this.#isSeen(reach, it.stationId) ? '' : inFull ? it.text : it.inPublic;
    const rows = it.lines.filter((line) => reaches(reach, line)).map(deltaOf);
    return rows.length === 0 ? '' : textOf('stations', z.encode(mapDelta, { at: it.at, rows }));
  }

  #isSeen(reach: Reach, id: StationId): boolean {
    if (reach.all) return true;
    const line = this.#told.get(id);
    return line !== undefined && reaches(reach, line);
  }
}

const textOf = (event: LiveEvent, data: unknown): string => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
/** As it is told to whom it may be told in full, and to anybody. */
const frame = <It>(
  event: Exclude<LiveEvent, 'stations'>,
  stationId: StationId,
  encode: (it: It) => unknown,
  it: It,
  inPublic: It,
) => ({ event, stationId, text: textOf(event, encode(it)), inPublic: textOf(event, encode(inPublic)) });
const anomalyFrame = ({ facts: _, ...it }: AnomalyRow) =>
  frame('anomaly', it.stationId as StationId, (one: typeof it) => z.encode(anomaly, one), it, {
    ...it,
    sentence: sentenceInPublic(it.sentence),
  });
