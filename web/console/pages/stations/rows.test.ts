import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { changed, type Delta, rowsOf, stateOf } from './rows.ts';

const map = {
  at: '2026-11-22T08:00:00Z',
  clockSpeed: 1,
  simulated: true,
  profiles: ['chassis-robot', 'cabinet'],
  operators: ['op-sz'],
  regions: ['CN-GD-SZ'],
  id: ['SZ-1', 'SZ-2'],
  name: ['Qianhai', '<b>Futian</b>'],
  lon: [114, 114.1],
  lat: [22.5, 22.6],
  profile: [0, 1],
  operator: [0, 0],
  region: [0, -1],
  online: [1, 0],
  ready: [5, 0],
  slots: [27, 12],
  charging: [3, 0],
  queue: [1, 0],
  openSwap: ['removed', null],
  anomalies: [0, 2],
  swapsLastHour: [4, 0],
  swapsToday: [40, 7],
  outOfUse: [null, null],
} as unknown as Parameters<typeof rowsOf>[0];

const delta = (...rows: unknown[]): Delta => ({ at: '2026-11-22T08:00:05Z', rows }) as unknown as Delta;

suite('the rows of the stations', () => {
  test('each column of the map is a field of a row, small words written out', () => {
    const [first, second] = rowsOf(map);
    assert.deepEqual(
      [first!.profile, first!.operator, first!.region, first!.online, first!.openSwap],
      ['chassis-robot', 'op-sz', 'CN-GD-SZ', true, 'removed'],
    );
    assert.deepEqual([second!.profile, second!.region, second!.name], ['cabinet', '', '<b>Futian</b>']);
  });

  test('a change touches its station only, and keeps what does not change', () => {
    const rows = rowsOf(map);
    const { rows: next, isStranger } = changed(rows, [delta(['SZ-2', 1, 4, 12, 2, 0, null, 2, 1, 8, null])]);
    assert.equal(next[0], rows[0]);
    assert.deepEqual([next[1]!.online, next[1]!.ready, next[1]!.swapsToday], [true, 4, 8]);
    assert.equal(next[1]!.name, rows[1]!.name);
    assert.equal(isStranger, false);
  });

  test('a station nobody told us of means that all is read anew', () => {
    assert.ok(changed(rowsOf(map), [delta(['SZ-9', 1, 0, 12, 0, 0, null, 0, 0, 0, null])]).isStranger);
  });

  test('what counts first is whether it can be reached, then whether it is at work, then whether it has packs', () => {
    const at = (it: object) => stateOf({ online: true, openSwap: null, ready: 3, outOfUse: null, ...it });
    assert.deepEqual(
      [
        at({ online: false, openSwap: 'removed' }),
        at({ openSwap: 'blocked' }),
        at({ openSwap: 'stored' }),
        at({ ready: 0 }),
        at({}),
      ],
      ['offline', 'stuck', 'swapping', 'empty', 'idle'],
    );
  });
});
