import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { isKind } from './kinds.ts';

const src = join(import.meta.dirname, '../../../../src');

/** Kinds as the rooms write them: told about a station, kept as a problem of a swap, or as a line's `kind`. */
const ways = [
  /(?:\btell\(\s*desk,\s*[\w.]+,|\bwithTold\(\s*desk,\s*\w+,|\bwithProblem\(\s*\w+,)\s*'([a-z-]+)'/g,
  /\bkind: '([a-z]+(?:-[a-z]+)+)'/g,
];
/** What a station reports has kinds, too. */
const reports = ['out-timeout'];

function kindsToldBy(files: string): string[] {
  return globSync(files, { cwd: src })
    .filter((it) => !it.endsWith('.test.ts'))
    .flatMap((it) => {
      const text = readFileSync(join(src, it), 'utf8');
      return ways.flatMap((way) => [...text.matchAll(way)].map(([, kind]) => kind!));
    })
    .filter((it) => !reports.includes(it));
}

suite('what an operator should look at, in words', () => {
  test('every kind that the rooms tell of has a title and a remedy in both languages', () => {
    const kinds = kindsToldBy('{swap,station,pack,ocpp}/**/*.ts');
    assert.ok(kinds.length > 20, 'the rooms tell of something');
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
