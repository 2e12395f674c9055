import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { check } from '#kernel';
import { succeed } from '#pack';
import { readKey, readPolicy, Unproven, utf8, verifyAnswer } from '#record/verify';
import type { DriverId, PartyId } from '#units';
import { type TestApp, withServer } from '../../test/app.ts';
import { buildNetwork } from '../../test/network.ts';
import { browser, somebody } from '../../test/people.ts';
import { packCode, smallNetwork, vinOf } from '../../test/seed.ts';
import { lastDue } from './edition.ts';
import { enquiryInvariants } from './invariants.ts';
import { forgetConsentsBefore } from './store.ts';

const code = packCode(1);
const path = `/v1/public/health?code=${code}`;
const plates = '/v1/public/health/by-plate';

const network = (body: (it: TestApp) => Promise<void>) =>
  withServer(async (it) => {
    await it.app.doWork((work) => smallNetwork(work));
    await it.app.openLog();
    await body(it);
  });

/** The next fixed hour has come. */
async function nextDay({ app, later }: TestApp, days = 1): Promise<void> {
  later({ hours: 24 * days });
  await app.tick();
}

/** What a day of driving leaves behind: somewhere else, charged, worn, estimated. */
async function aDayOfUse(app: TestApp['app'], hour: number): Promise<void> {
  await app.doWork(async ({ db, at }) => {
    await sql`update pack.pack set soc = ${hour * 4}, soh = 97 - ${hour} * 0.5, efc = efc + 20, observed_at = ${at.toString()}
      where code = ${code}`.execute(db);
    await sql`update ledger.keeper set holder = ${hour % 2 ? `vehicle:${vinOf(1)}` : 'station:ST-1'} where asset = ${code}`.execute(
      db,
    );
  });
}

test(
  'whoever asks every hour of a day on which a pack is swapped and charged gets the same answer to the last byte',
  network(async (it) => {
    await it.app.tick();
    const anybody = await it.as();
    const first = await anybody.get(path);
    assert.equal(first.status, 200, JSON.stringify(first.body));
    // From eight in the morning to the hour before the next edition.
    for (let hour = 1; hour <= 10; hour++) {
      it.later({ hours: 1 });
      await aDayOfUse(it.app, hour);
      await it.app.tick();
      assert.deepEqual(await anybody.get(path), first, `hour ${hour}`);
    }
    it.later({ hours: 1 });
    await it.app.tick();
    const { told, edition } = (await anybody.get(path)).body;
    assert.notDeepEqual(told, first.body.told, 'the next edition knows');
    assert.equal(edition, '2026-11-22T19:00:00Z');
    assert.deepEqual(
      [told.soh, told.cycles],
      [
        { from: 90, to: 95, basis: 'reported' },
        { from: 200, to: 300 },
      ],
    );
  }),
);

test(
  'an answer tells no station, vehicle, charge, exact figure or day, and holds offline; changed by a character it does not',
  network(async (it) => {
    await (await it.app.openLog()).writer.once();
    await it.app.tick();
    const anybody = await it.as();
    const { body } = await anybody.get(path);
    assert.deepEqual(body.told, {
      ...{ status: 'in-use', model: 'nio-75', made: '2026-Q1', grade: null, recalled: false, carbon: null },
      ...{ soh: { from: 95, to: 100, basis: 'reported' }, cycles: { from: 0, to: 100 }, pace: 'gentle' },
    });
    const text = JSON.stringify(body);
    for (const secret of ['ST-1', 'LPL75', 'driver', '粤B', '2026-01-01', '"soc"', 'observed'])
      assert.ok(!text.includes(secret), secret);

    const policy = await readPolicy(utf8((await anybody.get('/log/policy')).body));
    const producers = [await readKey(String((await anybody.get('/log/producers')).body).trim())];
    const proven = await verifyAnswer(utf8(body.note), { policy, producers });
    assert.deepEqual([proven.answer.about, proven.answer.told], [{ code }, body.told]);
    assert.ok(proven.rests!.checkpoint.size > 0, 'it rests on a checkpoint');
    const fails = async (note: string, keys = producers) =>
      await assert.rejects(verifyAnswer(utf8(note), { policy, producers: keys }), Unproven);
    await fails(body.note.replace('"from":95', '"from":85'));
    await fails(body.note.replace('health answer', 'health  answer'));
    await fails(body.note, []);
    for (let n = 0; n < body.note.length; n += 41)
      await fails(`${body.note.slice(0, n)}${body.note[n] === 'A' ? 'B' : 'A'}${body.note.slice(n + 1)}`);
  }),
);

