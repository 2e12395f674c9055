import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { madeUp } from '../../../../../bench/load/map.ts';
import type { Column } from '../../../table/column.ts';
import type { Asked } from '../../../table/filters.ts';
import { changes } from '../canvas/changes.ts';
import { sixteenths } from '../canvas/signs.ts';
import { Board, type Change, type MapNow, type MapThen } from './board.ts';
import { inOrder, passing } from './chosen.ts';
import { heatIn } from './heat.ts';
import { marksIn } from './marks.ts';
import { type Frame, frameOf, latOf, lonOf, mercatorX, mercatorY, wholeCountry } from './mercator.ts';
import { conditionOf } from './moods.ts';

const MANY = 3_000;
const told = madeUp(MANY) as unknown as MapNow;
const atOnce = async () => {};
const all = Array.from({ length: MANY }, (_, n) => n);
const world: Frame = { west: 0, east: 1, north: 0, south: 1 };
const points = { x: new Float64Array(told.lon.map(mercatorX)), y: new Float64Array(told.lat.map(mercatorY)) };
const loaded = async (map: MapNow = told) => {
  const board = new Board();
  await board.load(map, atOnce);
  return board;
};
const change = (id: string, ready: number, online = 1): Change => [id, online, ready, 20, 0, 0, null, 0, 0, 0, null];

suite('the board of the map', () => {
  test('takes changes by the id of the station, and says when one is unknown', async () => {
    const board = await loaded();
    const id = told.id[7]!;
    assert.equal(board.change('2099-01-01T00:00:00Z', [change(id, 13)]), false);
    assert.deepEqual([board.state().states.ready[7], board.state().at], [13, '2099-01-01T00:00:00Z']);
    assert.equal(board.change('2099-01-01T00:00:01Z', [change('nobody', 1)]), true);
  });

  test('what changed while the whole was read is not lost', async () => {
    const board = await loaded();
    board.change('2099-01-01T00:00:00Z', [change(told.id[7]!, 13)]);
    await board.load(told, atOnce);
    assert.equal(board.state().states.ready[7], 13);
  });

  test('shows the past as it was, goes on listening, and comes back to now', async () => {
    const board = await loaded();
    const others = told.id.slice(1);
    const past = { ...told, id: others.toReversed(), ready: others.map(() => 3), asked: told.at };
    board.showThen({ ...past, at: '2026-11-22T00:15:00Z' } as MapThen);
    const { states, isPast } = board.state();
    assert.deepEqual([isPast, states.ready[5], conditionOf(states, 0)], [true, 3, 'unknown']);
    board.change('2099-01-01T00:00:00Z', [change(told.id[5]!, 9)]);
    assert.equal(board.state().states.ready[5], 3);
    board.showNow();
    assert.deepEqual([board.state().isPast, board.state().states.ready[5]], [false, 9]);
  });
});

suite('marks on the map', () => {
  const zooms = fc.integer({ min: 2, max: 16 });

  test('stand for every station in sight, once', async () => {
    const { states } = (await loaded()).state();
    fc.assert(
      fc.property(zooms, fc.double({ min: 1, max: 2, noNaN: true }), (zoom, scale) => {
        const marks = marksIn({ points, states, rows: all, frame: world, zoom, scale });
        assert.equal(
          marks.reduce((sum, it) => sum + it.many, 0),
          MANY,
        );
        assert.equal(new Set(marks.map((it) => it.key)).size, marks.length);
        for (const it of marks)
          assert.equal(
            it.in.reduce((sum, one) => sum + one, 0),
            it.many,
          );
      }),
      { numRuns: 15 },
    );
  });

  test('are never more than a screen can hold, however many stations there are', async () => {
    const { states } = (await loaded()).state();
    for (const zoom of [3, 6, 9, 12]) {
      const half = 0.5 / 2 ** zoom; // of a screen of 512 px, and as much around it
      const frame = {
        west: points.x[0]! - half,
        east: points.x[0]! + half,
        north: points.y[0]! - half,
        south: points.y[0]! + half,
      };
      assert.ok(marksIn({ points, states, rows: all, frame, zoom, scale: 1 }).length <= 100);
    }
  });

  test('are sent again only when they look different', async () => {
    const board = await loaded();
    const asked = { points, rows: all, frame: world, zoom: 14, scale: 1 };
    const { stations } = board.state();
    const first = changes(new Map(), marksIn({ ...asked, states: board.state().states }), stations);
    assert.equal(changes(first.drawn, marksIn({ ...asked, states: board.state().states }), stations).diff, undefined);
    const alone = marksIn({ ...asked, states: board.state().states }).find((it) => it.many === 1)!;
    board.change('2099-01-01T00:00:00Z', [change(told.id[alone.station]!, 19)]);
    const { diff } = changes(first.drawn, marksIn({ ...asked, states: board.state().states }), stations);
    assert.deepEqual(diff?.remove, [alone.key]);
    assert.equal(diff?.add?.[0]?.properties?.packs, '19/20');
    const none = changes(first.drawn, [], stations);
    assert.equal(none.diff?.remove?.length, first.drawn.size);
  });

  test('show in their ring everybody who is there, and add up', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5_000), { minLength: 5, maxLength: 5 }), (shares) => {
        fc.pre(shares.some((it) => it > 0));
        const parts = sixteenths(shares);
        assert.equal(
          parts.reduce((sum, it) => sum + it, 0),
          16,
        );
        shares.forEach((it, n) => void assert.equal(it > 0, parts[n]! > 0));
      }),
    );
  });
});

