// Voltage and heat of cells.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Chemistry } from './api/model.ts';
import { chargeLimitA, newCells, stepCells } from './cells.ts';
import { coldness, kinds } from './kind.ts';
import { valueAt } from './ocv.ts';

const chemistries: readonly Chemistry[] = ['LFP', 'NMC', 'NCA'];
const anyChemistry = fc.constantFrom(...chemistries);
const anyCurrent = fc.double({ min: -100, max: 100, noNaN: true });
const anySoc = fc.double({ min: 0.2, max: 0.8, noNaN: true });

test('the more charge, the more voltage: from empty to full within the limits of the chemistry', () => {
  for (const chemistry of chemistries) {
    const { ocvV, maxV, minV } = kinds[chemistry];
    for (let n = 1; n < ocvV.length; n++) assert.ok(ocvV[n]! > ocvV[n - 1]!, `${chemistry} at ${n}`);
    assert.ok(Math.abs(ocvV[0]! - minV) < 0.1, `${chemistry} empty: ${ocvV[0]}`);
    assert.ok(ocvV.at(-1)! <= maxV + 0.01, `${chemistry} full: ${ocvV.at(-1)}`);
  }
  // What is known of these chemistries at half charge: the plateau of LFP, the slope of the others.
  assert.ok(Math.abs(valueAt(kinds.LFP.ocvV, 0.5) - 3.27) < 0.03);
  assert.ok(Math.abs(valueAt(kinds.NMC.ocvV, 0.5) - 3.71) < 0.03);
  assert.ok(valueAt(kinds.LFP.ocvV, 0.7) - valueAt(kinds.LFP.ocvV, 0.4) < 0.06);
});

test('a minute in one step and in sixty gives the same charge, and warmth and voltage to what a minute of warming does to resistance', () => {
  fc.assert(
    fc.property(
      anyChemistry,
      anyCurrent,
      anySoc,
      fc.double({ min: -10, max: 45, noNaN: true }),
      (chemistry, current, soc, celsius) => {
        const once = newCells(kinds[chemistry], 1, { soc, celsius });
        const often = newCells(kinds[chemistry], 1, { soc, celsius });
        stepCells(once, [current], 60, [20]);
        for (let n = 0; n < 60; n++) stepCells(often, [current], 1, [20]);
        assert.ok(Math.abs(once.soc[0]! - often.soc[0]!) < 1e-12);
        assert.ok(Math.abs(once.celsius[0]! - often.celsius[0]!) < 0.05, `${once.celsius[0]} ${often.celsius[0]}`);
        assert.ok(Math.abs(once.volts[0]! - often.volts[0]!) < 0.025, `${once.volts[0]} ${often.volts[0]}`);
      },
    ),
  );
});

test('without cooling, what a closed round of charge loses in energy is what it gains in warmth', () => {
  for (const chemistry of chemistries) {
    // At one charge the stored energy is the same again, and so is the entropy: what is missing became heat.
    const cells = newCells(kinds[chemistry], 1, { soc: 0.5, celsius: 25 });
    cells.cooledS.fill(Number.POSITIVE_INFINITY);
    let joules = 0;
    const run = (current: number, minutes: number) => {
      for (let n = 0; n < minutes * 60; n++) {
        stepCells(cells, [current], 1, [25]);
        joules -= current * cells.volts[0]!;
      }
    };
    run(50, 12);
    run(-50, 12);
    run(0, 20);
    const warmth = (cells.celsius[0]! - 25) * kinds[chemistry].heatJPerK * 100;
    assert.ok(Math.abs(cells.soc[0]! - 0.5) < 1e-9);
    assert.ok(Math.abs(warmth / joules - 1) < 0.02, `${chemistry}: ${warmth} J of ${joules} J`);
  }
});

test('a cell at rest settles at its open-circuit voltage and the temperature around it', () => {
  const cells = newCells(kinds.NMC, 1, { soc: 0.6, celsius: 40 });
  stepCells(cells, [80], 60, [25]);
  for (let n = 0; n < 600; n++) stepCells(cells, [0], 60, [15]);
  assert.ok(Math.abs(cells.volts[0]! - valueAt(kinds.NMC.ocvV, cells.soc[0]!)) < 1e-6);
  assert.ok(Math.abs(cells.celsius[0]! - 15) < 0.01);
});

test('cold, age and emptiness make resistance; what is drawn through more of it comes out at less', () => {
  const after = (change: (cells: ReturnType<typeof newCells>) => void) => {
    const cells = newCells(kinds.NMC, 1, { soc: 0.5 });
    change(cells);
    stepCells(cells, [100], 10, [25]);
    return cells.volts[0]!;
  };
  const usual = after(() => {});
  assert.ok(after((it) => it.ohms.fill(2)) < usual - 0.03);
  assert.ok(after((it) => it.celsius.fill(-10)) < usual - 0.05);
  assert.ok(Math.abs(coldness(kinds.NMC, 25) - 1) < 1e-12 && coldness(kinds.NMC, 0) > 2);
});

test('warmth settles where cooling carries away what the current makes', () => {
  const cells = newCells(kinds.LFP, 1, { soc: 0.5, nominalAh: 100 });
  let current = 50;
  for (let n = 0; n < 2000; n++) {
    if (cells.soc[0]! < 0.3) current = -50;
    if (cells.soc[0]! > 0.7) current = 50;
    stepCells(cells, [current], 60, [25]);
  }
  // I^2 R of a milliohm at 25 °C, a little less when warmer, over heat capacity and time constant.
  const bySum = (50 ** 2 * 0.001 * 1800) / (kinds.LFP.heatJPerK * 100);
  assert.ok(
    cells.celsius[0]! > 25 + 0.6 * bySum && cells.celsius[0]! < 25 + 1.6 * bySum,
    `${cells.celsius[0]} ${bySum}`,
  );
});

test('a charger that follows the limit never lifts a cell over its highest voltage, and fills it nearly', () => {
  for (const chemistry of chemistries) {
    const cells = newCells(kinds[chemistry], 3, { soc: 0.3 });
    cells.ohms.set([1, 1.5, 2]);
    for (let n = 0; n < 200; n++) {
      const current = -Math.min(80, chargeLimitA(cells, 60));
      stepCells(cells, [current, current, current], 60, [25, 25, 25]);
      assert.ok(Math.max(...cells.volts) <= kinds[chemistry].maxV + 0.005, `${chemistry}: ${Math.max(...cells.volts)}`);
    }
    assert.ok(cells.soc[0]! > 0.97, `${chemistry}: ${cells.soc[0]}`);
  }
});

test('cells do not know of each other: in another order each is the same', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anySoc, anyCurrent), { minLength: 2, maxLength: 8 }), (them) => {
      const run = (order: typeof them) => {
        const cells = newCells(kinds.NCA, order.length);
        cells.soc.set(order.map(([soc]) => soc));
        for (let n = 0; n < 5; n++)
          stepCells(
            cells,
            order.map(([, current]) => current),
            60,
            order.map(() => 20),
          );
        return [...cells.volts];
      };
      assert.deepEqual(run(them.toReversed()), run(them).toReversed());
    }),
  );
});
