import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wire } from './api.ts';

test('a time of the wire may be finer than a nanosecond: it is cut, not refused', () => {
  for (const [told, kept] of [
    ['2026-11-22T11:00:00.123456789987Z', '2026-11-22T11:00:00.123456789Z'],
    ['2026-11-22T11:00:00.5Z', '2026-11-22T11:00:00.5Z'],
    ['2026-11-22T11:00:00Z', '2026-11-22T11:00:00Z'],
  ] as const)
    assert.equal(wire.instant.parse(told).toString(), kept);
});
