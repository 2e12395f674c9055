import assert from 'node:assert/strict';
import { test } from 'node:test';
import { consoleAt, firstSignInText } from './first.ts';

test('the console is told by the address at which passkeys work: PUBLIC_URL, or localhost with the port that was taken', () => {
  assert.equal(consoleAt({}, 'http://127.0.0.1:9000'), 'http://localhost:9000/console/');
  assert.equal(
    consoleAt({ PUBLIC_URL: 'https://packloop.example' }, 'http://127.0.0.1:9000'),
    'https://packloop.example/console/',
  );
  const text = firstSignInText({ email: 'a@b.example', password: 'once' }, 'http://localhost:9000/console/');
  assert.match(text, /^First sign-in at http:\/\/localhost:9000\/console\/: a@b\.example/);
});
