import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

test('the verifier imports nothing but its own files, and names nothing that a browser does not have', () => {
  const files = globSync('src/record/verify/*.ts').filter((it) => !it.endsWith('.test.ts'));
  assert.ok(files.length > 10);
  for (const file of files) {
    const text = readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    const imports = [...text.matchAll(/from '([^']+)'/g)].map((it) => it[1]!);
    assert.deepEqual(
      imports.filter((it) => !/^\.\/\w+\.ts$/.test(it)),
      [],
      file,
    );
    assert.doesNotMatch(
      text,
      /\bBuffer\b|\brequire\(|\bfetch\(|Temporal|XMLHttpRequest|WebSocket|\bimport\((?!'node:crypto'\)\.hash)/,
      file,
    );
  }
});
