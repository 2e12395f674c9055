import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { apart, arranged, FEW, type Mark } from './arrange.ts';
import { cities } from './cities.ts';
import { citiesInSight, cityNames, placed, widthOf } from './labels.ts';
import { frameAround, moved, project, scaleBar, zoomed } from './projection.ts';

const size = { width: 400, height: 300 };
const place = fc.record({
  latitude: fc.double({ min: 18, max: 53, noNaN: true }),
  longitude: fc.double({ min: 74, max: 134, noNaN: true }),
});
const [hefei, shenzhen] = [
  { latitude: 31.82, longitude: 117.23 },
  { latitude: 22.54, longitude: 114.06 },
];

suite('the map', () => {
  test('shows every station of a network, wherever they are', () => {
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 50 }), (places) => {
        const frame = frameAround(places, size);
        for (const it of places) {
          const { x, y } = project(frame, size, it);
          assert.ok(x >= 0 && x <= size.width && y >= 0 && y <= size.height, `${x} ${y}`);
        }
      }),
    );
  });

  test('has north above and east to the right, and one station in the middle', () => {
    const frame = frameAround([hefei, shenzhen], size);
    const [north, south] = [project(frame, size, hefei), project(frame, size, shenzhen)];
    assert.ok(north.y < south.y && north.x > south.x);
    assert.deepEqual(project(frameAround([hefei], size), size, hefei), { x: 200, y: 150 });
  });

  test('keeps what is under the pointer there when it zooms', () => {
    const frame = frameAround([hefei, shenzhen], size);
    const at = project(frame, size, shenzhen);
    const nearer = project(zoomed(frame, size, 2, at), size, shenzhen);
    assert.ok(Math.hypot(nearer.x - at.x, nearer.y - at.y) < 3);
  });

  test('follows the hand that drags it', () => {
    const frame = frameAround([hefei], size);
    const { x, y } = project(moved(frame, 30, -20), size, hefei);
    assert.ok(Math.abs(x - 230) < 0.1 && Math.abs(y - 130) < 0.1);
  });

  test('has a scale bar of a round length', () => {
    const bar = scaleBar({ middle: hefei, kmPerPx: 3.3 }, 90);
    assert.deepEqual([bar.km, Math.round(bar.px)], [200, 61]);
  });
});

suite('marks', () => {
  const spots = fc.array(fc.record({ x: fc.integer({ min: 20, max: 380 }), y: fc.integer({ min: 20, max: 280 }) }), {
    maxLength: 24,
  });

  test('of stations in one place are pushed apart until each can be seen and hit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), (n) => {
        const marks = apart(
          Array.from({ length: n }, () => mark(200, 150)),
          size,
        );
        for (const [i, a] of marks.entries())
          for (const b of marks.slice(i + 1)) assert.ok(Math.hypot(a.x - b.x, a.y - b.y) > a.radius + b.radius);
      }),
    );
  });

  test('stay in the picture and are the same each time', () => {
    fc.assert(
      fc.property(spots, (points) => {
        const marks = () =>
          apart(
            points.map(({ x, y }) => mark(x, y)),
            size,
          );
        assert.deepEqual(marks(), marks());
        for (const { x, y } of marks()) assert.ok(x >= 0 && x <= size.width && y >= 0 && y <= size.height);
      }),
    );
  });

  test('of many stations are heaps that lose none', () => {
    const many = Array.from({ length: 1_400 }, (_, n) => ({ item: n, at: { x: (n * 37) % 400, y: (n * 61) % 300 } }));
    const marks = arranged(many, size);
    assert.ok(marks.length < 100);
    assert.deepEqual(new Set(marks.flatMap((it) => it.items)), new Set(many.map((it) => it.item)));
  });

  test('of few stations are single ones', () => {
    const few = Array.from({ length: FEW }, (_, n) => ({ item: n, at: { x: n * 9, y: 100 } }));
    assert.equal(arranged(few, size).length, FEW);
  });
});

suite('names', () => {
  test('a city with stations is named beside their marks, one without where no mark is in the way', () => {
    const frame = frameAround([hefei, shenzhen], size);
    const at = project(frame, size, hefei);
    const names = cityNames(citiesInSight(frame, size, 'en'), [{ ...mark(at.x, at.y), items: [1, 2] }], frame);
    assert.equal(names[0]?.text, 'Hefei');
    assert.ok(names.some((it) => it.text === 'Shenzhen'));
    assert.ok(names.every((it) => it.text !== 'Hefei' || it.away > 11));
  });

  test('never overlap each other', () => {
    const frame = frameAround(cities, size);
    const labels = placed(cityNames(citiesInSight(frame, size, 'zh'), [], frame), [], size);
    assert.ok(labels.length > 8);
    for (const [i, a] of labels.entries())
      for (const b of labels.slice(i + 1)) {
        const room = (widthOf(a.text) + widthOf(b.text)) / 2;
        assert.ok(Math.abs(a.y - b.y) >= 15 || Math.abs(a.x - b.x) >= room - 0.01, `${a.text} ${b.text}`);
      }
  });
});

const mark = (x: number, y: number): Mark<number> => ({ x, y, from: { x, y }, radius: 11, items: [1] });
