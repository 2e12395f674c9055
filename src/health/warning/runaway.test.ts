import assert from 'node:assert/strict';
import { test } from 'node:test';
import { carPack } from './healthy.ts';
import { riskOf } from './risk.ts';
import { newStream, type Stream, streamed } from './runaway.ts';
import { runawayDelays } from './runawayTrial.ts';
import { type Sample, WrongSession } from './session.ts';
import { newWatch, watchedLive } from './watch.ts';

const { facts } = carPack('NMC');
const sample = (atS: number, celsius: number, mv = 3800) => ({
  atS,
  currentA: 0,
  cellMv: Array.from({ length: facts.cells }, (_, i) => (i === 14 ? mv : 3800)),
  probeC: Array.from({ length: facts.probes }, (_, p) => (p === 2 ? celsius : 25)),
});
const told = (its: readonly Sample[]): Stream =>
  its.reduce((stream, it) => streamed(stream, it, facts), newStream(facts));
const rising = (perS: number, mv: number, everyS = 1) =>
  Array.from({ length: 12 }, (_, n) =>
    sample(100 + n * everyS, n < 3 ? 25 : Math.round(25 + (n - 3) * everyS * perS), n < 3 ? 3800 : mv),
  );

test('a voltage that fell by more than a quarter and 1 °C/s for more than 3 s is thermal runaway, of that cell and probe', () => {
  const { confirmed } = told(rising(1, 2800));
  assert.ok(confirmed);
  assert.deepEqual([confirmed.cell, confirmed.probe], [14, 2]);
  assert.ok(confirmed.confirmedS - 103 > 3 && confirmed.confirmedS - 103 <= 8, `${confirmed.confirmedS}`);
});

test('one of the two alone is not: fast warmth below the maker’s limit, or a low voltage that stays cool', () => {
  assert.equal(told(rising(1, 3800)).confirmed, null);
  assert.equal(told(rising(0, 2000)).confirmed, null);
  assert.equal(told(rising(0.6, 2800)).confirmed, null);
  assert.equal(told(rising(1, 2900)).confirmed, null, '24 % is not more than 25 %');
});

test('warmth at the maker’s limit that still rises is runaway, whatever the voltage says', () => {
  const { confirmed } = told(rising(6, 3800));
  assert.ok(confirmed && confirmed.cell === null && confirmed.probeC >= facts.hottestC);
});

test('a probe that jumps once and stays is a broken probe', () => {
  const jump = Array.from({ length: 20 }, (_, n) => sample(100 + n, n < 5 ? 25 : 90, n < 5 ? 3800 : 2800));
  assert.equal(told(jump).confirmed, null);
});

test('readings that do not come in between do not hide it; samples 10 s apart show it as well', () => {
  const holes = rising(2, 2800).map((it, n) => (n === 5 ? { ...it, probeC: it.probeC.map(() => null) } : it));
  assert.ok(told(holes).confirmed);
  assert.ok(told(rising(1.5, 2800, 10)).confirmed);
});

test('what is told again or late changes nothing; what is no number is refused', () => {
  const stream = told(rising(1, 2800));
  assert.equal(streamed(stream, sample(50, 25), facts), stream);
  assert.throws(() => streamed(stream, sample(200, Number.NaN), facts), WrongSession);
});

test('runaway stops the pack at once, and survives JSON', () => {
  let watch = newWatch(facts);
  for (const it of rising(1, 2800)) watch = JSON.parse(JSON.stringify(watchedLive(watch, it).watch));
  const { level, reasons } = riskOf(watch.signs);
  assert.equal(level, 'stop');
  assert.equal(reasons.length, 1);
  assert.equal(reasons[0]!.detector, 'runaway');
});

test('in a simulated pack with a short of a milliohm the rule is confirmed within 5 s of being fulfilled', () => {
  for (let seed = 100; seed < 104; seed++) assert.ok(runawayDelays({ seed, everyS: 1 }).delayS <= 5);
});
