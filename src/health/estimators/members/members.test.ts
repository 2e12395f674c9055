import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Boost, growBoost } from './boost.ts';
import { solveSymmetric } from './matrix.ts';
import { fitProcess } from './process.ts';
import { fitRidge, scoreRidge } from './ridge.ts';
import { scoreBoost } from './scoreBoost.ts';
import { scoreProcess } from './scoreProcess.ts';
import type { Lesson } from './table.ts';

const near = (is: number, should: number, by = 1e-9) =>
  assert.ok(Math.abs(is - should) <= by, `${is} is not ${should}`);
const scale = { middle: [1, 0], spread: [2, 1], low: [-3, -4], high: [5, 4] };
const asked = { columns: ['a', 'b'], rows: 2, x: Float64Array.of(3, 9, 0.5, -2) }; // (3, 0.5) and (9, -2)

test('golden vectors, worked out by hand: trees, ridge and process give these figures and no other', () => {
  const boost: Boost = {
    kind: 'boost',
    columns: ['a', 'b'],
    depth: 2,
    base: 0.9,
    feature: [0, 1, 1, 0],
    threshold: [4, 0, -1, 3],
    leaf: [0.01, 0.02, 0.03, 0.04, 0.1, 0.2, 0.3, 0.4],
  };
  // Row 1: a > 4 no, b > 0 yes: leaf 2; b > -1 yes, a > 3 no: leaf 1. Row 2: yes, no: 1; no, yes: 2.
  const trees = scoreBoost(boost, asked);
  near(trees[0]!, 0.9 + 0.03 + 0.2);
  near(trees[1]!, 0.9 + 0.02 + 0.3);
  // Scaled: (1, 0.5) and, held at 5, (2, -2).
  const line = scoreRidge({ kind: 'ridge', columns: ['a', 'b'], scale, base: 0.5, slope: [0.1, -0.2] }, asked);
  near(line[0]!, 0.5 + 0.1 - 0.1);
  near(line[1]!, 0.5 + 0.2 + 0.4);
  const one = { kind: 'process', columns: ['a', 'b'], scale, base: 0.8, length: 2, linear: 0.5 } as const;
  const likeness = scoreProcess({ ...one, inducing: [1, 1], weight: [0.3] }, asked);
  near(likeness[0]!, 0.8 + 0.3 * (Math.exp(-0.25 / 16) + 0.25 * 1.5));
  near(likeness[1]!, 0.8 + 0.3 * (Math.exp(-10 / 16) + 0.25 * 0));
});

const many = 400;
const wave: Lesson = {
  columns: ['a', 'b'],
  rows: many,
  x: Float64Array.from({ length: 2 * many }, (_, i) => (i < many ? i / many : ((i * 7919) % many) / many)),
  y: Float64Array.from({ length: many }, (_, i) => Math.sin(6 * (i / many)) + ((i * 7919) % many) / many),
  weight: new Float64Array(many).fill(1),
  cell: new Int32Array(many),
};
const rms = (estimate: Float64Array) =>
  Math.sqrt(estimate.reduce((sum, it, i) => sum + (it - wave.y[i]!) ** 2, 0) / many);
const settings = { rounds: 150, depth: 3, rate: 0.1, ridge: 1, columnShare: 1, seed: 1 } as const;

test('trees and the process follow a curve that no straight line can', () => {
  assert.ok(rms(scoreRidge(fitRidge(wave, 1e-6), wave)) > 0.2);
  assert.ok(rms(scoreBoost(growBoost(wave, { ...settings, loss: 'squared' }), wave)) < 0.06);
  const how = { inducing: 60, length: 0.5, linear: 1, noise: 0.05, seed: 1 };
  assert.ok(rms(scoreProcess(fitProcess(wave, how), wave)) < 0.06);
});

test('trees grown for a quantile leave that share of the rows below them', () => {
  for (const level of [0.2, 0.8]) {
    const estimate = scoreBoost(growBoost(wave, { ...settings, rounds: 60, loss: level }), wave);
    const below = wave.y.filter((it, i) => it <= estimate[i]!).length / many;
    assert.ok(Math.abs(below - level) < 0.1, `${below} of the rows are below the quantile ${level}`);
  }
});

test('the process does not break on rows that are copies of each other, however small the noise it is told', () => {
  const copies: Lesson = { ...wave, x: wave.x.map((it) => Math.round(4 * it)) };
  const estimate = scoreProcess(fitProcess(copies, { inducing: 80, length: 3, linear: 1, noise: 0, seed: 1 }), copies);
  assert.ok(estimate.every(Number.isFinite));
});

test('a singular system is solved with a jitter, and one that holds no numbers is an error', () => {
  const solution = solveSymmetric(Float64Array.of(1, 1, 1, 1), 2, Float64Array.of(2, 2));
  near(solution[0]! + solution[1]!, 2, 1e-6);
  assert.throws(() => solveSymmetric(Float64Array.of(Number.NaN), 1, Float64Array.of(1)), /no number/);
});
