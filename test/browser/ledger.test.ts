// The books and their audit, in a real browser on a really running network.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { isForEverybody, PATIENCE, settled, somebody } from './console.ts';
import { apiOf, type OneNetwork, suiteOnOneNetwork } from './oneNetwork.ts';
import { seen } from './seen.ts';

suiteOnOneNetwork('the books in the console', {
  'are read account by account and checked': {
    'an account leads to its transfers, each with the balance after it': readsAnAccount,
    'a transfer tells both sides, what became of its promise, and what was booked with it': readsATransfer,
    'all invariants are checked, and each says whether it holds': runsAnAudit,
    'who may not run an audit gets no button, and who may not see the books is told why': knowsItsRoles,
    'books that were tampered with are found out, row by row': findsWhatIsBroken,
    'an account or a transfer that is none is told in words': saysWhatIsNone,
  },
});

interface Accounts {
  readonly items: readonly { readonly id: number; readonly holder: string; readonly balance: number }[];
}

/** An account of a driver on which something was paid: there is one as soon as the first swap is settled. */
async function paidAccount(page: Page): Promise<Accounts['items'][number]> {
  const until = Date.now() + PATIENCE;
  for (;;) {
    const { items } = await apiOf<Accounts>(page, '/v1/ledger/accounts?unit=money&kind=driver&nonZero=true&limit=200');
    const paid = items.find((it) => it.balance < 0);
    if (paid) return paid;
    assert.ok(Date.now() < until, 'no swap was paid for');
    await new Promise((done) => setTimeout(done, 1000));
  }
}

const yuan = (fen: number) => `${fen < 0 ? '-' : ''}¥${(Math.abs(fen) / 100).toFixed(2)}`;

async function readsAnAccount({ openAsAdmin: open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/ledger');
  await settled(page);
  const account = await paidAccount(page);
  await page.getByRole('searchbox', { name: 'Search' }).fill(account.holder.slice('driver:'.length));
  await page.getByRole('link', { name: String(account.id), exact: true }).click();
  await page.getByRole('heading', { level: 1, name: `Account ${account.id}` }).waitFor();
  await settled(page);
  const rows = page.locator('tbody tr[data-index]');
  await rows.first().waitFor();
  const balance = (await seen(page.locator('.account-sums .is-main'))).trim();
  assert.equal((await seen(rows.first().locator('td').last())).trim(), balance, 'the newest balance is the balance');
  await page.getByRole('button', { name: 'How “Balance” is computed' }).click();
  const drawer = page.getByRole('dialog', { name: 'Balance' });
  const exact = /(-?\d+) fen/.exec(await seen(drawer));
  assert.equal(yuan(Number(exact?.[1])), balance, 'the drawer has the very fen');
  await isForEverybody(page);
  assert.deepEqual(errors, []);
  await leave();
}

async function readsATransfer({ demo, openAsAdmin: open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/ledger');
  const account = await paidAccount(page);
  await page.goto(`${demo.http}/console/ledger/accounts/${account.id}`);
  await settled(page);
  await page.getByRole('row').filter({ hasText: 'posted from the promise' }).first().getByRole('link').first().click();
  await page.getByRole('heading', { level: 1, name: /^Transfer \d+$/ }).waitFor();
  await settled(page);
  const text = await seen(page.locator('main'));
  assert.match(text, /promised, then posted/);
  assert.match(text, /From\s+Driver sim-\d+/);
  assert.match(text, /To\s+Clearing swaps\//);
  assert.match(text, /From promise to end\s+promised\s+¥/);
  assert.match(text, /Booked together with it, all or nothing/);
  assert.ok((await page.locator('.plain-table tbody tr').count()) >= 2, 'its shares were booked with it');
  await isForEverybody(page);

  // The promise has a page of its own, which leads back.
  await page.getByRole('list').getByRole('link', { name: 'Transfer' }).click();
  await page.waitForFunction(() => /hold/.test(decodeURIComponent(location.pathname)));
  await page.getByText('held for a swap').first().waitFor();
  await page.getByRole('link', { name: /^the swap/ }).click();
  await page.getByRole('heading', { level: 1, name: /^Swap/ }).waitFor();
  assert.deepEqual(errors, []);
  await leave();
}

async function runsAnAudit({ openAsAdmin: open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/audit');
  await page.getByText('Nobody has checked the books yet.').waitFor();
  await isForEverybody(page);
  await page.getByRole('button', { name: 'Check all now' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('It changes nothing').waitFor();
  await page.keyboard.press('Enter');
  await dialog.getByText(/^All \d+ invariants hold\.$/).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('All hold', { exact: true }).waitFor();
  const row = page.getByRole('row').filter({ hasText: 'all that was debited was credited' });
  assert.match(await seen(row), /Ledger[\s\S]*holds[\s\S]*\d+ ms/);
  await isForEverybody(page);
  const chinese = await open('/audit', { locale: 'zh-CN', colorScheme: 'dark' });
  await chinese.page.getByText('每一类别、每一标的，凡转出者皆已转入').waitFor();
  await isForEverybody(chinese.page);
  await chinese.leave();
  assert.deepEqual(errors, []);
  await leave();
}

async function knowsItsRoles({ own, demo, openAsAdmin: open }: OneNetwork): Promise<void> {
  const dispatcher = await somebody(own.doWork, { role: 'dispatcher' });
  const { page, leave } = await open('/audit', { as: dispatcher });
  await page.getByText('All hold', { exact: true }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Check all now' }).count(), 0);
  await page.goto(`${demo.http}/console/ledger`);
  await page.getByText('You may not see this page').waitFor();
  await leave();
}

async function findsWhatIsBroken({ own, openAsAdmin: open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/audit');
  await settled(page);
  const { rows } = await own.pool.query(
    `update ledger.account set credits_posted = credits_posted + 77 where id =
      (select id from ledger.account where unit = 'money' and holder like 'party:%' order by id limit 1) returning id`,
  );
  assert.equal(rows.length, 1);
  await page.getByRole('button', { name: 'Check all now' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Check all now' }).click();
  await dialog.getByText(/^\d+ of \d+ invariants are broken\.$/).waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
  const broken = page.getByRole('article').filter({ hasText: 'The totals of every account are the sums' });
  await broken.waitFor();
  assert.match(await seen(broken), /ledger\.totals-follow-transfers · 1 violation/);
  assert.match(await seen(broken), /party:/);
  await isForEverybody(page);
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Result' }).click();
  await page.getByLabel('yes').check();
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.waitForFunction(() =>
    [...document.querySelectorAll('tbody tr[data-index]')].every((it) => /violation/.test(it.textContent ?? '')),
  );
  assert.deepEqual(errors, []);
  await leave();
}

async function saysWhatIsNone({ demo, openAsAdmin: open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/ledger/accounts/999999999');
  await page.getByText('There is no account 999999999 within your reach.').waitFor();
  await page.goto(`${demo.http}/console/ledger/accounts/nonsense`);
  await page.getByText('There is no account nonsense within your reach.').waitFor();
  await page.goto(`${demo.http}/console/ledger/transfers/${encodeURIComponent('swap/none/charge')}`);
  await page.getByText('There is no transfer “swap/none/charge” within your reach.').waitFor();
  assert.deepEqual(errors, []);
  await leave();
}
