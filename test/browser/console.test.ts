// The console in a real browser, on a really running network: its way in, its frame, and what may go wrong around it.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { addPerson, enrol, join, thePlatform } from '#party';
import type { DriverId } from '#units';
import type { OwnDatabase } from '../database.ts';
import { isForEverybody, PATIENCE, settled, somebody } from './console.ts';
import { type OneNetwork, suiteOnOneNetwork } from './oneNetwork.ts';

const script = '<img src=x onerror="window.broken = true">';

const textOf = async (page: Page, selector: string): Promise<string> =>
  (await page.locator(selector).allTextContents()).join('\n');

suiteOnOneNetwork('the console in a browser', {
  'lets people in, and keeps its head': {
    'who has a one-time password changes it before anything else': changesOneTimePassword,
    'a wrong password is told in words, and so is what it is not': refusesWrongPassword,
    'language and theme are chosen once and kept': choosesLanguageAndTheme,
    'the whole way by keyboard: from anywhere to a driver, a filter, a view': goesByKeyboard,
    'a session that ends lets its page stand and takes the next sign-in over it': signsInAgainOverThePage,
    'a page that is not for a role is not in the menu, and its address says why': saysWhyNot,
    'a key is made, shown once and revoked; both stand in the trail': makesAKey,
    'an organisation is registered, once, and only by the platform': registersAnOrganisation,
    'a name that is a script is a name': showsScriptsAsText,
    'a hundred thousand rows are a table like any other': showsManyRows,
    'what is wrong at an address is said': saysThatThereIsNoSuchPage,
    'a server that restarts under an open page is waited for': outlivesARestart,
  },
});

