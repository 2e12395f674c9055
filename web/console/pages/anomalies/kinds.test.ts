import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { isKind } from './kinds.ts';

const src = join(import.meta.dirname, '../../../../src');

/** Kinds as the rooms write them: told about a station, or of a swap. */
function kindsToldBy(files: string): string[] {
  return globSync(files, { cwd: src })
    .filter((it) => !it.endsWith('.test.ts'))
    .flatMap((it) => {
      const text = readFileSync(join(src, it), 'utf8');
      const told = text.matchAll(/(?:\btell\(\s*desk,\s*[\w.]+,|\bwithTold\(\s*desk,\s*\w+,)\s*'([a-z-]+)'/g);
      return [...told].map(([, kind]) => kind!);
    });
}

suite('what an operator should look at, in words', () => {
  test('every kind that the swap room tells of has a title and a remedy in both languages', () => {
    const kinds = kindsToldBy('swap/*.ts');
    assert.ok(kinds.length > 8, 'the rooms tell of something');
    assert.deepEqual(
      kinds.filter((it) => !isKind(it)),
      [],
    );
  });

  test('every trouble with a connection or a message has them, too', () => {
    const [, union = ''] = /export type ProblemKind =([^;]+);/.exec(
      readFileSync(join(src, 'link/options.ts'), 'utf8'),
    )!;
    const [, whys = ''] = /readonly why: ([^;]+);/.exec(readFileSync(join(src, 'station/admission.ts'), 'utf8'))!;
    const kinds = [...`${union} ${whys}`.matchAll(/'([a-z-]+)'/g)].map(([, kind]) => kind!);
    assert.ok(kinds.length > 10);
    assert.deepEqual(
      kinds.filter((it) => !isKind(it)),
      [],
    );
  });
});
