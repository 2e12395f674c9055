// Remaining life beside that of twins which live on under the same use, each at its own pace.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { duties, dutyUsage, normal, over, PackTwin, usualSpread } from '#twin';
import { type Chance, chance } from '#units';
import type { Band } from './estimate.ts';
import { type Left, remainingLife } from './life.ts';

const MODELS = { LFP: 'lfp-250', NMC: 'nmc-75a' } as const;
/** Whatever is longer than is said. */
const LONG = 30 * 365;
const band = (value: number, wide: number): Band => ({ value, lower: value - wide, upper: value + wide });

/** A pack of a taxi until some day of its life, what is estimated then, and how many days it lasts in truth. */
function lived(chemistry: 'LFP' | 'NMC', dice: Chance) {
  const [taxi] = duties;
  const month = over(dutyUsage(taxi, taxi.policy, 17), 30);
  const pack = new PackTwin({
    ...{ model: MODELS[chemistry], series: 24, capacityAh: 100 },
    spread: { of: usualSpread, dice },
  });
  const askedAt = 3 + Math.floor(12 * dice.next());
  let asked: { days: Left; mean: number } | undefined;
  for (let months = 1; ; months++) {
    pack.live(month);
    const { soh } = pack.truth();
    if (months === askedAt) {
      const it = { chemistry, ageDays: 30 * months, efc: 30 * months * taxi.efcPerDay };
      const measured = { ...it, soh: band(soh + 0.8 * normal(dice), 1.3) };
      asked = {
        days: remainingLife(measured).days,
        mean: remainingLife({ ...it, soh: band(97, 20) }).days.value ?? LONG,
      };
    }
    if (soh <= 80 || months > 400)
      return asked && months < 400 ? { ...asked, truth: 30 * (months - askedAt) } : undefined;
  }
}

test('the band holds what a pack truly lasts in 80 of 100, and its own estimates say more than the usual life of its kind', () => {
  for (const chemistry of ['LFP', 'NMC'] as const) {
    const all = Array.from({ length: 40 }, (_, n) => lived(chemistry, chance(11).fork(`${n}`))).filter((it) => it);
    assert.ok(all.length >= 20, `${all.length} packs end`);
    const inside = all.filter((it) => it!.days.lower <= it!.truth && it!.truth <= (it!.days.upper ?? Infinity));
    assert.ok(inside.length >= 0.8 * all.length, `${chemistry}: ${inside.length} of ${all.length}`);
    const off = (of: (it: NonNullable<(typeof all)[number]>) => number) =>
      all.reduce((sum, it) => sum + Math.abs(of(it!) - it!.truth), 0);
    assert.ok(off((it) => it.days.value ?? LONG) < off((it) => it.mean), chemistry);
  }
});

test('a pack below the end has no life left, one that is better lasts longer', () => {
  const life = (soh: number) => remainingLife({ chemistry: 'LFP', ageDays: 700, efc: 300, soh: band(soh, 1) }).days;
  assert.deepEqual(life(70), { value: 0, lower: 0, upper: 0 });
  fc.assert(
    fc.property(fc.double({ min: 82, max: 99, noNaN: true }), (soh) => {
      const [worse, better] = [life(soh), life(soh + 1)];
      assert.ok((worse.value ?? LONG) <= (better.value ?? LONG));
      assert.ok(worse.lower <= (worse.value ?? LONG) && (worse.value ?? LONG) <= (worse.upper ?? LONG));
    }),
    { numRuns: 30 },
  );
});

test('a pack that outlasts all that is looked at lasts "at least so long", not exactly so long', () => {
  const { days, efc } = remainingLife({ chemistry: 'LFP', ageDays: 400, efc: 40, soh: band(99.5, 0.3) });
  assert.equal(days.value, null);
  assert.equal(days.upper, null);
  assert.equal(efc.upper, null);
  assert.ok(days.lower > 10 * 365 && days.lower <= LONG - 400);
});

test('an age that no pack has is refused', () => {
  assert.throws(() => remainingLife({ chemistry: 'LFP', ageDays: -1, efc: 0, soh: band(90, 1) }), RangeError);
});
