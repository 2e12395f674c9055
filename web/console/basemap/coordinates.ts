// One place, three datums. Stations are kept in WGS-84; maps sold in mainland China are drawn in GCJ-02 (by law) or BD-09
// (Baidu), both shifted by some hundred metres. Converted here, at the edge, and nowhere else. Pure.
// The shift is an obfuscation without an official text; the constants are those found in every public reimplementation.

/** Degrees: longitude, latitude. */
export type LonLat = readonly [lon: number, lat: number];
export type Datum = 'wgs84' | 'gcj02' | 'bd09';
/** Whether the law shifts a place: in the mainland, not in Hong Kong, Macao, Taiwan or abroad; see `shiftedArea`. */
export type IsShifted = (place: LonLat) => boolean;

const { PI, sin, cos, sqrt, hypot, atan2, abs } = Math;
/** Semi-major axis in metres and eccentricity squared of the Krasovsky 1940 ellipsoid. */
const [A, EE] = [6_378_245, 0.006_693_421_622_965_943];

/** From what a GPS receiver says to what a mainland map draws. */
export const wgs84ToGcj02 = (place: LonLat, isShifted: IsShifted): LonLat =>
  isShifted(place) ? shifted(place) : place;

/** Back again; exact to less than a micrometre. A place whose origin would lie beyond the border was never shifted. */
export function gcj02ToWgs84(place: LonLat, isShifted: IsShifted): LonLat {
  const origin = originOf(shifted, place);
  return isShifted(origin) ? origin : place;
}

/** Baidu shifts everywhere, on top of GCJ-02. */
export function gcj02ToBd09([lon, lat]: LonLat): LonLat {
  const wave = (PI * 3000) / 180;
  const length = hypot(lon, lat) + 0.000_02 * sin(lat * wave);
  const angle = atan2(lat, lon) + 0.000_003 * cos(lon * wave);
  return [length * cos(angle) + 0.0065, length * sin(angle) + 0.006];
}

export const bd09ToGcj02 = (place: LonLat): LonLat => originOf(gcj02ToBd09, place);

/** From the datum we keep to that of a map. */
export function fromWgs84(datum: Datum, place: LonLat, isShifted: IsShifted): LonLat {
  if (datum === 'wgs84') return place;
  const gcj = wgs84ToGcj02(place, isShifted);
  return datum === 'gcj02' ? gcj : gcj02ToBd09(gcj);
}

/** From the datum of a map to the one we keep: for what somebody points at. */
export function toWgs84(datum: Datum, place: LonLat, isShifted: IsShifted): LonLat {
  if (datum === 'wgs84') return place;
  return gcj02ToWgs84(datum === 'gcj02' ? place : bd09ToGcj02(place), isShifted);
}

function shifted([lon, lat]: LonLat): LonLat {
  const [x, y] = [lon - 105, lat - 35];
  const common = ((20 * sin(6 * x * PI) + 20 * sin(2 * x * PI)) * 2) / 3;
  const north =
    -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + common + waves(y, 20, 40, 160, 320);
  const east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + common + waves(x, 20, 40, 150, 300);
  const phi = (lat * PI) / 180;
  const magic = 1 - EE * sin(phi) ** 2;
  const metresPerDegreeNorth = (((A * (1 - EE)) / (magic * sqrt(magic))) * PI) / 180;
  const metresPerDegreeEast = ((A / sqrt(magic)) * cos(phi) * PI) / 180;
  return [lon + east / metresPerDegreeEast, lat + north / metresPerDegreeNorth];
}

/** The slower waves of the shift along one axis, in metres. */
const waves = (at: number, near: number, third: number, twelfth: number, thirtieth: number): number =>
  ((near * sin(at * PI) + third * sin((at / 3) * PI)) * 2) / 3 +
  ((twelfth * sin((at / 12) * PI) + thirtieth * sin((at * PI) / 30)) * 2) / 3;

/** Where a gentle shift comes from: what it misses is put right until nothing is missed. */
function originOf(shift: (place: LonLat) => LonLat, place: LonLat): LonLat {
  let [lon, lat] = place;
  for (let turn = 0; turn < 30; turn++) {
    const [x, y] = shift([lon, lat]);
    const [dLon, dLat] = [place[0] - x, place[1] - y];
    lon += dLon;
    lat += dLat;
    if (abs(dLon) + abs(dLat) < 1e-14) break;
  }
  return [lon, lat];
}
