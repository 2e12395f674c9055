import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withServer } from '../test/app.ts';
import { authenticator } from '../test/passkey.ts';
import { type Browser, browser, somebody } from '../test/people.ts';

const ann = 'ann@packloop.example';
const terms = { rpId: 'localhost', origin: 'http://localhost:8080' };
const config = { PUBLIC_URL: terms.origin };

async function add(page: Browser, device = authenticator(terms)): Promise<typeof device> {
  const options = await page.get('/api/auth/passkey/generate-register-options');
  assert.equal(options.status, 200, JSON.stringify(options.body));
  const response = device.register(options.body.challenge);
  const added = await page.post('/api/auth/passkey/verify-registration', { response, name: 'Phone' });
  assert.equal(added.status, 200, JSON.stringify(added.body));
  return device;
}

async function signInWith(page: Browser, device: ReturnType<typeof authenticator>): Promise<number> {
  const options = await page.get('/api/auth/passkey/generate-authenticate-options');
  const response = device.prove(options.body.challenge);
  return (await page.post('/api/auth/passkey/verify-authentication', { response })).status;
}

test(
  'somebody adds a passkey, signs in with it alone, and takes it away again',
  withServer(async ({ app }) => {
    await somebody(app, { email: ann });
    const desk = browser(app);
    await desk.signIn(ann);
    const phone = await add(desk);
    const elsewhere = browser(app);
    assert.equal(await signInWith(elsewhere, phone), 200);
    assert.equal((await elsewhere.get('/v1/me')).body.person.email, ann);

    const { body: passkeys } = await desk.get('/api/auth/passkey/list-user-passkeys');
    assert.deepEqual(
      passkeys.map((it: { name: string }) => it.name),
      ['Phone'],
    );
    assert.equal((await desk.post('/api/auth/passkey/delete-passkey', { id: passkeys[0].id })).status, 200);
    assert.notEqual(await signInWith(browser(app), phone), 200);
  }, config),
);

test(
  'a passkey of nobody, of another page, or an answer that was given before lets nobody in',
  withServer(async ({ app }) => {
    await somebody(app, { email: ann });
    const desk = browser(app);
    await desk.signIn(ann);
    const phone = await add(desk);
    assert.notEqual(await signInWith(browser(app), authenticator(terms)), 200);

    const fished = authenticator({ ...terms, origin: 'https://evil.example' });
    const options = await desk.get('/api/auth/passkey/generate-register-options');
    const response = fished.register(options.body.challenge);
    assert.notEqual((await desk.post('/api/auth/passkey/verify-registration', { response })).status, 200);

    const lent = await add(desk, authenticator({ ...terms, verifies: false }));
    assert.equal(await signInWith(browser(app), lent), 403, 'whoever finds the phone is not its owner');

    const page = browser(app);
    const asked = await page.get('/api/auth/passkey/generate-authenticate-options');
    const answer = { response: phone.prove(asked.body.challenge) };
    const cookies = new Map(page.cookies);
    assert.equal((await page.post('/api/auth/passkey/verify-authentication', answer)).status, 200);
    const again = browser(app);
    for (const [name, value] of cookies) again.cookies.set(name, value);
    assert.notEqual((await again.post('/api/auth/passkey/verify-authentication', answer)).status, 200);
  }, config),
);

test(
  'nobody adds a passkey to an account that is not his',
  withServer(async ({ app }) => {
    const page = browser(app);
    const options = await page.get('/api/auth/passkey/generate-register-options');
    assert.equal(options.status, 401);
  }, config),
);
