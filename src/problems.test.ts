import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { explainProblem } from './problems.ts';

/** Codes as they stand where something is refused: the first text after these words. */
const places = [
  /new Refused\(\s*'([a-z-]+)'/g,
  /new Unfit\(\s*'([a-z-]+)'/g,
  /\bunknown\('([a-z-]+)'/g,
  /\brefuse\('\w+', '([a-z-]+)'/g,
  /\bnone\(\s*'\w+',\s*'([a-z-]+)'/g,
];

test('every code under which something is refused has a page that says what to do', () => {
  const files = globSync('src/**/*.ts').filter((it) => !it.endsWith('.test.ts'));
  const codes = files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const because = text.match(/type NoneBecause = ([^;]+);/)?.[1]?.match(/[a-z-]+/g) ?? [];
    return [...because, ...places.flatMap((place) => [...text.matchAll(place)].map((it) => it[1]!))];
  });
  assert.ok(codes.length > 40, 'the codes are found in the sources');
  const unexplained = new Set(codes.filter((it) => !explainProblem(it)));
  assert.deepEqual([...unexplained], []);
});

test('a code that nobody uses has no page', () => {
  assert.equal(explainProblem('constructor'), undefined);
  assert.equal(explainProblem('no-such-code'), undefined);
});