test(
  'a code that nobody has is unknown, one that is none is refused; blanks and small letters are a code as well',
  network(async (it) => {
    const anybody = await it.as();
    assert.equal((await anybody.get(path)).body.type, '/problems/pack-unknown', 'before the first edition');
    await it.app.tick();
    assert.equal((await anybody.get('/v1/public/health?code=001PB759999999G110000001')).status, 404);
    for (const none of ['', 'a/b', '<b>', 'x'.repeat(60)])
      assert.equal(
        (await anybody.get(`/v1/public/health?code=${none}`)).body.type,
        '/problems/pack-code-malformed',
        none,
      );
    const typed = `${code.slice(0, 6)} ${code.slice(6).toLowerCase()}`;
    assert.equal((await anybody.get(`/v1/public/health?code=${encodeURIComponent(typed)}`)).status, 200);
  }),
);

test(
  'a pack that left vehicles says so and no figures; the one it became has its own answer',
  network(async (it) => {
    const made = await it.app.doWork((work) => succeed(work, code, 'test'));
    await it.app.tick();
    const anybody = await it.as();
    const { told } = (await anybody.get(path)).body;
    assert.deepEqual([told.status, told.soh, told.cycles, told.pace], ['retired', null, null, null]);
    assert.equal((await anybody.get(`/v1/public/health?code=${made}`)).body.told.status, 'second-life');
  }),
);

test('the fixed hour is the last 19:00 UTC; an hour missed is made up for once, and a clock that went back makes none', () => {
  const at = (text: string) => Temporal.Instant.from(text);
  assert.equal(lastDue(at('2026-11-22T18:59:59.999Z')).toString(), '2026-11-21T19:00:00Z');
  assert.equal(lastDue(at('2026-11-22T19:00:00Z')).toString(), '2026-11-22T19:00:00Z');
});

test(
  'an edition is made once for its hour, whoever ticks how often, and after the server slept',
  network(async (it) => {
    const editions = () =>
      it.app.doWork(
        async ({ db }) => (await sql`select due from enquiry.edition order by due`.execute(db)).rows.length,
      );
    for (let n = 0; n < 3; n++) await it.app.tick();
    assert.equal(await editions(), 1);
    await nextDay(it, 5);
    await it.app.tick();
    assert.equal(await editions(), 2, 'the days it slept are not made up one by one');
    it.later({ hours: -48 });
    await it.app.tick();
    assert.equal(await editions(), 2);
  }),
);

/** The driver of a vehicle, signed in. */
async function keeper({ app }: TestApp, n: number) {
  const email = `keeper-${n}@example.org`;
  await somebody(app, {
    email,
    post: { partyId: 'op' as PartyId, role: 'driver', driverId: `driver-${n}` as DriverId },
  });
  const page = browser(app);
  assert.equal((await page.signIn(email)).status, 200);
  return page;
}

const until = '2027-03-01T00:00:00Z';

test(
  'without consent a plate is answered as an unknown one, byte for byte; with it from the next edition on, until it is taken back',
  withServer(
    async (it) => {
      await it.app.doWork((work) => smallNetwork(work, { standing: 25 }));
      await it.app.openLog();
      await it.app.tick();
      const anybody = await it.as();
      const ask = async (plate: string) => await anybody.post(plates, { plate }, null);
      const unknown = await ask('京A99999');
      assert.equal(unknown.body.type, '/problems/plate-not-shown');
      assert.deepEqual(await ask('粤B1'), unknown, 'off by default');

      const page = await keeper(it, 1);
      const { items } = (await page.get('/v1/consents')).body;
      assert.deepEqual([items.length, items[0].plate, items[0].consent], [1, '粤B1', null]);
      const given = await page.post('/v1/consents', { vin: vinOf(1), until });
      assert.equal(given.status, 200, JSON.stringify(given.body));
      assert.deepEqual(await ask('粤B1'), unknown, 'not before the fixed hour');
      await nextDay(it);
      const answered = await ask(' 粤b·1 ');
      assert.equal(answered.status, 200, JSON.stringify(answered.body));
      const text = JSON.stringify(answered.body);
      for (const secret of ['粤B', 'LPL75', packCode(101), 'driver-1']) assert.ok(!text.includes(secret), secret);
      assert.ok(answered.body.about.id && answered.body.about.code === undefined);

      assert.equal((await page.post(`/v1/consents/${given.body.id}/end`, {})).status, 200);
      assert.deepEqual(await ask('粤B1'), unknown, 'at once');
      assert.equal((await page.post(`/v1/consents/${given.body.id}/end`, {})).body.type, '/problems/consent-unknown');
      await nextDay(it);
      assert.deepEqual(await ask('粤B1'), unknown);
    },
    { RATE_LIMIT: 0 },
  ),
);

