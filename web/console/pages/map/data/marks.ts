// What is drawn of the stations in sight: near ones share a mark with their number. The squares of a grid are fixed to the
// globe, so marks stay where they are while the map moves; and there are never more than some hundred of them. Pure.
import type { States } from './board.ts';
import { type Frame, type Points, squarePx } from './mercator.ts';
import { conditionAt, conditions } from './moods.ts';

export interface Mark {
  /** The same while the same stations share it at the same zoom. */
  readonly key: string;
  /** Its station when it stands for one alone; else one of them. */
  readonly station: number;
  readonly many: number;
  /** In the middle of its stations. */
  readonly x: number;
  readonly y: number;
  readonly ready: number;
  readonly slots: number;
  /** How many stations are in each of `conditions`. */
  readonly in: readonly number[];
  readonly frame: Frame;
}

const CELL_PX = 68;
/** Marks of neighbouring squares that would touch become one. */
const TOUCH_PX = 44;

interface Cell {
  key: number;
  station: number;
  many: number;
  sumX: number;
  sumY: number;
  ready: number;
  slots: number;
  in: number[];
  west: number;
  east: number;
  north: number;
  south: number;
}

interface Asked {
  readonly points: Points;
  readonly states: States;
  /** The stations that pass the filters. */
  readonly rows: readonly number[];
  /** What is in sight, with as much around it as should be ready when the map moves. */
  readonly frame: Frame;
  readonly zoom: number;
  /** How much larger than on a desk the signs are. */
  readonly scale: number;
}

export function marksIn({ points: { x, y }, states, rows, frame, zoom, scale }: Asked): Mark[] {
  const size = squarePx(Math.round(zoom)) / scale;
  const across = Math.ceil(size / CELL_PX);
  const cells = new Map<number, Cell>();
  for (const n of rows) {
    const [px, py] = [x[n]!, y[n]!];
    if (px < frame.west || px > frame.east || py < frame.north || py > frame.south) continue;
    const key = Math.floor((py * size) / CELL_PX) * across + Math.floor((px * size) / CELL_PX);
    let cell = cells.get(key);
    if (!cell) {
      cell = {
        key,
        station: n,
        many: 0,
        sumX: 0,
        sumY: 0,
        ready: 0,
        slots: 0,
        in: conditions.map(() => 0),
        west: px,
        east: px,
        north: py,
        south: py,
      };
      cells.set(key, cell);
    }
    cell.many++;
    cell.sumX += px;
    cell.sumY += py;
    cell.ready += states.ready[n]!;
    cell.slots += states.slots[n]!;
    cell.in[conditionAt(states, n)]!++;
    stretch(cell, px, px, py, py);
  }
  return merged(cells, across, TOUCH_PX / size).map(markOf);
}

/** The fuller square takes in its neighbours that are too close. */
function merged(cells: Map<number, Cell>, across: number, near: number): Cell[] {
  const settled = new Set<number>();
  const kept: Cell[] = [];
  for (const cell of [...cells.values()].sort((a, b) => b.many - a.many || a.key - b.key)) {
    if (settled.has(cell.key)) continue;
    settled.add(cell.key);
    const [x, y] = [cell.sumX / cell.many, cell.sumY / cell.many];
    for (const beside of [-1, 0, 1])
      for (const below of [-across, 0, across]) {
        const other = cells.get(cell.key + beside + below);
        if (!other || settled.has(other.key)) continue;
        if (Math.hypot(other.sumX / other.many - x, other.sumY / other.many - y) > near) continue;
        settled.add(other.key);
        takeIn(cell, other);
      }
    kept.push(cell);
  }
  return kept;
}

function takeIn(cell: Cell, other: Cell): void {
  cell.many += other.many;
  cell.sumX += other.sumX;
  cell.sumY += other.sumY;
  cell.ready += other.ready;
  cell.slots += other.slots;
  other.in.forEach((many, n) => {
    cell.in[n]! += many;
  });
  stretch(cell, other.west, other.east, other.north, other.south);
}

function stretch(cell: Cell, west: number, east: number, north: number, south: number): void {
  cell.west = Math.min(cell.west, west);
  cell.east = Math.max(cell.east, east);
  cell.north = Math.min(cell.north, north);
  cell.south = Math.max(cell.south, south);
}

const markOf = (it: Cell): Mark => ({
  key: it.many === 1 ? `s${it.station}` : `c${it.key}`,
  station: it.station,
  many: it.many,
  x: it.sumX / it.many,
  y: it.sumY / it.many,
  ready: it.ready,
  slots: it.slots,
  in: it.in,
  frame: { west: it.west, east: it.east, north: it.north, south: it.south },
});
