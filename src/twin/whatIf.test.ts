import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { models, type ScenarioId, scenarios, type WhatIf, whatIf } from './api.ts';

const ask = (it: Partial<WhatIf> = {}): WhatIf => ({
  model: 'lfp-250',
  scenario: 'taxi',
  years: 5,
  packs: 60,
  cells: 20,
  ...it,
});
const last = (it: Partial<WhatIf>) => whatIf(ask(it)).curve.at(-1)!;

test('every model answers for every duty with falling bands that do not cross', () => {
  for (const { id } of models)
    for (const scenario of Object.keys(scenarios) as ScenarioId[]) {
      const { curve, simulated, warnings } = whatIf(ask({ model: id, scenario, years: 3 }));
      assert.ok(simulated && warnings.length > 0);
      assert.equal(curve.at(-1)!.year, 3);
      curve.forEach(({ p5, p25, p50, p75, p95 }, n) => {
        assert.ok(p5 <= p25 && p25 <= p50 && p50 <= p75 && p75 <= p95);
        assert.ok(p5 > 0 && p95 <= 110 && (n === 0 || p50 <= curve[n - 1]!.p50), `${id} ${scenario}`);
      });
    }
});

test('the same question gets the same answer, another seed another', () => {
  assert.deepEqual(whatIf(ask()), whatIf(ask()));
  assert.notDeepEqual(whatIf(ask()).curve, whatIf(ask({ seed: 2 })).curve);
});

test('a taxi wears a pack faster than a family, heat faster than a mild climate', () => {
  assert.ok(last({ scenario: 'taxi' }).p50 < last({ scenario: 'family' }).p50);
  for (const model of ['lfp-250', 'nmc-50b1', 'nca-panasonic'])
    assert.ok(last({ model, scenario: 'hot' }).p50 < last({ model, scenario: 'family' }).p50, model);
});

test('a pack that waits half full keeps more than one that waits full', () => {
  const family = { scenario: 'storage', years: 8 } as const;
  assert.ok(
    last({ ...family, policy: { storageSoc: 0.5 } }).p50 > last({ ...family, policy: { storageSoc: 0.95 } }).p50 + 0.5,
  );
});

test('charging faster takes capacity of a cell that feels it', () => {
  const slow = last({ model: 'lfp-250', policy: { chargeC: 0.5 } });
  const fast = whatIf(ask({ model: 'lfp-250', policy: { chargeC: 2 } }));
  assert.ok(fast.curve.at(-1)!.p50 <= slow.p50);
  assert.ok(fast.warnings.some((it) => it.is === 'rate' && Math.abs(it.chargeC - 2) < 1e-3 && it.measuredC === 0.65));
});

test('there is no knee unless one is asked for; then it is said to be an assumption', () => {
  const knee = { efc: 2500, sharpness: 8 };
  const without = whatIf(ask());
  const withIt = whatIf(ask({ knee }));
  assert.ok(withIt.curve.at(-1)!.p50 < without.curve.at(-1)!.p50 - 5);
  assert.ok(withIt.warnings.some((it) => it.is === 'knee' && it.efc === 2500));
  assert.ok(!without.warnings.some((it) => it.is === 'knee'));
  assert.ok(Math.abs(withIt.curve[4]!.p50 - without.curve[4]!.p50) < 0.2, 'nothing of it is seen in the first year');
});

test('when packs fall below 80 % is told as it is read off the bands', () => {
  const { curve, yearsTo80 } = whatIf(ask({ years: 15 }));
  const crossed = curve.find((it) => it.p50 < 80)!;
  assert.ok(yearsTo80.p50! <= crossed.year && yearsTo80.p50! > crossed.year - 0.26);
  assert.ok(yearsTo80.p5! < yearsTo80.p50!);
  assert.equal(whatIf(ask({ scenario: 'family', years: 2 })).yearsTo80.p50, null);
});

test('a question that cannot be answered is refused in a sentence', () => {
  const wrong: readonly [Partial<WhatIf>, RegExp][] = [
    [{ model: 'lead' }, /no ageing model is called "lead"; there are: lfp-250/],
    [{ scenario: 'rocket' as ScenarioId }, /no duty is called "rocket"; there are: taxi/],
    [{ scenario: 'constructor' as ScenarioId }, /no duty is called/],
    [{ climate: 'mars' }, /no climate is called "mars"/],
    [{ years: 0 }, /years: from 0.25 to 40/],
    [{ years: Number.NaN }, /years/],
    [{ packs: 0 }, /packs/],
    [{ packs: 1_000_000, cells: 1000 }, /cells of all packs/],
    [{ policy: { chargeTo: 1.2 } }, /charge at hand-out/],
    [{ policy: { chargeTo: 0.1 } }, /goes out with 5 % more/],
    [{ policy: { storageSoc: 0.99 } }, /waits with no more/],
    [{ policy: { chargeC: 0.03 } }, /charging takes .* charge faster/],
    [{ knee: { efc: 0, sharpness: 8 } }, /a knee lies after some cycles/],
  ];
  for (const [it, sentence] of wrong) assert.throws(() => whatIf(ask(it)), { name: 'RangeError', message: sentence });
});

test('whatever an operator chooses within its limits, there is an answer or a sentence', () => {
  const share = fc.double({ min: -0.2, max: 1.2, noNaN: true });
  fc.assert(
    fc.property(
      fc.constantFrom(...models.map((it) => it.id)),
      fc.constantFrom(...(Object.keys(scenarios) as ScenarioId[])),
      fc.record({ chargeTo: share, returnAt: share, chargeC: fc.double({ min: 0, max: 8 }), storageSoc: share }),
      (model, scenario, policy) => {
        try {
          for (const { p5, p95 } of whatIf({ model, scenario, policy, years: 1, packs: 3, cells: 2 }).curve)
            assert.ok(p5 > 0 && p95 <= 110);
        } catch (error) {
          assert.ok(error instanceof RangeError, String(error));
        }
      },
    ),
  );
});
