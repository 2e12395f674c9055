import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { type TestApp, withServer } from '../test/app.ts';
import { type Company, company } from '../test/company.ts';
import { type Browser, browser, type Page, somebody } from '../test/people.ts';
import { readConfig } from './config.ts';

const publicUrl = 'http://localhost:8080';
const redirectUri = `${publicUrl}/api/auth/callback/acme`;

/** A server that lets Acme's people in by Acme's own service. */
const withCompany = (body: (it: TestApp & { acme: Company }) => Promise<void>) => async () => {
  const acme = await company(redirectUri);
  const dir = mkdtempSync(join(tmpdir(), 'packloop-oidc-'));
  const file = join(dir, 'services.json');
  const roles = [
    { group: 'ops', role: 'admin' },
    { group: 'watch', role: 'auditor' },
  ];
  const service = {
    id: 'acme',
    name: 'Acme',
    issuer: acme.issuer,
    ...acme.client,
    partyId: 'acme',
    domains: ['acme.example'],
    roles,
  };
  writeFileSync(file, JSON.stringify([service]));
  try {
    const withIt = withServer(
      async (it) => {
        await (await it.as('admin')).post('/v1/parties', { id: 'acme', name: 'Acme', kind: 'operator' });
        await body({ ...it, acme });
      },
      { OIDC_FILE: file, PUBLIC_URL: publicUrl },
    );
    await withIt();
  } finally {
    await acme.close();
    rmSync(dir, { recursive: true });
  }
};

/** From our page to the company's and back. */
async function comeBy(page: Browser, acme: Company, person: string): Promise<Page> {
  const asked = { provider: 'acme', callbackURL: '/console/', errorCallbackURL: '/console/sign-in' };
  const begun = await page.post('/api/auth/sign-in/social', asked);
  assert.equal(begun.status, 200, JSON.stringify(begun.body));
  const back = await acme.visit(begun.body.url, person);
  assert.ok(back.href.startsWith(redirectUri), back.href);
  return await page.get(back.pathname + back.search);
}

test(
  'somebody comes in by his company’s service, as what its groups make him; next time as what they make him then',
  withCompany(async ({ app, acme }) => {
    const page = browser(app);
    assert.deepEqual((await page.get('/v1/sign-in-options')).body.services, [{ id: 'acme', name: 'Acme' }]);
    acme.people.set('ann', { email: 'ann@acme.example', name: 'Ann', groups: ['canteen', 'ops'] });
    const back = await comeBy(page, acme, 'ann');
    assert.deepEqual([back.status, back.headers.location], [302, '/console/']);
    const { body: me } = await page.get('/v1/me');
    assert.deepEqual([me.person.email, me.person.passwordDue], ['ann@acme.example', false]);
    assert.deepEqual(
      me.memberships.map((it: Record<string, string>) => [it.partyId, it.role, it.via]),
      [['acme', 'admin', 'acme']],
    );
    assert.deepEqual(me.permissions['station.see'], { all: false, tenants: ['acme'] });

    acme.people.set('ann', { email: 'ann@acme.example', name: 'Ann', groups: ['watch'] });
    const again = browser(app);
    await comeBy(again, acme, 'ann');
    assert.equal((await again.get('/v1/me')).body.memberships[0].role, 'auditor');
    assert.equal(
      (await page.get('/v1/keys')).body.type,
      '/problems/permission-missing',
      'the old session is no longer more',
    );

    acme.people.set('ann', { email: 'ann@acme.example', name: 'Ann', groups: [] });
    assert.match(String((await comeBy(browser(app), acme, 'ann')).headers.location), /error=no-role/);
    assert.equal((await again.get('/v1/me')).status, 401, 'who is dismissed is out');

    const kept = await app.doWork((work) => sql`select * from account.account`.execute(work.db));
    const [row] = kept.rows as Record<string, unknown>[];
    assert.deepEqual([row!.accessToken, row!.refreshToken, row!.idToken], [null, null, null]);
    const trail = await app.doWork((work) => sql<{ route: string }>`select route from kernel.trail`.execute(work.db));
    assert.equal(trail.rows.filter((it) => it.route === 'sign in by service acme').length, 2);
  }),
);

