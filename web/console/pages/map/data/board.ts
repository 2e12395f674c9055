// All stations of the map as columns of numbers: 50,000 of them and 1,000 changes a second cost a browser little, as long
// as no object, and no state of React, stands for each. Whoever draws is told that something changed, and reads again.
import type { mapApi } from '#insight/api';
import type { Answer } from '../../../../shared/client.ts';
import { Store } from '../../../live/store.ts';

export type MapNow = Answer<typeof mapApi.now>;
export type MapThen = Answer<typeof mapApi.history>;
type Told = Pick<MapNow, (typeof counts)[number] | 'openSwap' | 'outOfUse' | 'id'>;

const counts = ['online', 'ready', 'slots', 'charging', 'queue', 'anomalies', 'swapsLastHour', 'swapsToday'] as const;
type Count = (typeof counts)[number];

/** What changes of each station; place n is station n. */
export interface States extends Readonly<Record<Count, Uint32Array>> {
  readonly openSwap: (string | null)[];
  /** Why it serves nobody; null while it does. */
  readonly outOfUse: (string | null)[];
  /** 1 where anything is known: a station may be younger than a snapshot. */
  readonly known: Uint8Array;
}

/** What stays of each station. */
export interface Stations {
  readonly many: number;
  readonly id: readonly string[];
  readonly name: readonly string[];
  /** Degrees, WGS-84. */
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  readonly profile: Uint8Array;
  readonly operator: Uint16Array;
  /** -1 where none is known. */
  readonly region: Int16Array;
  readonly profiles: readonly string[];
  readonly operators: readonly string[];
  readonly regions: readonly string[];
  readonly at: ReadonlyMap<string, number>;
  /** What a search looks through, in small letters; made when first asked for. */
  readonly texts: () => readonly string[];
}

/** A row of the event `stations`: id, then the states in the order of `mapStates`. */
export type Change = readonly [
  id: string,
  online: number,
  ready: number,
  slots: number,
  charging: number,
  queue: number,
  openSwap: string | null,
  anomalies: number,
  swapsLastHour: number,
  swapsToday: number,
  outOfUse: string | null,
];

export interface Showing {
  readonly stations: Stations;
  readonly states: States;
  /** When it was so, as the server told. */
  readonly at: string;
  /** It is a snapshot of the past. */
  readonly isPast: boolean;
}

/** Changes that are kept, in events of a second each. */
const RECENT = 30;

const noStations = stationsOf(undefined);

export class Board extends Store<Showing> {
  #stations = noStations;
  #now = statesOf(noStations, undefined);
  #at = '';
  /** What came lately: a whole network that was read meanwhile may be older. */
  #recent: readonly { readonly at: string; readonly rows: readonly Change[] }[] = [];
  #then: { readonly map: MapThen; readonly states: States } | undefined;

  constructor() {
    super({ stations: noStations, states: statesOf(noStations, undefined), at: '', isPast: false });
  }

  /** All stations anew. Done in parts: a page that holds still for a third of a second is felt. */
  async load(map: MapNow, breathe: () => Promise<void>): Promise<void> {
    const stations = stationsOf(map);
    await breathe();
    const now = statesOf(stations, map);
    await breathe();
    [this.#stations, this.#now, this.#at] = [stations, now, map.at];
    for (const it of this.#recent) if (Date.parse(it.at) > Date.parse(map.at)) this.#take(it.rows);
    if (this.#then) this.#then = { map: this.#then.map, states: statesOf(stations, this.#then.map) };
    this.#show();
  }

  /** Takes what changed. @returns whether it told of a station that nobody knows: then load anew */
  change(at: string, rows: readonly Change[]): boolean {
    this.#recent = [...this.#recent.slice(1 - RECENT), { at, rows }];
    const isStrange = this.#take(rows);
    this.#at = at;
    if (!this.#then) this.#show();
    return isStrange;
  }

  #take(rows: readonly Change[]): boolean {
    let isStrange = false;
    const it = this.#now;
    for (const row of rows) {
      const n = this.#stations.at.get(row[0]);
      if (n === undefined) {
        isStrange = true;
        continue;
      }
      it.online[n] = row[1];
      it.ready[n] = row[2];
      it.slots[n] = row[3];
      it.charging[n] = row[4];
      it.queue[n] = row[5];
      it.openSwap[n] = row[6];
      it.anomalies[n] = row[7];
      it.swapsLastHour[n] = row[8];
      it.swapsToday[n] = row[9];
      it.outOfUse[n] = row[10];
    }
    return isStrange;
  }

  /** Shows how it was; what happens meanwhile is kept for later. */
  showThen(map: MapThen): void {
    this.#then = { map, states: statesOf(this.#stations, map) };
    this.#show();
  }

  showNow(): void {
    if (!this.#then) return;
    this.#then = undefined;
    this.#show();
  }

  #show(): void {
    const states = this.#then?.states ?? this.#now;
    const at = this.#then?.map.at ?? this.#at;
    this.set({ stations: this.#stations, states, at, isPast: this.#then !== undefined });
  }
}

function stationsOf(map: MapNow | undefined): Stations {
  const id = map?.id ?? [];
  const name = map?.name ?? [];
  return {
    many: id.length,
    id,
    name,
    lon: new Float64Array(map?.lon ?? []),
    lat: new Float64Array(map?.lat ?? []),
    profile: new Uint8Array(map?.profile ?? []),
    operator: new Uint16Array(map?.operator ?? []),
    region: new Int16Array(map?.region ?? []),
    profiles: map?.profiles ?? [],
    operators: map?.operators ?? [],
    regions: map?.regions ?? [],
    at: new Map(id.map((it, n) => [it, n])),
    texts: once(() => name.map((it, n) => `${it}\n${id[n]}`.toLowerCase())),
  };
}

/** In the order of the stations, whatever the order of what was told. */
function statesOf({ many, at }: Stations, told: Told | undefined): States {
  const states: States = {
    online: new Uint32Array(many),
    ready: new Uint32Array(many),
    slots: new Uint32Array(many),
    charging: new Uint32Array(many),
    queue: new Uint32Array(many),
    anomalies: new Uint32Array(many),
    swapsLastHour: new Uint32Array(many),
    swapsToday: new Uint32Array(many),
    openSwap: new Array<string | null>(many).fill(null),
    outOfUse: new Array<string | null>(many).fill(null),
    known: new Uint8Array(many),
  };
  if (!told) return states;
  const places = told.id.map((it) => at.get(it));
  for (const key of counts) {
    const [to, from] = [states[key], told[key]];
    places.forEach((n, it) => {
      if (n !== undefined) to[n] = from[it]!; // else it is gone since
    });
  }
  places.forEach((n, it) => {
    if (n === undefined) return;
    states.known[n] = 1;
    states.openSwap[n] = told.openSwap[it]!;
    states.outOfUse[n] = told.outOfUse[it] ?? null;
  });
  return states;
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
