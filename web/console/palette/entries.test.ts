import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Entry, fitting, swapEntry } from './entries.ts';

const entry = (title: string, also?: string): Entry => ({
  key: title,
  kind: 'page',
  title,
  icon: 'packs',
  ...(also && { also }),
});
const titles = (text: string) =>
  fitting([entry('Audit trail', '/trail'), entry('Trailers'), entry('Packs')], text).map((it) => it.title);

test('the palette finds what holds every word typed, beginnings first', () => {
  assert.deepEqual(titles('trail'), ['Trailers', 'Audit trail']);
  assert.deepEqual(titles('trail audit'), ['Audit trail']);
  assert.deepEqual(titles(''), ['Audit trail', 'Trailers', 'Packs']);
  assert.deepEqual(titles('nothing'), []);
});

test('a swap is found by its id', () => {
  assert.equal(swapEntry('0192e4c0-7b5a-7c3a-8000-000000000001')[0]?.to, '/swaps/0192e4c0-7b5a-7c3a-8000-000000000001');
  assert.deepEqual(swapEntry('0192'), []);
});
