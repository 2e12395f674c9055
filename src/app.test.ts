import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { vehicleModels, withCheckDigit } from '#pack';
import { type Caller, type Reply, withServer } from '../test/app.ts';
import { smallNetwork, st1 } from '../test/seed.ts';

const vin = withCheckDigit('LDM12340000000001'.slice(0, 17));
const code = '0C1PB21SIMDEMOF910000001';
const pack = {
  code,
  model: 'nio-75',
  soh: 98,
  soc: 90,
  leakTestedOn: '2026-10-01',
  leakTestPassed: true,
  firmware: '2.4.0',
  holder: 'party:op',
  owners: [{ party: 'op', millionths: 1_000_000 }],
};
const station = {
  id: 'SZ-9',
  name: 'Nine',
  operatorId: 'op',
  presetId: 'nio-g3',
  place: { latitude: 22.5, longitude: 114 },
};

const withOperator = async (register: Caller) =>
  assert.equal((await register.post('/v1/parties', { id: 'op', name: 'Operator', kind: 'operator' })).status, 200);

test(
  'whoever may not is told which permission is needed; whoever may is served',
  withServer(async ({ as }) => {
    const [nobody, reader, admin] = [await as(), await as('read'), await as('admin')];
    const asked = await nobody.get('/v1/packs');
    assert.deepEqual(
      [asked.status, asked.body.type, asked.body.may],
      [401, '/problems/credential-missing', 'pack.see'],
    );
    assert.match(asked.type, /^application\/problem\+json/);
    assert.equal((await reader.get('/v1/packs')).status, 200);
    assert.equal((await reader.post('/v1/parties', {})).body.type, '/problems/permission-missing');
    const made = await admin.post('/v1/keys', { name: 'console', scopes: ['read'] });
    assert.match(made.body.key, /^pl_/);
    assert.ok((await admin.get('/v1/keys')).body.items.some((it: { id: string }) => it.id === made.body.id));
    assert.equal((await admin.post(`/v1/keys/${made.body.id}/revoke`, {})).status, 200);
  }),
);

test(
  'the public sees the network and no person; where the public view is closed it sees nothing',
  withServer(async ({ app, as }) => {
    await app.doWork((work) => smallNetwork(work));
    const network = await (await as()).get('/v1/network');
    assert.equal(network.status, 200);
    assert.deepEqual([network.body.stations[0].id, network.body.simulated], [st1, false]);
    assert.doesNotMatch(JSON.stringify(network.body), /driver-|card-|LPL75/);
  }),
);
test(
  'a closed network shows itself to keys only',
  withServer(
    async ({ as }) => {
      for (const path of ['/v1/network', '/v1/swaps', '/v1/anomalies', '/v1/live'])
        assert.equal((await (await as()).get(path)).status, 401, path);
      assert.equal((await (await as('read')).get('/v1/network')).status, 200);
    },
    { PUBLIC_VIEW: false },
  ),
);

test(
  'a wrong battery code is refused with the row and the field at fault, and nothing of the batch is registered',
  withServer(async ({ as }) => {
    const caller = await as('register', 'read');
    await withOperator(caller);
    const wrongDay = { ...pack, code: code.replace('F91', 'F9O') };
    const half = { ...pack, code: code.replace('0000001', '0000002'), owners: [{ party: 'op', millionths: 500_000 }] };
    const refused = await caller.post('/v1/packs', [pack, wrongDay, half]);
    assert.equal(refused.status, 400);
    assert.deepEqual(
      refused.body.issues.map((it: { field: string }) => it.field),
      ['1.code.day', '2.owners'],
    );
    assert.match(refused.body.issues[0].problem, /position 17 is "O".*was it 0\?/);
    assert.equal((await caller.get('/v1/packs')).body.items.length, 0);
    assert.equal(
      (await caller.post('/v1/packs', { ...pack, holder: 'station:NOWHERE' })).body.type,
      '/problems/holder-unknown',
    );
  }),
);

