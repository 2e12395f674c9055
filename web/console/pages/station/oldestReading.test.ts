import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oldestReading } from './oldestReading.ts';

test('a figure of many slots is as old as the oldest reading behind it, whatever the instants look like', () => {
  const slots = [
    { packCode: 'A', powerW: 40_000, measuredAt: '2026-11-22T08:00:00.5Z' },
    { packCode: 'B', powerW: 42_000, measuredAt: '2026-11-22T08:00:00Z' },
    { packCode: 'C', powerW: 0, measuredAt: '2026-11-22T07:00:00Z' },
    { packCode: null, powerW: 0, measuredAt: '2026-11-22T01:00:00Z' },
    { packCode: 'D', powerW: 1, measuredAt: null },
  ] as never[];
  assert.equal(
    oldestReading(slots, (it) => it.powerW > 0),
    '2026-11-22T08:00:00Z',
  );
  assert.equal(
    oldestReading(slots, (it) => it.packCode !== null),
    '2026-11-22T07:00:00Z',
  );
  assert.equal(
    oldestReading([], () => true),
    undefined,
  );
});
