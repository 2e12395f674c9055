import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fadesTooFast, knee, trend } from './course.ts';
import { driftAlarms, emptyRegistry, promote, putInShadow, registryIn, rollBack } from './kept/registry.ts';
import { endOfLife, lastRow, remaining } from './life.ts';

const bent = Array.from({ length: 200 }, (_, i) => 1 - 0.0003 * i - 0.002 * Math.max(0, i - 140));

test('a straight fade has no knee; a bent one has it where it bends, and only once it was seen', () => {
  assert.equal(knee(bent.slice(0, 140)), undefined);
  const found = knee(bent);
  assert.ok(found && Math.abs(found.row - 140) <= 2, JSON.stringify(found));
  assert.ok(Math.abs(found.before - 0.0003) < 1e-5 && Math.abs(found.after - 0.0023) < 1e-4);
  const noisy = Array.from({ length: 300 }, (_, i) => 1 - 0.0005 * i + 0.004 * Math.sin(i * i));
  assert.equal(knee(noisy), undefined);
});

test('the trend is the loss in points per hundred charges, and odd estimates do not tilt it', () => {
  assert.ok(Math.abs(trend(bent.slice(0, 100))!.lossPer100 - 3) < 1e-9);
  const odd = bent.slice(0, 100).map((it, i) => (i % 10 === 0 ? it - 0.2 : it));
  assert.ok(Math.abs(trend(odd)!.lossPer100 - 3) < 0.5);
  assert.equal(trend([1, 0.99]), undefined);
});

test('a pack that fades too fast calls for a work order after three checks on end, not after one', () => {
  const fast = { lossPer100: 9, charges: 60 };
  const usual = { lossPer100: 3, charges: 60 };
  assert.equal(fadesTooFast([usual, fast, fast], 5), false);
  assert.equal(fadesTooFast([fast, fast, usual], 5), false);
  assert.equal(fadesTooFast([usual, fast, fast, fast], 5), true);
});

test('life ends at 0.80, or where nine of ten training cells were stopped; what is left counts down to that', () => {
  const cell = (lowest: number) => {
    const soh = Float64Array.from({ length: 101 }, (_, i) => 1 - ((1 - lowest) * i) / 100);
    return { name: `${lowest}`, rows: 101, signals: new Float64Array(), soh };
  };
  assert.equal(endOfLife([cell(0.7), cell(0.75), cell(0.78)]), 0.8);
  assert.equal(endOfLife([cell(0.7), cell(0.862), cell(0.84)]), 0.865);
  const life = cell(0.7);
  assert.equal(lastRow(life, 0.8), 67);
  const left = remaining(life, 0.8);
  assert.deepEqual([left[58], left[59], left[66], left[67]], [Number.NaN, 8, 1, Number.NaN]);
  assert.equal(lastRow(cell(0.9), 0.8), undefined);
  assert.ok(remaining(cell(0.9), 0.8).every(Number.isNaN));
});

const order = { at: '2026-01-01T00:00:00Z', by: 'engineer', why: 'new data' };
const must = (it: ReturnType<typeof promote>) => {
  assert.ok(it.ok, JSON.stringify(it));
  return it.registry;
};

test('a model speaks only after it was in shadow and no worse, and the one before can be called back', () => {
  assert.deepEqual(promote(emptyRegistry, undefined, order), { ok: false, reason: 'no model is in shadow' });
  const first = must(promote(must(putInShadow(emptyRegistry, 'a', order)), undefined, order));
  assert.equal(first.live, 'a');
  assert.deepEqual(rollBack(first, order), { ok: false, reason: 'no model spoke before this one' });
  const rival = must(putInShadow(first, 'b', order));
  assert.equal(rival.live, 'a');
  const good = { packs: 30, liveError: 0.01, shadowError: 0.009, shadowCovered: 0.9 };
  assert.equal(promote(rival, undefined, order).ok, false);
  assert.equal(promote(rival, { ...good, packs: 19 }, order).ok, false);
  assert.equal(promote(rival, { ...good, shadowError: 0.011 }, order).ok, false);
  assert.equal(promote(rival, { ...good, shadowCovered: 0.8 }, order).ok, false);
  const second = must(promote(rival, good, order));
  const back = must(rollBack(second, order));
  assert.deepEqual([second.live, back.live], ['b', 'a']);
  assert.deepEqual(
    back.steps.map((it) => it.did),
    ['shadow', 'promote', 'shadow', 'promote', 'roll back'],
  );
  assert.deepEqual(registryIn(JSON.stringify(back)), back);
});

test('charges unlike those of the training, or intervals that hold too little, raise an alarm', () => {
  const calm = { charges: 1000, widened: 100, abstained: 10, tested: 100, covered: 88 };
  assert.deepEqual(driftAlarms(calm), []);
  assert.equal(driftAlarms({ ...calm, widened: 201 }).length, 1);
  assert.equal(driftAlarms({ ...calm, abstained: 51, covered: 79 }).length, 2);
  assert.deepEqual(driftAlarms({ charges: 10, widened: 10, abstained: 0, tested: 3, covered: 0 }), []);
});