test(
  'a pack shows how it stands, who holds it, who owns it and what happened to it',
  withServer(async ({ as }) => {
    const caller = await as('register', 'read', 'operate');
    await withOperator(caller);
    assert.deepEqual((await caller.post('/v1/packs', pack)).body, { codes: [code] });
    assert.equal((await caller.post('/v1/packs', pack)).body.type, '/problems/pack-known');
    await caller.post(`/v1/packs/${code}/quarantine`, { why: 'hit a kerb' });
    const { body } = await caller.get(`/v1/packs/${code}`);
    assert.deepEqual([body.custody, body.title], ['party:op', [{ party: 'op', millionths: 1_000_000 }]]);
    assert.deepEqual([body.quarantined, body.producedOn, body.usableWh], [true, '2025-09-01', 66_150]);
    assert.deepEqual(
      body.history.map((it: { type: string }) => it.type),
      ['pack.registered', 'pack.quarantined'],
    );
    assert.equal((await caller.post(`/v1/packs/${code}/clear`, { finding: 'only the paint' })).body.quarantined, false);
    assert.equal((await caller.get('/v1/packs/NOBODY')).body.type, '/problems/pack-unknown');
    const record = await caller.get(`/v1/record/pack:${code}?limit=2`);
    assert.equal(record.body.items.length, 2);
    assert.equal(
      (await caller.get(`/v1/record/pack:${code}?cursor=${record.body.nextCursor}`)).body.items[0].type,
      'pack.cleared',
    );
  }),
);

test(
  'the same request with the same key is done once; without a key it is refused',
  withServer(async ({ as }) => {
    const caller = await as('register');
    await withOperator(caller);
    const first = await caller.post('/v1/packs', pack, 'once');
    assert.deepEqual((await caller.post('/v1/packs', pack, 'once')).body, first.body);
    assert.equal(
      (await caller.post('/v1/packs', { ...pack, soc: 5 }, 'once')).body.type,
      '/problems/idempotency-key-reused',
    );
    assert.equal((await caller.post('/v1/packs', pack, null)).body.type, '/problems/idempotency-key-missing');
    assert.equal((await caller.post('/v1/packs', pack)).body.type, '/problems/pack-known');
  }),
);

test(
  'keys and passwords are shown once, and whoever reads the database finds none of them',
  withServer(async ({ app, as }) => {
    const caller = await as('admin');
    await withOperator(caller);
    const secrets: string[] = [];
    for (const [path, body, secretIn] of [
      ['/v1/keys', { name: 'console', scopes: ['read'] }, (it) => it.key],
      ['/v1/stations', station, (it) => it.items[0].password],
      ['/v1/stations/SZ-9/password', {}, (it) => it.password],
    ] as [string, object, (body: Reply['body']) => string][]) {
      const shown = await caller.post(path, body, path);
      assert.equal(shown.status, 200, path);
      secrets.push(secretIn(shown.body));
      const again = await caller.post(path, body, path);
      assert.deepEqual([again.status, again.body.type], [409, '/problems/secret-shown-once'], path);
    }
    assert.ok(secrets.every((it) => it.length >= 32));
    const { rows } = await app.doWork((work) =>
      sql<{ reply: string }>`select * from kernel.idempotency`.execute(work.db),
    );
    assert.equal(rows.length, 4);
    for (const secret of secrets) assert.ok(!JSON.stringify(rows).includes(secret));
  }),
);

test(
  'a station is registered with its slots, listed page by page, and asked only what OCPP allows',
  withServer(async ({ as }) => {
    const caller = await as('register', 'read', 'operate');
    assert.equal((await caller.post('/v1/stations', station)).body.type, '/problems/operator-unknown');
    await withOperator(caller);
    const many = ['A', 'B', 'C'].map((id) => ({ ...station, id }));
    assert.equal((await caller.post('/v1/stations', many)).body.items.length, 3);
    assert.equal(
      (await caller.post('/v1/stations', { ...station, presetId: 'no-such' })).body.type,
      '/problems/preset-unknown',
    );
    assert.equal(
      (await caller.post('/v1/stations', { ...station, timeZone: 'Mars/Olympus' })).body.type,
      '/problems/time-zone-unknown',
    );

    const page = await caller.get('/v1/stations?limit=2');
    assert.deepEqual(
      page.body.items.map((it: { id: string }) => it.id),
      ['A', 'B'],
    );
    const rest = await caller.get(`/v1/stations?limit=2&cursor=${page.body.nextCursor}`);
    assert.deepEqual([rest.body.items.map((it: { id: string }) => it.id), rest.body.nextCursor], [['C'], undefined]);
    assert.equal((await caller.get('/v1/stations/A')).body.slots.length, 21);

    const wrong = await caller.post('/v1/stations/A/commands', { action: 'Reset', payload: { type: 'Now' } });
    assert.deepEqual([wrong.status, wrong.body.issues[0].field], [400, 'payload.type']);
    const queued = await caller.post('/v1/stations/A/commands', { action: 'Reset', payload: { type: 'Immediate' } });
    assert.equal(queued.body.state, 'queued');
    assert.match(queued.body.askedBy, /^key:/);
    assert.equal((await caller.get('/v1/stations/A/commands')).body.items[0].id, queued.body.id);
    assert.equal((await caller.get('/v1/stations/Z')).status, 404);
  }),
);

