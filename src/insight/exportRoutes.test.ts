import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { parquetReadObjects } from 'hyparquet';
import { sql } from 'kysely';
import { makeKey } from '#party';
import { reserve } from '#swap';
import { withServer } from '../../test/app.ts';
import { cardOf, packCode, smallNetwork, st1 } from '../../test/seed.ts';
import { tenant } from '../../test/tenants.ts';
import { testStart } from '../../test/work.ts';
import { type ExportTable, exportTables } from './api.ts';

/** What some lists are of. */
const needed = (swap: string): Partial<Record<ExportTable, string>> => ({
  transfers: 'account=1',
  messages: `station=${st1}`,
  slots: `station=${st1}`,
  'pack-health': `pack=${packCode(1)}`,
  'pack-charges': `pack=${packCode(1)}`,
  'pack-grades': `pack=${packCode(1)}`,
  'linked-transfers': 'transfer=top-up/1',
  'swap-transfers': `swap=${swap}`,
});

test(
  'every list can be had as a file of each kind, named with its date, with the filters of the list',
  withServer(async ({ app }) => {
    await app.doWork((work) => smallNetwork(work));
    await app.audit();
    await app.doWork((work) => sql`update station.station set name = '=cmd|calc' where id = ${st1}`.execute(work.db));
    const secret = await app.doWork((work) =>
      makeKey(work, { name: 'all', scopes: ['admin'], random: randomBytes(32) }),
    );
    const headers = { authorization: `Bearer ${secret}` };
    const get = (url: string) => app.http.inject({ url, headers });
    const arriveBy = testStart.add({ minutes: 30 });
    const { id } = await app.doWork((work) => reserve(work, { stationId: st1, idToken: cardOf(1), arriveBy }));
    const ones = needed(id);
    for (const table of exportTables) {
      const one = ones[table] ? `&${ones[table]}` : '';
      const file = await get(`/v1/exports/${table}?format=csv${one}`);
      assert.equal(file.statusCode, 200, `${table}: ${file.body}`);
      assert.equal(file.headers['content-disposition'], `attachment; filename="packloop-${table}-2026-11-22.csv"`);
      const rows: Record<string, string>[] = parse(file.body, { bom: true, columns: true });
      const tables = await parquetReadObjects({
        file: new Uint8Array((await get(`/v1/exports/${table}?format=parquet${one}`)).rawPayload).buffer,
      });
      assert.equal(tables.length, rows.length, table);
      const sheet = await get(`/v1/exports/${table}?format=xlsx${one}`);
      assert.equal(sheet.rawPayload.toString('latin1', 0, 2), 'PK', table);
    }
    const filtered = parse((await get('/v1/exports/packs?state=ready&search=75')).body, { bom: true, columns: true });
    assert.deepEqual(
      (filtered as { code: string }[]).map((it) => it.code),
      [packCode(1), packCode(2), packCode(3)],
    );
    const [station] = parse((await get('/v1/exports/stations')).body, { bom: true, columns: true }) as {
      name: string;
    }[];
    assert.equal(station!.name, "'=cmd|calc");
    const wrong = await get('/v1/exports/packs?state=broken');
    assert.deepEqual([wrong.statusCode, wrong.json().issues[0].field], [400, 'state']);
    assert.equal((await get('/v1/exports/transfers')).json().issues[0].field, 'account');
    assert.equal((await get('/v1/exports/messages?station=NOWHERE')).statusCode, 404);
    for (const [list, of] of Object.entries(needed('00000000-0000-0000-0000-000000000000'))) {
      assert.equal((await get(`/v1/exports/${list}`)).statusCode, 400, `${list} of what?`);
      const unknown = of.replace(/=.+/, (it) => (it.length > 20 ? it : '=404'));
      if (!list.startsWith('pack-')) assert.equal((await get(`/v1/exports/${list}?${unknown}`)).statusCode, 404, list);
    }
    for (const list of ['pack-health', 'pack-charges', 'pack-grades'])
      assert.equal((await get(`/v1/exports/${list}?pack=NONE`)).statusCode, 404, list);
    assert.equal((await get('/v1/exports/nothing')).statusCode, 400);
    const unknown = await get('/v1/exports/packs?colour=green');
    assert.deepEqual(unknown.json().issues, [{ field: 'colour', problem: 'there is no such field' }]);
  }),
);

