import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { feature } from 'topojson-client';
import {
  bd09ToGcj02,
  fromWgs84,
  gcj02ToBd09,
  gcj02ToWgs84,
  type LonLat,
  toWgs84,
  wgs84ToGcj02,
} from './coordinates.ts';
import type { MultiPolygon } from './geojson.ts';
import { inside } from './inside.ts';
import { type Schematic, schematic } from './make.ts';

const { china } = JSON.parse(schematic()) as Schematic;
const shape = feature(china, { type: 'GeometryCollection', geometries: [china.objects.shifted!] }).features[0]!;
const isShifted = inside(shape.geometry as MultiPolygon);

const EARTH_M = 6_371_008.8;
const rad = (degrees: number) => (degrees * Math.PI) / 180;
function metres([lon1, lat1]: LonLat, [lon2, lat2]: LonLat): number {
  const [dLat, dLon] = [rad(lat2 - lat1), rad(lon2 - lon1)];
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(rad(lat1)) * Math.cos(rad(lat2)) * Math.sin(dLon / 2) ** 2;
  return 2 * EARTH_M * Math.asin(Math.sqrt(h));
}

const anywhere = fc.tuple(
  fc.double({ min: -179, max: 179, noNaN: true }),
  fc.double({ min: -80, max: 80, noNaN: true }),
);
const inChina = fc.tuple(fc.double({ min: 73, max: 136, noNaN: true }), fc.double({ min: 18, max: 54, noNaN: true }));
const inMainland = inChina.filter(isShifted);
const MICROMETRE = 1e-6;
/** So far the shift reaches: nearer to the border one cannot tell from which side a place came. */
const BORDER_DEGREES = 0.02;
const isFarFromBorder = ([lon, lat]: LonLat) =>
  [-1, 0, 1].every((x) =>
    [-1, 0, 1].every((y) => isShifted([lon + x * BORDER_DEGREES, lat + y * BORDER_DEGREES]) === isShifted([lon, lat])),
  );

const places = {
  Beijing: [116.4074, 39.9042],
  Shanghai: [121.4737, 31.2304],
  Hefei: [117.2272, 31.8206],
  Urumqi: [87.6168, 43.8256],
  'Hong Kong': [114.1694, 22.3193],
  Macao: [113.5577, 22.156],
  Taipei: [121.5654, 25.033],
  Hanoi: [105.8342, 21.0278],
  Seoul: [126.978, 37.5665],
  'Ulan Bator': [106.9057, 47.8864],
  Kathmandu: [85.324, 27.7172],
} as const satisfies Record<string, LonLat>;

suite('a place in the datum of a map', () => {
  test('lies as far from where a GPS receiver has it as maps of four cities show', () => {
    const far = { Beijing: 555, Shanghai: 477, Hefei: 564, Urumqi: 265 };
    for (const [name, expected] of Object.entries(far)) {
      const place = places[name as keyof typeof far];
      assert.ok(Math.abs(metres(place, wgs84ToGcj02(place, isShifted)) - expected) < 5, name);
    }
  });

  test('is where it is in Hong Kong, Macao, Taiwan and the neighbours', () => {
    for (const name of ['Hong Kong', 'Macao', 'Taipei', 'Hanoi', 'Seoul', 'Ulan Bator', 'Kathmandu'] as const)
      assert.deepEqual(wgs84ToGcj02(places[name], isShifted), places[name], name);
  });

  test('anywhere outside the mainland is not moved, and anywhere in it by less than 1.2 km', () => {
    fc.assert(
      fc.property(anywhere, (place) => {
        const moved = metres(place, wgs84ToGcj02(place, isShifted));
        assert.ok(isShifted(place) ? moved > 0 && moved < 1_200 : moved === 0);
      }),
    );
    fc.assert(fc.property(inMainland, (place) => assert.ok(metres(place, wgs84ToGcj02(place, isShifted)) < 1_200)));
  });

  test('comes back to within a micrometre', () => {
    fc.assert(
      fc.property(inChina.filter(isFarFromBorder), (place) => {
        assert.ok(metres(gcj02ToWgs84(wgs84ToGcj02(place, isShifted), isShifted), place) < MICROMETRE);
        for (const datum of ['wgs84', 'gcj02', 'bd09'] as const)
          assert.ok(metres(toWgs84(datum, fromWgs84(datum, place, isShifted), isShifted), place) < MICROMETRE, datum);
      }),
    );
    fc.assert(fc.property(inChina, (place) => assert.ok(metres(bd09ToGcj02(gcj02ToBd09(place)), place) < MICROMETRE)));
  });

  test("Baidu's lies 0.6 to 1.3 km from the others' everywhere in China", () => {
    fc.assert(
      fc.property(inChina, (place) => {
        const moved = metres(place, gcj02ToBd09(place));
        assert.ok(moved > 600 && moved < 1_300, String(moved));
      }),
    );
  });
});