test(
  'what was asked of a station is listed page by page, newest first, each once, whatever is asked meanwhile',
  withServer(async ({ app, as }) => {
    await app.doWork((work) => smallNetwork(work));
    const caller = await as('read', 'operate');
    const path = `/v1/stations/${st1}/commands`;
    const asks = async (many: number) => {
      for (let n = 0; n < many; n++)
        await caller.post(path, { action: 'TriggerMessage', payload: { requestedMessage: 'Heartbeat' } });
    };
    const idsOf = (it: Reply): string[] => it.body.items.map((command: { id: string }) => command.id);
    await asks(7);
    const earlier = sql`update station.command set asked_at = asked_at - interval '1 hour'`;
    await app.doWork((work) => earlier.execute(work.db)); // the time of tests stands still
    const all = idsOf(await caller.get(path));
    const page = await caller.get(`${path}?limit=3`);
    await asks(2); // they are newer than the page
    const next = await caller.get(`${path}?limit=3&cursor=${page.body.nextCursor}`);
    const last = await caller.get(`${path}?limit=3&cursor=${next.body.nextCursor}`);
    assert.deepEqual([page, next, last].flatMap(idsOf), all);
    assert.deepEqual([idsOf(last).length, last.body.nextCursor], [1, undefined]);
    assert.deepEqual(idsOf(await caller.get(path)).slice(2), all);
    const nobodys = await caller.get(`${path}?cursor=019a5f3c-7c1e-7abc-8def-0123456789ab`);
    assert.deepEqual([nobodys.status, nobodys.body.type], [400, '/problems/cursor-wrong']);
  }),
);

test(
  'a station gets another name and region; what is not said stays',
  withServer(async ({ as }) => {
    const caller = await as('register', 'read');
    await withOperator(caller);
    await caller.post('/v1/stations', station);
    const change = async (body: object) => {
      const { status, body: it } = await caller.post('/v1/stations/SZ-9', body);
      return status === 200 ? [it.name, it.region] : [it.type, it.issues?.[0]?.field];
    };
    assert.deepEqual(await change({ region: 'CN-GD-SZ' }), [station.name, 'CN-GD-SZ']);
    assert.deepEqual(await change({ name: 'Nanshan' }), ['Nanshan', 'CN-GD-SZ']);
    assert.deepEqual(await change({ region: null }), ['Nanshan', null]);
    assert.deepEqual(await change({ region: 'two words' }), ['/problems/malformed', 'region']);
    assert.deepEqual(await change({ name: '' }), ['/problems/malformed', 'name']);
    assert.deepEqual(await change({ place: station.place }), ['/problems/malformed', 'place']);
    assert.equal((await caller.post('/v1/stations/SZ-0', {})).status, 404);
  }),
);

test(
  'a station is stocked by hand with packs that are there by the books, and with no others',
  withServer(async ({ as }) => {
    const caller = await as('register', 'read', 'operate');
    await withOperator(caller);
    await caller.post('/v1/stations', station);
    await caller.post('/v1/packs', { ...pack, holder: 'station:SZ-9' });
    const elsewhere = code.replace('0000001', '0000002');
    await caller.post('/v1/packs', { ...pack, code: elsewhere });
    const stock = (slotNo: number, packCode: string | null) =>
      caller.post('/v1/stations/SZ-9/stock', { slots: [{ slotNo, packCode }] });
    assert.equal((await stock(1, elsewhere)).body.type, '/problems/pack-not-here');
    assert.equal((await stock(22, code)).body.type, '/problems/slot-unknown');
    assert.deepEqual(
      (await stock(4, code)).body.slots.flatMap((it: { packCode: string }) => it.packCode ?? []),
      [code],
    );
    assert.equal((await caller.get('/v1/network')).body.stations[0].ready, 1);
    assert.equal((await stock(4, null)).body.slots[3].state, 'empty');
  }),
);

