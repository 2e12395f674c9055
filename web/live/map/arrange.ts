// Which marks the map draws: single stations while few are in sight, else heaps of neighbours; never one upon another.
import type { Point, Size } from './projection.ts';

export interface Mark<Item> extends Point {
  readonly items: readonly Item[];
  readonly radius: number;
  /** Where it really is; the mark may have been pushed aside. */
  readonly from: Point;
}

interface Placed<Item> {
  readonly item: Item;
  readonly at: Point;
}

/** Up to so many stations are drawn one by one. */
export const FEW = 40;
const CELL_PX = 46;
export const STATION_RADIUS = 11;

const inSight = ({ width, height }: Size, { x, y }: Point): boolean =>
  x > -20 && y > -20 && x < width + 20 && y < height + 20;

export function arranged<Item>(placed: readonly Placed<Item>[], size: Size): Mark<Item>[] {
  const seen = placed.filter((it) => inSight(size, it.at));
  const heaps = seen.length <= FEW ? seen.map((it) => [it]) : byCell(seen);
  return apart(
    heaps.map((heap) => {
      const from = centre(heap.map((it) => it.at));
      return { ...from, from, items: heap.map((it) => it.item), radius: radiusOf(heap.length) };
    }),
    size,
  );
}

/** Area by number, within bounds. */
const radiusOf = (count: number): number => (count === 1 ? STATION_RADIUS : Math.min(24, 11 + Math.sqrt(count) * 1.1));

function byCell<Item>(placed: readonly Placed<Item>[]): Placed<Item>[][] {
  const cells = new Map<string, Placed<Item>[]>();
  for (const it of placed) {
    const key = `${Math.floor(it.at.x / CELL_PX)} ${Math.floor(it.at.y / CELL_PX)}`;
    const cell = cells.get(key);
    if (cell) cell.push(it);
    else cells.set(key, [it]);
  }
  return [...cells.values()];
}

const centre = (points: readonly Point[]): Point => ({
  x: points.reduce((sum, it) => sum + it.x, 0) / points.length,
  y: points.reduce((sum, it) => sum + it.y, 0) / points.length,
});

const GAP_PX = 3;
const ROUNDS = 60;

/** Pushes marks apart until they no longer overlap, each as little as needed; the same input gives the same picture. */
export function apart<Item>(marks: readonly Mark<Item>[], { width, height }: Size): Mark<Item>[] {
  const now = marks.map((it) => ({ ...it }));
  for (let round = 0, pushed = true; pushed && round < ROUNDS; round++) {
    pushed = false;
    for (let i = 0; i < now.length; i++)
      for (let j = i + 1; j < now.length; j++) {
        const [a, b] = [now[i]!, now[j]!];
        const need = a.radius + b.radius + GAP_PX;
        const [dx, dy] = [b.x - a.x, b.y - a.y];
        const distance = Math.hypot(dx, dy);
        if (distance >= need - 0.01) continue;
        pushed = true;
        // Two in one place part at an angle of their own, so that many do not end up in a line.
        const angle = distance > 0.01 ? Math.atan2(dy, dx) : (i * 2.4 + j) % (2 * Math.PI);
        const push = (need - distance) / 2;
        a.x -= Math.cos(angle) * push;
        a.y -= Math.sin(angle) * push;
        b.x += Math.cos(angle) * push;
        b.y += Math.sin(angle) * push;
      }
    for (const it of now) {
      const edge = it.radius + 4;
      if (it.from.x > 0 && it.from.x < width) it.x = Math.min(width - edge, Math.max(edge, it.x));
      if (it.from.y > 0 && it.from.y < height) it.y = Math.min(height - edge, Math.max(edge, it.y));
    }
  }
  return now;
}
