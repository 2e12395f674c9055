// From degrees to the square of the web's maps, 0 to 1 from west to east and from north to south, and back. Pure.
const { PI, log, tan, atan, exp } = Math;

export const mercatorX = (lon: number): number => lon / 360 + 0.5;
export const mercatorY = (lat: number): number => 0.5 - log(tan(PI / 4 + (lat * PI) / 360)) / (2 * PI);
export const lonOf = (x: number): number => (x - 0.5) * 360;
export const latOf = (y: number): number => (360 / PI) * atan(exp((0.5 - y) * 2 * PI)) - 90;

/** Where each station is drawn, in the datum of the map. */
export interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** A part of the square. */
export interface Frame {
  readonly west: number;
  readonly east: number;
  readonly north: number;
  readonly south: number;
}

/** Pixels of the whole square at a zoom: 512 at zoom 0. */
export const squarePx = (zoom: number): number => 512 * 2 ** zoom;

/** The smallest part that holds these points; undefined without any. */
export function frameOf({ x, y }: Points, rows: Iterable<number>): Frame | undefined {
  let [west, east, north, south] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const n of rows) {
    west = Math.min(west, x[n]!);
    east = Math.max(east, x[n]!);
    north = Math.min(north, y[n]!);
    south = Math.max(south, y[n]!);
  }
  return west <= east ? { west, east, north, south } : undefined;
}

/** All of China, with its islands and the dash line. */
const china: Frame = { west: mercatorX(73.4), east: mercatorX(135.2), north: mercatorY(53.7), south: mercatorY(3.2) };
/** Of the square: about 2,200 km. */
const WIDE = 20 / 360;

/** A first look that is as wide as the country shows all of it: a map of China may leave no part of it out. */
export function wholeCountry(it: Frame): Frame {
  const isWide = it.east - it.west > WIDE && it.west >= china.west && it.east <= china.east && it.north >= china.north;
  return isWide && it.south <= china.south ? china : it;
}