test(
  'vehicles need a VIN with the right check digit and a model of the catalogue; tokens a driver and a vehicle',
  withServer(async ({ as }) => {
    const caller = await as('register');
    const vehicle = { vin, modelId: 'nio-et5', plate: '粤B1', firmware: '3.0.0' };
    const misread = { ...vehicle, vin: vin.replace('0001', '0002') };
    const strange = { ...vehicle, modelId: 'cybertruck' };
    const refused = await caller.post('/v1/vehicles', [vehicle, misread, strange]);
    assert.deepEqual(
      refused.body.issues.map((it: { field: string }) => it.field),
      ['1.vin.checkDigit', '2.modelId'],
    );
    assert.deepEqual((await caller.post('/v1/vehicles', vehicle)).body, { received: 1 });
    const token = { idToken: 'card', type: 'ISO14443', driverId: 'ann', vin };
    const stranger = (await caller.post('/v1/tokens', token)).body;
    assert.equal(stranger.type, '/problems/reference-unknown');
    assert.equal(stranger.title, '0.driverId: there is no driver "ann": register it first');
    await caller.post('/v1/drivers', { id: 'ann', name: 'Ann', payment: 'postpaid' });
    assert.deepEqual((await caller.post('/v1/tokens', token)).body, { received: 1 });
  }),
);

test(
  'compatibility is answered with the clauses that allow, or the fewest that deny',
  withServer(async ({ as }) => {
    const caller = await as('read');
    const ask = (body: object) => caller.post('/v1/compatibility/check', body);
    const fits = { vehicleModelId: 'nio-et5', presetId: 'nio-g3', packModelId: 'nio-100' };
    const allowed = await ask(fits);
    assert.equal(allowed.body.allowed, true);
    assert.ok(allowed.body.because.length > 5);
    const denied = await ask({ ...fits, packModelId: 'choco-20-lfp' });
    assert.equal(denied.body.allowed, false);
    assert.match(denied.body.denied[0].sentence, /measured .* required/);
    assert.equal((await ask({ ...fits, packs: ['NOBODY'] })).body.type, '/problems/pack-unknown');
    assert.equal((await caller.get('/v1/catalogue/vehicles')).body.items.length, vehicleModels.length);
  }),
);

test(
  'the books can be read account by account, and checked by anybody who may operate',
  withServer(async ({ app, as }) => {
    await app.doWork((work) => smallNetwork(work));
    const caller = await as('read', 'operate');
    const { body } = await caller.get('/v1/ledger/accounts?unit=money&holder=driver:driver-1');
    assert.deepEqual([body.items.length, body.items[0].balance], [1, 100_000]);
    const transfers = await caller.get(`/v1/ledger/accounts/${body.items[0].id}/transfers`);
    assert.deepEqual(
      transfers.body.items.map((it: { id: string; amount: number }) => [it.id, it.amount]),
      [['top-up/1', 100_000]],
    );
    assert.equal((await caller.get('/v1/audit')).body.type, '/problems/never-audited');
    const audit = await caller.post('/v1/audit', {});
    assert.equal(audit.body.clean, true, JSON.stringify(audit.body.findings));
    assert.ok(audit.body.findings.length >= 14);
    assert.equal((await caller.get('/v1/audit')).body.id, audit.body.id);
  }),
);

