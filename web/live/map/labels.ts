// Which names the map has room for.
import { cities } from './cities.ts';
import { type Frame, type Point, project, type Size } from './projection.ts';

export interface Wanted extends Point {
  readonly text: string;
  /** How far above or below the point the name stands. */
  readonly away: number;
}

export interface Label extends Point {
  readonly text: string;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface CityInSight extends Point {
  readonly text: string;
}

export const citiesInSight = (frame: Frame, size: Size, language: 'en' | 'zh'): CityInSight[] =>
  cities
    .map((it) => ({ text: it[language], ...project(frame, size, it) }))
    .filter((it) => it.x > 0 && it.y > 0 && it.x < size.width && it.y < size.height);

interface Heap extends Point {
  readonly radius: number;
  readonly from: Point;
  readonly items: readonly unknown[];
}

/** A station so near is a city's own. */
const HOME_KM = 60;

/**
 * Cities with stations first, those with most of them before the others: their names go around their marks, one name to a
 * heap of marks. Other cities keep their names only where no mark is in the way, for a name far from its place misleads.
 */
export function cityNames(around: readonly CityInSight[], marks: readonly Heap[], frame: Frame): Wanted[] {
  const homes = around
    .map((city) => ({ city, own: marks.filter((it) => distance(it.from, city) * frame.kmPerPx < HOME_KM) }))
    .filter(({ own }) => own.length > 0)
    .toSorted((a, b) => many(b.own) - many(a.own));
  const named: CityInSight[] = [];
  const wanted: Wanted[] = [];
  for (const { city, own } of homes) {
    if (named.some((it) => distance(it, city) < 2 * HEIGHT)) continue;
    named.push(city);
    const reach = own.reduce((most, it) => Math.max(most, Math.abs(it.y - city.y) + it.radius), 0);
    wanted.push({ ...city, away: Math.min(reach, 60) + 9 });
  }
  const isHome = new Set(homes.map(({ city }) => city));
  const isFree = (city: CityInSight) => marks.every((it) => distance(it, city) > it.radius + 6);
  return [...wanted, ...around.filter((it) => !isHome.has(it) && isFree(it)).map((it) => ({ ...it, away: 11 }))];
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
const many = (heaps: readonly Heap[]): number => heaps.reduce((sum, it) => sum + it.items.length, 0);

const HEIGHT = 15;
/** The scale bar stands in the lower left corner. */
const SCALE = { width: 170, height: 28 };
const boxAt = ({ x, y }: Point, width: number): Box => ({
  left: x - width / 2,
  right: x + width / 2,
  top: y - HEIGHT / 2,
  bottom: y + HEIGHT / 2,
});

/** A Chinese character is as wide as it is high, a Latin one about half. */
export const widthOf = (text: string, fontPx = 12): number =>
  [...text].reduce((sum, it) => sum + (it.charCodeAt(0) > 0x2e80 ? fontPx : fontPx * 0.56), 6);

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Places names above or else below their points, the first ones first; those without room are left out. */
export function placed(wanted: readonly Wanted[], marks: readonly (Point & { radius: number })[], size: Size): Label[] {
  const { width: right, height } = SCALE;
  const scale: Box = { left: 0, right, top: size.height - height, bottom: size.height };
  const around: Box[] = marks.map(({ x, y, radius }) => ({
    left: x - radius,
    right: x + radius,
    top: y - radius,
    bottom: y + radius,
  }));
  const taken = [scale, ...around];
  const labels: Label[] = [];
  for (const { text, x, y, away } of wanted) {
    const width = widthOf(text);
    const at = [y - away, y + away]
      .map((side) => ({ x: Math.min(size.width - width / 2 - 2, Math.max(width / 2 + 2, x)), y: side }))
      .find((it) => it.y > 8 && it.y < size.height - 8 && !taken.some((box) => overlap(box, boxAt(it, width))));
    if (!at) continue;
    taken.push(boxAt(at, width));
    labels.push({ ...at, text });
  }
  return labels;
}
