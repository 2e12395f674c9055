import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { chance } from '#units';
import { duties, dutyUsage } from './api/duty.ts';
import { newFleet, stepFleet } from './api/fleet.ts';
import { withKnee } from './api/knee.ts';
import { aged, capacityOf, unworn } from './api/model.ts';
import { modelOf, models } from './api/models.ts';
import { type Individual, individual, noSpread, usualSpread } from './api/spread.ts';
import { over } from './api/use.ts';
import { PackTwin } from './packTwin.ts';

const uses = duties.map((it) => dutyUsage(it, it.policy, 20));
const spans = (days: number) => uses.map((it) => [over(it, days)]);
const someone = fc.record({
  scale: fc.double({ min: 0.6, max: 1.6, noNaN: true }),
  initial: fc.double({ min: 0.95, max: 1.05, noNaN: true }),
  intensity: fc.double({ min: 0.5, max: 2, noNaN: true }),
  knee: fc.constant(1),
});
const anyModel = fc.constantFrom(...models);

test('a pack fares in a fleet of many as it does alone', () => {
  fc.assert(
    fc.property(anyModel, fc.array(someone, { minLength: 1, maxLength: 12 }), (model, packs) => {
      const fleet = newFleet(model, packs, (n) => n % uses.length);
      for (let week = 0; week < 20; week++) stepFleet(fleet, spans(7));
      for (const [n, it] of packs.entries())
        assert.ok(Math.abs(fleet.soh[n]! - alone(model, it, n % uses.length, 140)) < 1e-9);
    }),
  );
});

function alone(model: (typeof models)[number], it: Individual, group: number, days: number): number {
  const use = over(uses[group]!, days);
  return capacityOf(model, aged(model, unworn(model), { ...use, efc: use.efc * it.intensity }), it);
}

test('in whatever order the packs of a fleet stand, each fares the same', () => {
  fc.assert(
    fc.property(anyModel, fc.array(someone, { minLength: 2, maxLength: 20 }), fc.integer(), (model, packs, seed) => {
      const order = shuffled(packs.length, seed);
      const straight = newFleet(model, packs, (n) => n % 3);
      const mixed = newFleet(
        model,
        order.map((n) => packs[n]!),
        (n) => order[n]! % 3,
      );
      for (const days of [7, 7, 3]) {
        stepFleet(straight, spans(days));
        stepFleet(mixed, spans(days));
      }
      for (const [at, n] of order.entries()) assert.equal(mixed.soh[at], straight.soh[n]);
    }),
  );
});

function shuffled(many: number, seed: number): number[] {
  const dice = chance(seed);
  const keys = Array.from({ length: many }, () => dice.next());
  return keys.map((_, n) => n).sort((a, b) => keys[a]! - keys[b]!);
}

test('a fleet fades from step to step, stays above nothing, and counts its cycles', () => {
  fc.assert(
    fc.property(anyModel, fc.array(someone, { minLength: 1, maxLength: 6 }), (model, packs) => {
      const fleet = newFleet(model, packs);
      for (let year = 0; year < 30; year++) {
        const before = fleet.soh.slice();
        stepFleet(fleet, spans(365));
        for (const [n, it] of fleet.soh.entries()) assert.ok(it > 0 && it <= 1.1 && it <= before[n]!);
      }
      for (const [n, it] of packs.entries())
        assert.ok(Math.abs(fleet.efc[n]! / (30 * 365 * 1.7 * it.intensity) - 1) < 1e-9);
    }),
    { numRuns: 30 },
  );
});

test('without spread a pack is what its model says; with it the median fades a little faster, for the worst cell ends it', () => {
  const model = modelOf('lfp-250');
  const dice = chance(3);
  const plain = newFleet(model, [individual(dice, noSpread, 100)]);
  stepFleet(plain, spans(365));
  assert.ok(Math.abs(plain.soh[0]! - capacityOf(model, aged(model, unworn(model), over(uses[0]!, 365)))) < 1e-12);
  const many = newFleet(
    model,
    Array.from({ length: 2001 }, () => individual(dice, usualSpread, 100)),
  );
  stepFleet(many, spans(365));
  const median = many.soh.toSorted()[1000]!;
  assert.ok(median < plain.soh[0]! && median > plain.soh[0]! - 0.03, `${median} beside ${plain.soh[0]}`);
});

test('where a knee is assumed it comes to some packs early and to others late', () => {
  const model = withKnee(modelOf('lfp-250'), { efc: 4000, sharpness: 8 });
  const packs = [0.7, 1, 1.4].map((knee) => ({ scale: 1, initial: 1, intensity: 1, knee }));
  const fleet = newFleet(model, packs);
  stepFleet(fleet, spans(365 * 5)); // 3,100 cycles
  const [early, usual, late] = fleet.soh;
  assert.ok(early! < usual! - 0.5 && usual! < late! - 0.05, `${early} ${usual} ${late}`);
  const twin = new PackTwin({ model: 'lfp-250', series: 1, capacityAh: 100, knee: { efc: 4000, sharpness: 8 } });
  twin.live(over(uses[0]!, 365 * 5));
  assert.ok(Math.abs(twin.truth().soh / 100 - usual!) < 1e-9);
});

test('packs lie apart as asked: a lognormal around the worst of their cells', () => {
  const dice = chance(5);
  const logs = Array.from({ length: 4000 }, () => Math.log(individual(dice, { ...usualSpread, cells: 0 }, 1).scale));
  const mean = logs.reduce((sum, it) => sum + it, 0) / logs.length;
  const deviation = Math.sqrt(logs.reduce((sum, it) => sum + (it - mean) ** 2, 0) / logs.length);
  assert.ok(Math.abs(mean) < 0.01 && Math.abs(deviation - 0.12) < 0.006, `${mean} ${deviation}`);
  const worst = Array.from({ length: 1000 }, () => individual(dice, { ...noSpread, cells: 0.015 }, 100).scale);
  const middle = worst.toSorted((a, b) => a - b)[500]!;
  assert.ok(Math.abs(middle - (1 + 0.015 * 2.46)) < 0.003, `${middle}`); // the median of the largest of 100 normals is 2.46
});
