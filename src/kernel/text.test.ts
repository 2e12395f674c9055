import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { unstorable } from './text.ts';

test('a NUL or half a character is found wherever it stands, and its field is named', () => {
  assert.deepEqual(unstorable([{ a: 'fine' }, { a: ['x', '\0'] }]), {
    field: '1.a.1',
    problem: 'holds a NUL character',
  });
  assert.equal(unstorable({ name: 'a\ud800b' })?.field, 'name');
  assert.equal(unstorable('\udc00')?.field, '(whole)');
  assert.match(unstorable({ payload: { 'x\0': 1 } })!.problem, /name of a field/);
});

test('what is nested beyond reason is refused, not run into', () => {
  const deep = JSON.parse(`${'['.repeat(5000)}1${']'.repeat(5000)}`);
  assert.match(unstorable(deep)!.problem, /nested/);
});

test('well-formed values without NUL pass', () => {
  const text = fc.string({ unit: 'binary' }).map((it) => it.replaceAll('\0', ''));
  fc.assert(
    fc.property(
      fc.array(fc.record({ a: text, b: fc.integer(), c: fc.constant(null) })),
      (it) => unstorable(it) === undefined,
    ),
  );
  assert.equal(unstorable({ name: '粤B·😀' }), undefined);
});
