import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fadeSoFar } from './fade.ts';

const line = (rows: number, loss: number) => Float64Array.from({ length: rows }, (_, i) => 1 - loss * i);

test('a straight fade is told as one: the same loss over all, half and a quarter of the age, and no bend', () => {
  const last = fadeSoFar(line(400, 0.0004), 0.8).at(-1)!;
  for (const name of ['fade, all', 'fade, half', 'fade, quarter'] as const)
    assert.ok(Math.abs(last[name] - 0.0004) < 0.00002, name);
  assert.ok(Math.abs(last.bend) < 0.1);
  const toCome = Math.exp(last['log straight, all']) - 20;
  assert.ok(Math.abs(toCome - 120) < 15, `${toCome}`); // 0.1996 of 0.2 lost at charge 500, seen a twentieth of the age late
});

test('a cell that falls faster than it did has a bend', () => {
  const knee = line(400, 0.0002).map((it, i) => it - 0.001 * Math.max(0, i - 300));
  assert.ok(fadeSoFar(knee, 0.8).at(-1)!.bend > 1);
});

test('what is told of a charge stays when later charges come', () => {
  const whole = line(300, 0.0003).map((it, i) => it + 0.002 * Math.sin(i));
  assert.deepEqual(fadeSoFar(whole.slice(0, 150), 0.8), fadeSoFar(whole, 0.8).slice(0, 150));
});