test(
  'health, readiness, metrics, contract and problem pages are there for everybody',
  withServer(async ({ app, as }) => {
    const caller = await as();
    assert.equal((await caller.get('/healthz')).body.status, 'up');
    assert.deepEqual((await caller.get('/readyz')).body, { status: 'ready' });
    await app.doWork(async () => {});
    assert.match((await caller.get('/metrics')).body, /packloop_work_seconds_count\{outcome="done"\} [1-9]/);
    const contract = (await caller.get('/openapi.json')).body;
    assert.equal(contract.openapi, '3.1.0');
    for (const [path, methods] of Object.entries(contract.paths as Record<string, object>))
      for (const method of Object.keys(methods))
        assert.ok(
          app.http.hasRoute({ method: method.toUpperCase() as 'GET', url: path.replaceAll(/\{(\w+)\}/g, ':$1') }),
          `${method} ${path} is served`,
        );
    const { get, post } = {
      ...contract.paths['/v1/packs/{code}/risk'],
      ...contract.paths['/v1/packs/{code}/risk/clear'],
    };
    assert.ok(get && post, 'early warning is in the contract');
    assert.equal((await caller.get('/problems/pack-wrong')).body.status, 400);
    assert.equal((await caller.get('/nowhere')).body.type, '/problems/no-such-page');
    assert.equal((await caller.get('/docs/')).status, 200);
  }),
);

test(
  'the night’s work runs from the queue: the books are checked, and what is old is forgotten',
  withServer(async ({ app, as }) => {
    await app.migrate();
    await app.tick();
    for (const job of ['audit', 'forget'])
      await app.doWork((work) => sql`select graphile_worker.add_job(${job})`.execute(work.db));
    await app.drain();
    const { body } = await (await as('read')).get('/v1/audit');
    assert.deepEqual([body.askedBy, body.clean], ['nightly', true]);
    const left = await app.doWork((work) => sql`select from graphile_worker.jobs`.execute(work.db));
    assert.equal(left.rows.length, 0);
  }),
);

test(
  'a cursor that no page of a list gave out is refused, in every list',
  withServer(async ({ app, as }) => {
    await app.doWork((work) => smallNetwork(work));
    const caller = await as('read');
    const [account] = (await caller.get('/v1/ledger/accounts?limit=1')).body.items;
    const lists = [
      'packs',
      'stations',
      'swaps',
      `stations/${st1}/commands`,
      'ledger/accounts',
      `ledger/accounts/${account.id}/transfers`,
      'record/pack:X',
    ];
    for (const list of lists)
      for (const cursor of ['%00', '%20', '%E7%B2%A4', '-'.repeat(100), 'zzz', '019a5f3c-7c1e-7abc-8def-0123456789ab'])
        assert.deepEqual(
          (({ status, body }) => [status, body.type])(await caller.get(`/v1/${list}?cursor=${cursor}`)),
          [400, '/problems/cursor-wrong'],
          `${list} ${cursor}`,
        );
  }),
);

test(
  'a cursor goes on with the list that gave it out, and with no other',
  withServer(async ({ app, as }) => {
    await app.doWork((work) => smallNetwork(work));
    const caller = await as('admin');
    const lists = ['packs', 'stations', 'drivers', 'vehicles', 'tokens', 'ledger/accounts', 'record/pack:X', 'trail'];
    for (const from of ['packs', 'drivers', 'ledger/accounts']) {
      const cursor = encodeURIComponent((await caller.get(`/v1/${from}?limit=1`)).body.nextCursor);
      for (const list of lists) {
        const { status, body } = await caller.get(`/v1/${list}?cursor=${cursor}`);
        const expected = list === from ? [200, undefined] : [400, '/problems/cursor-wrong'];
        assert.deepEqual([status, body.type], expected, `a cursor of ${from} at ${list}`);
      }
    }
  }),
);

test(
  'the contract says that live changes come as an event stream',
  withServer(async ({ as }) => {
    const { paths } = (await (await as()).get('/openapi.json')).body;
    assert.deepEqual(Object.keys(paths['/v1/live'].get.responses['200'].content), ['text/event-stream']);
  }),
);

