import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { explainProblem } from '../../../src/problems.ts';
import { problems } from './problems.zh.ts';

test('every refusal of the server is explained in Chinese, too', () => {
  const source = readFileSync(new URL('../../../src/problems.ts', import.meta.url), 'utf8');
  const codes = [...source.matchAll(/^ {2}'?([a-z-]+)'?: \[/gm)].map((it) => it[1]!);
  assert.ok(codes.length > 100 && codes.every((it) => explainProblem(it)));
  assert.deepEqual(
    codes.filter((it) => !problems[it]),
    [],
  );
  for (const [code, text] of Object.entries(problems)) assert.match(text, /\p{Script=Han}/u, code);
});