test(
  'who may not see a list gets no file of it, and a tenant’s file ends where its reach does',
  withServer(async ({ app, as }) => {
    await app.doWork((work) => smallNetwork(work));
    const reader = await as('read');
    assert.equal((await reader.get('/v1/exports/drivers')).body.type, '/problems/permission-missing');
    assert.equal((await reader.get('/v1/exports/messages?station=ST-1')).status, 403);
    assert.equal((await (await as()).get('/v1/exports/packs')).status, 401);
    const secret = await app.doWork(async (work) => {
      await sql`insert into party.party (id, name, kind) values ('stranger', 'Stranger', 'operator')`.execute(work.db);
      return await makeKey(work, {
        name: 'x',
        scopes: ['read'],
        partyId: 'stranger' as never,
        random: randomBytes(32),
      });
    });
    for (const table of ['stations', 'packs', 'grades', 'accounts', 'devices', 'anomalies', 'swaps']) {
      const file = await app.http.inject({
        url: `/v1/exports/${table}`,
        headers: { authorization: `Bearer ${secret}` },
      });
      assert.equal(file.statusCode, 200, table);
      assert.equal(file.body.trimEnd().split('\r\n').length, 1, `${table}: ${file.body}`);
    }
  }),
);

test(
  'a hundred thousand rows are all in the file, each once',
  withServer(async ({ app }) => {
    await app.doWork((work) =>
      sql`insert into party.vehicle (vin, model_id, plate, firmware)
        select 'LPL75ET5' || lpad(n::text, 9, '0'), 'nio-et5', '粤B' || n, '1.0.0' from generate_series(1, 100000) n`.execute(
        work.db,
      ),
    );
    const secret = await app.doWork((work) =>
      makeKey(work, { name: 'all', scopes: ['admin'], random: randomBytes(32) }),
    );
    const file = await app.http.inject({
      url: '/v1/exports/vehicles?format=csv',
      headers: { authorization: `Bearer ${secret}` },
    });
    const lines = file.body.trimEnd().split('\r\n');
    assert.equal(lines.length, 100_001);
    assert.equal(new Set(lines).size, 100_001);
  }),
);

test(
  'a state of health of 92.1 % is 92.1 wherever it is told, in lists, pages and files',
  withServer(async ({ app }) => {
    const { admin, id, station } = await tenant(app, 'alfa', 7);
    const code = '001PB750000777G110000001';
    const pack = {
      ...{ code, model: 'nio-75', soh: 92.1, soc: 33.3, leakTestedOn: '2026-10-01', leakTestPassed: true },
      ...{ firmware: '9.0.0', holder: `station:${station}`, owners: [{ party: id, millionths: 1_000_000 }] },
    };
    assert.equal((await admin.post('/v1/packs', pack)).status, 200);
    const stock = { slots: [{ slotNo: 9, packCode: code }] };
    assert.equal((await admin.post(`/v1/stations/${station}/stock`, stock)).status, 200);
    const files = ['packs', `slots?station=${station}`].map((it) => `${it}${it.includes('?') ? '&' : '?'}format=csv`);
    const pages = ['packs', `packs/${code}`, `packs/${code}/story`, `stations/${station}/now`, 'network'];
    for (const path of [...pages, ...files.map((it) => `exports/${it}`)]) {
      const { status, body } = await admin.get(`/v1/${path}`);
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      assert.equal(status, 200, text);
      assert.ok(text.includes('92.1') && text.includes('33.3'), path);
      assert.doesNotMatch(text, /92\.09|92\.1\d|33\.2\d|33\.3\d/, path);
    }
  }),
);
