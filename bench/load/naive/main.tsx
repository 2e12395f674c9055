// The naive way to show a network, to measure ours beside it: stations as objects in the state of React, and the whole
// of them given to the map at every change. It has no basemap, no filters, and draws only a hundred rows.
import 'maplibre-gl/dist/maplibre-gl.css';
import { type GeoJSONSource, Map as MapLibre, setWorkerUrl } from 'maplibre-gl';
import worker from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';

setWorkerUrl(worker);

interface Station {
  readonly id: string;
  readonly name: string;
  readonly place: readonly [number, number];
  readonly online: number;
  readonly ready: number;
  readonly slots: number;
}
type Columns = Readonly<Record<'id' | 'name' | 'lon' | 'lat' | 'online' | 'ready' | 'slots', (string & number)[]>>;
type Row = readonly [id: string, online: number, ready: number, slots: number];

const collection = (stations: readonly Station[]) => ({
  type: 'FeatureCollection' as const,
  features: stations.map(({ place, ...properties }) => ({
    type: 'Feature' as const,
    properties,
    geometry: { type: 'Point' as const, coordinates: [...place] },
  })),
});

function openMap(container: HTMLElement): MapLibre {
  const map = new MapLibre({
    container,
    center: [110, 32],
    zoom: 3,
    fadeDuration: 0,
    style: {
      version: 8,
      sources: { stations: { type: 'geojson', data: collection([]), cluster: true, clusterRadius: 60 } },
      layers: [
        { id: 'ground', type: 'background', paint: { 'background-color': '#fafbfa' } },
        { id: 'dots', type: 'circle', source: 'stations', paint: { 'circle-radius': 14, 'circle-color': '#279a70' } },
        {
          id: 'words',
          type: 'symbol',
          source: 'stations',
          layout: {
            'text-field': ['coalesce', ['get', 'point_count_abbreviated'], ['get', 'name']],
            'text-font': ['sans-serif'],
            'text-size': 12,
          },
        },
      ],
    },
  });
  return map;
}

function Page() {
  const [stations, setStations] = useState<readonly Station[]>([]);
  const box = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<MapLibre>();
  useEffect(() => {
    const opened = openMap(box.current!);
    opened.on('load', () => setMap(opened));
    return () => opened.remove();
  }, []);
  useEffect(() => {
    const read = async () => {
      const it = (await (await fetch('/v1/map')).json()) as Columns;
      setStations(
        it.id.map((id, n) => ({
          id,
          name: it.name[n]!,
          place: [it.lon[n]!, it.lat[n]!],
          online: it.online[n]!,
          ready: it.ready[n]!,
          slots: it.slots[n]!,
        })),
      );
    };
    void read();
    const source = new EventSource('/v1/live?events=stations');
    source.addEventListener('stations', ({ data }: MessageEvent<string>) => {
      const { rows } = JSON.parse(data) as { rows: readonly Row[] };
      const changed = new Map(rows.map((row) => [row[0], row]));
      setStations((before) =>
        before.map((it) => {
          const row = changed.get(it.id);
          return row ? { ...it, online: row[1], ready: row[2], slots: row[3] } : it;
        }),
      );
    });
    return () => source.close();
  }, []);
  useEffect(() => {
    void map?.getSource<GeoJSONSource>('stations')?.setData(collection(stations));
  }, [map, stations]);
  return (
    <div style={{ display: 'grid', gridTemplateColumns: '2fr 1fr', height: '100vh' }}>
      <div ref={box} />
      <ul style={{ overflow: 'auto' }}>
        {stations.slice(0, 100).map((it) => (
          <li key={it.id} data-index={it.id}>
            {it.name} {it.ready}/{it.slots} {it.online ? 'online' : 'offline'}
          </li>
        ))}
      </ul>
    </div>
  );
}

createRoot(document.getElementById('root')!).render(<Page />);
