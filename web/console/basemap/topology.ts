// TopoJSON as far as we look into it: shapes that share their borders.
export interface Geometry {
  readonly type: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly arcs?: unknown;
  readonly geometries?: readonly Geometry[];
}

export interface Topology {
  readonly type: 'Topology';
  readonly objects: Record<string, Geometry>;
  readonly arcs: readonly unknown[];
}
