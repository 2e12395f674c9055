// As much of GeoJSON (RFC 7946) as our maps hold.

/** Longitude, latitude; WGS-84 unless somebody says otherwise. */
export type Position = number[];

export interface Point {
  type: 'Point';
  coordinates: Position;
}
export interface MultiLineString {
  type: 'MultiLineString';
  coordinates: Position[][];
}
export interface Polygon {
  type: 'Polygon';
  coordinates: Position[][];
}
export interface MultiPolygon {
  type: 'MultiPolygon';
  coordinates: Position[][][];
}
export type Shape = Point | MultiLineString | Polygon | MultiPolygon;

export interface Feature<S extends Shape = Shape> {
  type: 'Feature';
  id?: string | number;
  properties: Record<string, unknown> | null;
  geometry: S;
}
export interface FeatureCollection<S extends Shape = Shape> {
  type: 'FeatureCollection';
  features: Feature<S>[];
}
