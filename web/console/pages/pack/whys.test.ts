import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { T } from '../../words/index.ts';
import { whyInWords } from './whys.ts';

/** The key and what fills it. */
const t = ((key: string, facts?: object) => [key, ...Object.values(facts ?? {})].join(' ')) as unknown as T;

test('why the house keeps a pack back is said in the language of its reader, what a person wrote as he wrote it', () => {
  assert.equal(whyInWords('graded recycle by policy 2026-1', t), 'pack.shutBy.grade pack.shutBy.grades.recycle 2026-1');
  assert.equal(whyInWords('early warning: heat', t), 'pack.shutBy.warning risk.detector.heat risk.pack');
  assert.equal(whyInWords('residual capacity test under way', t), 'pack.shutBy.test');
  assert.equal(whyInWords('graded vehicle', t), 'pack.shutBy.freed pack.shutBy.grades.vehicle');
  assert.equal(whyInWords('capacity test over', t), 'pack.shutBy.testOver');
  assert.equal(whyInWords('graded by Li as dented', t), 'graded by Li as dented');
  assert.equal(whyInWords('early warning: a smell', t), 'early warning: a smell');
});
