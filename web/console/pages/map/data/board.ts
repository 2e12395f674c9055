// All stations of the map as columns of numbers: 50,000 of them and 1,000 changes a second cost a browser little, as long
// as no object, and no state of React, stands for each. Whoever draws is told that something changed, and reads again.
import type { mapApi } from '#insight/api';
import type { Answer } from '../../../../shared/client.ts';
import { Store } from '../../../live/store.ts';

export type MapNow = Answer<typeof mapApi.now>;
export type MapThen = Answer<typeof mapApi.history>;
type Told = Pick<MapNow, (typeof counts)[number] | 'openSwap' | 'id'>;

const counts = ['online', 'ready', 'slots', 'charging', 'queue', 'anomalies', 'swapsLastHour', 'swapsToday'] as const;
type Count = (typeof counts)[number];

/** What changes of each station; place n is station n. */
export interface States extends Readonly<Record<Count, Uint32Array>> {
  readonly openSwap: (string | null)[];
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
  /** What a search looks through, in small letters. */
  readonly text: readonly string[];
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
];

export interface Showing {
  readonly stations: Stations;
  readonly states: States;
  /** When it was so, as the server told. */
  readonly at: string;
  /** It is a snapshot of the past. */
  readonly isPast: boolean;
}

const noStations = stationsOf(undefined);

export class Board extends Store<Showing> {
  #stations = noStations;
  #now = statesOf(noStations, undefined);
  #at = '';
  #then: { readonly at: string; readonly states: States } | undefined;

  constructor() {
    super({ stations: noStations, states: statesOf(noStations, undefined), at: '', isPast: false });
  }

  /** All stations anew. */
  load(map: MapNow): void {
    this.#stations = stationsOf(map);
    this.#now = statesOf(this.#stations, map);
    this.#at = map.at;
    this.#then = undefined;
    this.#show();
  }

  /** Takes what changed. @returns whether it told of a station that nobody knows: then load anew */
  change(at: string, rows: readonly Change[]): boolean {
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
    }
    this.#at = at;
    if (!this.#then) this.#show();
    return isStrange;
  }

  /** Shows how it was; what happens meanwhile is kept for later. */
  showThen(map: MapThen): void {
    this.#then = { at: map.at, states: statesOf(this.#stations, map) };
    this.#show();
  }

  showNow(): void {
    if (!this.#then) return;
    this.#then = undefined;
    this.#show();
  }

  #show(): void {
    const { at, states } = this.#then ?? { at: this.#at, states: this.#now };
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
    lon: Float64Array.from(map?.lon ?? []),
    lat: Float64Array.from(map?.lat ?? []),
    profile: Uint8Array.from(map?.profile ?? []),
    operator: Uint16Array.from(map?.operator ?? []),
    region: Int16Array.from(map?.region ?? []),
    profiles: map?.profiles ?? [],
    operators: map?.operators ?? [],
    regions: map?.regions ?? [],
    at: new Map(id.map((it, n) => [it, n])),
    text: name.map((it, n) => `${it}\n${id[n]}`.toLowerCase()),
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
    known: new Uint8Array(many),
  };
  for (let from = 0; told && from < told.id.length; from++) {
    const n = at.get(told.id[from]!);
    if (n === undefined) continue; // it is gone since
    states.known[n] = 1;
    states.openSwap[n] = told.openSwap[from]!;
    for (const key of counts) states[key][n] = told[key][from]!;
  }
  return states;
}
