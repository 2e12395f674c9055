import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { duties, models, scenarios, whatIf } from '#twin/api';
import {
  askOf,
  choiceIds,
  choices,
  kneeRange,
  MOST_YEARS,
  readQuestion,
  scenarioIds,
  writeQuestion,
} from './question.ts';

const question = fc.record({
  model: fc.constantFrom(...models.map((it) => it.id)),
  scenarios: fc.subarray([...scenarioIds], { minLength: 1 }),
  years: fc.integer({ min: 1, max: MOST_YEARS }),
  chosen: fc.record(
    Object.fromEntries(
      choiceIds.map((it) => [it, fc.integer({ min: Math.ceil(choices[it].from), max: choices[it].to })]),
    ),
    { requiredKeys: [], noNullPrototype: true },
  ),
  knee: fc.option(fc.integer({ min: kneeRange.from, max: kneeRange.to }), { nil: undefined }),
});

suite('a question to the twins', () => {
  test('survives its address', () => {
    fc.assert(fc.property(question, (it) => assert.deepEqual(readQuestion(writeQuestion(it)), { ...it })));
  });

  test('from an address that holds nonsense is the usual one', () => {
    const nonsense = { of: 'rockets', years: '-3', chargeTo: 'full', knee: '1e9', storageSoc: '900' };
    assert.deepEqual(readQuestion(nonsense), readQuestion({}));
  });

  test('knows every scenario that there is', () =>
    assert.deepEqual([...scenarioIds].sort(), Object.keys(scenarios).sort()));

  test('of what is usual is answered for each scenario, with what its duty has of itself', () => {
    for (const scenario of scenarioIds) {
      const { policy, curve } = whatIf({ ...askOf(readQuestion({ years: '1' }), scenario), packs: 10 });
      assert.deepEqual(policy, duties.find((it) => it.id === scenarios[scenario].duty)!.policy);
      assert.ok(curve.length >= 4);
    }
  });

  test('with choices is answered with these, as shares', () => {
    const asked = readQuestion({ chargeTo: '60', chargeC: '0.5', storageSoc: '30', years: '1', knee: '800' });
    const { policy, warnings } = whatIf({ ...askOf(asked, 'taxi'), packs: 10 });
    assert.deepEqual([policy.chargeTo, policy.chargeC, policy.storageSoc], [0.6, 0.5, 0.3]);
    assert.ok(warnings.some((it) => it.is === 'knee'));
  });
});
