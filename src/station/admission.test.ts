import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StationId } from '#units';
import { admission } from './admission.ts';
import { newPassword } from './password.ts';

const bytes = (size: number) => new Uint8Array(size).fill(7);
const { password, credential } = newPassword('SZ-01' as StationId, bytes);
const onFile = (securityProfile: 1 | 2 | 3) => ({ securityProfile, salt: credential.salt, hash: credential.hash });
const basic = { user: 'SZ-01', password };
const why = (...args: Parameters<typeof admission>) => {
  const it = admission(...args);
  return it.admitted ? 'admitted' : it.why;
};

test('a password has at least 24 characters of the alphabet of OCPP', () => {
  assert.match(password, /^[A-Za-z0-9*\-_=:+|@.]{24,64}$/);
});

test('a station gets in with exactly what its security profile demands', () => {
  const stationId = 'SZ-01';
  assert.equal(why({ stationId, tls: false, basic }, onFile(1)), 'admitted');
  assert.equal(why({ stationId, tls: true, basic }, onFile(2)), 'admitted');
  assert.equal(why({ stationId, tls: true, certificateFor: stationId }, onFile(3)), 'admitted');
  assert.equal(why({ stationId, tls: true, basic }, onFile(1)), 'wrong-profile');
  assert.equal(why({ stationId, tls: false, basic }, onFile(2)), 'wrong-profile');
  assert.equal(why({ stationId, tls: false, certificateFor: stationId }, onFile(3)), 'wrong-profile');
  assert.equal(why({ stationId, tls: true, basic }, onFile(3)), 'bad-credentials');
  assert.equal(why({ stationId, tls: true, certificateFor: 'SZ-02' }, onFile(3)), 'bad-credentials');
});

test('a wrong password, another station’s name or no credential is turned away', () => {
  const stationId = 'SZ-01';
  const wrong = { user: stationId, password: `${password}x` };
  assert.equal(why({ stationId, tls: false, basic: wrong }, onFile(1)), 'bad-credentials');
  assert.equal(why({ stationId, tls: false, basic: { ...basic, user: 'SZ-02' } }, onFile(1)), 'bad-credentials');
  assert.equal(why({ stationId, tls: false }, onFile(1)), 'bad-credentials');
  assert.equal(
    why({ stationId, tls: false, basic }, { securityProfile: 1, salt: null, hash: null }),
    'bad-credentials',
  );
  assert.equal(why({ stationId: 'XX', tls: false, basic }, undefined), 'unknown-station');
});
