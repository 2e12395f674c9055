import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { everything, filtered, hasProblem, standingOf } from './filter.ts';
import { network, slot, station } from './samples.ts';
import { columnsFor, isCharging, lookOf } from './slots.ts';
import { progressOf } from './steps.ts';
import { networkTime } from './time.ts';
import { columnsIn, rowsInSight } from './window.ts';

suite('the steps of a swap', () => {
  test('13 of 13 are done when the vehicle has left', () => {
    assert.deepEqual(progressOf({ state: 'released' }), { done: 13, mood: 'done' });
    assert.deepEqual(progressOf({ state: 'reserved' }), { done: 1, mood: 'going' });
  });

  test('a failed swap shows how far the packs had come', () => {
    assert.deepEqual(progressOf({ state: 'blocked', returned: [1], given: [1] }), { done: 10, mood: 'waiting' });
    assert.deepEqual(progressOf({ state: 'aborted', returned: [1] }), { done: 8, mood: 'over' });
    assert.equal(progressOf({ state: 'some newer state' }).mood, 'over');
  });
});

suite('filters', () => {
  const fine = station('S1', { name: '合肥政务区' });
  const offline = station('S2', { online: false });
  const faulty = station('S3', { slots: [slot({ state: 'faulted' })] });
  const all = [fine, offline, faulty];
  const shown = (change: object) => filtered(all, { ...everything, ...change }).map((it) => it.id);

  test('a station is found by parts of its name or id, in any order', () => {
    assert.deepEqual(shown({ text: '合肥' }), ['S1']);
    assert.deepEqual(shown({ text: 's3 station' }), ['S3']);
    assert.deepEqual(shown({ text: ' ' }), ['S1', 'S2', 'S3']);
  });

  test('conditions hold together', () => {
    assert.deepEqual(shown({ onlyProblems: true }), ['S2', 'S3']);
    assert.deepEqual(shown({ onlyProblems: true, onlyOnline: true }), ['S3']);
    assert.deepEqual(shown({ onlyOnline: true, text: 's2' }), []);
  });

  test('a station out of use is none to drive to, and one that is not connected is above all not connected', () => {
    const outOfUse = { why: 'alarm', since: '2026-11-22T08:00:00Z' } as const;
    const standings = [{}, { outOfUse }, { online: false }, { online: false, outOfUse }].map((it) => station('S', it));
    assert.deepEqual(standings.map(standingOf), ['online', 'outOfUse', 'offline', 'offline']);
    assert.deepEqual(standings.map(hasProblem), [false, true, true, true]);
  });

  test('nothing to hand out, a report of today and a blocked swap are problems', () => {
    const openSwap = { id: 'x', state: 'blocked', startedAt: '' } as never;
    assert.ok([{ ready: 0 }, { anomalies24h: 1 }, { openSwap }].every((it) => hasProblem(station('S', it))));
    assert.ok(!hasProblem(fine));
  });
});

suite('slots', () => {
  test('look by what can be done with the pack', () => {
    const looks = [
      { soc: 80 },
      { soc: 79 },
      { soc: 29 },
      { soc: null },
      { quarantined: true },
      { state: 'faulted' as const },
    ];
    assert.deepEqual(
      looks.map((it) => lookOf(slot(it as never))),
      ['ready', 'filling', 'low', 'unknown', 'quarantined', 'faulted'],
    );
    assert.equal(lookOf(slot({ state: 'empty', packCode: null, soc: null })), 'empty');
    assert.ok(isCharging(slot({ powerW: 1 as never })) && !isCharging(slot()));
  });

  test('any number of them stands in rows of at most 15', () => {
    assert.deepEqual(
      [7, 12, 21, 27, 30, 39].map((it) => columnsFor(it)),
      [7, 6, 11, 14, 15, 13],
    );
    fc.assert(fc.property(fc.integer({ min: 0, max: 500 }), (n) => columnsFor(n) >= 1 && columnsFor(n) <= 15));
  });
});

suite('a list of thousands', () => {
  test('draws every row that is seen, and few that are not', () => {
    const anyTop = fc.integer({ min: 0, max: 500_000 });
    fc.assert(
      fc.property(
        anyTop,
        fc.integer({ min: 1, max: 2_000 }),
        fc.integer({ min: 0, max: 3_000 }),
        (top, height, rows) => {
          const { first, end } = rowsInSight({ top, height }, 168, rows);
          for (let row = Math.floor(top / 168); row < Math.min(rows, (top + height) / 168); row++)
            assert.ok(row >= first && row < end);
          assert.ok(end - first <= height / 168 + 7 && first >= 0 && end <= rows);
        },
      ),
    );
  });

  test('has as many columns as there is room', () => {
    assert.deepEqual(
      [0, 300, 620, 940].map((it) => columnsIn(it, 290, 10)),
      [1, 1, 2, 3],
    );
  });
});

test("the network's clock runs at the network's speed from the last reading on", () => {
  const at = networkTime(network([]), { fetchedAt: 1_000, now: 4_000 });
  assert.equal(new Date(at).toISOString(), '2026-11-22T08:01:00.000Z');
});
