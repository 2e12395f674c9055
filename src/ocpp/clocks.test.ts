import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { StationId } from '#units';
import { testStart } from '../../test/work.ts';
import { StationClocks } from './clocks.ts';

const here = 'SZ-1' as StationId;
const day = { hours: 24 };

test('nothing that is reported happened later than now, or longer ago than a station can keep it', () => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true, min: new Date(-1e13), max: new Date(2e14) }), (date) => {
      const clocks = new StationClocks(testStart);
      const at = clocks.instantOf(here, date.toISOString(), 'timestamp');
      const agoH = at.until(testStart).total('hours');
      assert.ok(agoH >= 0 && agoH <= 30 * 24);
      const told = Temporal.Instant.fromEpochMilliseconds(date.getTime());
      if (!at.equals(told)) assert.ok(at.equals(testStart));
    }),
  );
});

test('a clock some minutes wrong is believed; one that is years or days wrong is one line, however often it shows', () => {
  const clocks = new StationClocks(testStart);
  const slow = testStart.subtract({ minutes: 20 });
  assert.ok(clocks.instantOf(here, slow.toString(), 'timestamp').equals(slow));
  assert.ok(clocks.instantOf(here, testStart.add({ minutes: 4 }).toString(), 'timestamp').equals(testStart));
  assert.deepEqual(clocks.lines(), []);
  for (const it of ['1970-01-01T00:00:00Z', '9999-12-31T23:59:59Z', testStart.add(day).toString()])
    assert.ok(clocks.instantOf(here, it, 'timestamp').equals(testStart));
  assert.deepEqual(
    clocks.lines().map((it) => [it.stationId, it.kind, it.times]),
    [[here, 'clock-wrong', undefined]],
  );
  assert.throws(() => clocks.instantOf(here, 'yesterday', 'timestamp'), { code: 'PropertyConstraintViolation' });
});

test('a time with more digits than we keep is read, cut to the nanosecond', () => {
  const clocks = new StationClocks(testStart);
  const told = testStart.subtract({ minutes: 1 }).toString().replace('Z', '.123456789987Z');
  const at = clocks.instantOf(here, told, 'timestamp');
  assert.equal(at.toString(), told.replace('987Z', 'Z'));
  assert.deepEqual(clocks.lines(), []);
});