test('the field of demand holds every swap in sight', async () => {
  const { states } = (await loaded()).state();
  const heat = heatIn({ points, swaps: states.swapsLastHour, rows: all, frame: world, zoom: 5 });
  const sum = (values: Iterable<number>) => [...values].reduce((total, it) => total + it, 0);
  assert.equal(sum(heat.map((it) => it.swaps)), sum(states.swapsLastHour));
});

test('degrees come back from the square of the map', () => {
  const lat = fc.double({ min: -85, max: 85, noNaN: true });
  fc.assert(fc.property(lat, (it) => assert.ok(Math.abs(latOf(mercatorY(it)) - it) < 1e-9)));
  fc.assert(fc.property(lat, (it) => assert.ok(Math.abs(lonOf(mercatorX(it)) - it) < 1e-9)));
});

test('a first look as wide as the country shows all of it, with the South China Sea', () => {
  const wide = wholeCountry(frameOf(points, all)!);
  assert.ok(latOf(wide.south) < 4 && lonOf(wide.east) > 135);
  const town = frameOf(points, [0])!;
  assert.equal(wholeCountry(town), town);
});

suite('which stations are shown', () => {
  const columns: Column<number>[] = [
    { key: 'name', title: 'Name', value: (n) => told.name[n], filter: 'text' },
    { key: 'ready', title: 'Ready', value: (n) => told.ready[n], filter: 'number' },
    { key: 'online', title: 'Online', value: (n) => told.online[n] === 1, filter: 'yes-no' },
  ];
  const ask = (asked: Partial<Asked>): Asked => ({ search: '', filters: {}, sort: undefined, ...asked });

  test('those that pass all filters and hold every word, by name or id, in any case', async () => {
    const { stations } = (await loaded()).state();
    const rows = passing(
      stations,
      columns,
      ask({ search: '北京 st-', filters: { ready: { kind: 'number', min: 5 } } }),
    );
    assert.ok(rows.length > 0 && rows.every((n) => told.name[n]!.includes('北京') && told.ready[n]! >= 5));
    const both = ask({ filters: { ready: { kind: 'number', min: 5 }, online: { kind: 'yes-no', is: false } } });
    assert.ok(passing(stations, columns, both).every((n) => told.ready[n]! >= 5 && told.online[n] === 0));
    assert.equal(passing(stations, columns, ask({})).length, MANY);
  });

  test('in the order asked for, numbers in names as numbers, equal ones as they came', () => {
    const byName = inOrder(all, columns, ask({ search: '', sort: { key: 'name', down: false } }));
    const numbers = byName.filter((n) => told.name[n]!.startsWith('北京'));
    assert.deepEqual(
      numbers,
      numbers.toSorted((a, b) => a - b),
    );
    const byReady = inOrder(all, columns, ask({ sort: { key: 'ready', down: true } }));
    byReady.slice(1).forEach((n, at) => {
      const before = byReady[at]!;
      assert.ok(told.ready[before]! > told.ready[n]! || (told.ready[before] === told.ready[n] && before < n));
    });
  });
});
