// The filter on readings of a twin that differs from what was believed, with the noise of its sensors.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Celsius, type Chance, chance, Percent } from '#units';
import { type Belief, believed, followed } from './follow.ts';
import { kinds } from './kind.ts';
import { learnt, unknownScale } from './learn.ts';
import { PackTwin } from './packTwin.ts';
import { sensed } from './sense.ts';

const AH = 100;

/** A pack of so much capacity and resistance is driven and charged for some days, and a belief follows. */
function follow(
  model: string,
  { capacity, ohms, soc, believedSoc }: { capacity: number; ohms: number; soc: number; believedSoc: number },
  { days = 4, seed = 1, offA = 0, spoil = (volt: number | null, _n: number): number | null => volt } = {},
): { pack: PackTwin; belief: Belief } {
  const pack = new PackTwin({ model, series: 6, capacityAh: AH, soc: Percent(100 * soc) });
  pack.cells.capacityAh.fill(AH * capacity);
  pack.cells.ohms.fill(ohms);
  const dice: Chance = chance(seed);
  let belief = believed({ soc: believedSoc });
  let isCharging = false;
  for (let n = 0; n < days * 1440; n++) {
    const full = pack.cells.soc[0]!;
    if (full < 0.1) isCharging = true;
    if (full > 0.97) isCharging = false;
    const limit = pack.chargeLimitA();
    const ampere = isCharging ? -Math.min(60, limit) : 25 + 25 * Math.sin(n / 7) + 20 * (dice.next() - 0.5);
    pack.step(ampere, 60, Celsius(25));
    pack.cells.capacityAh.fill(AH * capacity); // no ageing here: what is looked for stands still
    pack.cells.ohms.fill(ohms);
    const { currentA, cellVolts, celsius } = sensed(pack, ampere, dice);
    belief = followed(belief, kinds[pack.model.chemistry], AH, {
      seconds: 60,
      currentA: (currentA ?? ampere) + offA,
      celsius: celsius[0] ?? 25,
      cellV: spoil(cellVolts[0]!, n),
    });
  }
  return { pack, belief };
}

const worn = { capacity: 0.86, ohms: 1.5, soc: 0.7, believedSoc: 0.55 };

test('an NMC or NCA pack that was believed new is found out within four days: charge to 2 %, capacity to 2 %, resistance to 5 %', () => {
  for (const model of ['nmc-75a', 'nca-panasonic'])
    for (const seed of [1, 2, 3]) {
      const { pack, belief } = follow(model, worn, { seed });
      const [soc, , capacity, ohms] = belief.mean;
      assert.ok(Math.abs(soc - pack.cells.soc[0]!) < 0.02, `${model}: charge ${soc}, truly ${pack.cells.soc[0]}`);
      assert.ok(Math.abs(capacity - 0.86) < 0.02, `${model}: capacity ${capacity}`);
      assert.ok(Math.abs(ohms / 1.5 - 1) < 0.05, `${model}: resistance ${ohms}`);
    }
});

test('an LFP pack, whose plateau tells little, is found out within six days: charge to 2 %, capacity to 2 %, resistance to 5 %', () => {
  for (const seed of [1, 2, 3]) {
    const { pack, belief } = follow('lfp-250', worn, { seed, days: 6 });
    const [soc, , capacity, ohms] = belief.mean;
    assert.ok(Math.abs(soc - pack.cells.soc[0]!) < 0.02, `charge ${soc}, truly ${pack.cells.soc[0]}`);
    assert.ok(Math.abs(capacity - 0.86) < 0.02, `capacity ${capacity}`);
    assert.ok(Math.abs(ohms / 1.5 - 1) < 0.05, `resistance ${ohms}`);
  }
});

test('sensors that are always a little wrong lead it astray by no more than two points', () => {
  for (const model of ['nmc-75a', 'nca-panasonic', 'lfp-250'])
    for (const wrong of [{ offA: 0.5 }, { offA: -0.5 }, { spoil: (volt: number | null) => volt && volt + 0.005 }]) {
      const { pack, belief } = follow(model, worn, { days: 6, ...wrong });
      assert.ok(Math.abs(belief.mean[0] - pack.cells.soc[0]!) < 0.02, `${model}: charge ${belief.mean[0]}`);
      assert.ok(Math.abs(belief.mean[2] - 0.86) < 0.02, `${model}: capacity ${belief.mean[2]}`);
    }
});

