// The map itself, outside of React: it is told what to show, and draws what of it is in sight.

import type { Basemap, Look } from '../../../basemap/provider.ts';
import { type Palette, palettes } from '../../../shell/theme.ts';
import type { Showing } from '../data/board.ts';
import { heatIn } from '../data/heat.ts';
import { type Mark, marksIn } from '../data/marks.ts';
import { type Frame, frameOf, latOf, lonOf, mercatorX, mercatorY, type Points } from '../data/mercator.ts';
import { changes, type Drawn } from './changes.ts';
import { CHOSEN, HEAT, MARKS, withStations } from './layers.ts';
import { type GeoJSONSource, MapLibre, NavigationControl, ScaleControl } from './library.ts';
import { drawn, FINE } from './signs.ts';

export type Demand = 'none' | 'hour' | 'day';

export interface View {
  readonly showing: Showing;
  /** The stations that pass the filters. */
  readonly rows: readonly number[];
  readonly points: Points;
  readonly demand: Demand;
  readonly chosen: number | undefined;
}

export interface Camera {
  readonly center: [lon: number, lat: number];
  readonly zoom: number;
}

interface Ask {
  readonly container: HTMLElement;
  readonly basemap: Basemap;
  readonly look: Look;
  readonly camera: Camera | undefined;
  /** What controls are called, in the reader's language. */
  readonly locale: Readonly<Record<string, string>>;
  readonly onChoose: (station: number | undefined) => void;
  /** For a wall nobody touches. */
  readonly isStill: boolean;
}

/** While the map moves, what is in sight is looked at so often. */
const MOVE_MS = 150;
/** A worker that has not answered by then is not waited for. */
const PATIENCE_MS = 4_000;
/** How close a heap is looked at. */
const CLOSE = 14;
/** How close a chosen station is looked at: with the town around it. */
const NEAR = 9;
/** China, until there are stations to look at. */
const start: Camera = { center: [105, 36], zoom: 3 };

/** Opens a map. @throws GPUInitializationError where the browser has no WebGL 2; Error when the basemap cannot be had */
export async function openMap(ask: Ask): Promise<StationMap> {
  const palette = palettes[ask.look.theme];
  const style = withStations(await ask.basemap.style(ask.look), palette, ask.look.scale);
  const map = new MapLibre({
    container: ask.container,
    style,
    ...(ask.camera ?? start),
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    renderWorldCopies: false,
    fadeDuration: 0,
    minZoom: 2,
    maxZoom: 17,
    locale: { ...ask.locale },
    interactive: !ask.isStill,
  });
  map.touchZoomRotate?.disableRotation();
  if (!ask.isStill) map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  map.addControl(new ScaleControl({ maxWidth: 90 }), 'bottom-right');
  return new StationMap(map, { palette, scale: ask.look.scale, onChoose: ask.onChoose });
}

interface Drawing extends Pick<Ask, 'onChoose'> {
  readonly palette: Palette;
  readonly scale: number;
}

export class StationMap {
  readonly #map: MapLibre;
  readonly #scale: number;
  #view: View | undefined;
  #drawn: Drawn = new Map();
  #marks = new Map<string, Mark>();
  #isLoaded = false;
  #isBusy = false;
  #isStale = false;
  #movedAt = 0;
  #chosen = '';

  constructor(map: MapLibre, { palette, scale, onChoose }: Drawing) {
    this.#map = map;
    this.#scale = scale;
    map.setMissingStyleImageResolver((id) => {
      const image = drawn(id, palette);
      if (image && !map.hasImage(id)) map.addImage(id, image, { pixelRatio: FINE });
    });
    map.on('load', () => {
      this.#isLoaded = true;
      this.#draw();
    });
    map.on('move', () => {
      const now = performance.now();
      if (now - this.#movedAt < MOVE_MS) return;
      this.#movedAt = now;
      this.#draw();
    });
    map.on('moveend', () => this.#draw());
    map.on('click', ({ point: { x, y } }) => {
      const reach = 6;
      const found = map.queryRenderedFeatures(
        [
          [x - reach, y - reach],
          [x + reach, y + reach],
        ],
        { layers: ['marks', 'names'] },
      );
      const mark = this.#marks.get(String(found[0]?.properties.key));
      if (mark && mark.many > 1) this.look(mark.frame);
      else onChoose(mark?.station);
    });
    const pointer = (cursor: string) => () => {
      map.getCanvas().style.cursor = cursor;
    };
    map.on('mouseenter', 'marks', pointer('pointer'));
    map.on('mouseleave', 'marks', pointer(''));
  }

  get camera(): Camera {
    const { lng, lat } = this.#map.getCenter();
    return { center: [lng, lat], zoom: this.#map.getZoom() };
  }

  show(view: View): void {
    this.#view = view;
    this.#draw();
  }

  /** Looks at a part of the world; at a station or two, not closer than a town. */
  look({ west, east, north, south }: Frame, isAtOnce = false): void {
    const bounds: [number, number, number, number] = [lonOf(west), latOf(south), lonOf(east), latOf(north)];
    this.#map.fitBounds(bounds, {
      padding: 40,
      maxZoom: west === east ? NEAR : CLOSE,
      ...(isAtOnce ? { animate: false } : { duration: 700 }),
    });
  }

  lookAt(n: number): void {
    const point = this.#view && frameOf(this.#view.points, [n]);
    if (!point) return;
    // Beside the card, which lies on the left; on a phone, at the bottom.
    const { clientWidth, clientHeight } = this.#map.getContainer();
    const offset: [number, number] = clientWidth > 560 ? [150, 0] : [0, -clientHeight / 3];
    this.#map.easeTo({
      offset,
      center: [lonOf(point.west), latOf(point.north)],
      zoom: Math.max(this.#map.getZoom(), NEAR),
      duration: 700,
    });
  }