test(
  'a recalled pack stays in until the recall is lifted; one may enter quarantined, but nobody sets that in passing',
  withServer(async ({ as }) => {
    const caller = await as('register', 'read', 'operate');
    await withOperator(caller);
    const passing = await caller.post('/v1/packs', { ...pack, recalled: true });
    assert.deepEqual([passing.status, passing.body.issues[0].field], [400, 'recalled']);
    assert.equal((await caller.post('/v1/packs', { ...pack, quarantined: { why: 'dented corner' } })).status, 200);
    const entered = (await caller.get(`/v1/packs/${code}`)).body;
    assert.deepEqual([entered.quarantined, entered.quarantinedWhy], [true, 'dented corner']);
    const recalled = await caller.post(`/v1/packs/${code}/recall`, { why: 'cells of lot 7' });
    assert.deepEqual([recalled.body.recalled, recalled.body.quarantined], [true, true]);
    const lifted = await caller.post(`/v1/packs/${code}/recall/lift`, { finding: 'cells replaced' });
    assert.deepEqual([lifted.body.recalled, lifted.body.quarantined], [false, true]);
    assert.deepEqual(
      (await caller.get(`/v1/packs/${code}`)).body.history.map((it: { type: string }) => it.type),
      ['pack.registered', 'pack.quarantined', 'pack.recalled', 'pack.recall-lifted'],
    );
    assert.equal((await caller.post('/v1/packs/NOBODY/recall', { why: 'cells of lot 7' })).status, 404);
  }),
);

test(
  'only a pack is registered, with the code of its chemistry, a first use, possible figures and owners who take part',
  withServer(async ({ as }) => {
    const caller = await as('register', 'read');
    await withOperator(caller);
    const whole = 1_000_000;
    const wrongs: [string, object][] = [
      ['0.code.productType', { code: code.replace('0C1P', '0C1M') }],
      ['0.code.productType', { code: code.replace('0C1P', '0C1C') }],
      ['0.code.productType', { code: 'AB12M48-26B2201', producedOn: '2026-01-01' }],
      ['0.code.batteryType', { code: code.replace('0C1PB', '0C1PE') }],
      ['0.code.batteryType', { model: 'nio-100' }],
      ['0.code.secondUse', { code: '001PB24F3C0221953RP' }],
      ['0.code.secondUse', { code: `${code}RP` }],
      ['0.code.secondUse', { code: 'AB12P48-R-26B2201', producedOn: '2026-01-01' }],
      ['0.leakTestedOn', { leakTestedOn: '2025-08-31' }],
      ['0.producedOn', { code: 'AB12P48-26B2201', producedOn: '2027-01-01', leakTestedOn: null }],
      ['0.owners', { owners: [1, 2].map(() => ({ party: 'op', millionths: whole / 2 })) }],
      ['0.owners', { owners: [{ party: 'nobody', millionths: whole }] }],
      ['capacityWh', { capacityWh: 0 }],
      ['capacityWh', { capacityWh: 2_000_001 }],
      ['efc', { efc: 1e300 }],
      ['matingCycles', { matingCycles: 2 ** 31 }],
      ['leakTestedOn', { leakTestedOn: '0000-01-01' }],
    ];
    for (const [field, over] of wrongs) {
      const { status, body } = await caller.post('/v1/packs', { ...pack, ...over });
      assert.deepEqual([status, body.issues?.[0].field], [400, field], JSON.stringify(over));
    }
    assert.equal((await caller.get('/v1/packs')).body.items.length, 0);
    assert.equal((await caller.post('/v1/packs', pack)).status, 200);
  }),
);

test(
  'an id stands for one organisation: the same again changes nothing, another name or kind is refused',
  withServer(async ({ as }) => {
    const caller = await as('register');
    await withOperator(caller);
    await withOperator(caller);
    for (const other of [{ name: 'Other' }, { kind: 'bank' }]) {
      const party = { id: 'op', name: 'Operator', kind: 'operator', ...other };
      const { status, body } = await caller.post('/v1/parties', [{ ...party, id: `new-${party.kind}` }, party]);
      assert.deepEqual(
        [status, body.type, body.name, body.kind],
        [409, '/problems/party-known', 'Operator', 'operator'],
      );
    }
    const unwritten = await caller.post('/v1/tokens/%00/status', { status: 'blocked' });
    assert.equal(unwritten.status, 403);
    const operating = await as('operate');
    assert.equal((await operating.post('/v1/tokens/%00/status', { status: 'blocked' })).status, 400);
    assert.equal((await operating.post('/v1/tokens/nobody/status', { status: 'blocked' })).status, 404);
  }),
);
