// The ways into the console that take more than a password: a second factor, a passkey, an invitation, one's company.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, type TestContext, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { addParties } from '#party';
import type { PartyId } from '#units';
import { buildWeb } from '../../web/build.ts';
import { type Company, company } from '../company.ts';
import { type OwnDatabase, ownDatabase } from '../database.ts';
import { freePort, startServerProcess } from '../server.ts';
import { launchChromium } from './chromium.ts';
import { type SomePerson, somebody, visit } from './console.ts';

let browser: Browser;
let own: OwnDatabase;
let http: string;
let acme: Company;

/** What an authenticator shows: RFC 6238 with its usual terms. */
function totp(secret: string, atMs = Date.now()): string {
  const bits = [...secret]
    .map((it) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(it).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((it) => Number.parseInt(it, 2)));
  const count = Buffer.alloc(8);
  count.writeBigUInt64BE(BigInt(Math.floor(atMs / 30_000)));
  const mac = createHmac('sha1', key).update(count).digest();
  const number = mac.readUInt32BE(mac.at(-1)! & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

const steps: Readonly<Record<string, () => Promise<void>>> = {
  'with a second factor a password alone opens nothing; backup codes work once': usesSecondFactor,
  'a passkey opens the door without a password': usesPasskey,
  'an invitation makes an account, once': acceptsInvitation,
  'who comes from a company signs in there': comesFromCompany,
  'somebody takes his data along and has himself erased': erasesHimself,
};

suite('into the console', { timeout: 600_000 }, () => {
  before(async () => {
    await buildWeb();
    browser = await launchChromium();
  });
  after(() => browser.close());

  test('by every door', { timeout: 600_000 }, (context) => ownDatabase((it) => onServer(it, context))());
});

/** A server on `localhost`, for passkeys belong to a name and not to an address; Acme's people may come by Acme. */
async function onServer(it: OwnDatabase, context: TestContext): Promise<void> {
  own = it;
  const port = await freePort();
  http = `http://localhost:${port}`;
  acme = await company(`${http}/api/auth/callback/acme`);
  const dir = mkdtempSync(join(tmpdir(), 'packloop-sign-in-'));
  const OIDC_FILE = join(dir, 'services.json');
  const roles = [{ group: 'ops', role: 'admin' }];
  const { issuer, client } = acme;
  writeFileSync(
    OIDC_FILE,
    JSON.stringify([
      { id: 'acme', name: 'Acme', issuer, ...client, partyId: 'acme', domains: ['acme.example'], roles },
    ]),
  );
  await own.doWork((work) => addParties(work, [{ id: 'acme' as PartyId, name: 'Acme', kind: 'operator' }]));
  const env = { OIDC_FILE, PUBLIC_URL: http };
  const server = await startServerProcess({ databaseUrl: own.url, port, env });
  try {
    for (const [name, step] of Object.entries(steps)) await context.test(name, step);
  } finally {
    await server.stop();
    await acme.close();
    rmSync(dir, { recursive: true });
  }
}

async function signInAs(page: Page, { email, password }: SomePerson): Promise<void> {
  await page.goto(`${http}/console/sign-in`);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Your account/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('link', { name: 'Sign in' }).waitFor();
}

const isIn = (page: Page) => page.getByRole('button', { name: /Your account/ }).waitFor();

async function usesSecondFactor(): Promise<void> {
  const person = await somebody(own.doWork, { role: 'auditor' });
  const { page, errors, leave } = await visit(browser, http, '/console/me', { as: person });
  const section = page.getByRole('region', { name: 'Second factor' });
  await section.getByLabel('Current password').fill('not my password');
  await section.getByRole('button', { name: 'Switch on' }).click();
  await section.getByText('The current password is wrong.').waitFor();
  await section.getByLabel('Current password').fill(person.password);
  await section.getByRole('button', { name: 'Switch on' }).click();
  await section.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
  const secret = (await section.locator('code').first().textContent()) ?? '';
  assert.match(secret, /^[A-Z2-7]{16,}$/);
  await section.getByLabel('Six digits').fill(totp(secret));
  await section.getByRole('button', { name: 'Switch on' }).click();
  await section.getByText('Backup codes, shown this once.').waitFor();
  const codes = await section.locator('.codes code').allTextContents();
  assert.ok(codes.length >= 5);
  await section.getByRole('button', { name: 'I have kept them' }).click();
  await section.getByText('On', { exact: true }).waitFor();
  await signOut(page);

  await signInAs(page, person);
  await page.getByLabel('Code').fill('000000');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('This code is wrong or was used before.').waitFor();
  assert.equal((await page.request.get(`${http}/v1/me`)).status(), 401);
  await page.getByLabel('Code').fill(totp(secret));
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await isIn(page);
  await signOut(page);

  for (const isFirst of [true, false]) {
    await signInAs(page, person);
    await page.getByLabel('Code').fill(codes[0]!);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    if (isFirst) {
      await isIn(page);
      await signOut(page);
    } else await page.getByText('This code is wrong or was used before.').waitFor();
  }
  assert.deepEqual(errors, []);
  await leave();
}

async function usesPasskey(): Promise<void> {
  const person = await somebody(own.doWork, { role: 'auditor' });
  const { page, context, errors, leave } = await visit(browser, http, '/console/me', { as: person });
  const device = await context.newCDPSession(page);
  await device.send('WebAuthn.enable');
  await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const section = page.getByRole('region', { name: 'Passkeys' });
  await section.getByLabel('Name of the device').fill('Desk');
  await section.getByRole('button', { name: 'Add a passkey' }).click();
  await section.getByRole('listitem').filter({ hasText: 'Desk' }).waitFor();
  await signOut(page);
  await page.goto(`${http}/console/sign-in`);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await isIn(page);
  await page.goto(`${http}/console/me`);
  await section.getByRole('listitem').filter({ hasText: 'Desk' }).getByRole('button', { name: 'Remove' }).click();
  await section.getByText('None yet.').waitFor();
  assert.deepEqual(errors, []);
  await leave();
}

async function acceptsInvitation(): Promise<void> {
  const admin = await somebody(own.doWork, { role: 'admin', partyId: 'acme' });
  const { page, errors, leave } = await visit(browser, http, '/console/people', { as: admin });
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('Wei');
  await dialog.getByRole('button', { name: 'Invite somebody' }).click();
  const link = (await dialog.locator('.secret code').textContent()) ?? '';
  assert.ok(link.startsWith(`${http}/console/invitation#`), link);
  await dialog.getByRole('button', { name: 'Close' }).click();

  const guest = await visit(browser, http, link.slice(http.length), { locale: 'zh-CN' });
  await guest.page.getByText('Acme 邀请您担任调度员。').waitFor();
  await guest.page.getByLabel('邮箱').fill('wei@acme.example');
  await guest.page.getByLabel('密码').fill('a password for Wei');
  await guest.page.getByRole('button', { name: '创建账户并接受' }).click();
  await guest.page.getByRole('button', { name: /我的账户: Wei/ }).waitFor();
  await guest.leave();

  const late = await visit(browser, http, link.slice(http.length));
  await late.page.getByText('This invitation was used').waitFor();
  await late.leave();
  await page.reload();
  await page.getByRole('row').filter({ hasText: 'wei@acme.example' }).filter({ hasText: 'Dispatcher' }).waitFor();
  assert.deepEqual(errors, []);
  await leave();
}

async function comesFromCompany(): Promise<void> {
  acme.people.set('li', { email: 'li@acme.example', name: 'Li', groups: ['ops'] });
  acme.people.set('guest', { email: 'guest@acme.example', name: 'Guest', groups: [] });
  for (const [person, isWelcome] of [
    ['li', true],
    ['guest', false],
  ] as const) {
    const { page, leave } = await visit(browser, http, '/console/sign-in');
    await page.getByRole('button', { name: 'Sign in by Acme' }).click();
    await page.locator('input[name="login"]').fill(person);
    await page.locator('input[name="password"]').fill('any');
    await page.locator('button[type="submit"]').click();
    await page.locator('button[type="submit"]').click(); // and lets us know who it is
    if (isWelcome) await page.getByRole('button', { name: /Your account: Li/ }).waitFor();
    else await page.getByText('Your company gave you no role here.').waitFor();
    await leave();
  }
}

async function erasesHimself(): Promise<void> {
  const person = await somebody(own.doWork, { role: 'auditor' });
  const { page, errors, leave } = await visit(browser, http, '/console/me', { as: person });
  const section = page.getByRole('region', { name: 'My data' });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    section.getByRole('button', { name: 'Download my data' }).click(),
  ]);
  assert.equal(JSON.parse(readFileSync(await download.path(), 'utf8')).account.email, person.email);

  await section.getByRole('button', { name: 'Erase me' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Type the email of your account').fill('somebody@else.example');
  await dialog.getByRole('button', { name: 'Erase me' }).click();
  await dialog.getByText(/not the email of your account/).waitFor();
  await dialog.getByLabel('Type the email of your account').fill(person.email);
  await dialog.getByRole('button', { name: 'Erase me' }).click();
  await page.waitForURL(/sign-in/);
  await signInAs(page, person);
  await page.getByText(/wrong/i).first().waitFor();
  assert.deepEqual(
    errors.filter((it) => !/40[123]|422/.test(it)),
    [],
  );
  await leave();
}
