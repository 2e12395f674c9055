import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chance } from '#units';
import { rhythmOf } from './rhythm.ts';

const dice = chance(4);
const beats = [-0.015, -0.01, 0.013, 0.016, -0.004];
const ten = (of: (i: number) => number) => Array.from({ length: 10 }, (_, i) => 0.95 - 0.0003 * i + of(i));

test('a duty that repeats every five days is heard in the first ten capacities, the fade apart', () => {
  const heard = rhythmOf(ten((i) => beats[i % 5]! + 0.0005 * (dice.next() - 0.5)));
  assert.equal(heard?.length, 5);
  heard.forEach((it, k) => {
    assert.ok(Math.abs(it - beats[k]!) < 0.002, `beat ${k}: ${it}`);
  });
});

test('noise has no rhythm, most of the time, and a plain fade never has', () => {
  const plain = rhythmOf(ten(() => 0));
  assert.ok((plain ?? []).every((it) => Math.abs(it) < 1e-9));
  const imagined = Array.from({ length: 200 }, () => rhythmOf(ten(() => 0.01 * (dice.next() - 0.5))));
  assert.ok(imagined.filter((it) => it !== undefined).length < 60);
});

test('too few capacities have no rhythm', () => {
  for (const few of [[], [0.9], [0.9, 0.91, 0.9]]) assert.equal(rhythmOf(few), undefined);
});
