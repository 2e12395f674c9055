// MapLibre with its worker: version 6 draws nothing at all, and says nothing, unless it is told where the worker lies.
import 'maplibre-gl/dist/maplibre-gl.css';
import { setWorkerUrl } from 'maplibre-gl';
import worker from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';

setWorkerUrl(worker);

export {
  type GeoJSONSource,
  Map as MapLibre,
  NavigationControl,
  ScaleControl,
} from 'maplibre-gl';
