// A person with a whole life in the network asks to be forgotten: nothing leads to him any more, and all that was proven still is.
import assert from 'node:assert/strict';
import { hash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { sql } from 'kysely';
import { pino } from 'pino';
import type { Database } from '#kernel';
import { socketPair } from '#link';
import { withCheckDigit } from '#pack';
import { join as joinParty, makeKey } from '#party';
import { readPolicy, utf8, verifyReceipt } from '#record/verify';
import type { DriverId, PartyId } from '#units';
import { ownDatabase } from '../../test/database.ts';
import { authenticator } from '../../test/passkey.ts';
import { browser, somebody } from '../../test/people.ts';
import { packCode, smallNetwork, st1, vinOf } from '../../test/seed.ts';
import { withKey } from '../../test/tenants.ts';
import { idsFrom, testStart } from '../../test/work.ts';
import { type App, createApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { stationOn } from '../ocpp/testing.ts';

const RECORD_SECRET = 'for tests alone, and as long as it has to be';
const driver = 'wang-13800138000';
const email = 'xiaoming.wang@mail.example';
const name = 'Wang 王晓明';
const plate = '粤B·9Z8Y7';
const card = '04A1B2C3D4E5F6';
const vin = withCheckDigit(vinOf(77));

interface House {
  readonly app: App;
  readonly db: Database;
  readonly dir: string;
  /** Every line that was logged. */
  readonly log: string[];
  readonly admin: ReturnType<typeof withKey>;
}

/** A house that notes every line it logs, of every level, and keeps its files in a folder of its own. */
const house = (body: (it: House) => Promise<void>) =>
  ownDatabase(async ({ url, db }) => {
    const dir = mkdtempSync(join(tmpdir(), 'packloop-erasure-'));
    const log: string[] = [];
    const lines = new Writable({ write: (line, _, done) => done(void log.push(String(line))) });
    const config = {
      ...readConfig({ DATABASE_URL: url, RECORD_SECRET, DATA_DIR: dir, PUBLIC_URL: 'http://localhost:8080' }),
    };
    const world = { clock: () => testStart, newId: idsFrom(7), log: pino({ level: 'trace' }, lines) };
    const app = await createApp({ ...config, DATABASE_URL: url }, world);
    try {
      await app.openLog();
      await app.doWork((work) => smallNetwork(work));
      await somebody(app, { email: 'boss@packloop.example' });
      const key = await app.doWork((work) =>
        makeKey(work, { name: 'all', scopes: ['admin'], random: randomBytes(32) }),
      );
      await body({ app, db, dir, log, admin: withKey(app, key) });
    } finally {
      await app.close();
      rmSync(dir, { recursive: true, force: true });
    }
  });

/** Registered, with an account, a passkey, a card and a car; has swapped, was refused, was written about. */
async function wholeLife({ app, admin }: House): Promise<{ personId: string; swap: string }> {
  const must = async (path: string, body: unknown) => {
    const reply = await admin.post(path, body);
    assert.equal(reply.status, 200, `${path}: ${JSON.stringify(reply.body)}`);
    return reply.body;
  };
  await must('/v1/drivers', { id: driver, name, payment: 'prepaid' });
  await must(`/v1/drivers/${driver}/top-ups`, { amount: 60_000, payment: 'wx-4711' });
  await must('/v1/vehicles', { vin, modelId: 'nio-et5', plate, firmware: '9.0.0' });
  await must('/v1/tokens', { idToken: card, type: 'ISO14443', driverId: driver, vin, status: 'active' });
  const pack = {
    model: 'nio-75',
    soh: 98,
    soc: 10,
    leakTestedOn: '2026-10-01',
    leakTestPassed: true,
    firmware: '9.0.0',
  };
  const owners = [{ party: 'bank', millionths: 1_000_000 }];
  await must('/v1/packs', { ...pack, code: packCode(177), holder: `vehicle:${vin}`, owners });

  const { token } = await must('/v1/invitations', { partyId: 'op', role: 'driver', driverId: driver, name });
  const page = browser(app);
  const account = { name, email, password: 'a long enough password' };
  assert.equal((await page.post('/v1/invitations/accept', { token, account })).status, 200);
  for (let n = 0; n < 3; n++) await page.signIn(email, 'a wrong password');
  assert.equal((await page.signIn(email, account.password)).status, 200);
  const terms = { rpId: 'localhost', origin: 'http://localhost:8080' };
  const options = await page.get('/api/auth/passkey/generate-register-options');
  const response = authenticator(terms).register(options.body.challenge);
  assert.equal(
    (await page.post('/api/auth/passkey/verify-registration', { response, name: `Phone of ${name}` })).status,
    200,
  );
  const me = (await page.get('/v1/me')).body;
  const until = testStart.add({ hours: 24 * 30 }).toString();
  const consent = await page.post('/v1/consents', { vin, until });
  assert.equal(consent.status, 200, JSON.stringify(consent.body));

  const [here, there] = socketPair();
  const station = stationOn(here, st1);
  app.ocpp.accept(st1, there);
  const idToken = { idToken: card, type: 'ISO14443' };
  const held = (evseId: number, code: string, soC: number) => ({ evseId, serialNumber: code, soC, soH: 98 });
  const swapped = (eventType: string, ...batteryData: object[]) =>
    station.call('BatterySwap', { eventType, requestId: 7, idToken, batteryData });
  await must(`/v1/tokens/${card}/status`, { status: 'blocked' });
  await station.call('Authorize', { idToken });
  await must(`/v1/tokens/${card}/status`, { status: 'active' });
  await station.call('Authorize', { idToken });
  // Where no field is named after it, and in another case.
  const read = (eventId: number, actualValue: string) => ({
    ...{ eventId, timestamp: testStart.toString(), trigger: 'Delta', actualValue, techInfo: card.toUpperCase() },
    ...{ eventNotificationType: 'CustomMonitor', component: { name: 'TokenReader' } },
    variable: { name: 'Token' },
  });
  const eventData = [read(1, 'Present'), read(2, 'Taken')];
  await station.call('NotifyEvent', { generatedAt: testStart.toString(), seqNo: 0, eventData });
  await swapped('BatteryIn', held(20, packCode(177), 10));
  await swapped('BatteryOut', held(1, packCode(1), 90));
  const swap = (await admin.get('/v1/swaps')).body.items[0].id;
  // Notes of ours that name him; each is a fact in the record.
  await must(`/v1/packs/${packCode(177)}/quarantine`, {
    why: `${name} says that it smells; call ${email}, car ${plate}`,
  });
  await must(`/v1/packs/${packCode(177)}/clear`, { finding: `looked at it with ${name.toUpperCase()}: nothing` });
  return { personId: me.person.id, swap };
}

/** Each spelling in which a text can stand in a dump, a file or a line. */
const spellings = (text: string): string[] => [
  text,
  Buffer.from(text).toString('hex'),
  Buffer.from(text).toString('base64').replaceAll('=', '').slice(0, -1),
  Buffer.from(text).toString('base64url').slice(0, -1),
  encodeURIComponent(text),
  JSON.stringify(text).slice(1, -1),
];

/** Every row of every table, views of statistics too: what `pg_dump` and whoever may log in would read. */
async function dump(db: Database): Promise<string> {
  const { rows: tables } = await sql<{
    name: string;
  }>`select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') union all select 'pg_catalog.pg_stats'`.execute(db);
  const texts: string[] = [];
  for (const { name: table } of tables) {
    const { rows } = await sql<{ it: string }>`select t::text as it from ${sql.raw(table)} t`.execute(db);
    texts.push(`${table}\n${rows.map((it) => it.it).join('\n')}`);
  }
  return texts.join('\n');
}

const filesIn = (dir: string): string =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile())
    .map(
      (it) => readFileSync(join(it.parentPath, it.name), 'latin1') + readFileSync(join(it.parentPath, it.name), 'utf8'),
    )
    .join('\n');

/** What of a person is found in a text, in whatever spelling. */
const foundIn = (text: string, leads: readonly string[]): string[] => {
  const low = text.toLowerCase();
  return leads.filter((lead) => spellings(lead).some((it) => low.includes(it.toLowerCase())));
};

test(
  'somebody with a whole life here is forgotten in every table, file and line, and all that was proven before still is',
  house(async (it) => {
    const { app, db, admin, dir, log } = it;
    const { personId, swap } = await wholeLife(it);
    const keeper = await app.openLog();
    await keeper.writer.once();
    await sql`analyze`.execute(db);
    const leads = [driver, email, name, plate, card, vin, '王晓明', '9Z8Y7', hash('sha256', email).slice(0, 12)];
    const before = await dump(db);
    const missing = leads.filter((lead) => foundIn(before, [lead]).length === 0);
    assert.deepEqual(missing, [leads.at(-1)], 'all but one stands somewhere before, or the search proves nothing');

    const policy = await readPolicy(utf8((await admin.get('/log/policy')).body));
    const { items } = (await admin.get(`/v1/record/pack:${packCode(177)}`)).body;
    const receipts: Uint8Array[] = [];
    for (const { seq } of items)
      receipts.push(utf8((await admin.get(`/v1/record/pack:${packCode(177)}/entries/${seq}/receipt`)).body));
    assert.ok(receipts.length >= 4);

    // First what is open: the pack of the bank in his car, then his money.
    const asked = { driver, reason: `${name} asked for it by phone` };
    const refused = await admin.post('/v1/drivers/erase', asked);
    assert.deepEqual([refused.status, refused.body.type], [409, '/problems/erasure-pack-held']);
    await admin.post(`/v1/packs/${packCode(1)}/place`, {
      holder: 'party:bank',
      reason: `${plate} was handed in by ${name}`,
    });
    assert.equal((await admin.post('/v1/drivers/erase', asked)).body.type, '/problems/erasure-money-open');
    await keeper.writer.once();

    const started = performance.now();
    const done = await admin.post('/v1/drivers/erase', { ...asked, settled: true });
    const tookMs = performance.now() - started;
    assert.equal(done.status, 200, JSON.stringify(done.body));
    console.log(`erased in ${tookMs.toFixed(0)} ms: ${JSON.stringify(done.body.rows)}`);

    assert.equal(done.body.rows['enquiry.consent'], 1);
    const after = await dump(db);
    assert.deepEqual(foundIn(after, leads), []);
    assert.deepEqual(foundIn(filesIn(dir), leads), []);
    assert.deepEqual(foundIn(log.join('\n'), leads), []);
    assert.ok(after.includes(personId), 'his random id stays in the trail');

    // The books go on, and the log proves what it proved.
    await keeper.writer.once();
    const audit = await app.audit();
    assert.deepEqual(
      audit.findings.filter((one) => one.violations.length > 0),
      [],
    );
    for (const receipt of receipts) await verifyReceipt(receipt, policy);
    for (const { seq } of items) {
      const fresh = await admin.get(`/v1/record/pack:${packCode(177)}/entries/${seq}/receipt`);
      await verifyReceipt(utf8(fresh.body), policy);
    }
    const { rows: told } = await sql<{ type: string }>`select type from record.entry
      where subject = ${`erasure:${done.body.id}`}`.execute(db);
    assert.deepEqual(told, [{ type: 'person.erased' }]);
    assert.equal((await admin.get(`/v1/swaps/${swap}`)).status, 200, 'the bill stays');

    // He is a stranger now.
    const page = browser(app);
    assert.equal((await page.signIn(email, 'a long enough password')).status, 401);
    assert.equal((await admin.post('/v1/drivers/erase', asked)).status, 404);
    const { token } = (await admin.post('/v1/invitations', { partyId: 'op', role: 'auditor' })).body;
    const account = { name: 'Somebody', email, password: 'a long enough password' };
    const anew = await page.post('/v1/invitations/accept', { token, account });
    assert.equal(anew.status, 200, JSON.stringify(anew.body));
    assert.notEqual(anew.body.personId, personId);
  }),
);

test(
  'somebody erases himself by the email of his account; the last administrator cannot, and nobody erases people of others',
  house(async ({ app, admin }) => {
    const boss = browser(app);
    await boss.signIn('boss@packloop.example');
    const last = await boss.post('/v1/me/erase', { email: 'boss@packloop.example' });
    assert.deepEqual([last.status, last.body.type], [409, '/problems/last-administrator']);

    await somebody(app, { email: 'ann@packloop.example' });
    const ann = browser(app);
    await ann.signIn('ann@packloop.example');
    const { body: data } = await ann.get('/v1/me/data');
    assert.equal(data.account.email, 'ann@packloop.example');
    assert.deepEqual([data.sessions.length, JSON.stringify(data).includes('scrypt')], [1, false]);
    assert.equal((await ann.post('/v1/me/erase', { email: 'boss@packloop.example' })).status, 422);
    assert.equal((await ann.post('/v1/me/erase', { email: 'Ann@packloop.example' })).status, 200);
    assert.equal((await ann.get('/v1/me')).status, 401);
    assert.equal((await admin.get('/v1/me/data')).status, 403, 'a key is nobody');

    // A driver of one operator who works for the platform as well: his operator cannot take the account away.
    await admin.post('/v1/drivers', { id: 'dora', name: 'Dora', payment: 'prepaid', partyId: 'op' });
    const op = { partyId: 'op' as PartyId, role: 'driver' as const, driverId: 'dora' as DriverId };
    const dora = await somebody(app, { email: 'dora@op.example', post: op });
    await app.doWork((work) => joinParty(work, dora, { partyId: 'bank' as PartyId, role: 'auditor' }, { by: 'test' }));
    const theirs = await app.doWork((work) =>
      makeKey(work, { name: 'op', scopes: ['admin'], partyId: 'op' as PartyId, random: randomBytes(32) }),
    );
    const asked = { driver: 'dora', reason: 'gone', settled: true };
    const refused = await withKey(app, theirs).post('/v1/drivers/erase', asked);
    assert.deepEqual([refused.status, refused.body.type], [403, '/problems/member-elsewhere-too']);
    assert.equal((await admin.post('/v1/drivers/erase', asked)).status, 200);
  }),
);

test(
  'asked twice with one key it is done once and answered alike; what fails half way has not begun',
  house(async ({ app, admin, db }) => {
    await admin.post('/v1/drivers', { id: 'dora-9', name: 'Dora', payment: 'prepaid' });
    // The very last thing that is written fails: all before it is undone with it.
    await sql`create function pg_temp_fail() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`.execute(
      db,
    );
    await sql`create trigger fails before insert on record.entry for each row when (new.type = 'person.erased')
      execute function pg_temp_fail()`.execute(db);
    const key = { 'idempotency-key': 'erase-1' };
    const asked = { driver: 'dora-9', reason: 'asked for it' };
    assert.equal((await admin.post('/v1/drivers/erase', asked)).status, 500);
    const count = async () =>
      (await sql<{ n: number }>`select count(*) as n from party.driver where id = 'dora-9'`.execute(db)).rows[0]!.n;
    assert.equal(await count(), 1);
    await sql`drop trigger fails on record.entry`.execute(db);
    const page = browser(app);
    await page.signIn('boss@packloop.example');
    const first = await page.post('/v1/drivers/erase', asked, key);
    const again = await page.post('/v1/drivers/erase', asked, key);
    assert.deepEqual([first.status, again.status, again.body], [200, 200, first.body]);
    assert.equal(await count(), 0);
  }),
);
