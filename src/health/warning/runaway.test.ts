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
  for (let seed = 100; seed < 104; seed++)
    for (const everyS of [1, 2, 5]) {
      const { delayS } = runawayDelays({ seed, everyS });
      assert.ok(delayS <= 5, `${delayS} s, told every ${everyS} s`);
    }
});

/** Of one probe, told every so many seconds. */
const reads = (everyS: number, celsius: readonly number[], mv: readonly number[] = []) =>
  celsius.map((it, n) => sample(100 + n * everyS, it, mv[n] ?? 3800));

test('one wild reading convicts nobody, however far apart the samples are and however wild it is', () => {
  for (const wild of [61, 85, 150, 199, 999, -60, 1e9])
    for (const everyS of [1, 2, 5, 10, 55]) {
      const { confirmed } = told(reads(everyS, [25, 25, wild, 25, 25, 26]));
      assert.equal(confirmed, null, `${wild} °C, every ${everyS} s`);
    }
  assert.equal(told(reads(5, [25, 85, 25, 85, 25, 85, 25])).confirmed, null, 'a loose plug');
  const deadWire = [3800, 0, 0, 0, 0, 0, 0, 0, 0];
  assert.equal(told(reads(20, [25, 25, 25, 25, 85, 25, 25, 25], deadWire)).confirmed, null, 'nor beside a dead wire');
});

test('a jump over a gap is runaway when the next reading is as hot, or the cell beside it falls in the same moments', () => {
  const stays = told(reads(5, [25, 25, 70, 71])).confirmed;
  assert.deepEqual([stays?.probe, stays?.cell, stays?.sinceS, stays?.confirmedS], [2, null, 105, 115]);
  const falls = told(reads(5, [25, 25, 45], [3800, 3800, 2500])).confirmed;
  assert.deepEqual([falls?.cell, falls?.confirmedS], [14, 110]);
  assert.equal(told(reads(55, [25, 70, 69])).confirmed, null, 'a mean of less than a degree a second proves nothing');
});

test('a probe that climbs out of its range is believed; one that is there at once is broken', () => {
  assert.ok(told(reads(5, [25, 120, 320, 600])).confirmed);
  assert.equal(told(reads(5, [25, 320, 600, 600])).confirmed, null);
});
