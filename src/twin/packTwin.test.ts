import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Celsius, chance, Percent } from '#units';
import { duties, dutyUsage } from './api/duty.ts';
import { aged, capacityOf, unworn } from './api/model.ts';
import { modelOf, models } from './api/models.ts';
import { usageOf } from './api/profile.ts';
import { normal, noSpread, usualSpread } from './api/spread.ts';
import { over, stored } from './api/use.ts';
import { learnt, unknownScale } from './learn.ts';
import { type PackPlan, PackTwin } from './packTwin.ts';

const plan = (it: Partial<PackPlan> = {}): PackPlan => ({ model: 'nmc-75a', series: 8, capacityAh: 100, ...it });
const mild = Celsius(25);

/** Charges and discharges by turns of so many minutes. */
function cycle(pack: PackTwin, minutes: number, { ampere = 50, turnMinutes = 60, seconds = 60 } = {}) {
  for (let n = 0; n < (minutes * 60) / seconds; n++) {
    const isOut = Math.floor((n * seconds) / 60 / turnMinutes) % 2 === 0;
    pack.step(isOut ? ampere : -ampere, seconds, mild);
  }
}

test('a pack gives the voltage of its cells together, and its charge goes down as current goes out', () => {
  const pack = new PackTwin(plan({ soc: Percent(80) }));
  const rest = pack.step(0, 1, mild).voltageV;
  const { voltageV, soc, soh } = pack.step(100, 60, mild);
  assert.ok(voltageV < rest && Math.abs(voltageV - 8 * pack.cells.volts[0]!) < 1e-9);
  assert.ok(Math.abs(soc - (80 - 100 / 60)) < 1e-9, `${soc}`);
  assert.equal(soh, 100);
});

test('who asks for watts gets them: the current gives the power, charging as well as discharging', () => {
  for (const powerW of [-1500, -200, 0, 300, 2000]) {
    const pack = new PackTwin(plan({ celsius: Celsius(5) }));
    const ampere = pack.currentFor(powerW);
    assert.ok(
      Math.abs(pack.step(ampere, 0.01, mild).voltageV * ampere - powerW) <= 1e-3 * Math.abs(powerW),
      `${powerW}`,
    );
    assert.equal(Math.sign(ampere), Math.sign(powerW));
  }
  const most = new PackTwin(plan());
  assert.equal(most.currentFor(1e9), most.currentFor(1e12), 'no more than it can give');
});

test('the weakest cell is the pack: its charge, its health, and what can be taken out', () => {
  const pack = new PackTwin(plan({ spread: { of: { ...usualSpread, newCells: 0.02 }, dice: chance(4) }, series: 50 }));
  const { soh, usableAh } = pack.truth();
  const least = Math.min(...pack.cells.capacityAh);
  assert.ok(least < 99 && Math.abs(soh - least) < 1e-9);
  assert.ok(usableAh <= least + 1e-9, `${usableAh} of ${least}`);
});

test('a pack that is stepped through its days ages as its model says of such days', () => {
  for (const id of ['lfp-250', 'nmc-50b1', 'nca-panasonic']) {
    const pack = new PackTwin(plan({ model: id, series: 1, soc: Percent(85) }));
    pack.cells.cooledS.fill(1); // kept at 25 degrees, as the model is asked below
    for (let day = 0; day < 30; day++) {
      pack.step(0, 6 * 3600, mild);
      for (let n = 0; n < 240; n++) pack.step((pack.cells.capacityAh[0]! * 0.6) / 4, 60, mild);
      pack.step(0, 4 * 3600, mild);
      for (let n = 0; n < 240; n++) pack.step((-pack.cells.capacityAh[0]! * 0.6) / 4, 60, mild);
      pack.step(0, 6 * 3600, mild);
    }
    const day = usageOf(
      [0, 6, 10, 14, 18, 24].map((hour, n) => ({ hour, soc: [0.85, 0.85, 0.25, 0.25, 0.85, 0.85][n]!, celsius: 25 })),
    );
    const model = modelOf(id);
    const expected = 100 * capacityOf(model, aged(model, unworn(model), over(day, 30)));
    const { soh } = pack.truth();
    assert.ok(Math.abs(soh - expected) < 0.02 && soh < 100, `${id}: ${soh}, expected ${expected}`);
  }
});

