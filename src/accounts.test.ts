import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { getMigrations } from 'better-auth/db/migration';
import { sql } from 'kysely';
import pg from 'pg';
import { firstAdministrator, setLocked } from '#party';
import type { PartyId } from '#units';
import { withServer } from '../test/app.ts';
import { ownDatabase } from '../test/database.ts';
import { type Browser, browser, somebody, usualPassword } from '../test/people.ts';
import { testStart } from '../test/work.ts';
import { authOptions } from './party/auth.ts';

const ann = 'ann@packloop.example';
const acme = 'acme' as PartyId;

/** RFC 6238 with the usual terms: what an authenticator app shows. */
function totp(uri: string, atMs = Date.now()): string {
  const bits = [...new URL(uri).searchParams.get('secret')!]
    .map((it) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(it).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from(bits.match(/.{8}/g)!.map((it) => Number.parseInt(it, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(atMs / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const code = (mac.readUInt32BE(mac.at(-1)! & 15) & 0x7fffffff) % 1_000_000;
  return String(code).padStart(6, '0');
}

const type = ({ body }: { body: { type?: string } }): string | undefined => body.type?.replace('/problems/', '');

test(
  'somebody signs in, is told what he may, and after signing out is nobody',
  withServer(async ({ app }) => {
    await somebody(app, { email: ann });
    const page = browser(app);
    assert.equal((await page.get('/v1/me')).status, 401);
    const signedIn = await page.signIn('Ann@Packloop.example');
    assert.equal(signedIn.status, 200, JSON.stringify(signedIn.body));
    const cookie = String(signedIn.headers['set-cookie']);
    assert.match(cookie, /packloop\.session_token=[^;]+;.*HttpOnly; SameSite=Lax/);
    assert.doesNotMatch(cookie, /Secure/, 'the address is http');
    const { body } = await page.get('/v1/me');
    assert.equal(body.kind, 'person');
    assert.equal(body.person.email, ann);
    assert.deepEqual(body.permissions['key.manage'], { all: true });
    assert.deepEqual([body.memberships[0].partyId, body.memberships[0].role], ['platform', 'admin']);
    assert.equal((await page.get('/v1/keys')).status, 200);
    assert.equal((await page.post('/api/auth/sign-out')).status, 200);
    assert.equal((await page.get('/v1/keys')).status, 401);
    assert.deepEqual([...page.cookies.keys()], []);
  }),
);

test(
  'over https cookies are secure',
  withServer(
    async ({ app }) => {
      await somebody(app, { email: ann });
      const cookie = String((await browser(app).signIn(ann)).headers['set-cookie']);
      assert.match(cookie, /__Secure-packloop\.session_token=.*; Secure/);
    },
    { PUBLIC_URL: 'https://packloop.example' },
  ),
);

test(
  'a network without people gets one administrator, whose one-time password opens nothing but its own change',
  withServer(async ({ app }) => {
    const random = (size: number) => crypto.getRandomValues(new Uint8Array(size));
    const make = () => app.doWork((work) => firstAdministrator(work, { email: ann, random }));
    const made = await Promise.all([make(), make(), make()]);
    const [first, ...others] = made.filter((it) => it !== undefined);
    assert.deepEqual(others, [], 'however many servers start at once');
    assert.match(first!.password, /^([a-z2-9]{5}-){4}[a-z2-9]{5}$/);
    const page = browser(app);
    assert.equal((await page.signIn(ann, first!.password)).status, 200);
    const me = await page.get('/v1/me');
    assert.equal(me.body.person.passwordDue, true);
    assert.deepEqual(me.body.permissions, {});
    assert.equal(type(await page.get('/v1/packs')), 'password-due');
    assert.equal(type(await page.post('/v1/keys', { name: 'x', scopes: ['read'] })), 'password-due');
    assert.equal(type(await page.post('/api/auth/two-factor/enable', { password: first!.password })), 'password-due');
    const change = (newPassword: string) =>
      page.post('/api/auth/change-password', { currentPassword: first!.password, newPassword });
    assert.equal((await change('short')).status, 400);
    assert.equal(type(await change(first!.password)), 'password-same');
    assert.equal((await change(usualPassword)).status, 200);
    assert.equal((await page.get('/v1/me')).body.person.passwordDue, false);
    assert.equal((await page.get('/v1/packs')).status, 200);
    assert.equal((await browser(app).signIn(ann, first!.password)).status, 401);
  }),
);

test(
  'a wrong password, a person that does not exist and one without password are told the same',
  withServer(async ({ app }) => {
    await somebody(app, { email: ann });
    const wrong = await browser(app).signIn(ann, 'wrong horse battery');
    const unknown = await browser(app).signIn('nobody@packloop.example', 'wrong horse battery');
    assert.equal(wrong.status, 401);
    assert.deepEqual(wrong.body, unknown.body);
    for (const path of ['sign-up/email', 'request-password-reset', 'reset-password', 'delete-user', 'change-email'])
      assert.ok((await browser(app).post(`/api/auth/${path}`, { email: ann, name: 'x', password: 'y' })).status >= 400);
    assert.equal((await app.doWork((work) => sql`select from account."user"`.execute(work.db))).rows.length, 1);
  }),
);

test(
  'after ten wrong passwords an account rests, whether there is one or not; the operator has a line',
  withServer(async ({ app, as }) => {
    await somebody(app, { email: ann });
    for (const email of [ann, 'nobody@packloop.example']) {
      const guesser = browser(app, email === ann ? '192.0.2.1' : '192.0.2.2');
      for (let n = 0; n < 10; n++) assert.equal((await guesser.signIn(email, `wrong ${n} password`)).status, 401);
      const rests = await browser(app).signIn(email);
      assert.deepEqual([rests.status, type(rests)], [429, 'sign-in-locked']);
      assert.match(rests.body.title, /try again in 15 minutes/);
      const after = Number(rests.headers['retry-after']);
      assert.ok(after > 890 && after <= 900, String(after));
    }
    const lines = (await (await as('admin')).get('/v1/anomalies')).body.items;
    assert.ok(lines.some((it: { kind: string; times: number }) => it.kind === 'sign-in-locked' && it.times === 2));
    assert.doesNotMatch(JSON.stringify(lines), /ann@/);

    await app.doWork((work) => sql`update party.sign_in_failure set locked_until = now()`.execute(work.db));
    assert.equal((await browser(app).signIn(ann)).status, 200);
    for (let n = 0; n < 9; n++) await browser(app).signIn(ann, `wrong ${n} password`);
    assert.equal((await browser(app).signIn(ann)).status, 200, 'a right password in between begins anew');
  }),
);

test(
  'many tries from one address are slowed down, whatever accounts they are for',
  withServer(async ({ app }) => {
    const statuses: number[] = [];
    for (let n = 0; n < 34; n++) statuses.push((await browser(app).post('/api/auth/sign-in/email', {})).status);
    assert.ok(statuses.includes(429), statuses.join());
  }),
);

async function withTwoFactors(page: Browser): Promise<{ uri: string; codes: string[] }> {
  const enabled = await page.post('/api/auth/two-factor/enable', { password: usualPassword });
  assert.equal(enabled.status, 200, JSON.stringify(enabled.body));
  const { totpURI: uri, backupCodes: codes } = enabled.body;
  assert.equal((await page.post('/api/auth/two-factor/verify-totp', { code: totp(uri) })).status, 200);
  return { uri, codes };
}

test(
  'with two factors the password alone opens nothing; a code of the app does, and each backup code once',
  withServer(async ({ app }) => {
    await somebody(app, { email: ann });
    const first = browser(app);
    await first.signIn(ann);
    const { uri, codes } = await withTwoFactors(first);
    assert.equal((await first.get('/v1/me')).body.person.twoFactor, true);

    const second = browser(app);
    const half = await second.signIn(ann);
    assert.equal(half.body.twoFactorRedirect, true);
    assert.equal((await second.get('/v1/me')).status, 401);
    assert.equal((await second.post('/api/auth/two-factor/verify-totp', { code: '000000' })).status, 401);
    assert.equal((await second.post('/api/auth/two-factor/verify-totp', { code: totp(uri) })).status, 200);
    assert.equal((await second.get('/v1/me')).status, 200);

    const third = browser(app);
    for (const expected of [200, 401]) {
      await third.signIn(ann);
      const reply = await third.post('/api/auth/two-factor/verify-backup-code', { code: codes[0] });
      assert.equal(reply.status, expected);
      third.cookies.clear();
    }
    const kept = await app.doWork((work) => sql`select * from account."twoFactor"`.execute(work.db));
    assert.ok(!JSON.stringify(kept.rows).includes(codes[1]!), 'backup codes are kept encrypted');
  }),
);

test(
  'sessions are listed and ended one by one; a new password ends all others',
  withServer(async ({ app }) => {
    await somebody(app, { email: ann });
    const [desk, phone, tablet] = [browser(app), browser(app), browser(app)];
    for (const it of [desk, phone, tablet]) await it.signIn(ann);
    const { body: sessions } = await desk.get('/api/auth/list-sessions');
    assert.equal(sessions.length, 3);
    assert.ok(sessions.every((it: { ipAddress: string }) => it.ipAddress === '127.0.0.1'));
    const phones = (await phone.get('/api/auth/get-session')).body.session;
    assert.equal((await phone.get('/v1/me')).status, 200);
    assert.equal((await desk.post('/api/auth/revoke-session', { token: phones.token })).status, 200);
    assert.equal((await phone.get('/v1/me')).status, 401, 'at once, though it was known a moment ago');

    const newPassword = 'another horse battery';
    await desk.post('/api/auth/change-password', { currentPassword: usualPassword, newPassword });
    assert.equal((await desk.get('/v1/me')).status, 200);
    assert.equal((await tablet.get('/v1/me')).status, 401);
  }),
);

test(
  'whoever is locked out is out at once, and cannot come back',
  withServer(async ({ app }) => {
    const id = await somebody(app, { email: ann });
    const page = browser(app);
    await page.signIn(ann);
    await app.doWork((work) => setLocked(work, id, true));
    app.forgetCallers();
    assert.equal((await page.get('/v1/me')).status, 401);
    assert.equal(type(await page.signIn(ann)), 'person-locked');
    await app.doWork((work) => setLocked(work, id, false));
    assert.equal((await page.signIn(ann)).status, 200);
  }),
);

test(
  'a page of somebody else can make a browser ask, but nothing is written',
  withServer(async ({ app, as }) => {
    await somebody(app, { email: ann });
    const page = browser(app);
    await page.signIn(ann);
    const write = (headers: Record<string, string>) => page.post('/v1/keys', { name: 'x', scopes: ['read'] }, headers);
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost:8081' },
      { origin: '' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ])
      assert.deepEqual(
        [(await write(headers)).status, type(await write(headers))],
        [403, 'cross-site'],
        JSON.stringify(headers),
      );
    assert.equal(type(await page.post('/api/auth/sign-out', {}, { origin: 'https://evil.example' })), 'cross-site');
    const elsewhere = browser(app);
    const login = await elsewhere.post(
      '/api/auth/sign-in/email',
      { email: ann, password: usualPassword },
      { origin: 'https://evil.example' },
    );
    assert.equal(type(login), 'cross-site');
    assert.equal((await write({ 'sec-fetch-site': 'same-origin' })).status, 200);
    assert.equal(
      (await page.post('/v1/keys', 'name=x', { 'content-type': 'application/x-www-form-urlencoded' })).status,
      415,
    );
    assert.equal(
      (await page.post('/v1/keys', '{"name":"x","scopes":["read"]}', { 'content-type': 'text/plain' })).status,
      415,
    );
    assert.equal(
      (await (await as('admin')).post('/v1/keys', { name: 'x', scopes: ['read'] })).status,
      200,
      'a key is no cookie',
    );
  }),
);

test(
  'an invitation lets one person in, once, as what it says; he reaches nothing else',
  withServer(async ({ app, as }) => {
    await somebody(app, { email: ann });
    const admin = browser(app);
    await admin.signIn(ann);
    await (await as('admin')).post('/v1/parties', { id: acme, name: 'Acme', kind: 'operator' });
    assert.equal(type(await admin.post('/v1/invitations', { partyId: acme, role: 'owner' })), 'role-does-not-fit');
    assert.equal(type(await admin.post('/v1/invitations', { partyId: 'nobody', role: 'admin' })), 'party-unknown');
    const invited = await admin.post('/v1/invitations', { partyId: acme, role: 'admin', name: 'Bob' });
    assert.equal(invited.status, 200, JSON.stringify(invited.body));
    assert.equal(invited.body.path, `/console/invitation#${invited.body.token}`);

    const bob = browser(app);
    const { token } = invited.body;
    assert.equal((await bob.post('/v1/invitations/look', { token })).body.partyName, 'Acme');
    const account = { name: 'Bob', email: 'bob@acme.example', password: usualPassword };
    assert.equal(
      (await bob.post('/v1/invitations/accept', { token, account: { ...account, password: 'short' } })).status,
      400,
    );
    assert.equal((await bob.post('/v1/invitations/accept', { token, account })).status, 200);
    assert.equal(type(await bob.post('/v1/invitations/accept', { token, account })), 'invitation-void');
    await bob.signIn(account.email);
    const { permissions } = (await bob.get('/v1/me')).body;
    assert.deepEqual(permissions['station.see'], { all: false, tenants: [acme] });
    assert.equal(permissions['audit.run'], undefined);
    assert.deepEqual(
      (await bob.get('/v1/members')).body.items.map((it: { email: string }) => it.email),
      [account.email],
    );
    assert.deepEqual(
      (await bob.get('/v1/parties')).body.items.map((it: { id: string }) => it.id),
      [acme],
    );
    assert.equal(type(await bob.post('/v1/parties', { id: 'x', name: 'X', kind: 'bank' })), 'platform-only');
    assert.equal(type(await bob.post('/v1/invitations', { partyId: 'platform', role: 'admin' })), 'party-unknown');
    const kept = await app.doWork((work) => sql`select * from party.invitation`.execute(work.db));
    assert.ok(!JSON.stringify(kept.rows).includes(token));
    const asked = await app.doWork((work) => sql`select * from kernel.idempotency`.execute(work.db));
    assert.ok(!JSON.stringify(asked.rows).includes(usualPassword));
  }),
);

test(
  'a change of role holds at once; the last administrator stays; an account of two organisations is touched by neither',
  withServer(async ({ app, as }) => {
    await (await as('admin')).post('/v1/parties', [
      { id: acme, name: 'Acme', kind: 'operator' },
      { id: 'bolt', name: 'Bolt', kind: 'fleet' },
    ]);
    await somebody(app, { email: ann });
    await somebody(app, { email: 'bob@acme.example', post: { partyId: acme, role: 'admin' } });
    const [admin, bob] = [browser(app), browser(app)];
    await admin.signIn(ann);
    await bob.signIn('bob@acme.example');
    const all: { id: string; email: string }[] = (await admin.get('/v1/members')).body.items;
    const first = all.find((it) => it.email === ann)!;
    const second = all.find((it) => it.email !== ann)!;
    assert.equal(type(await admin.post(`/v1/members/${first.id}/remove`, {})), 'last-administrator');
    assert.equal(type(await bob.post(`/v1/members/${first.id}/remove`, {})), 'member-unknown');
    assert.equal((await bob.get('/v1/keys')).status, 200);
    assert.equal(
      (await admin.post(`/v1/members/${second.id}`, { role: 'dispatcher', regions: ['CN-GD-SZ'] })).status,
      200,
    );
    assert.equal(type(await bob.get('/v1/keys')), 'permission-missing');
    assert.deepEqual((await bob.get('/v1/me')).body.permissions['station.see'], {
      all: false,
      tenants: [acme],
      regions: ['CN-GD-SZ'],
    });

    await admin.post(`/v1/members/${second.id}`, { role: 'admin', regions: ['CN-GD-SZ'] });
    await somebody(app, { email: 'head@acme.example', post: { partyId: acme, role: 'admin' } });
    const head = (await bob.get('/v1/members')).body.items.find((it: { email: string }) => it.email.startsWith('head'));
    for (const [path, body] of [
      [`/v1/members/${head.id}/password`, {}],
      [`/v1/members/${head.id}/lock`, { locked: true }],
      [`/v1/members/${head.id}`, { role: 'auditor', regions: ['CN-GD-SZ'] }],
      [`/v1/members/${head.id}/remove`, {}],
      ['/v1/keys', { name: 'x', scopes: ['admin'] }],
      ['/v1/invitations', { role: 'admin' }],
      ['/v1/invitations', { role: 'admin', regions: ['CN-SH'] }],
    ] as const)
      assert.equal(type(await bob.post(path, body)), 'post-beyond-reach', `who is confined does not: ${path}`);
    const far = { id: 'far', name: 'Far', operatorId: acme, presetId: 'nio-g3', place: { latitude: 1, longitude: 1 } };
    assert.equal(type(await bob.post('/v1/stations', far)), 'post-beyond-reach');
    assert.equal((await bob.post('/v1/stations', { ...far, region: 'CN-GD-SZ' })).status, 200);

    await admin.post(`/v1/members/${second.id}`, { role: 'admin' });
    const { token } = (await admin.post('/v1/invitations', { partyId: 'bolt', role: 'admin' })).body;
    const joined = await bob.post('/v1/invitations/accept', { token });
    assert.equal(joined.status, 200, JSON.stringify(joined.body));
    assert.equal((await bob.get('/v1/me')).body.memberships.length, 2);
    assert.deepEqual((await bob.get('/v1/me')).body.permissions['member.manage'].tenants, [acme]);
    assert.equal((await bob.post('/v1/me/acting', { membershipId: joined.body.membershipId })).status, 200);
    assert.deepEqual((await bob.get('/v1/me')).body.permissions['member.manage'].tenants, ['bolt']);
    assert.equal(type(await bob.post('/v1/me/acting', { membershipId: first.id })), 'member-unknown');
    assert.equal(type(await bob.post(`/v1/members/${joined.body.membershipId}/password`, {})), 'member-elsewhere-too');
    const renewed = await admin.post(`/v1/members/${joined.body.membershipId}/password`, {});
    assert.equal((await bob.get('/v1/me')).status, 401, 'his sessions have ended');
    assert.equal((await bob.signIn('bob@acme.example', renewed.body.password)).status, 200);
    assert.equal((await bob.get('/v1/me')).body.person.passwordDue, true);
  }),
);

test(
  'every write leaves a trail that nobody can change: done, refused, by whom, about what; an organisation sees its own',
  withServer(async ({ app, as }) => {
    const root = await as('admin');
    await root.post('/v1/parties', { id: acme, name: 'Acme', kind: 'operator' });
    await somebody(app, { email: 'bob@acme.example', post: { partyId: acme, role: 'admin' } });
    const bob = browser(app);
    await bob.signIn('bob@acme.example', 'wrong horse battery');
    await bob.signIn('bob@acme.example');
    await bob.post('/v1/keys', { name: 'screens', scopes: ['read'] });
    await bob.post('/v1/audit', {});
    await bob.post('/v1/drivers', { id: 'd-1', name: 'Dora', payment: 'prepaid', colour: 'red' });
    await (await as('read')).post('/v1/stations/ST-1/commands', {});
    await browser(app).post('/v1/keys', { name: 'x', scopes: ['read'] });

    const { items } = (await root.get('/v1/trail')).body;
    const told = items.map((it: Record<string, string>) => [it.route, it.outcome, it.code, it.callerName]);
    assert.deepEqual(told.slice(0, 7), [
      ['POST /v1/stations/:stationId/commands', 'refused', 'permission-missing', 'test'],
      ['POST /v1/drivers', 'refused', 'malformed', 'bob'],
      ['POST /v1/audit', 'refused', 'permission-missing', 'bob'],
      ['POST /v1/keys', 'done', null, 'bob'],
      ['sign in by sign-in/email', 'done', null, 'bob'],
      ['POST /api/auth/sign-in/email', 'refused', 'INVALID_EMAIL_OR_PASSWORD', 'bob'],
      ['POST /v1/parties', 'done', null, 'test'],
    ]);
    assert.ok(
      items.every((it: { requestId: string | null; route: string }) => it.requestId || it.route.startsWith('sign in')),
    );
    assert.doesNotMatch(JSON.stringify(items), /pl_|Dora|horse|@/);
    const page = await root.get('/v1/trail?limit=2');
    const next = await root.get(`/v1/trail?limit=2&cursor=${page.body.nextCursor}`);
    assert.deepEqual(
      [...page.body.items, ...next.body.items].map((it) => it.seq),
      items.slice(0, 4).map((it: { seq: number }) => it.seq),
    );
    const found = async (query: string) => (await root.get(`/v1/trail?${query}`)).body.items.length;
    assert.equal(await found('outcome=refused&route=/v1/'), 3);
    assert.equal(await found('subject=ST-1'), 1);
    assert.equal(await found('subject=%25'), 0, 'a percent sign is a percent sign');
    const own = (await bob.get('/v1/trail')).body.items;
    const made = own.find((it: { route: string }) => it.route === 'POST /v1/keys');
    assert.deepEqual([made.subject.name, made.subject.scopes], ['screens', ['read']]);
    assert.equal(made.subject.id, (await bob.get('/v1/keys')).body.items[0].id);
    const routes = own.map((it: { route: string }) => it.route);
    assert.ok(routes.includes('sign in by sign-in/email') && routes.includes('POST /api/auth/sign-in/email'));
    assert.ok(own.length > 0 && own.every((it: { partyId: string }) => it.partyId === acme));
    await assert.rejects(
      app.doWork((work) => sql`delete from kernel.trail`.execute(work.db)),
      /append-only/,
    );
    await assert.rejects(
      app.doWork((work) => sql`update kernel.trail set caller = 'x'`.execute(work.db)),
      /append-only/,
    );
  }),
);

test(
  'an organisation finds in its trail what the platform did to its members, keys and stations, and who joined it as what',
  withServer(async ({ app, as }) => {
    const root = await as('admin');
    await root.post('/v1/parties', { id: acme, name: 'Acme', kind: 'operator' });
    await somebody(app, { email: 'bob@acme.example', post: { partyId: acme, role: 'admin' } });
    const bob = browser(app);
    await bob.signIn('bob@acme.example');
    const { body: made } = await root.post('/v1/keys', { name: 'theirs', scopes: ['read'], partyId: acme });
    await root.post(`/v1/keys/${made.id}/revoke`, {});
    await root.post('/v1/keys', { name: 'ours', scopes: ['read'] });
    const place = { latitude: 31, longitude: 121 };
    const station = { id: 'ST-A', name: 'A', operatorId: acme, presetId: 'nio-g3', place };
    assert.equal((await root.post('/v1/stations', station)).status, 200);
    await root.post('/v1/stations/ST-A/password', {});
    const reset = { action: 'Reset', payload: { type: 'OnIdle' } };
    assert.equal((await bob.post('/v1/stations/ST-A/commands', reset)).body.askedByName, 'bob');
    const [asked] = (await bob.get('/v1/stations/ST-A/commands')).body.items;
    assert.equal(asked.askedByName, 'bob');
    const invited = await root.post('/v1/invitations', { role: 'auditor', partyId: acme });
    const account = { name: 'Cleo', email: 'cleo@acme.example', password: usualPassword };
    const joined = (await browser(app).post('/v1/invitations/accept', { token: invited.body.token, account })).body;
    await root.post(`/v1/members/${joined.membershipId}`, { role: 'technician' });

    const { items } = (await bob.get('/v1/trail')).body;
    assert.deepEqual(
      items.map((it: Record<string, unknown>) => [it.route, it.callerName, it.about]),
      [
        ['POST /v1/members/:id', 'test', acme],
        ['POST /v1/invitations/accept', 'Cleo', null],
        ['POST /v1/invitations', 'test', acme],
        ['POST /v1/stations/:stationId/commands', 'bob', null],
        ['POST /v1/stations/:stationId/password', 'test', acme],
        ['POST /v1/stations', 'test', acme],
        ['POST /v1/keys/:id/revoke', 'test', acme],
        ['POST /v1/keys', 'test', acme],
        ['sign in by sign-in/email', 'bob', null],
      ],
    );
    const { subject, partyId } = items[1];
    assert.deepEqual([partyId, subject.role, subject.personId], [acme, 'auditor', joined.personId]);
    assert.equal(items[0].subject.personId, joined.personId);
  }),
);

test(
  'a try to sign in with an address that nobody has leaves a line that does not tell it, and thousands leave few',
  withServer(async ({ app, as }) => {
    for (let n = 0; n < 45; n++)
      assert.equal((await browser(app, `192.0.2.${n}`).signIn(`nobody-${n % 2}@nowhere.example`)).status >= 400, true);
    const root = await as('admin');
    const lines = (await root.get('/v1/trail?caller=nobody&limit=1000')).body.items;
    assert.ok(lines.length >= 10 && lines.length <= 32, String(lines.length));
    assert.deepEqual([lines.at(-1).outcome, lines.at(-1).partyId], ['refused', null]);
    assert.equal(new Set(lines.map((it: { subject: { address: string } }) => it.subject.address)).size, 2);
    assert.doesNotMatch(JSON.stringify(lines), /nowhere/);
  }),
);

test(
  'the last administrator of an organisation cannot undo himself; the platform can',
  withServer(async ({ app, as }) => {
    const root = await as('admin');
    await root.post('/v1/parties', { id: acme, name: 'Acme', kind: 'operator' });
    await somebody(app, { email: 'bob@acme.example', post: { partyId: acme, role: 'admin' } });
    const bob = browser(app);
    await bob.signIn('bob@acme.example');
    const [{ id }] = (await bob.get('/v1/members')).body.items;
    assert.equal(type(await bob.post(`/v1/members/${id}`, { role: 'auditor' })), 'last-administrator');
    assert.equal(type(await bob.post(`/v1/members/${id}/remove`, {})), 'last-administrator');
    await somebody(app, { email: 'eve@acme.example', post: { partyId: acme, role: 'admin' } });
    assert.equal((await bob.post(`/v1/members/${id}`, { role: 'auditor' })).status, 200);
    const [, eve] = (await root.get('/v1/members')).body.items;
    assert.equal((await root.post(`/v1/members/${eve.id}`, { role: 'auditor' })).status, 200);
  }),
);

test(
  'a member was last seen when he last did something, not when he signed in',
  withServer(async ({ app, as }) => {
    await somebody(app, { email: ann });
    const page = browser(app);
    await page.signIn(ann);
    const seen = async () => (await (await as('admin')).get('/v1/members')).body.items[0].lastSeenAt;
    assert.equal(await seen(), null, 'a cookie alone is nobody who does something');
    await page.get('/v1/me');
    assert.equal(await seen(), testStart.toString());
    const setBack = (seconds: number) =>
      app.doWork((work) =>
        sql`update party.last_seen set at = ${work.at.subtract({ seconds }).toString()}`.execute(work.db),
      );
    for (const [seconds, expected] of [
      [59, testStart.subtract({ seconds: 59 }).toString()],
      [61, testStart.toString()],
    ] as const) {
      await setBack(seconds);
      app.forgetCallers();
      await page.get('/v1/me');
      assert.equal(await seen(), expected, 'to the minute');
    }
  }),
);

test(
  'the tables are those that better-auth wants',
  ownDatabase(async ({ url }) => {
    const pool = new pg.Pool({ connectionString: url });
    // Its end is told before its last connection has ended, and the database goes.
    pool.on('error', () => {});
    const nothing = async () => {};
    const acts = {
      ...{ log: () => {}, lockedForS: async () => 0, isLocked: async () => false, vouchedBy: () => undefined },
      ...{ failed: nothing, succeeded: nothing, dismissed: nothing, signedIn: nothing, passwordChanged: nothing },
    };
    const terms = { pool, secret: 'x'.repeat(32), publicUrl: 'http://localhost', providers: [], newId: () => '', acts };
    const wanted = await getMigrations(await authOptions(terms));
    assert.deepEqual([wanted.toBeCreated, wanted.toBeAdded, wanted.schemaProblems], [[], [], []]);
    await pool.end();
  }),
);

test(
  'a key is over when it says so or is revoked; when it was used last is noted to the minute',
  withServer(async ({ app, as }) => {
    const admin = await as('admin');
    const make = async (more: object) => (await admin.post('/v1/keys', { name: 'x', scopes: ['read'], ...more })).body;
    const use = (key: string) => browser(app).get('/v1/packs', { authorization: `Bearer ${key}` });
    const [lasting, over] = [
      await make({ expiresAt: '2026-11-23T00:00:00Z' }),
      await make({ expiresAt: '2026-11-22T07:59:59Z' }),
    ];
    assert.equal((await use(lasting.key)).status, 200);
    assert.equal((await use(over.key)).status, 401);
    const listed = async () =>
      (await admin.get('/v1/keys')).body.items.find((it: { id: string }) => it.id === lasting.id);
    assert.equal((await listed()).lastUsedAt, testStart.toString());
    assert.equal((await admin.post(`/v1/keys/${lasting.id}/revoke`, {})).status, 200);
    assert.equal((await use(lasting.key)).status, 401, 'at once, though it was known a moment ago');
  }),
);

test(
  'a live stream ends within seconds when its key is revoked or its session ends, and with neither it goes on',
  withServer(
    async ({ app, as }) => {
      await somebody(app, { email: ann });
      const admin = await as('admin');
      const { http } = await app.listen();
      const made = (await admin.post('/v1/keys', { name: 'screen', scopes: ['read'] })).body;
      const page = browser(app);
      await page.signIn(ann);
      const cookie = [...page.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const open = async (headers: Record<string, string>) => {
        const reply = await fetch(`${http}/v1/live`, { headers });
        assert.equal(reply.status, 200);
        const ended = reply.text().then(
          () => 'ended',
          () => 'ended',
        );
        return { ended, cancel: () => reply.body?.cancel().catch(() => {}) };
      };
      const [byKey, bySession, byNobody] = [
        await open({ authorization: `Bearer ${made.key}` }),
        await open({ cookie }),
        await open({}),
      ];
      await sleep(100); // each has been looked at once
      await admin.post(`/v1/keys/${made.id}/revoke`, {});
      await page.post('/api/auth/sign-out');
      assert.equal(await Promise.race([byKey.ended, sleep(10_000, 'goes on')]), 'ended');
      assert.equal(await Promise.race([bySession.ended, sleep(10_000, 'goes on')]), 'ended');
      assert.equal(await Promise.race([byNobody.ended, sleep(100, 'goes on')]), 'goes on');
    },
    { PORT: 0 },
  ),
);

test(
  'somebody with a second factor is forgotten with it: no secret, no code that was left, and no half sign-in goes on',
  withServer(async ({ app }) => {
    await somebody(app, { email: 'other@packloop.example' });
    await somebody(app, { email: ann });
    const page = browser(app);
    await page.signIn(ann);
    const { uri } = await withTwoFactors(page);
    const half = browser(app);
    assert.equal((await half.signIn(ann)).body.twoFactorRedirect, true);
    const erased = await page.post('/v1/me/erase', { email: ann });
    assert.equal(erased.status, 200, JSON.stringify(erased.body));
    assert.notEqual((await half.post('/api/auth/two-factor/verify-totp', { code: totp(uri) })).status, 200);
    // A count of attempts of a random number, for ten minutes, leads to nobody.
    const left = await app.doWork((work) =>
      sql`select t::text as id from account."twoFactor" t union all select v::text from account.verification v where value !~ '^[0-9]$'
        union all select id from account."user" where email = ${ann}`.execute(work.db),
    );
    assert.deepEqual(left.rows, []);
    assert.equal((await browser(app).signIn(ann)).status, 401);
  }),
);
