// The console when times are hard: a session that ends under an open dialog, a server that is away when a page is first
// opened, addresses that ask of a table what it does not know.
import assert from 'node:assert/strict';
import { isForEverybody, settled, somebody } from './console.ts';
import { type OneNetwork, suiteOnOneNetwork } from './oneNetwork.ts';

suiteOnOneNetwork('the console in hard times', {
  'keeps what was begun, and says what is wrong': {
    'a session ends under an open dialog: the sign-in lies over it': signsInOverADialog,
    'a vehicle is found by its plate from anywhere': findsAVehicle,
    'what a table does not know is asked for by nobody': dropsWhatIsNotKnown,
    'a page first opened while the server is away comes with the server': waitsForAPage,
  },
});

async function signsInOverADialog({ own, open }: OneNetwork): Promise<void> {
  const person = await somebody(own.doWork, { role: 'admin', partyId: 'op-pearl' });
  const { page, context, errors, leave } = await open('/console/people', { as: person });
  await settled(page);
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  const form = page.getByRole('dialog').filter({ hasText: 'Invite somebody' });
  await form.getByLabel('Name').fill('Night Shift');
  await context.clearCookies();
  await form.getByRole('button', { name: 'Invite somebody' }).click();
  const over = page
    .getByRole('dialog')
    .filter({ hasText: 'Your session is over' })
    .filter({ has: page.getByLabel('Password') });
  const password = over.getByLabel('Password');
  await password.waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute('type') === 'password');
  const isOnTop = await password.evaluate((it) => {
    const { left, top, width, height } = it.getBoundingClientRect();
    return document.elementFromPoint(left + width / 2, top + height / 2) === it;
  });
  assert.ok(isOnTop, 'nothing lies over the field that has the focus');
  for (let tabs = 0; tabs < 12; tabs++) {
    await page.keyboard.press('Tab');
    // Between the last field and the first one the focus may be with the browser itself.
    const isKept = await over.evaluate(
      (it) => document.activeElement === document.body || it.contains(document.activeElement),
    );
    assert.ok(isKept, 'nothing below it takes the focus');
  }
  await isForEverybody(page);
  await password.fill(person.password);
  await page.keyboard.press('Enter');
  await over.waitFor({ state: 'hidden' });
  assert.doesNotMatch((await form.textContent()) ?? '', /Bearer|API key/);
  assert.equal(await form.getByLabel('Name').inputValue(), 'Night Shift');
  await form.getByRole('button', { name: 'Invite somebody' }).click();
  await page.getByText('shown this once').waitFor();
  assert.deepEqual(errors, []);
  await leave();
}

async function findsAVehicle({ own, demo, open }: OneNetwork): Promise<void> {
  const person = await somebody(own.doWork, { role: 'admin' });
  const { page, errors, leave } = await open('/console/keys', { as: person });
  await settled(page);
  const reply = await page.request.get(`${demo.http}/v1/vehicles?limit=1`);
  const [vehicle] = ((await reply.json()) as { items: { vin: string; plate: string }[] }).items;
  assert.ok(vehicle);
  for (const text of [vehicle.plate, vehicle.vin]) {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill(text);
    await page.getByRole('option').filter({ hasText: vehicle.vin }).first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('combobox').waitFor({ state: 'hidden' });
  }
  assert.deepEqual(errors, []);
  await leave();
}

async function dropsWhatIsNotKnown({ own, open }: OneNetwork): Promise<void> {
  const person = await somebody(own.doWork, { role: 'admin' });
  const { page, errors, leave } = await open('/console/trail?q=zzz&sort=code', { as: person });
  await settled(page);
  await page.locator('tbody tr[data-index="0"]').waitFor();
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const file = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  assert.match((await file).suggestedFilename(), /\.csv$/);
  assert.deepEqual(errors, []);
  await leave();
}

async function waitsForAPage({ own, demo, open }: OneNetwork): Promise<void> {
  const person = await somebody(own.doWork, { role: 'admin' });
  const { page, leave } = await open('/console/', { as: person });
  await page.locator('.figure-value').first().waitFor();
  await demo.killServer();
  await page.getByRole('navigation').getByRole('link', { name: 'Packs', exact: true }).click();
  const notice = page.getByRole('alert').filter({ has: page.getByRole('heading', { name: 'No connection' }) });
  await notice.waitFor();
  await isForEverybody(page);
  assert.doesNotMatch((await page.locator('main').textContent()) ?? '', /made a mistake|preload/);
  await demo.restartServer();
  await page.getByRole('heading', { name: 'Packs', exact: true }).waitFor();
  await page.locator('tbody tr[data-index="0"]').waitFor();
  assert.match(page.url(), /\/console\/packs/);
  await leave();
}
