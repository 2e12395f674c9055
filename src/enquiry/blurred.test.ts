import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Told } from './api.ts';
import { crowd, K } from './blurred.ts';

const anyTold: fc.Arbitrary<Told> = fc.record({
  status: fc.constantFrom('in-use' as const, 'second-life' as const),
  model: fc.constantFrom('nio-75', 'nio-100'),
  made: fc.constantFrom('2024-Q1', '2024-Q3', '2025-Q2'),
  grade: fc.constantFrom('vehicle' as const, 'storage' as const, null),
  soh: fc.constantFrom(90, 95).map((from) => ({ from, to: from + 5, basis: 'estimated' as const })),
  cycles: fc.constantFrom(0, 100, 200).map((from) => ({ from, to: from + 100 })),
  pace: fc.constantFrom('gentle' as const, 'hard' as const),
  recalled: fc.boolean(),
  carbon: fc.constant(null),
});

/** Whether a pack could be the one that an answer is about. */
const fits = (answer: Told, pack: Told): boolean =>
  (['status', 'model', 'grade', 'soh', 'cycles', 'pace'] as const).every(
    (name) => answer[name] === null || JSON.stringify(answer[name]) === JSON.stringify(pack[name]),
  ) &&
  (answer.made === null || pack.made!.startsWith(answer.made));

test('an answer by plate fits at least twenty packs, or says nothing but that there is one', () => {
  fc.assert(
    fc.property(fc.array(anyTold, { minLength: 1, maxLength: 120 }), (packs) => {
      const all = crowd();
      all.add(packs);
      for (const pack of packs) {
        const answer = all.blurred(pack);
        assert.ok(fits(answer, pack), 'it is true');
        const many = packs.filter((it) => fits(answer, it)).length;
        const isEmpty = [answer.model, answer.made, answer.grade, answer.soh, answer.cycles].every((it) => it === null);
        assert.ok(many >= K || isEmpty, `${many} packs: ${JSON.stringify(answer)}`);
      }
    }),
  );
});