test('cycles that last for days are as deep as they are, not as one day of them', () => {
  const pack = new PackTwin(plan({ model: 'nmc-50b1', series: 1, soc: Percent(90) }));
  for (let day = 0; day < 20; day++) {
    const isOut = day % 10 < 7;
    const ampere = isOut ? 10 : -10 * (7 / 3);
    pack.step(0, 12 * 3600, mild);
    for (let n = 0; n < 60; n++) pack.step(ampere, 60, mild);
    pack.step(0, 11 * 3600, mild);
  }
  const model = modelOf('nmc-50b1');
  const deep = { ...stored(0.55, 25, 20), efc: 1.4, dod: 0.7, meanC: 0.0058, dischargeC: 0.1, chargeC: 0.23 };
  const shallow = { ...deep, dod: 0.1 };
  const loss = (use: typeof deep) => 100 - 100 * capacityOf(model, aged(model, unworn(model), use));
  const lost = 100 - pack.truth().soh;
  assert.ok(
    lost > 0.6 * loss(deep) && lost < 1.4 * loss(deep),
    `${lost}: deep ${loss(deep)}, shallow ${loss(shallow)}`,
  );
});

test('a pack can be given a past: two years of taxi take what the model says, and raise its resistance', () => {
  const taxi = dutyUsage(duties[0], duties[0].policy, 20);
  for (const { id } of models) {
    const pack = new PackTwin(plan({ model: id, series: 2 }));
    const fresh = pack.truth();
    pack.live(over(taxi, 730));
    const worn = pack.truth();
    assert.ok(worn.soh < fresh.soh && worn.ohms > fresh.ohms, id);
  }
});

test('health only falls, whatever a pack goes through, and stays above nothing', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...models.map((it) => it.id)),
      fc.array(
        fc.tuple(
          fc.integer({ min: -150, max: 150 }),
          fc.integer({ min: 1, max: 20_000 }),
          fc.integer({ min: -25, max: 50 }),
        ),
        { maxLength: 60 },
      ),
      (model, life) => {
        const pack = new PackTwin(plan({ model, series: 2, spread: { of: usualSpread, dice: chance(9) } }));
        let before = pack.truth();
        for (const [ampere, seconds, celsius] of life) {
          const now = pack.step(ampere, seconds, Celsius(celsius));
          assert.ok(now.soh > 0 && now.soh <= before.soh && now.soc >= 0 && now.soc <= 100);
          assert.ok(Number.isFinite(now.voltageV));
          before = now;
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('the same plan, dice and steps give the same pack', () => {
  const run = () => {
    const pack = new PackTwin(plan({ spread: { of: usualSpread, dice: chance(11) } }));
    cycle(pack, 600);
    return pack.truth();
  };
  assert.deepEqual(run(), run());
});

test('a twin that agrees with what is known of its pack foretells it better than its model alone', () => {
  const taxi = over(dutyUsage(duties[0], duties[0].policy, 20), 365);
  const dice = chance(21);
  const real = new PackTwin(plan({ model: 'lfp-250', series: 4, spread: { of: { ...noSpread, packs: 0.3 }, dice } }));
  const [plain, twin] = [
    new PackTwin(plan({ model: 'lfp-250', series: 4 })),
    new PackTwin(plan({ model: 'lfp-250', series: 4 })),
  ];
  let scale = unknownScale;
  for (let year = 1; year <= 3; year++) {
    for (const it of [real, plain, twin]) it.live(taxi);
    const test = (100 - real.truth().soh) / 100 + 0.004 * normal(dice);
    scale = learnt(scale, { loss: test, deviation: 0.004, expected: (100 - plain.truth().soh) / 100 });
  }
  const { soh, ohms } = real.truth();
  twin.agree({ soc: 0.62, capacity: soh / 100, ohms }, scale.mean);
  assert.ok(Math.abs(twin.truth().soh - soh) < 1e-9 && Math.abs(twin.truth().ohms - ohms) < 1e-9);
  assert.ok(Math.abs(twin.truth().soc - 62) < 1e-9);
  for (let year = 4; year <= 6; year++) for (const it of [real, plain, twin]) it.live(taxi);
  const miss = (it: PackTwin) => Math.abs(it.truth().soh - real.truth().soh);
  assert.ok(miss(plain) > 1 && miss(twin) < 0.4 * miss(plain), `${miss(plain)} ${miss(twin)}`);
});

test('what no pack is cannot be made, and what no pack carries cannot be stepped', () => {
  assert.throws(() => new PackTwin(plan({ model: 'lead' })), /no ageing model is called "lead"/);
  assert.throws(() => new PackTwin(plan({ series: 0 })), RangeError);
  assert.throws(() => new PackTwin(plan({ capacityAh: Number.NaN })), RangeError);
  assert.throws(() => new PackTwin(plan()).step(Number.NaN, 60, mild), RangeError);
  assert.throws(() => new PackTwin(plan()).step(1, 0, mild), RangeError);
});
