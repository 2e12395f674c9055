import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gradePolicy, readPolicy } from './policy.ts';

const wrong = (change: (it: typeof gradePolicy & Record<string, unknown>) => unknown): string[] => {
  const copy = structuredClone(gradePolicy) as never;
  change(copy);
  const read = readPolicy(JSON.stringify(copy));
  return read.ok ? [] : read.issues.map((it) => `${it.field}: ${it.problem}`);
};

test('the policy that is shipped is right, speaks two languages, and says what of it is assumed', () => {
  assert.deepEqual(
    wrong(() => {}),
    [],
  );
  const labels = [gradePolicy.label, ...Object.values(gradePolicy.labels), ...gradePolicy.vetoes.map((it) => it.label)];
  for (const { en, zh } of labels) assert.ok(/\w/.test(en) && /\p{Script=Han}/u.test(zh), en);
  assert.deepEqual(gradePolicy.assumed, ['uses', 'marginPoints', 'testHoldsDays', 'vetoes']);
});

test('what is wrong with a policy is told by the name of its field', () => {
  assert.match(wrong((it) => ((it.uses[0] as { leastSoh: number }).leastSoh = 180))[0]!, /^uses\.0\.leastSoh: /);
  assert.match(wrong((it) => ((it.uses[0] as { leastSoh: number }).leastSoh = 55))[0]!, /^uses\.1\.leastSoh: storage/);
  assert.match(wrong((it) => it.uses.reverse())[0]!, /^uses: vehicle comes first/);
  assert.match(wrong((it) => (it.margin = 3))[0]!, /margin/);
  assert.match(wrong((it) => it.vetoes.pop())[0]!, /^vetoes: "unknown-history" stands here 0 times/);
  assert.match(wrong((it) => it.vetoes.push(it.vetoes[0]!))[0]!, /^vetoes: "thermal-runaway" stands here 2 times/);
  assert.match(
    wrong((it) => delete (it.vetoes[2] as { moreThanRatio?: number }).moreThanRatio)[0]!,
    /needs moreThanRatio/,
  );
  assert.match(wrong((it) => delete (it.labels.storage as { zh?: string }).zh)[0]!, /^labels\.storage\.zh: /);
  const read = readPolicy('{');
  assert.equal(read.ok, false);
});
