// Demand as a field: swaps of the stations in sight, summed up in small squares so that there are never too many. Pure.
import { type Frame, type Points, squarePx } from './mercator.ts';

const CELL_PX = 14;

export interface Heat {
  readonly x: number;
  readonly y: number;
  /** Swaps in this square. */
  readonly swaps: number;
}

interface Asked {
  readonly points: Points;
  readonly swaps: Uint32Array;
  readonly rows: readonly number[];
  readonly frame: Frame;
  readonly zoom: number;
}

export function heatIn({ points: { x, y }, swaps, rows, frame, zoom }: Asked): Heat[] {
  const scale = squarePx(Math.round(zoom)) / CELL_PX;
  const across = Math.ceil(scale);
  const cells = new Map<number, { x: number; y: number; swaps: number }>();
  for (const n of rows) {
    const [px, py, here] = [x[n]!, y[n]!, swaps[n]!];
    if (here === 0 || px < frame.west || px > frame.east || py < frame.north || py > frame.south) continue;
    const key = Math.floor(py * scale) * across + Math.floor(px * scale);
    const cell = cells.get(key);
    if (cell) cell.swaps += here;
    else cells.set(key, { x: px, y: py, swaps: here });
  }
  return [...cells.values()];
}