  /** The container has another size. */
  resize(): void {
    this.#map.resize();
  }

  remove(): void {
    this.#map.remove();
  }

  /** At most one change is on its way to the worker; what comes meanwhile is drawn together after it. */
  #draw(): void {
    if (!this.#view || !this.#isLoaded) return;
    if (this.#isBusy) {
      this.#isStale = true;
      return;
    }
    const { showing, rows, points, demand } = this.#view;
    const zoom = this.#map.getZoom();
    const asked = { points, rows, zoom, frame: this.#frame(), scale: this.#scale };
    const isHeat = demand !== 'none';
    this.#drawHeat(
      isHeat
        ? heatIn({ ...asked, swaps: demand === 'hour' ? showing.states.swapsLastHour : showing.states.swapsToday })
        : [],
    );
    this.#drawChosen();
    const marks = isHeat && zoom < 9 ? [] : marksIn({ ...asked, states: showing.states });
    this.#marks = new Map(marks.map((it) => [it.key, it]));
    const { drawn: next, diff } = changes(this.#drawn, marks, showing.stations);
    this.#drawn = next;
    if (!diff) return;
    this.#isBusy = true;
    let isDone = false;
    const done = () => {
      if (isDone) return;
      isDone = true;
      this.#isBusy = false;
      if (!this.#isStale) return;
      this.#isStale = false;
      this.#draw();
    };
    setTimeout(done, PATIENCE_MS);
    this.#source(MARKS)?.updateData(diff).then(done, done);
  }

  /** Half a screen more on each side than is in sight. */
  #frame(): Frame {
    const bounds = this.#map.getBounds();
    const [west, east] = [mercatorX(bounds.getWest()), mercatorX(bounds.getEast())];
    const [north, south] = [mercatorY(bounds.getNorth()), mercatorY(bounds.getSouth())];
    const [x, y] = [(east - west) / 2, (south - north) / 2];
    return { west: west - x, east: east + x, north: north - y, south: south + y };
  }

  #hadHeat = false;
  #drawHeat(heat: ReturnType<typeof heatIn>): void {
    if (heat.length === 0 && !this.#hadHeat) return;
    this.#hadHeat = heat.length > 0;
    const much = manyOf(heat.map((it) => it.swaps));
    void this.#source(HEAT)?.setData({
      type: 'FeatureCollection',
      features: heat.map(({ x, y, swaps }) => ({
        type: 'Feature',
        properties: { weight: Math.min(1, swaps / much) },
        geometry: { type: 'Point', coordinates: [lonOf(x), latOf(y)] },
      })),
    });
  }

  #drawChosen(): void {
    const { chosen, points } = this.#view!;
    const frame = chosen === undefined ? undefined : frameOf(points, [chosen]);
    const coordinates = frame ? [lonOf(frame.west), latOf(frame.north)] : [];
    if (coordinates.join() === this.#chosen) return;
    this.#chosen = coordinates.join();
    void this.#source(CHOSEN)?.setData({
      type: 'FeatureCollection',
      features: frame ? [{ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates } }] : [],
    });
  }

  #source(id: string): GeoJSONSource | undefined {
    return this.#map.getSource<GeoJSONSource>(id);
  }
}

/** What nine in ten do not exceed: one busy square does not make the others pale. */
function manyOf(swaps: number[]): number {
  const sorted = Float64Array.from(swaps).sort();
  return sorted[Math.floor(sorted.length * 0.9)] ?? 1;
}