test(
  'who asks by plate every day of a month does not learn that the vehicle swapped its pack',
  withServer(
    async (it) => {
      await it.app.doWork((work) => smallNetwork(work, { standing: 25 }));
      await it.app.openLog();
      const page = await keeper(it, 1);
      await page.post('/v1/consents', { vin: vinOf(1), until });
      await it.app.tick();
      const anybody = await it.as();
      const ask = async () => (await anybody.post(plates, { plate: '粤B1' }, null)).body;
      const first = await ask();
      for (let day = 23; day <= 30; day++) {
        // Another pack each day, each unlike the one before.
        await it.app.doWork(async ({ db }) => {
          await sql`update ledger.keeper set holder = 'station:ST-1' where holder = ${`vehicle:${vinOf(1)}`}`.execute(
            db,
          );
          await sql`update ledger.keeper set holder = ${`vehicle:${vinOf(1)}`} where asset = ${packCode(day - 20)}`.execute(
            db,
          );
          await sql`update pack.pack set soh = ${day} + 50 where code = ${packCode(day - 20)}`.execute(db);
        });
        await nextDay(it);
        const { about, told } = await ask();
        assert.deepEqual([about, told], [first.about, first.told], `${day} November`);
      }
      await nextDay(it, 2);
      assert.notEqual((await ask()).about.id, first.about.id, 'a new month looks anew, under a new name');
    },
    { RATE_LIMIT: 0 },
  ),
);

test(
  'a consent is of the driver whose card opens the vehicle, ends by itself, and goes with the card',
  withServer(
    async (it) => {
      await it.app.doWork((work) => smallNetwork(work, { standing: 25 }));
      await it.app.openLog();
      const [page, other, admin] = [await keeper(it, 1), await keeper(it, 2), await it.as('admin')];
      const anybody = await it.as();
      const status = async () => (await anybody.post(plates, { plate: '粤B1' }, null)).status;
      const give = async (
        by: { post(path: string, body: unknown): Promise<{ body: { type?: string } }> },
        body: object,
      ) => (await by.post('/v1/consents', body)).body.type;
      assert.equal(await give(other, { vin: vinOf(1), until }), '/problems/consent-not-keeper');
      assert.equal(await give(admin, { vin: vinOf(1), until }), '/problems/consent-not-keeper');
      assert.equal(await give(page, { vin: vinOf(1), until: '2026-11-21T00:00:00Z' }), '/problems/consent-too-long');
      assert.equal(await give(page, { vin: vinOf(1), until: '2028-11-21T00:00:00Z' }), '/problems/consent-too-long');

      const soon = await page.post('/v1/consents', { vin: vinOf(1), until: '2026-11-24T00:00:00Z' });
      assert.equal((await other.post(`/v1/consents/${soon.body.id}/end`, {})).status, 404, 'not by another');
      await it.app.tick();
      assert.equal(await status(), 200);
      it.later({ hours: 41 });
      assert.equal(await status(), 404, 'its end has come');

      await page.post('/v1/consents', { vin: vinOf(1), until });
      await nextDay(it);
      assert.equal(await status(), 200);
      const kept = (days: number) =>
        it.app.doWork(async (work) => {
          await forgetConsentsBefore(work, work.at.subtract({ hours: 24 * days }));
          return (await sql`select from enquiry.consent`.execute(work.db)).rows.length;
        });
      assert.deepEqual([await kept(365), await kept(0)], [2, 1], 'what is over is forgotten, what stands is not');
      await admin.post('/v1/tokens/card-1/status', { status: 'blocked' });
      await nextDay(it);
      assert.equal(await status(), 404, 'whoever has no card any more does not keep it');
    },
    { RATE_LIMIT: 0 },
  ),
);

test(
  'a plate that was asked for stands nowhere afterwards, and few may be asked for in a row',
  network(async (it) => {
    await it.app.tick();
    const anybody = await it.as();
    const statuses: number[] = [];
    for (let n = 0; n < 25; n++) statuses.push((await anybody.post(plates, { plate: '沪C54321' })).status);
    assert.deepEqual([statuses.slice(0, 20).every((one) => one === 404), statuses.at(-1)], [true, 429]);
    const refused = await it.app.http.inject({ method: 'POST', url: plates, payload: { plate: '沪C54321' } });
    assert.equal(refused.headers['retry-after'], '10', 'the sentence of the refusal sends him there');
    const kept = await it.app.doWork(async ({ db }) => {
      const tables = await sql<{
        name: string;
      }>`select quote_ident(table_schema) || '.' || quote_ident(table_name) as name
        from information_schema.tables where table_type = 'BASE TABLE'
          and table_schema not in ('pg_catalog', 'information_schema')`.execute(db);
      const found: string[] = [];
      for (const { name } of tables.rows) {
        const { rows } = await sql`select from ${sql.raw(name)} t where t::text like '%54321%'`.execute(db);
        if (rows.length > 0) found.push(name);
      }
      return found;
    });
    assert.deepEqual(kept, []);
  }),
);

