// Every table as a file, in a real browser on a really running network: what the file holds is what the page shows.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { keys, makeKey, revokeKey } from '#party';
import { isForEverybody, PATIENCE, settled, somebody, visit } from './console.ts';
import { apiOf, type OneNetwork, suiteOnOneNetwork } from './oneNetwork.ts';
import { seen } from './seen.ts';
import { rowsOf } from './tables.ts';

const items = async <T = Record<string, string>>(page: Page, path: string): Promise<readonly T[]> =>
  (await apiOf<{ items: readonly T[] }>(page, path)).items;
/** As a page of the console does it. */
const write = (page: Page, path: string, data: object) => {
  const { origin } = new URL(page.url());
  return page.request.post(origin + path, { data, headers: { origin, 'idempotency-key': `${path} in a test` } });
};

suiteOnOneNetwork('tables as files', {
  'hold what the page shows': {
    'people and open invitations, of each kind of file': exportsPeople,
    'keys, those that words of the reader’s language find': exportsKeys,
    'too many rows to name: the reader is told, and no file comes': saysTooMany,
    'the trail, as the server filters it': exportsTheTrail,
    'slots of a station, those that the filters leave': exportsSlots,
    'the three parts of the catalogue, as far as they are filtered': exportsTheCatalogue,
    'the invariants of the last audit, and what breaks one': exportsTheAudit,
    'transfers that belong together, and the health of a pack': exportsParts,
    'grades of the packs that the filters leave': exportsGrades,
    'stations of the map and of their list, by words that the server does not know': exportsStations,
    'who has not signed in is offered no file': offersNothingToNobody,
  },
});

type Kind = 'CSV' | 'Excel (XLSX)' | 'Parquet' | 'Excel（XLSX）';

/** Clicks the button as its reader would. */
async function saved(page: Page, { table, kind = 'CSV', within = page, label = /^(Export|导出)$/ }: Asked) {
  // The menu of the button before goes slowly.
  await page.getByRole('menuitem').first().waitFor({ state: 'hidden' });
  await within.getByRole('button', { name: label }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: kind, exact: true }).click(),
  ]);
  const format = /xlsx/i.test(kind) ? 'xlsx' : kind.toLowerCase();
  assert.match(download.suggestedFilename(), new RegExp(`^packloop-${table}-\\d{4}-\\d\\d-\\d\\d\\.${format}$`));
  return await rowsOf(format, readFileSync((await download.path())!));
}
interface Asked {
  readonly table: string;
  readonly kind?: Kind;
  readonly within?: Page | Locator;
  /** What the button says. */
  readonly label?: RegExp;
}

const shownRows = (page: Page) => page.locator('tbody tr[data-index]');
/** What stands in one column of the rows that are shown. */
const shown = async (page: Page, column: number): Promise<string[]> => {
  await shownRows(page).first().waitFor();
  const cells = await shownRows(page).locator(`td:nth-child(${column}), th:nth-child(${column})`).allInnerTexts();
  return cells.map((it) => it.trim());
};
const column = (rows: readonly Readonly<Record<string, unknown>>[], name: string) => rows.map((it) => String(it[name]));

async function exportsPeople({ own, openAsAdmin: open }: OneNetwork): Promise<void> {
  const auditor = await somebody(own.doWork, { role: 'auditor', name: '=1+1' });
  const { page, errors, leave } = await open('/people');
  assert.equal((await write(page, '/v1/invitations', { role: 'auditor', name: 'A guest' })).status(), 200);
  await page.reload();
  await settled(page);
  const people = page.getByRole('region', { name: 'People' });
  const listed = await items(page, '/v1/members');
  for (const kind of ['CSV', 'Excel (XLSX)', 'Parquet'] as const) {
    const rows = await saved(page, { table: 'members', kind, within: people });
    assert.deepEqual(column(rows, 'email'), column(listed, 'email'), kind);
    const { name } = rows.find((it) => it.email === auditor.email)!;
    assert.equal(name, kind === 'CSV' ? "'=1+1" : '=1+1', 'no spreadsheet takes a name for a formula');
  }
  const guests = page.getByRole('region', { name: 'Open invitations' });
  const rows = await saved(page, { table: 'invitations', within: guests });
  assert.deepEqual(column(rows, 'name'), ['A guest']);
  await isForEverybody(page);
  assert.deepEqual(errors, []);
  await leave();
}

