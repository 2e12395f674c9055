import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { grown, lossOf, type Rate } from './api/damage.ts';
import { aged, capacityOf, resistanceOf, unworn } from './api/model.ts';
import { models } from './api/models.ts';
import { usageOf } from './api/profile.ts';
import { over, stored } from './api/use.ts';

const anyModel = fc.constantFrom(...models);
/** A day between two charges, somewhere between frost and heat. */
const anyDay = fc
  .record({
    low: fc.double({ min: 0, max: 0.45, noNaN: true }),
    high: fc.double({ min: 0.5, max: 1, noNaN: true }),
    celsius: fc.double({ min: -20, max: 55, noNaN: true }),
    hours: fc.double({ min: 1, max: 11, noNaN: true }),
  })
  .map(({ low, high, celsius, hours }) =>
    usageOf([
      { hour: 0, soc: high, celsius },
      { hour: hours, soc: low, celsius },
      { hour: 12, soc: low, celsius },
      { hour: 12 + hours, soc: high, celsius },
      { hour: 24, soc: high, celsius },
    ]),
  );

test('a power law that grows at one rate is k x^p, however often one looks', () => {
  const law = { law: 'power', p: 0.526 } as const;
  let damage = 0;
  for (let day = 0; day < 1000; day++) damage = grown(law, damage, 0.002, 1);
  assert.ok(Math.abs(lossOf(law, damage) - 0.002 * 1000 ** 0.526) < 1e-12);
});

test('a sigmoid that grows at one rate is its closed form, however often one looks', () => {
  const rate: Rate = { limit: 0.4, k: 1.3e-4, p: 0.6 };
  let damage = 0;
  for (let day = 0; day < 3650; day++) damage = grown({ law: 'sigmoid' }, damage, rate, 1);
  const exact = 2 * 0.4 * (0.5 - 1 / (1 + Math.exp((1.3e-4 * 3650) ** 0.6)));
  assert.ok(Math.abs(damage - exact) < 1e-9, `${damage} ${exact}`);
});

test('a pack that lost more than a milder life would ever take loses nothing meanwhile', () => {
  assert.equal(grown({ law: 'sigmoid' }, 0.3, { limit: 0.2, k: 0.01, p: 0.6 }, 100), 0.3);
});

test('however a life is cut into steps, while the use stays the same the capacity comes out the same', () => {
  fc.assert(
    fc.property(
      anyModel,
      anyDay,
      fc.integer({ min: 1, max: 3000 }),
      fc.integer({ min: 2, max: 50 }),
      (model, use, days, steps) => {
        const once = aged(model, unworn(model), over(use, days));
        let often = unworn(model);
        for (let n = 0; n < steps; n++) often = aged(model, often, over(use, days / steps));
        assert.ok(Math.abs(capacityOf(model, once) - capacityOf(model, often)) < 1e-7);
        assert.ok(Math.abs(resistanceOf(model, once) / resistanceOf(model, often) - 1) < 1e-6);
      },
    ),
  );
});

test('capacity is above nothing, never above what it began with, and never comes back; resistance never falls', () => {
  fc.assert(
    fc.property(
      anyModel,
      fc.array(fc.tuple(anyDay, fc.integer({ min: 1, max: 400 })), { minLength: 1, maxLength: 8 }),
      fc.record({
        scale: fc.double({ min: 0.5, max: 2, noNaN: true }),
        initial: fc.double({ min: 0.9, max: 1.1, noNaN: true }),
      }),
      (model, life, cell) => {
        let damage = unworn(model);
        let [before, ohms] = [capacityOf(model, damage, cell), resistanceOf(model, damage)];
        assert.ok(before <= cell.initial + 1e-12 && before > cell.initial - 1e-9);
        for (const [use, days] of life) {
          damage = aged(model, damage, over(use, days));
          const now = capacityOf(model, damage, cell);
          assert.ok(now > 0 && now <= 1.1 && now <= before, `${before} -> ${now}`);
          assert.ok(resistanceOf(model, damage) >= ohms);
          [before, ohms] = [now, resistanceOf(model, damage)];
        }
      },
    ),
  );
});

test('warmth and fullness age a stored pack of every model faster', () => {
  const after = (model: (typeof models)[number], soc: number, celsius: number) =>
    capacityOf(model, aged(model, unworn(model), stored(soc, celsius, 1825)));
  for (const model of models) {
    assert.ok(after(model, 0.5, 40) < after(model, 0.5, 20), `${model.id} in the warmth`);
    assert.ok(after(model, 0.95, 25) < after(model, 0.3, 25), `${model.id} when full`);
  }
});

test('Kokam’s cell has a knee of its own: once it has nowhere to put lithium it falls three times as fast', () => {
  const kokam = models.find((it) => it.id === 'nmc-kokam')!;
  const use = { ...stored(0.5, 25, 1), efc: 1, dod: 0.8, meanC: 1 / 12 };
  const after = (cycles: number) => capacityOf(kokam, aged(kokam, unworn(kokam), over(use, cycles)));
  const early = after(2000) - after(3000);
  const late = after(6000) - after(7000);
  assert.ok(early > 0 && late > 3 * early, `${early} ${late}`);
  assert.ok(after(3000) > 0.85 && after(3000) < 1, `${after(3000)}`);
});

test('resistance of models that measured it is as their papers say', () => {
  const sanyo = models.find((it) => it.id === 'nmc-sanyo')!;
  // Schmalstieg 2014, health.md 5.4: 420 days at 50 °C and 3.7 V take .1626 and add .2660.
  const soc = 0.5 + (0.05 * (3.7 - 3.6974)) / (3.7322 - 3.6974);
  const damage = aged(sanyo, unworn(sanyo), stored(soc, 50, 420));
  assert.ok(Math.abs(capacityOf(sanyo, damage) - (1 - 0.1626)) < 3e-4, `${capacityOf(sanyo, damage)}`);
  assert.ok(Math.abs(resistanceOf(sanyo, damage) - 1.266) < 5e-4, `${resistanceOf(sanyo, damage)}`);
});
