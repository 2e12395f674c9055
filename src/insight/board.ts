// All stations as they are now, one line each, in memory: for the map, the table of stations and what is told of changes.
// Read wholly once, then only what has changed, at most once a second however many ask.

import type { Work } from '#kernel';
import { stationPreset } from '#pack';
import type { Instant, StationId } from '#units';
import { anomalyCounts, changedSince, type Line, linesOf, type Presence, presences, waiting } from './board-store.ts';
import { Moment } from './moment.ts';
import type { Day } from './network.ts';
import { daysSoFar } from './store.ts';

/** A line with what is counted over all its swaps and anomalies. */
export interface StationLine extends Line {
  readonly profile: string;
  /** Swaps reserved, arrived, identified or authorised, without the one that is `openSwap`. */
  readonly queue: number;
  /** The state of the swap that is furthest along; null when nobody has arrived. */
  readonly openSwap: string | null;
  readonly anomalies24h: number;
  readonly swapsLastHour: number;
  readonly swapsToday: number;
  /** When a look first found it so; null since the first look. */
  readonly changedAt: Instant | null;
}

export interface Board {
  /** When it was read. */
  readonly at: Instant;
  /** In the order of ids. */
  readonly lines: readonly StationLine[];
  /** The newest change of lines; the same number, the same lines. */
  readonly version: number;
}

interface Counts {
  readonly days: ReadonlyMap<StationId, Day>;
  readonly anomalies: ReadonlyMap<StationId, number>;
}

/** In milliseconds of real time: how old a board may be, and what is counted over a whole day. */
const FRESH_MS = 1000;
const COUNTS_MS = 5000;
/** Rows are stamped when their work begins and seen when it commits: looks overlap by this much of real time. */
const OVERLAP_MS = 5000;
/** After so many looks at changes everything is read again: names, regions, and whatever a look may have missed. */
const READ_ALL_EVERY = 60;

export class BoardView {
  readonly #moment = new Moment<Board>(FRESH_MS);
  readonly #counts = new Moment<Counts>(COUNTS_MS);
  readonly #clockSpeed: number;
  #lines = new Map<StationId, Line>();
  #shown = new Map<StationId, StationLine>();
  #board: Board | undefined;
  #looks = 0;

  constructor(clockSpeed: number) {
    this.#clockSpeed = clockSpeed;
  }

  /** The board, at most a second of real time old. */
  get(work: Work): Promise<Board> {
    return this.#moment.get(() => this.#read(work));
  }

  /** Something was written that no look at changes finds: the next who asks gets all of it anew. */
  readAnew(): void {
    this.#looks = 0;
    this.#moment.forget();
  }

  async #read(work: Work): Promise<Board> {
    const readsAll = this.#board === undefined || this.#looks % READ_ALL_EVERY === 0;
    this.#looks++;
    if (readsAll) await this.#readAll(work);
    else await this.#readChanges(work, this.#board!.at);
    const { days, anomalies } = await this.#counts.get(async () => ({
      days: await daysSoFar(work),
      anomalies: await anomalyCounts(work),
    }));
    const underWay = await waiting(work);
    let changed = readsAll;
    const shown = new Map<StationId, StationLine>();
    for (const [id, line] of this.#lines) {
      const day = days.get(id);
      const wait = underWay.get(id);
      const now: StationLine = {
        ...line,
        profile: stationPreset(line.presetId)?.profile ?? 'chassis-robot',
        queue: wait?.queue ?? 0,
        openSwap: wait?.openSwap ?? null,
        anomalies24h: anomalies.get(id) ?? 0,
        swapsLastHour: day?.lastHour ?? 0,
        swapsToday: day?.swaps ?? 0,
        changedAt: this.#board ? work.at : null,
      };
      const before = this.#shown.get(id);
      const isSame = before !== undefined && isAlike(before, now);
      changed ||= !isSame;
      shown.set(id, isSame ? before : now);
    }
    const version = (this.#board?.version ?? 0) + (changed ? 1 : 0);
    const lines = changed || !this.#board ? [...shown.values()] : this.#board.lines;
    this.#shown = shown;
    this.#board = { at: work.at, lines, version };
    return this.#board;
  }

  async #readAll(work: Work): Promise<void> {
    this.#lines = new Map((await linesOf(work)).map((it) => [it.id, it]));
  }

  async #readChanges(work: Work, at: Instant): Promise<void> {
    const since = at.subtract({ milliseconds: OVERLAP_MS * Math.ceil(this.#clockSpeed) });
    const changed = await changedSince(work, since);
    const isNew = changed.some((it) => !this.#lines.has(it));
    if (isNew) return await this.#readAll(work); // and in their order
    for (const it of changed.length > 0 ? await linesOf(work, changed) : []) this.#lines.set(it.id, it);
    for (const it of await presences(work, since)) this.#setPresence(it);
  }

  #setPresence({ id, online, lastSeenAt }: Presence): void {
    const line = this.#lines.get(id);
    if (line) this.#lines.set(id, { ...line, online, lastSeenAt });
  }
}

/** In all that a screen shows of a line but when the station was last heard of. */
export const isAlike = (a: StationLine, b: StationLine): boolean =>
  a.online === b.online &&
  a.outOfUseWhy === b.outOfUseWhy &&
  a.ready === b.ready &&
  a.slots === b.slots &&
  a.charging === b.charging &&
  a.queue === b.queue &&
  a.openSwap === b.openSwap &&
  a.anomalies24h === b.anomalies24h &&
  a.swapsLastHour === b.swapsLastHour &&
  a.swapsToday === b.swapsToday &&
  a.name === b.name &&
  a.region === b.region;