async function exportsKeys({ own, openAsAdmin: open }: OneNetwork): Promise<void> {
  await own.doWork(async (work) => {
    const make = (name: string) => makeKey(work, { name, scopes: ['read'], random: randomBytes(32) });
    for (const name of ['First of two', 'Second of two', 'Third']) await make(name);
    for (const it of await keys(work, { all: true }))
      if (it.name.endsWith('of two')) await revokeKey(work, it.id, { all: true });
  });
  const { page, errors, leave } = await open('/keys', { locale: 'zh-CN' });
  await settled(page);
  const all = await saved(page, { table: 'keys' });
  assert.ok(all.length >= 4);
  assert.ok(!JSON.stringify(all).includes('digest'));
  await page.getByRole('searchbox').fill('已吊销');
  await page.waitForFunction(() => document.querySelectorAll('tbody tr[data-index]').length === 2);
  const rows = await saved(page, { table: 'keys', kind: 'Excel（XLSX）' });
  assert.deepEqual(column(rows, 'name').sort(), ['First of two', 'Second of two']);
  assert.deepEqual(column(rows, 'state'), ['revoked', 'revoked']);
  assert.deepEqual(errors, []);
  await leave();
}

async function saysTooMany({ own, demo, openAsAdmin: open }: OneNetwork): Promise<void> {
  await own.doWork(async (work) => {
    for (let n = 0; n < 201; n++)
      await makeKey(work, { name: `of many ${n}`, scopes: ['read'], random: randomBytes(32) });
  });
  const { page, errors, leave } = await open('/keys?f.name=of%20many');
  await settled(page);
  await page.getByText(/^201 of \d+$/).waitFor();
  let isSaved = false;
  page.on('download', () => (isSaved = true));
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  await page.getByRole('dialog', { name: 'Too many rows to pick out' }).getByText('200 at the most').waitFor();
  await isForEverybody(page);
  await page.getByRole('button', { name: 'OK', exact: true }).click();
  await page.goto(`${demo.http}/console/keys?f.name=of%20many%201`);
  await page.getByText(/^111 of \d+$/).waitFor();
  const rows = await saved(page, { table: 'keys' });
  assert.equal(rows.length, 111, 'as many as can be named');
  assert.ok(column(rows, 'name').every((it) => it.startsWith('of many 1')));
  assert.ok(isSaved);
  assert.deepEqual(errors, []);
  await leave();
}

