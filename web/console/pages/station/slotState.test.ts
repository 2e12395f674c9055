import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Slot, slotStateOf } from './slotState.ts';

const slot = (it: Partial<Slot>) =>
  slotStateOf({
    state: 'occupied',
    packCode: 'P' as never,
    soc: 90,
    quarantined: false,
    recalled: false,
    ...it,
  } as Slot);

test('a slot says first what keeps it or its pack from serving, then how full the pack is', () => {
  assert.equal(slot({ state: 'faulted', quarantined: true }), 'faulted');
  assert.equal(slot({ recalled: true, quarantined: true }), 'recalled');
  assert.equal(slot({ quarantined: true }), 'quarantined');
  assert.equal(slot({ packCode: null, state: 'empty', soc: null }), 'empty');
  assert.deepEqual(
    [null, 0, 29.9, 30, 79.9, 80].map((soc) => slot({ soc: soc as Slot['soc'] })),
    ['unread', 'low', 'low', 'filling', 'filling', 'ready'],
  );
});
