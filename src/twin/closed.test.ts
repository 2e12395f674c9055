// The closed forms at the points of health.md 5.4.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aged, capacityOf, unworn } from './api/model.ts';
import { modelOf } from './api/models.ts';
import { stored, type Use } from './api/use.ts';
import { wangLoss, xuLoss } from './closed.ts';

const near = (value: number, expected: number, within: number) =>
  assert.ok(Math.abs(value - expected) <= within, `${value}, expected ${expected}`);

test('Naumann’s cells lose in storage and by cycling what his formulas give', () => {
  const model = modelOf('lfp-naumann');
  const loss = (use: Use) => 1 - capacityOf(model, aged(model, unworn(model), use));
  near(loss(stored(0.5, 25, 365)), 0.0425, 5e-5);
  near(loss(stored(0.5, 25, 3650)), 0.1344, 5e-5);
  near(loss(stored(1, 25, 365)), 0.0677, 5e-5);
  near(loss(stored(1, 40, 365)), 0.0943, 5e-5);
  const cycled = (dod: number, efc: number) => loss({ ...stored(0.5, 25, 1e-9), dod, efc, meanC: 1 });
  near(cycled(0.8, 1000), 0.0569, 5e-5);
  near(cycled(0.8, 3000), 0.0986, 5e-5);
  near(cycled(1, 3000), 0.1184, 5e-5);
});

test('Wang’s cells lose at half a C and 4400 Ah what his formula gives', () => {
  for (const [celsius, expected] of [
    [25, 0.0961],
    [45, 0.2136],
    [60, 0.3653],
  ] as const)
    near(wangLoss({ rateC: 0.5, celsius, ah: 4400 }), expected, 5e-5);
  near(
    wangLoss({ rateC: 20, celsius: 25, ah: 100 }) / wangLoss({ rateC: 10, celsius: 25, ah: 100 }),
    Math.exp((370.3 * 10) / (8.314 * 298.15)),
    1e-9,
  );
});

test('Xu’s cells lose what his formula gives, in use and in storage', () => {
  const cycles = [{ range: 0.8, mean: 0.5, count: 1, times: 1000 } as const];
  near(xuLoss({ cycles, days: 365, soc: 0.5, celsius: 25 }), 0.0967, 5e-5);
  near(xuLoss({ cycles: [], days: 3650, soc: 0.5, celsius: 25 }), 0.1729, 5e-5);
  near(xuLoss({ cycles: [], days: 3650, soc: 0.9, celsius: 40 }), 0.4466, 5e-5);
});

test('Schmalstieg’s cells lose and gain resistance in cycling as his paper says', () => {
  const model = modelOf('nmc-sanyo');
  // 4000 Ah at a depth of .8, around 3.7 V, where the voltage term is nothing worth mentioning.
  const use = { ...stored(0.503, 25, 1e-9), dod: 0.8, efc: 4000 / 4.3 };
  near(1 - capacityOf(model, aged(model, unworn(model), use)), 0.2546, 1.5e-3);
});
