// The bundled map in a browser: fetched once, when a map is first shown.

import address from 'virtual:basemap';
import { feature } from 'topojson-client';
import type { IsShifted } from './coordinates.ts';
import type { FeatureCollection, MultiPolygon, Polygon } from './geojson.ts';
import { inside } from './inside.ts';
import type { Schematic } from './make.ts';
import type { Topology } from './topology.ts';

let loading: Promise<Schematic> | undefined;

/** @throws Error when it cannot be fetched; the next call tries again */
export function schematic(): Promise<Schematic> {
  loading ??= fetched();
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
}

async function fetched(): Promise<Schematic> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`The bundled map: ${response.status} ${response.statusText}`);
  return (await response.json()) as Schematic;
}

/** One object of a topology, always as a collection. */
export function shapes(topology: Topology, name: string): FeatureCollection {
  const object = topology.objects[name]!;
  return feature(topology, object.geometries ? object : { type: 'GeometryCollection', geometries: [object] });
}

/** Where the law shifts coordinates. The outline is good to about a kilometre: at the very border it may err. */
export async function shiftedArea(): Promise<IsShifted> {
  const { china } = await schematic();
  return inside(shapes(china, 'shifted').features[0]!.geometry as Polygon | MultiPolygon);
}