async function exportsTheTrail({ demo, openAsAdmin: open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/trail?f.outcome=refused&f.route=keys');
  const nothing = await write(page, '/v1/keys/00000000-0000-0000-0000-000000000000/revoke', {});
  assert.equal(nothing.status(), 404);
  await page.reload();
  await settled(page);
  const rows = await saved(page, { table: 'trail', kind: 'Parquet' });
  assert.deepEqual(column(rows, 'route'), await shown(page, 3));
  assert.deepEqual(rows.map((it) => [it.outcome, it.code, it.caller_name]).at(0), [
    'refused',
    'key-unknown',
    'Head of all',
  ]);
  await page.goto(`${demo.http}/console/trail?f.at=..2020-01-01T00:00:00Z`);
  await settled(page);
  assert.deepEqual(await saved(page, { table: 'trail' }), [], 'nothing was done before there was anything');
  assert.deepEqual(errors, []);
  await leave();
}

async function exportsSlots({ demo, openAsAdmin: open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/stations');
  const [station] = await items(page, '/v1/map/stations?limit=1');
  await page.goto(`${demo.http}/console/stations/${station!.id}?s.f.no=2..4`);
  await page.getByText('Table', { exact: true }).first().click();
  await shownRows(page).first().waitFor();
  const slots = page.getByRole('region', { name: 'Slots' }).last();
  const rows = await saved(page, { table: 'slots', within: slots });
  assert.deepEqual(column(rows, 'slot'), ['2', '3', '4']);
  assert.deepEqual(await shown(page, 1), ['2', '3', '4']);
  assert.ok(rows.every((it) => it.station === station!.id));
  assert.deepEqual(errors, []);
  await leave();
}

async function exportsTheCatalogue({ demo, openAsAdmin: open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/catalogue?tab=packs&p.f.chemistry=NMC');
  await settled(page);
  const packs = await saved(page, { table: 'pack-models', kind: 'Excel (XLSX)' });
  assert.ok(packs.length > 0 && packs.every((it) => it.chemistry === 'NMC'));
  assert.deepEqual(column(packs, 'name'), await shown(page, 1));

  await page.goto(`${demo.http}/console/catalogue?tab=vehicles&v.f.use=freight`);
  await settled(page);
  const vehicles = await saved(page, { table: 'vehicle-models', kind: 'Parquet' });
  assert.deepEqual(column(vehicles, 'name'), await shown(page, 1));

  await page.goto(`${demo.http}/console/catalogue?tab=stations`);
  await settled(page);
  const presets = await saved(page, { table: 'station-presets' });
  assert.deepEqual(column(presets, 'id'), column(await items(page, '/v1/catalogue/stations'), 'id'));
  assert.deepEqual(errors, []);
  await leave();
}

async function exportsTheAudit({ openAsAdmin: open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/audit?f.room=pack');
  assert.equal((await write(page, '/v1/audit', {})).status(), 200);
  await page.reload();
  await settled(page);
  const rows = await saved(page, { table: 'invariants' });
  assert.ok(rows.length > 0 && column(rows, 'id').every((it) => it.startsWith('pack.')));
  assert.deepEqual(column(rows, 'sentence'), await shown(page, 2));
  assert.deepEqual(errors, []);
  await leave();
}

interface Swap {
  readonly id: string;
  readonly totalFen: number | null;
  readonly given: readonly { readonly code: string }[];
}

/** A swap that is paid: the network brings one soon. */
async function paidSwap(page: Page): Promise<Swap> {
  for (const until = Date.now() + PATIENCE; Date.now() < until; await page.waitForTimeout(1000)) {
    const paid = (await items<Swap>(page, '/v1/swaps?limit=100')).find((it) => it.totalFen);
    if (paid) return paid;
  }
  throw new Error('no swap was paid for');
}

async function exportsParts({ demo, openAsAdmin: open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/swaps');
  const swap = await paidSwap(page);
  await page.goto(`${demo.http}/console/swaps/${swap.id}`);
  const books = page.getByRole('region', { name: 'Transfers in the ledger' }).first();
  const transfers = await saved(page, { table: 'swap-transfers', within: books });
  const { transfers: listed } = await apiOf<{ transfers: Record<string, string>[] }>(
    page,
    `/v1/swaps/${swap.id}/story`,
  );
  assert.deepEqual(column(transfers, 'id'), column(listed, 'id'));
  assert.equal(await books.locator('tbody tr').count(), transfers.length);
  await isForEverybody(page);

  const [share] = listed.filter((it) => it.id!.includes('/share/'));
  await page.goto(`${demo.http}/console/ledger/transfers/${encodeURIComponent(share!.id!)}`);
  await settled(page);
  const linked = await saved(page, { table: 'linked-transfers', kind: 'Parquet' });
  assert.equal(await page.locator('.plain-table tbody tr').count(), linked.length);
  assert.ok(linked.length >= 2 && column(linked, 'id').includes(share!.id!));
  await isForEverybody(page);

  const { code } = swap.given[0]!;
  await page.goto(`${demo.http}/console/packs/${code}`);
  await page.getByText('The points as a table').click();
  const health = await saved(page, { table: 'pack-health', kind: 'Excel (XLSX)' });
  assert.ok(health.some((it) => it.swap === swap.id && it.pack === code && it.from === 'given'));
  await isForEverybody(page);
  assert.deepEqual(errors, []);
  await leave();
}

async function exportsGrades({ openAsAdmin: open }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await open('/packs');
  const [code] = await shown(page, 1);
  await page.goto(`${page.url()}?q=${code}`);
  await page.getByText(/^1 row$/).waitFor();
  const grades = await saved(page, { table: 'grades', label: /^Grades as a file$/ });
  assert.deepEqual(column(grades, 'pack'), [code]);
  assert.deepEqual(errors, []);
  await leave();
}

async function exportsStations({ demo, openAsAdmin: open }: OneNetwork): Promise<void> {
  const profile = encodeURIComponent(encodeURIComponent('Cars, from below'));
  const { page, errors, leave } = await open(`/map?f.profile=${profile}`);
  await settled(page);
  const count = await seen(page.getByRole('status').filter({ hasText: / of |rows?$/ }));
  const cars = await saved(page, { table: 'stations' });
  assert.ok(cars.length > 0 && cars.every((it) => it.profile === 'chassis-robot'));
  assert.ok(count.startsWith(`${cars.length} `), `${count} stations are shown, ${cars.length} are in the file`);

  await page.goto(`${demo.http}/console/stations?q=${encodeURIComponent('chassis robot')}`);
  await settled(page);
  const found = await saved(page, { table: 'stations', kind: 'Parquet' });
  assert.deepEqual(column(found, 'id').sort(), column(cars, 'id').sort(), 'found by the word for their kind');
  assert.deepEqual(errors, []);
  await leave();
}

async function offersNothingToNobody({ browser, demo }: OneNetwork): Promise<void> {
  const { page, errors, leave } = await visit(browser, demo.http, '/console/catalogue');
  await shownRows(page).first().waitFor();
  assert.equal(await page.getByRole('button', { name: 'Export' }).count(), 0);
  assert.deepEqual(errors, []);
  await leave();
}
