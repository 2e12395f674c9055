// What a demo network is goes on being that.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demandSame } from './demo.ts';
import { Failed } from './say.ts';

test('a network that is there is not entered again under another property structure, nor from another seed', () => {
  const there = { seed: 12, property: 'bank' as const };
  demandSame(there, {});
  demandSame(there, { seed: 12, property: 'bank' });
  const refused = (error: unknown) => error instanceof Failed && error.code === 2 && /--fresh/.test(error.message);
  assert.throws(() => demandSame(there, { property: 'joint' }), refused);
  assert.throws(() => demandSame({ seed: 12 }, { property: 'maker' }), refused, 'all three were mixed');
  assert.throws(() => demandSame(there, { seed: 13 }), refused);
});