test(
  'curves begin with twenty packs of a kind; nineteen are not told, nor those that join later until they are twenty',
  withServer(async (it) => {
    await buildNetwork(it.app.doWork, { stations: 4, standing: 12, vehicles: 1, preset: 'nio-g3' });
    await it.app.openLog();
    const estimate = (from: number, to: number) =>
      it.app.doWork(({ db, at }) =>
        sql`insert into health.charge (station_id, transaction_id, pack_code, started_at, ended_at, estimated_at, method, inputs,
            standing, soh, soh_lower, soh_upper, ohms, ohms_lower, ohms_upper, known)
          select 'SZ-1', code, code, ${at.toString()}, ${at.toString()}, ${at.toString()}, 'test', '{}', 'estimated',
            90 + n * 0.1, 89, 99, 1, 1, 1, '{}'
          from (select code, row_number() over (order by code) as n from pack.pack) p where n between ${from} and ${to}`.execute(
          db,
        ),
      );
    const anybody = await it.as();
    const cells = async () => (await anybody.get('/v1/public/fade?model=nio-75')).body.cells;
    await estimate(1, 19);
    await it.app.tick();
    assert.deepEqual(await cells(), []);
    await estimate(20, 20);
    await nextDay(it);
    const first = await cells();
    assert.deepEqual(
      first.map((one: { axis: string; from: number; to: number; packs: string }) => [
        one.axis,
        one.from,
        one.to,
        one.packs,
      ]),
      [
        ['age', 0.5, 1, '20+'],
        ['cycles', 0, 200, '20+'],
      ],
    );
    assert.deepEqual([first[0].p10, first[0].p50, first[0].p90], [90.5, 91, 92]);
    await estimate(21, 39);
    await nextDay(it);
    assert.deepEqual(await cells(), first, 'nineteen that joined stay hidden');
    await estimate(40, 40);
    await nextDay(it);
    assert.notDeepEqual(await cells(), first);
    const csv = String((await anybody.get('/v1/public/fade.csv')).body).split('\r\n');
    assert.equal(csv[0], 'model,pace,axis,from,to,p10,p50,p90,packs');
    assert.match(csv[1]!, /^nio-75,gentle,age,0\.5,1,90\.5,\d+(\.5)?,\d+(\.5)?,20\+$/);
  }),
);

test(
  'where the public view is closed nobody asks without a key',
  withServer(
    async (it) => {
      const [anybody, known] = [await it.as(), await it.as('read')];
      for (const one of [path, '/v1/public/fade', '/v1/public/fade.csv']) {
        assert.equal((await anybody.get(one)).status, 401, one);
        assert.notEqual((await known.get(one)).status, 401, one);
      }
      assert.equal((await anybody.post(plates, { plate: 'x' }, null)).status, 401);
    },
    { PUBLIC_VIEW: false },
  ),
);

test(
  'the audit finds a curve of too few packs, an answer by plate without its consent, and one of a pack that has none',
  network(async (it) => {
    await it.app.tick();
    const broken = () =>
      it.app.doWork(async (work) =>
        (await check(work, enquiryInvariants)).filter((one) => one.violations.length > 0).map((one) => one.id),
      );
    assert.deepEqual(await broken(), []);
    await it.app.doWork(async ({ db, newId }) => {
      await sql`insert into enquiry.contribution values ('nio-75', 'hard', 'age', 1, ${code}, 90, true)`.execute(db);
      const [consent, id] = [newId(), newId()];
      await sql`insert into enquiry.consent values (${consent}, 'another', 'driver-1', now(), now() + interval '1 day')`.execute(
        db,
      );
      await sql`insert into enquiry.plate_answer values (${vinOf(1)}, ${consent}, ${id}, '2026-11-01', 'nobody', '{}')`.execute(
        db,
      );
    });
    assert.deepEqual(await broken(), [
      'enquiry.cells-of-many',
      'enquiry.plate-with-consent',
      'enquiry.answer-of-edition',
    ]);
  }),
);
