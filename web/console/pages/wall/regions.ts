import type { Showing, Stations } from '../map/data/board.ts';

/** The numbers of all stations, or of those in one region. */
export function rowsOf({ many, region }: Stations, only?: number): number[] {
  const rows: number[] = [];
  for (let n = 0; n < many; n++) if (only === undefined || region[n] === only) rows.push(n);
  return rows;
}

export interface Sums {
  readonly stations: number;
  readonly online: number;
  readonly ready: number;
  readonly slots: number;
  readonly charging: number;
  readonly queue: number;
  readonly swapping: number;
  readonly swapsLastHour: number;
  readonly swapsToday: number;
  /** Connected stations that have no charged pack. */
  readonly empty: number;
}

/** How things stand in these stations. */
export function sumsOf({ states }: Showing, rows: readonly number[]): Sums {
  const sums = {
    stations: rows.length,
    online: 0,
    ready: 0,
    slots: 0,
    charging: 0,
    queue: 0,
    swapping: 0,
    swapsLastHour: 0,
    swapsToday: 0,
    empty: 0,
  };
  for (const n of rows) {
    sums.online += states.online[n]!;
    sums.ready += states.ready[n]!;
    sums.slots += states.slots[n]!;
    sums.charging += states.charging[n]!;
    sums.queue += states.queue[n]!;
    sums.swapsLastHour += states.swapsLastHour[n]!;
    sums.swapsToday += states.swapsToday[n]!;
    if (states.openSwap[n] !== null) sums.swapping++;
    if (states.online[n] === 1 && states.ready[n] === 0) sums.empty++;
  }
  return sums;
}
