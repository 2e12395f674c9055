import assert from 'node:assert/strict';
import { test } from 'node:test';
import { opens } from './shortcuts.ts';

const key = (key: string, also: { ctrlKey?: boolean; metaKey?: boolean } = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...also,
});

test('Ctrl-K finds anything from anywhere; single keys never disturb somebody who types', () => {
  assert.equal(opens(key('k', { ctrlKey: true }), true), 'palette');
  assert.equal(opens(key('K', { metaKey: true }), false), 'palette');
  assert.equal(opens(key('?'), false), 'help');
  assert.equal(opens(key('/'), false), 'palette');
  assert.deepEqual(
    [opens(key('?'), true), opens(key('/'), true), opens(key('k'), false)],
    [undefined, undefined, undefined],
  );
});
