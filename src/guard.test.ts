import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withServer } from '../test/app.ts';
import { browser } from '../test/people.ts';

test(
  'pages run only what comes from us and stand in nobody’s frame; data runs nothing',
  withServer(async ({ app }) => {
    const page = await browser(app).get('/problems/malformed', { accept: 'text/html' });
    const policy = String(page.headers['content-security-policy']);
    for (const line of ["script-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'"])
      assert.ok(policy.includes(line), line);
    assert.doesNotMatch(policy.match(/script-src[^;]*/)![0], /unsafe/);
    assert.equal(page.headers['x-frame-options'], 'DENY');
    assert.equal(page.headers['x-content-type-options'], 'nosniff');
    assert.equal(page.headers['referrer-policy'], 'no-referrer');
    assert.match(String(page.headers['permissions-policy']), /camera=\(\)/);
    assert.equal(page.headers['strict-transport-security'], undefined, 'without TLS');
    for (const path of ['/v1/network', '/v1/nowhere', '/v1/keys', '/api/auth/get-session']) {
      const { headers } = await browser(app).get(path);
      assert.equal(headers['content-security-policy'], "default-src 'none'; frame-ancestors 'none'", path);
      assert.equal(headers['x-content-type-options'], 'nosniff', path);
    }
  }),
);

test(
  'behind TLS browsers are told to insist on it; origins of maps may be asked',
  withServer(
    async ({ app }) => {
      const { headers } = await browser(app).get('/problems/malformed', { accept: 'text/html' });
      assert.match(String(headers['strict-transport-security']), /max-age=31536000/);
      assert.match(String(headers['content-security-policy']), /connect-src 'self' https:\/\/t0\.tianditu\.example/);
    },
    { PUBLIC_URL: 'https://packloop.example', MAP_ORIGINS: ['https://t0.tianditu.example'] },
  ),
);

test(
  'a caller who asks too much waits; others do not, and pages are there for all',
  withServer(
    async ({ app, as }) => {
      const [busy, other] = [await as('read'), await as('read')];
      const statuses: number[] = [];
      for (const it of [busy, other]) assert.equal((await it.get('/v1/packs')).status, 200);
      for (let n = 0; n < 25; n++) statuses.push((await busy.get('/v1/me')).status);
      assert.deepEqual([statuses[0], statuses.at(-1)], [200, 429]);
      assert.equal((await busy.get('/v1/packs')).body.type, '/problems/too-many-requests');
      assert.equal((await other.get('/v1/me')).status, 200);
      // Whoever makes up credentials is one caller by his address, whatever he calls himself.
      const made: number[] = [];
      for (let n = 0; n < 25; n++) {
        const cookie = `packloop.session_token=${n}.x`;
        made.push((await browser(app, '192.0.2.7').get('/v1/sign-in-options', { cookie })).status);
      }
      assert.deepEqual([made[0], made.at(-1)], [200, 429]);
      assert.equal((await busy.get('/healthz')).status, 200);
    },
    { RATE_LIMIT: 2 },
  ),
);

test(
  'whoever guesses keys is not answered for long, and does not stand in the way of a good key from the same place',
  withServer(async ({ app, as }) => {
    const good = await as('read');
    assert.equal((await good.get('/v1/packs')).status, 200);
    const guess = (n: number) => browser(app).get('/v1/packs', { authorization: `Bearer pl_guess-${n}` });
    const statuses: number[] = [];
    for (let n = 0; n < 70; n++) statuses.push((await guess(n)).status);
    assert.deepEqual([statuses[0], statuses.at(-1)], [401, 429]);
    assert.equal((await good.get('/v1/packs')).status, 200);
  }),
);

test(
  'who stands behind a trusted proxy is known by his own address, and nobody else can say he were another',
  withServer(
    async ({ app }) => {
      const from = (remoteAddress: string, forwarded: string) =>
        app.http.inject({
          method: 'POST',
          url: '/api/auth/sign-in/email',
          remoteAddress,
          headers: {
            host: 'packloop.example',
            origin: 'https://packloop.example',
            'x-forwarded-for': forwarded,
            'x-forwarded-proto': 'https',
          },
          payload: { email: 'x@example.com', password: 'wrong horse battery' },
        });
      for (let n = 0; n < 40; n++) await from('10.0.0.1', `198.51.100.${n}`);
      const last = await from('10.0.0.1', '198.51.100.200');
      assert.equal(last.json().type, '/problems/sign-in-locked', 'the account rests, not the proxy');
      const direct: number[] = [];
      for (let n = 0; n < 40; n++) direct.push((await from('192.0.2.9', `198.51.100.${n}`)).statusCode);
      assert.ok(direct.includes(429));
    },
    { TRUST_PROXY: ['10.0.0.1'], PUBLIC_URL: 'https://packloop.example' },
  ),
);
