import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigWrong, readConfig } from './config.ts';

test('a network needs no configuration at all', () => {
  const config = readConfig({});
  assert.equal(config.DATABASE_URL, undefined);
  assert.deepEqual([config.HOST, config.PORT, config.POOL_MAX, config.PUBLIC_VIEW], ['127.0.0.1', 8080, 5, true]);
});

test('what is wrong with the environment is told all at once, by the name of each variable', () => {
  const wrong = { PORT: 'eighty', DATABASE_URL: 'mysql://x', LOG_LEVEL: 'loud', PUBLIC_VIEW: 'perhaps' };
  assert.throws(
    () => readConfig(wrong),
    (error: Error) =>
      error instanceof ConfigWrong && Object.keys(wrong).every((it) => error.message.includes(`\n  ${it}: `)),
  );
});

test('a secure port needs its certificate, and a clock that is not the world’s needs a speed', () => {
  assert.throws(() => readConfig({ TLS_PORT: '8443' }), /TLS_PORT: needs TLS_CERT and TLS_KEY/);
  assert.throws(() => readConfig({ CLOCK_START: '2026-11-22T08:00:00Z' }), /CLOCK_START: is for demo networks/);
  assert.equal(readConfig({ TLS_PORT: '8443', TLS_CERT: 'a', TLS_KEY: 'b' }).TLS_PORT, 8443);
});

test('an empty variable counts as absent', () => {
  assert.equal(readConfig({ DATABASE_URL: '', TLS_PORT: '', PORT: '' }).PORT, 8080);
});