test('to follow is better than to believe: counting charge alone stays as wrong as it began', () => {
  const { pack, belief } = follow('nmc-75a', worn);
  const { belief: blind } = follow('nmc-75a', worn, { spoil: () => null });
  const miss = (it: Belief) => Math.abs(it.mean[0] - pack.cells.soc[0]!);
  assert.ok(miss(blind) > 0.05 && miss(belief) < 0.02, `${miss(blind)} ${miss(belief)}`);
  assert.equal(blind.mean[2], 1);
});

test('single readings that cannot be are not believed; a sensor that stays away leaves the count', () => {
  const { belief } = follow('nmc-75a', worn, { spoil: (volt, n) => (n % 50 === 7 ? 5 : n % 31 === 3 ? null : volt) });
  assert.ok(Math.abs(belief.mean[2] - 0.86) < 0.025, `${belief.mean[2]}`);
});

test('who follows knows how sure it is: less sure of an LFP pack in its plateau than of an NMC pack', () => {
  const doubt = (it: Belief) => Math.sqrt(it.spread[0]!);
  const lfp = follow('lfp-250', { ...worn, soc: 0.6 }, { days: 0.05 }).belief;
  const nmc = follow('nmc-75a', { ...worn, soc: 0.6 }, { days: 0.05 }).belief;
  assert.ok(doubt(lfp) > 2 * doubt(nmc), `${doubt(lfp)} ${doubt(nmc)}`);
  const { belief, pack } = follow('nmc-75a', worn);
  assert.ok(Math.abs(belief.mean[0] - pack.cells.soc[0]!) < 4 * doubt(belief) + 0.005);
});

test('whatever is read, what is believed stays a pack: finite, in bounds, with no variance below nothing', () => {
  const anything = fc.array(
    fc.record({
      seconds: fc.integer({ min: 1, max: 86_400 }),
      currentA: fc.double({ min: -500, max: 500, noNaN: true }),
      celsius: fc.double({ min: -40, max: 90, noNaN: true }),
      cellV: fc.option(fc.double({ min: -1, max: 6, noNaN: true })),
    }),
    { maxLength: 80 },
  );
  fc.assert(
    fc.property(fc.constantFrom('LFP' as const, 'NMC' as const, 'NCA' as const), anything, (chemistry, readings) => {
      let belief = believed({ soc: 0.5 });
      for (const it of readings) belief = followed(belief, kinds[chemistry], AH, it);
      assert.ok([...belief.mean, ...belief.spread].every(Number.isFinite), JSON.stringify(belief));
      const [, , capacity, ohms] = belief.mean;
      assert.ok(capacity >= 0.2 && capacity <= 1.3 && ohms >= 0.2 && ohms <= 10);
      for (const n of [0, 5, 10, 15]) assert.ok(belief.spread[n]! >= -1e-12);
    }),
  );
});

test('a pack’s own pace is learnt from its tests: between the fleet’s and its own, nearer to what is surer', () => {
  const first = learnt(unknownScale, { loss: 0.06, deviation: 0.01, expected: 0.04 });
  assert.ok(first.mean > 1 && first.mean < 1.5 && first.deviation < unknownScale.deviation);
  let scale = unknownScale;
  for (let n = 1; n <= 20; n++) scale = learnt(scale, { loss: 0.015 * n, deviation: 0.01, expected: 0.01 * n });
  assert.ok(Math.abs(scale.mean - 1.5) < 0.02 && scale.deviation < 0.03, JSON.stringify(scale));
  assert.deepEqual(learnt(unknownScale, { loss: 0.01, deviation: 0.01, expected: 0 }).mean, 1);
  assert.throws(() => learnt(unknownScale, { loss: 0.1, deviation: 0, expected: 0.1 }), RangeError);
});
