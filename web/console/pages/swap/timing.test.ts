import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { looksOf, offBy, type TimedStep } from './timing.ts';

const step = (name: string, it: Partial<TimedStep> = {}): TimedStep => ({
  step: name,
  at: null,
  tookS: null,
  expectedS: null,
  isNext: false,
  ...it,
});
const at = '2026-11-22T08:00:00Z';

suite('the steps of a swap as they are shown', () => {
  test('a step that the station left out is not one that is still to come', () => {
    const looks = looksOf([step('reserved'), step('arrived', { at }), step('identified', { isNext: true })], false);
    assert.deepEqual(
      looks.map((it) => it.is),
      ['skipped', 'done', 'next'],
    );
  });

  test('nothing comes next in a swap that is over', () => {
    assert.equal(looksOf([step('arrived', { at }), step('identified', { isNext: true })], true)[1]!.is, 'open');
  });

  test('a step is late or early only when it is off by more than a fifth and by more than two seconds', () => {
    assert.deepEqual(
      [offBy(12, 10), offBy(13, 10), offBy(6, 10), offBy(125, 120), offBy(150, 120)].map((it) => it?.is),
      ['in-time', 'late', 'early', 'in-time', 'late'],
    );
  });

  test('without a time or an expectation nothing is judged, and a difference is never below zero', () => {
    assert.equal(offBy(null, 10), undefined);
    assert.equal(offBy(10, null), undefined);
    fc.assert(fc.property(fc.nat(9999), fc.nat(9999), (took, expected) => offBy(took, expected)!.byS >= 0));
  });
});
