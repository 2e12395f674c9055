import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

/** How many capabilities each chapter of the mission has. */
const chapters = {
  A: 11,
  B: 8,
  C: 11,
  D: 8,
  E: 13,
  F: 11,
  G: 11,
  I: 9,
  J: 10,
  K: 9,
  L: 5,
  M: 7,
  N: 8,
  O: 6,
  P: 17,
  Q: 9,
  R: 11,
  S: 8,
  T: 8,
  U: 3,
  V: 3,
  W: 5,
};

const rows = readFileSync('docs/coverage.md', 'utf8')
  .split('\n')
  .filter((it) => /^\| [A-Z]\d+ \|/.test(it))
  .map((it) => it.split('|').map((cell) => cell.trim().replaceAll('`', '')))
  .map(([, id, capability, room, file, face, state, note]) => ({ id: id!, capability, room, file, face, state, note }));

test('every capability of the mission has exactly one row', () => {
  const expected = Object.entries(chapters).flatMap(([chapter, many]) =>
    Array.from({ length: many }, (_, index) => `${chapter}${index + 1}`),
  );
  assert.deepEqual(rows.map((it) => it.id).toSorted(), expected.toSorted());
});

test('what works or partly works names a test that exists and a screen or command; what is missing is said', () => {
  for (const { id, file, face, state, note } of rows) {
    assert.match(state!, /^(works|partly|not yet)$/, id);
    if (state === 'not yet') assert.equal(file, '', `${id}: nothing can be tested yet`);
    else assert.ok(file && existsSync(file), `${id}: ${file || 'no test'} does not exist`);
    if (state !== 'not yet') assert.notEqual(face, '', `${id}: where can a stranger use it?`);
    if (state === 'partly') assert.notEqual(note, '', `${id}: what is missing?`);
  }
});
