import assert from 'node:assert/strict';
import { test } from 'node:test';
import { periodOf } from './period.ts';

test('a period of days begins and ends with them, in the network’s zone', () => {
  assert.deepEqual(periodOf({ from: '2026-11-01', until: '2026-11-30' }), {
    from: '2026-10-31T16:00:00.000Z',
    to: '2026-11-30T16:00:00.000Z',
  });
  assert.deepEqual(periodOf({ from: '2026-12-31', until: '2026-12-31' }), {
    from: '2026-12-30T16:00:00.000Z',
    to: '2026-12-31T16:00:00.000Z',
  });
  assert.deepEqual(periodOf({ from: '', until: '2026-13-40' }), {}, 'what is no day is not asked for');
});
