// The map as a part of a page: opened when its code has come, opened anew when language or colours change.
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Theme } from '../../../../shared/theme.ts';
import { useWords } from '../../../words/index.ts';
import type { Showing } from '../data/board.ts';
import { frameOf, wholeCountry } from '../data/mercator.ts';
import { Ground } from '../parts/Ground.tsx';
import { Legend } from '../parts/Legend.tsx';
import { useBasemap, usePoints } from './basemap.ts';
import type { Camera, Demand, StationMap } from './StationMap.ts';

interface Props {
  readonly showing: Showing;
  readonly rows: readonly number[];
  readonly demand: Demand;
  readonly chosen: number | undefined;
  readonly onChoose: (station: number | undefined) => void;
  readonly theme: Theme;
  /** Stations to look at, when not at what the reader likes. */
  readonly frame?: readonly number[] | undefined;
  /** Nobody moves it. */
  readonly isStill?: boolean;
  readonly scale?: number;
  /** Lies above the map. */
  readonly children?: ReactNode;
}

type State = 'opening' | 'open' | 'no-webgl' | 'broken';

export function MapView({
  showing,
  rows,
  demand,
  chosen,
  onChoose,
  theme,
  frame,
  isStill = false,
  scale = 1,
  children,
}: Props) {
  const { t, language } = useWords();
  const basemap = useBasemap();
  const points = usePoints(showing.stations, basemap);
  const box = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<StationMap>();
  const [state, setState] = useState<State>('opening');
  const camera = useRef<Camera>(undefined);
  const choose = useRef(onChoose);
  choose.current = onChoose;

  useEffect(() => {
    let isGone = false;
    let opened: StationMap | undefined;
    const locale = {
      'Map.Title': t('map.canvas'),
      'NavigationControl.ZoomIn': t('map.zoomIn'),
      'NavigationControl.ZoomOut': t('map.zoomOut'),
      'ScaleControl.Meters': t('map.metres'),
      'ScaleControl.Kilometers': t('map.kilometres'),
    };
    const open = async () => {
      const { openMap } = await import('./StationMap.ts');
      if (isGone || !box.current) return;
      opened = await openMap({
        container: box.current,
        basemap,
        look: { theme, language, scale },
        camera: camera.current,
        locale,
        onChoose: (n) => choose.current(n),
        isStill,
      });
      if (isGone) return opened.remove();
      setMap(opened);
      setState('open');
    };
    open().catch((error: unknown) => {
      if (isGone) return;
      setState((error as Error | undefined)?.name === 'GPUInitializationError' ? 'no-webgl' : 'broken');
      console.error(error);
    });
    return () => {
      isGone = true;
      setMap(undefined);
      if (!opened) return;
      camera.current = opened.camera;
      opened.remove();
    };
  }, [basemap, theme, language, scale, isStill, t]);

  useEffect(() => {
    if (points) map?.show({ showing, rows, points, demand, chosen });
  }, [map, showing, rows, points, demand, chosen]);

  // The first sight: where the stations are. Later only who looks decides, or the wall.
  const { many } = showing.stations;
  useEffect(() => {
    if (!map || !points || many === 0 || (camera.current && !frame)) return;
    const all = frameOf(points, frame ?? showing.stations.lon.keys());
    if (all) map.look(wholeCountry(all), !frame || !camera.current);
    camera.current = map.camera;
  }, [map, points, many, frame, showing.stations]);

  useEffect(() => {
    if (chosen !== undefined) map?.lookAt(chosen);
  }, [map, chosen]);

  const isDrawn = state === 'opening' || state === 'open';
  return (
    <div className="map-view">
      {isDrawn ? (
        <div className="map-frame">
          <div ref={box} className="map-canvas" role="application" aria-label={t('map.canvasLabel')} />
          {children}
        </div>
      ) : (
        <p className="map-sorry" role="status">
          {t(state === 'no-webgl' ? 'map.noWebgl' : 'map.broken')}
        </p>
      )}
      {isDrawn && (
        <div className="map-foot">
          <Legend demand={demand} />
          <Ground basemap={basemap} />
        </div>
      )}
    </div>
  );
}
