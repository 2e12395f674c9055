// The basemap that the server names, and where stations lie on it.
import { useEffect, useMemo, useState } from 'react';
import { fromWgs84, type IsShifted } from '../../../basemap/coordinates.ts';
import { type Basemap, type BasemapSettings, basemapOf, bundled } from '../../../basemap/provider.ts';
import { useSession } from '../../../session/hooks.ts';
import type { Stations } from '../data/board.ts';
import { mercatorX, mercatorY, type Points } from '../data/mercator.ts';

export function useBasemapSettings(): BasemapSettings {
  return useSession().config?.basemap ?? bundled;
}

export function useBasemap(): Basemap {
  const settings = JSON.stringify(useBasemapSettings());
  return useMemo(() => basemapOf(JSON.parse(settings) as BasemapSettings), [settings]);
}

/** Undefined while it is not known where coordinates are shifted. */
export function usePoints(stations: Stations, { datum }: Basemap): Points | undefined {
  const [isShifted, setShifted] = useState<IsShifted>();
  useEffect(() => {
    if (datum === 'wgs84') return;
    let isGone = false;
    const load = async () => {
      const { shiftedArea } = await import('../../../basemap/load.ts');
      const area = await shiftedArea();
      if (!isGone) setShifted(() => area);
    };
    load().catch(console.error);
    return () => {
      isGone = true;
    };
  }, [datum]);
  return useMemo(() => {
    const { many, lon, lat } = stations;
    const [x, y] = [new Float64Array(many), new Float64Array(many)];
    if (datum !== 'wgs84' && !isShifted) return undefined;
    for (let n = 0; n < many; n++) {
      const place = [lon[n]!, lat[n]!] as const;
      const [east, north] = isShifted ? fromWgs84(datum, place, isShifted) : place;
      x[n] = mercatorX(east);
      y[n] = mercatorY(north);
    }
    return { x, y };
  }, [stations, datum, isShifted]);
}