test(
  'a company vouches for its own people and nobody else, and only for those it gives a role',
  withCompany(async ({ app, acme }) => {
    await somebody(app, { email: 'root@acme.example' });
    const cases = [
      ['guest', { email: 'guest@acme.example', name: 'G', groups: ['canteen'] }, 'no-role'],
      ['eve', { email: 'eve@evil.example', name: 'E', groups: ['ops'] }, 'domain-not-allowed'],
      ['sub', { email: 'x@sub.acme.example', name: 'S', groups: ['ops'] }, 'domain-not-allowed'],
      ['new', { email: 'new@acme.example', name: 'N', groups: ['ops'], email_verified: false }, 'email-not-verified'],
      // An account that somebody here made is not taken over by whoever runs the company's service.
      ['root', { email: 'root@acme.example', name: 'R', groups: ['ops'] }, 'account_not_linked'],
    ] as const;
    for (const [person, claims, why] of cases) {
      acme.people.set(person, claims);
      const page = browser(app);
      const back = await comeBy(page, acme, person);
      assert.equal(back.status, 302, person);
      const to = new URL(String(back.headers.location), publicUrl);
      assert.equal(to.pathname, '/console/sign-in', person);
      assert.equal(to.searchParams.get('error'), why, `${person}: ${to}`);
      assert.equal((await page.get('/v1/me')).status, 401, person);
    }
    const people = await app.doWork((work) => sql`select from account."user"`.execute(work.db));
    assert.equal(people.rows.length, 1, 'no account was made for any of them');
  }),
);

test(
  'what comes back from a company holds for the browser that went there, once',
  withCompany(async ({ app, acme }) => {
    acme.people.set('ann', { email: 'ann@acme.example', name: 'Ann', groups: ['ops'] });
    const page = browser(app);
    const begun = await page.post('/api/auth/sign-in/social', { provider: 'acme', callbackURL: '/console/' });
    assert.match(begun.body.url, /code_challenge_method=S256/);
    assert.match(begun.body.url, /nonce=/);
    const back = await acme.visit(begun.body.url, 'ann');
    const stranger = browser(app);
    await stranger.get(back.pathname + back.search);
    assert.equal((await stranger.get('/v1/me')).status, 401, 'another browser cannot use it');
    const elsewhere = await page.post('/api/auth/sign-in/social', {
      provider: 'acme',
      callbackURL: 'https://evil.example/',
    });
    assert.equal(elsewhere.status, 403, 'nobody is sent to a stranger afterwards');
    const idToken = { provider: 'acme', idToken: { token: 'x.y.z' }, callbackURL: '/console/' };
    assert.equal((await page.post('/api/auth/sign-in/social', idToken)).status, 400);
  }),
);

test(
  'while a company’s service is away its people are told so, and all others sign in as ever',
  withCompany(async ({ app, acme }) => {
    await acme.close();
    await somebody(app, { email: 'root@packloop.example' });
    assert.equal((await browser(app).signIn('root@packloop.example')).status, 200);
    const asked = { provider: 'acme', callbackURL: '/console/' };
    const reply = await browser(app).post('/api/auth/sign-in/social', asked);
    assert.deepEqual([reply.status, reply.body.type], [404, '/problems/provider-not-found']);
  }),
);

test('a file of services that is wrong is named with the field at fault', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'packloop-oidc-'));
  const file = join(dir, 'services.json');
  const { createApp } = await import('./app.ts');
  const config = {
    ...readConfig({ DATABASE_URL: 'postgres://nobody@localhost/none' }),
    DATABASE_URL: 'postgres://x@localhost/x',
  };
  const start = () => createApp({ ...config, LOG_LEVEL: 'silent', OIDC_FILE: file });
  await assert.rejects(start, { name: 'ConfigWrong', message: /services\.json is not there/ });
  writeFileSync(file, JSON.stringify([{ id: 'acme', issuer: 'http://acme.example' }]));
  await assert.rejects(start, { name: 'ConfigWrong', message: /0\.issuer: must be https[\s\S]*0\.domains/ });
  rmSync(dir, { recursive: true });
});

test(
  'who comes by his company’s service can be forgotten, with what links him to it; coming again he is somebody new',
  withCompany(async ({ app, acme }) => {
    acme.people.set('ann', { email: 'ann@acme.example', name: 'Ann Forgotten', groups: ['watch'] });
    const page = browser(app);
    await comeBy(page, acme, 'ann');
    const { id } = (await page.get('/v1/me')).body.person;
    const links = async () =>
      (await app.doWork((work) => sql`select t::text from account.account t where "userId" = ${id}`.execute(work.db)))
        .rows;
    assert.equal((await links()).length, 1);
    const erased = await page.post('/v1/me/erase', { email: 'ann@acme.example' });
    assert.equal(erased.status, 200, JSON.stringify(erased.body));
    assert.equal((await page.get('/v1/me')).status, 401);
    assert.deepEqual(await links(), []);
    const again = browser(app);
    await comeBy(again, acme, 'ann');
    const me = (await again.get('/v1/me')).body.person;
    assert.equal(me.email, 'ann@acme.example');
    assert.notEqual(me.id, id);
  }),
);
