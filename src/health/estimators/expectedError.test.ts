import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BELIEFS, expectedError } from './expectedError.ts';

test('no error is expected before the first test', () => {
  assert.equal(expectedError([], BELIEFS.lasting, 100)(500), 0);
});

test('an error that a test found is believed in part, and less the longer ago it was', () => {
  const expected = expectedError([{ row: 5, error: 0.01 }], BELIEFS.lasting, 100);
  assert.ok(expected(6) > 0.005 && expected(6) < 0.01);
  assert.ok(expected(50) < expected(6));
  assert.ok(expected(50) > 0);
});

test('what many tests found drifting is expected to drift on', () => {
  const found = [1, 2, 3, 4, 5].map((k) => ({ row: 100 * k, error: 0.002 * k }));
  const expected = expectedError(found, BELIEFS.fleeting, 100);
  assert.ok(expected(600) > expected(510));
  assert.ok(Math.abs(expected(600) - 0.012) < 0.002);
});

test('the more chance there is in a test, the less it is believed', () => {
  const found = [{ row: 200, error: -0.01 }];
  assert.ok(
    Math.abs(expectedError(found, BELIEFS.fleeting, 100)(210)) <
      Math.abs(expectedError(found, BELIEFS.lasting, 100)(210)),
  );
});
