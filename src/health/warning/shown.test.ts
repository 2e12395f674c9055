import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coldness, PackTwin, usualSpread } from '#twin';
import { Celsius, chance, Percent } from '#units';
import { percentAt, slopeMvAt } from './curve.ts';
import { pointOf } from './session.ts';
import { shownBy } from './shown.ts';
import { lifeOf } from './testing.ts';
import { chemistries } from './thresholds.ts';

test('a charge reckoned at its few moments shows what a charge stepped in seconds shows: 2 mV, 1 K', () => {
  for (const chemistry of chemistries) {
    const life = { ...lifeOf(chemistry), chargeTo: 0.9 };
    const plan = {
      model: life.model,
      series: life.facts.cells,
      capacityAh: 100,
      soc: Percent(90),
      celsius: Celsius(30),
    };
    const make = () => new PackTwin({ ...plan, spread: { of: usualSpread, dice: chance(4) } });
    const reckoned = shownBy(life, make(), chance(5), true).charge(86_400, {
      from: 0.15,
      chargeC: 0.8,
      arrivesC: 30,
      weatherC: 20,
      waitsFirst: true,
      readsMidway: false,
    });

    const stepped = make();
    const { cells } = stepped;
    const mean = cells.capacityAh.reduce((a, b) => a + b, 0) / life.facts.cells;
    for (let i = 0; i < life.facts.cells; i++) cells.soc[i] = 0.9 - (0.75 * mean) / cells.capacityAh[i]!;
    const apartMv = (at: 'rest-before' | 'end-of-charge' | 'rest-after') =>
      Math.max(...pointOf(reckoned, at)!.cellMv.map((it, i) => Math.abs(it! - 1000 * cells.volts[i]!)));
    stepped.step(0, 1, Celsius(30));
    assert.ok(apartMv('rest-before') <= 2, `${chemistry} before ${apartMv('rest-before')} mV`);
    const seconds = Math.round((3600 * 0.75 * mean) / 80);
    for (let s = 0; s < seconds; s += 10) stepped.step(-80, Math.min(10, seconds - s), Celsius(25));
    const warm = reckoned.probeAfterC[0]!;
    assert.ok(Math.abs(warm - cells.celsius[0]!) <= 1, `${chemistry} ${warm} °C, stepped ${cells.celsius[0]}`);
    assert.ok(apartMv('end-of-charge') <= 3, `${chemistry} end ${apartMv('end-of-charge')} mV`);
    for (let s = 0; s < 1800; s += 60) stepped.step(0, 60, Celsius(25));
    assert.ok(apartMv('rest-after') <= 2, `${chemistry} after ${apartMv('rest-after')} mV`);
    assert.ok(coldness(cells.kind, 25) === 1);
  }
});

test('the curve read backwards is the curve, and steep where it is steep', () => {
  assert.ok(Math.abs(percentAt('NMC', 3708.2) - 50) < 0.2);
  assert.equal(percentAt('NMC', 1000), 0);
  assert.equal(percentAt('NMC', 5000), 100);
  assert.ok(Number.isNaN(percentAt('LFP', Number.NaN)));
  assert.ok(slopeMvAt('LFP', 95) < 1 && slopeMvAt('LFP', 99.7) > 10 && slopeMvAt('NMC', 98) > 10);
});
