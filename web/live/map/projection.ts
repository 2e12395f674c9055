// From the globe to the panel: equirectangular, true to scale at the middle. Good enough for a country, exact for a city.

export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}
export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What the panel shows: its middle, and how many kilometres one pixel is. */
export interface Frame {
  readonly middle: Place;
  readonly kmPerPx: number;
}

const KM_PER_DEGREE = 111.32;
const NARROWEST_KM = 3;
const WIDEST_KM_PER_PX = 60;

const shrink = ({ latitude }: Place): number => Math.cos((latitude * Math.PI) / 180);

/** The frame in which all places are seen, with a margin in pixels. */
export function frameAround(
  places: readonly Place[],
  { width, height }: Size,
  margin = Math.min(48, Math.min(width, height) * 0.18),
): Frame {
  const [south, north] = extent(places.map((it) => it.latitude));
  const [west, east] = extent(places.map((it) => it.longitude));
  const middle = { latitude: (south + north) / 2, longitude: (west + east) / 2 };
  const wideKm = (east - west) * KM_PER_DEGREE * shrink(middle);
  const highKm = (north - south) * KM_PER_DEGREE;
  const room = (pixels: number) => Math.max(40, pixels - 2 * margin);
  const kmPerPx = Math.max(wideKm / room(width), highKm / room(height), NARROWEST_KM / room(Math.min(width, height)));
  return { middle, kmPerPx };
}

const extent = (values: readonly number[]): [number, number] =>
  values.length === 0 ? [0, 0] : [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];

export const project = ({ middle, kmPerPx }: Frame, { width, height }: Size, place: Place): Point => ({
  x: width / 2 + ((place.longitude - middle.longitude) * KM_PER_DEGREE * shrink(middle)) / kmPerPx,
  y: height / 2 - ((place.latitude - middle.latitude) * KM_PER_DEGREE) / kmPerPx,
});

/** The frame after the picture was dragged by so many pixels. */
export const moved = ({ middle, kmPerPx }: Frame, dx: number, dy: number): Frame => ({
  kmPerPx,
  middle: {
    latitude: Math.min(85, Math.max(-85, middle.latitude + (dy * kmPerPx) / KM_PER_DEGREE)),
    longitude: middle.longitude - (dx * kmPerPx) / (KM_PER_DEGREE * shrink(middle)),
  },
});

/** The frame seen `factor` times as near, with what is at `point` staying there. */
export function zoomed(frame: Frame, size: Size, factor: number, point: Point): Frame {
  const nearest = NARROWEST_KM / Math.min(size.width, size.height);
  const kmPerPx = Math.min(WIDEST_KM_PER_PX, Math.max(nearest, frame.kmPerPx / factor));
  const kept = 1 - kmPerPx / frame.kmPerPx;
  return { ...moved(frame, (size.width / 2 - point.x) * kept, (size.height / 2 - point.y) * kept), kmPerPx };
}

/** The longest round length, 1, 2 or 5 times a power of ten, that is at most `mostPx` long. */
export function scaleBar({ kmPerPx }: Frame, mostPx: number): { readonly km: number; readonly px: number } {
  const most = mostPx * kmPerPx;
  const ten = 10 ** Math.floor(Math.log10(most));
  const km = [5, 2, 1].map((it) => it * ten).find((it) => it <= most) ?? ten;
  return { km, px: km / kmPerPx };
}
