// Reads the outlines of echarts 4: each ring is a text of zigzag differences in 1/1024 degree. Pure.
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from './geojson.ts';

const UNIT = 1024;

type Offsets = readonly (readonly number[])[] | readonly number[];
interface EncodedFeature {
  readonly id?: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly geometry: {
    readonly type: 'Polygon' | 'MultiPolygon';
    readonly coordinates: readonly unknown[];
    readonly encodeOffsets?: readonly Offsets[];
  };
}

export interface Encoded {
  readonly UTF8Encoding?: boolean;
  readonly features: readonly EncodedFeature[];
}

export type Area = Feature<Polygon | MultiPolygon>;

/** The same as GeoJSON; files of the same package that are not encoded pass as they are. */
export function decoded(file: Encoded): FeatureCollection<Polygon | MultiPolygon> {
  return { type: 'FeatureCollection', features: file.features.map((it) => areaOf(it, file.UTF8Encoding === true)) };
}

function areaOf({ id, properties, geometry }: EncodedFeature, isEncoded: boolean): Area {
  const ring = (text: unknown, offset: unknown): Position[] =>
    isEncoded ? ringOf(text as string, offset as readonly number[]) : (text as Position[]);
  const rings = (parts: unknown, offsets: unknown): Position[][] =>
    (parts as readonly unknown[]).map((it, n) => ring(it, (offsets as readonly unknown[] | undefined)?.[n]));
  const { type, coordinates, encodeOffsets } = geometry;
  const shape: Polygon | MultiPolygon =
    type === 'Polygon'
      ? { type, coordinates: rings(coordinates, encodeOffsets) }
      : { type, coordinates: coordinates.map((it, n) => rings(it, encodeOffsets?.[n])) };
  return { type: 'Feature', ...(id && { id }), properties: { ...properties }, geometry: shape };
}

function ringOf(text: string, [x0, y0]: readonly number[]): Position[] {
  const ring: Position[] = [];
  let [x, y] = [x0!, y0!];
  for (let at = 0; at + 1 < text.length; at += 2) {
    x += difference(text.charCodeAt(at));
    y += difference(text.charCodeAt(at + 1));
    ring.push([x / UNIT, y / UNIT]);
  }
  return ring;
}

/** Zigzag: 0, -1, 1, -2, 2 … are written as the signs from code 64 on. */
function difference(code: number): number {
  const zigzag = code - 64;
  return (zigzag >> 1) ^ -(zigzag & 1);
}
