// What we use of the topojson packages, which bring no types of their own.
declare module 'topojson-server' {
  export function topology(
    objects: Readonly<Record<string, import('./geojson.ts').FeatureCollection | import('./geojson.ts').Feature>>,
    quantization?: number,
  ): import('./topology.ts').Topology;
}
declare module 'topojson-client' {
  type Topology = import('./topology.ts').Topology;
  type Geometry = import('./topology.ts').Geometry;
  type Filter = (a: Geometry, b: Geometry) => boolean;
  export function feature(topology: Topology, object: Geometry): import('./geojson.ts').FeatureCollection;
  export function meshArcs(topology: Topology, object: Geometry, filter?: Filter): Geometry;
  export function quantize(topology: Topology, steps: number): Topology;
  export function mergeArcs(topology: Topology, objects: readonly Geometry[]): Geometry;
}