async function changesOneTimePassword({ own, demo, open }: OneNetwork): Promise<void> {
  const person = await somebody(own.doWork, { role: 'admin', passwordDue: true, name: 'New Admin' });
  const { page, errors, leave } = await open('/console/sign-in');
  await page.getByLabel('Email').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'Choose a password of your own' }).waitFor();
  await page.goto(`${demo.http}/console/drivers`);
  await page.getByRole('heading', { name: 'Choose a password of your own' }).waitFor();
  const fresh = 'a much better password';
  await page.getByLabel('Current password').fill(person.password);
  await page.getByLabel('New password', { exact: true }).fill(fresh);
  await page.getByLabel('New password again').fill('something else here');
  await page.getByRole('button', { name: 'Change the password' }).click();
  await page.getByText('The two new passwords are not the same.').waitFor();
  await page.getByLabel('New password again').fill(fresh);
  await page.getByRole('button', { name: 'Change the password' }).click();
  await page.getByRole('heading', { name: 'Drivers', exact: true }).waitFor();
  await page.getByRole('button', { name: /New Admin/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('link', { name: 'Sign in' }).waitFor();
  assert.deepEqual(errors, []);
  await leave();
}

async function refusesWrongPassword({ own, open }: OneNetwork): Promise<void> {
  const person = await somebody(own.doWork, { role: 'auditor' });
  const { page, leave } = await open('/console/sign-in', { locale: 'zh-CN' });
  await page.getByLabel('邮箱').fill(person.email);
  await page.getByLabel('密码').fill('not this one at all');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByText('邮箱或密码错误。').waitFor();
  await page.getByLabel('邮箱').fill('nobody@packloop.test');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByText('邮箱或密码错误。').waitFor();
  await leave();
}

async function choosesLanguageAndTheme({ open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/console/', { colorScheme: 'dark' });
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  const dark = await ground();
  await page.getByRole('button', { name: 'Theme' }).click();
  await page.getByRole('menuitem', { name: 'Light' }).click();
  await page.waitForFunction((it) => getComputedStyle(document.body).backgroundColor !== it, dark);
  const light = await ground();
  await page.getByRole('button', { name: 'Language' }).click();
  await page.getByRole('menuitem', { name: '中文' }).click();
  for (const isReloaded of [false, true]) {
    if (isReloaded) await page.reload();
    await page.getByRole('heading', { name: '总览' }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh-CN');
    assert.equal(await ground(), light);
  }
  assert.deepEqual(errors, []);
  await leave();
}

async function goesByKeyboard({ own, demo, open }: OneNetwork): Promise<void> {
  const person = await somebody(own.doWork, { role: 'admin' });
  const { page, errors, leave } = await open('/console/', { as: person });
  const { keyboard } = page;
  await settled(page);
  await keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard help' }).waitFor();
  await isForEverybody(page);
  await keyboard.press('Escape');
  await page.getByRole('dialog', { name: 'Keyboard help' }).waitFor({ state: 'hidden' });

  await keyboard.press('Control+k');
  await page.getByRole('combobox').waitFor();
  await keyboard.type('sim-00007');
  await page.getByRole('option', { name: /^Driver 7 .*sim-00007/ }).waitFor();
  await isForEverybody(page);
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Drivers', exact: true }).waitFor();
  await page.waitForFunction(() => document.querySelectorAll('tbody tr[data-index]').length === 1);

  // To the row: Tab as often as it takes, as somebody without a mouse would.
  const isRow = () => page.evaluate(() => document.activeElement?.matches('tr[data-index]') === true);
  for (let tabs = 0; tabs < 60 && !(await isRow()); tabs++) await keyboard.press('Tab');
  assert.ok(await isRow(), 'rows are reached by Tab');
  await keyboard.press('Enter');
  await page.getByRole('dialog').filter({ hasText: 'Driver 7' }).waitFor();
  await isForEverybody(page);
  await keyboard.press('Escape');
  await page.getByRole('dialog').filter({ hasText: 'Driver 7' }).waitFor({ state: 'hidden' });

  await page.getByRole('searchbox', { name: 'Search' }).focus();
  await keyboard.press('Control+a');
  await keyboard.press('Delete');
  await page.waitForFunction(() => document.querySelectorAll('tbody tr[data-index]').length > 10);
  await page.getByRole('button', { name: 'Filter', exact: true }).focus();
  await keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Pays' }).waitFor();
  await page.waitForFunction(() => document.activeElement?.matches('[role="menuitem"]'));
  await keyboard.press('Enter');
  const ahead = page.getByRole('radio', { name: 'Ahead' });
  await ahead.waitFor();
  await page.waitForFunction(() => document.activeElement?.matches('input[type="radio"]'));
  await isForEverybody(page);
  await keyboard.press('Space');
  await page.getByRole('button', { name: 'Apply' }).focus();
  await keyboard.press('Enter');
  await page
    .getByRole('button', { name: /Pays: Ahead/ })
    .first()
    .waitFor();
  assert.match(page.url(), /f\.payment=prepaid/);
  await page.waitForFunction(() => document.querySelector('tbody tr[data-index]')?.textContent?.includes('Ahead'));

  await page.getByRole('button', { name: 'Views' }).focus();
  await keyboard.press('Enter');
  await page.getByLabel('Name of the view').fill('paying ahead');
  await isForEverybody(page);
  await keyboard.press('Enter');
  await page.getByRole('button', { name: 'paying ahead', exact: true }).waitFor();
  await page.goto(`${demo.http}/console/drivers`);
  await page.getByRole('button', { name: 'Views' }).focus();
  await keyboard.press('Enter');
  await page.getByRole('button', { name: 'paying ahead', exact: true }).focus();
  await keyboard.press('Enter');
  await page
    .getByRole('button', { name: /Pays: Ahead/ })
    .first()
    .waitFor();
  assert.deepEqual(errors, []);
  await leave();
}

async function signsInAgainOverThePage({ own, open }: OneNetwork): Promise<void> {
  const person = await somebody(own.doWork, { role: 'admin', name: 'Patient Person' });
  const { page, errors, leave } = await open('/console/drivers?q=sim-0001', { as: person });
  await settled(page);
  await page.getByRole('searchbox').fill('sim-00012');
  await endSessions(own, page);
  await page.reload(); // a page that is opened anew has nothing to lose
  await page.getByText('It needs a sign-in.').waitFor();
  await page.getByLabel('Password').fill(person.password);
  await page.getByLabel('Email').fill(person.email);
  await page.keyboard.press('Enter');
  await page.getByRole('row').filter({ hasText: 'sim-00012' }).waitFor();

  await endSessions(own, page);
  await page.getByRole('searchbox').fill('sim-00013');
  const dialog = page.getByRole('dialog').filter({ hasText: 'Your session is over' });
  await dialog.waitFor();
  await isForEverybody(page);
  await dialog.getByLabel('Password').fill(person.password);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('row').filter({ hasText: 'sim-00013' }).waitFor();
  assert.equal(await page.getByRole('searchbox').inputValue(), 'sim-00013', 'what was typed is still there');
  assert.deepEqual(errors, []);
  await leave();
}

/** As when they are over by time: the server knows who somebody is for some seconds without asking again. */
async function endSessions(own: OwnDatabase, page: Page): Promise<void> {
  await own.pool.query('delete from account.session');
  const until = Date.now() + PATIENCE;
  while ((await page.request.get(new URL('/v1/me', page.url()).href)).status() !== 401) {
    assert.ok(Date.now() < until, 'a session that is over ends');
    await new Promise((done) => setTimeout(done, 300));
  }
}

async function saysWhyNot({ own, demo, open }: OneNetwork): Promise<void> {
  const staff = await somebody(own.doWork, { role: 'station-staff', partyId: 'op-pearl', stations: ['SZ-01'] });
  const { page, errors, leave } = await open('/console/keys', { as: staff });
  await page.getByRole('heading', { name: 'You may not see this page' }).waitFor();
  await page.getByText('key.manage').waitFor();
  assert.doesNotMatch(await textOf(page, 'nav'), /API keys|Audit trail|Drivers/);
  const reply = await page.request.get(`${demo.http}/v1/keys`);
  assert.equal(reply.status(), 403);
  await page.goto(`${demo.http}/console/devices`);
  await page.getByRole('row').filter({ hasText: 'SZ-01' }).waitFor();
  assert.equal(await page.locator('tbody tr[data-index]').count(), 1, 'only the own station');
  assert.deepEqual(errors, []);
  await leave();
}

async function makesAKey({ own, demo, open }: OneNetwork): Promise<void> {
  const person = await somebody(own.doWork, { role: 'admin', name: 'Key Maker' });
  const { page, errors, leave } = await open('/console/keys', { as: person });
  await page.getByRole('button', { name: 'Make a key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('night report');
  await isForEverybody(page);
  await dialog.getByRole('button', { name: 'Make a key' }).click();
  const secret = dialog.locator('.secret code');
  await secret.waitFor();
  const key = (await secret.textContent()) ?? '';
  assert.match(key, /^pl_/);
  await dialog.getByRole('button', { name: 'Close' }).click();
  const row = page.getByRole('row').filter({ hasText: 'night report' });
  await row.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog').getByText('The key is void.').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await row.filter({ hasText: 'Revoked' }).waitFor();
  assert.ok(!(await page.content()).includes(key), 'the key is nowhere on the page any more');
  await page.goto(`${demo.http}/console/trail`);
  await page.getByRole('row').filter({ hasText: 'Key Maker' }).filter({ hasText: '/v1/keys/:id/revoke' }).waitFor();
  assert.deepEqual(errors, []);
  await leave();
}

async function registersAnOrganisation({ own, openAsAdmin }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await openAsAdmin('/organisations');
  await settled(page);
  const register = async (id: string, name: string) => {
    await page.getByRole('button', { name: 'Register an organisation' }).first().click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Id').fill(id);
    await form.getByLabel('Name').fill(name);
    await form.getByRole('button', { name: 'Register an organisation' }).click();
    return form;
  };
  const first = await register('recycler-1', 'Second Life Ltd');
  await first.getByText('Second Life Ltd is registered.', { exact: false }).waitFor();
  await isForEverybody(page);
  await first.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('row').filter({ hasText: 'recycler-1' }).waitFor();
  const again = await register('recycler-1', 'Somebody Else');
  await again.getByRole('alert').waitFor();
  await again.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('row').filter({ hasText: 'Second Life Ltd' }).waitFor();
  await leave();

  const pearl = await somebody(own.doWork, { role: 'admin', partyId: 'op-pearl' });
  const theirs = await openAsAdmin('/organisations', { as: pearl });
  await settled(theirs.page);
  assert.equal(await theirs.page.getByRole('button', { name: 'Register an organisation' }).count(), 0);
  assert.equal(await theirs.page.locator('tbody tr[data-index]').count(), 1, 'their own and no other');
  assert.deepEqual([...errors, ...theirs.errors], []);
  await theirs.leave();
}

async function showsScriptsAsText({ own, demo, open }: OneNetwork): Promise<void> {
  const person = await somebody(own.doWork, { role: 'admin', name: script });
  await own.doWork(async (work) => {
    await enrol(work, [{ id: 'aaa-script' as DriverId, name: script, payment: 'postpaid' }]);
    const id = await addPerson(work, { name: script, email: 'x@y.test', password: 'x'.repeat(12), passwordDue: true });
    await join(work, id, { partyId: await thePlatform(work), role: 'auditor' }, { by: script });
  });
  const { page, errors, leave } = await open('/console/drivers?q=aaa-script', { as: person });
  await page.getByRole('row').filter({ hasText: 'onerror' }).click();
  await page.getByRole('dialog').filter({ hasText: 'onerror' }).waitFor();
  for (const path of ['/people', '/me', '/trail', `/drivers?q=${encodeURIComponent(script)}`]) {
    await page.goto(`${demo.http}/console${path}`);
    await settled(page);
    assert.match((await page.locator('body').textContent()) ?? '', /onerror/);
  }
  assert.equal(await page.evaluate(() => (window as { broken?: boolean }).broken), undefined);
  assert.deepEqual(errors, []);
  await leave();
}

async function showsManyRows({ own, demo, open }: OneNetwork): Promise<void> {
  const person = await somebody(own.doWork, { role: 'admin' });
  const many = 100_000;
  const items = Array.from({ length: many }, (_, n) => ({
    id: `k${n}`,
    name: `key ${n}`,
    scopes: ['read'],
    partyId: null,
    madeAt: '2026-11-22T08:00:00Z',
    revokedAt: n % 3 === 0 ? '2026-11-22T09:00:00Z' : null,
    expiresAt: null,
    lastUsedAt: null,
  }));
  const { page, errors, leave } = await open('/console/keys', {
    as: person,
    prepare: (it) => it.route('**/v1/keys', (route) => route.fulfill({ json: { items, at: items[0]!.madeAt } })),
  });
  await page.getByText('100,000 rows').waitFor();
  assert.ok((await page.locator('tbody tr[data-index]').count()) < 60, 'only rows in sight exist');
  await page.locator('tbody tr[data-index="0"]').focus();
  await page.keyboard.press('End');
  await page
    .getByRole('row')
    .filter({ hasText: `key ${many - 1}` })
    .waitFor();
  await page.getByRole('searchbox').fill('key 99998');
  await page.getByText('1 of 100,000').waitFor();
  await page.goto(`${demo.http}/console/keys?f.state=revoked&sort=-name`);
  await page.getByText('33,334 of 100,000').waitFor();
  await page.locator('tbody tr[data-index="0"]').filter({ hasText: 'key 99999' }).waitFor();
  assert.deepEqual(errors, []);
  await leave();
}

async function saysThatThereIsNoSuchPage({ demo, open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/console/no/such/page');
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
  await page.getByRole('link', { name: 'To the overview' }).click();
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  assert.equal((await page.request.get(`${demo.http}/console/assets/no-such-file.js`)).status(), 404);
  assert.deepEqual(errors, []);
  await leave();
}

async function outlivesARestart({ own, demo, open }: OneNetwork): Promise<void> {
  const person = await somebody(own.doWork, { role: 'admin' });
  const { page, errors, leave } = await open('/console/', { as: person });
  await page.locator('.connection.is-live').waitFor();
  const figures = page.locator('.figure-value');
  const swaps = figures.nth(2);
  await swaps.waitFor();
  await demo.killServer();
  const banner = page.getByRole('alert').filter({ hasText: 'Connection lost' });
  await banner.filter({ hasText: /as of \d\d:\d\d:\d\d/ }).waitFor({ timeout: PATIENCE });
  assert.ok((await figures.count()) >= 6, 'what was known stays on the page');
  const before = await swaps.textContent();
  await demo.restartServer();
  await banner.waitFor({ state: 'detached' });
  await page.locator('.connection.is-live').waitFor();
  await page.waitForFunction((it) => document.querySelectorAll('.figure-value')[2]?.textContent !== it, before);
  assert.deepEqual(errors, []);
  await leave();
}
