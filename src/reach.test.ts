// Every route of all contracts, for everybody: who may call it is what the policy says, and nobody is told anything of an
// organisation that is none of his.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { sql } from 'kysely';
import { type ExportTable, exportTables } from '#insight/api';
import { type May, type Permission, permissions, type Route, type Scope, scopes } from '#kernel/api';
import { withCheckDigit } from '#pack';
import { addParties, makeKey, type PartyKind, policy, type Role } from '#party';
import { partyKinds } from '#party/api';
import { append } from '#record';
import { anomaly } from '#station';
import type { DriverId, PackCode, PartyId } from '#units';
import { withServer } from '../test/app.ts';
import { type Browser, browser, somebody } from '../test/people.ts';
import { vinOf } from '../test/seed.ts';
import { type Tenant, tenant, withKey } from '../test/tenants.ts';
import type { App } from './app.ts';
import { keep } from './exchange/handover/store.ts';
import { offerTo, signedBy } from './exchange/handover/testing.ts';
import { takeUpAll } from './exchange/testing.ts';
import { apis } from './pages.ts';

interface Named {
  readonly name: string;
  readonly route: Route;
}
const routes: readonly Named[] = Object.entries(apis).flatMap(([room, api]) =>
  Object.entries(api as Record<string, Route>).map(([name, route]) => ({ name: `${room}.${name}`, route })),
);
/** A file takes the permission of the list that is in it: each by itself. */
const mayHave: Record<ExportTable, May> = {
  stations: 'network.see',
  packs: 'pack.see',
  swaps: 'swap.see',
  drivers: 'person.see',
  vehicles: 'person.see',
  tokens: 'person.see',
  devices: 'station.see',
  accounts: 'ledger.see',
  transfers: 'ledger.see',
  anomalies: 'station.see',
  messages: 'station.operate',
  slots: 'station.see',
  'pack-health': 'pack.see',
  'pack-charges': 'pack.see',
  grades: 'pack.see',
  'pack-grades': 'pack.see',
  'linked-transfers': 'ledger.see',
  'swap-transfers': 'swap.see',
  parties: 'member.manage',
  members: 'member.manage',
  invitations: 'member.manage',
  keys: 'key.manage',
  trail: 'trail.see',
  'pack-models': 'signed-in',
  'vehicle-models': 'signed-in',
  'station-presets': 'signed-in',
  invariants: 'audit.see',
  violations: 'audit.see',
  reports: 'record.see',
  licences: 'record.see',
  'missing-packs': 'pack.see',
  profit: 'ledger.see',
  shares: 'pack.see',
  'title-keys': 'member.manage',
};
/** Every route, and every file as a route of its own. */
const doors: readonly Named[] = routes.flatMap((it) =>
  it.name === 'files.table'
    ? exportTables.map((table) => ({
        name: `${it.name} ${table}`,
        route: { ...it.route, path: it.route.path.replace(':table', table), may: mayHave[table] },
      }))
    : [it],
);
const closed = { PUBLIC_VIEW: false, RATE_LIMIT: 0 };

test(
  'every route under /v1 stands in a contract, and every contract says who may',
  withServer(async ({ app }) => {
    await app.http.ready();
    const served = [...app.http.printRoutes({ commonPrefix: false }).matchAll(/(\/v1\/\S+) \(([^)]+)\)/g)].flatMap(
      ([, path, methods]) => methods!.split(', ').map((method) => `${method} ${path}`),
    );
    assert.ok(served.length > 60, `${served.length} routes are served`);
    const known = new Set(routes.map(({ route }) => `${route.method} ${route.path}`));
    assert.deepEqual(
      served.filter((it) => !it.startsWith('HEAD ') && !known.has(it)),
      [],
    );
    for (const { name, route } of routes)
      assert.ok(['anyone', 'signed-in', ...permissions].includes(route.may), `${name} has no rule`);
  }),
);

/** An address of a route in which nothing is meant. */
const blank = (route: Route): string => route.path.replace(':subject', 'pack:x').replaceAll(/:\w+/g, '0');

/** Whether somebody was let through: what he asked may be nonsense all the same. */
const isLetIn = ({ status, body }: { status: number; body: { type?: string } }): boolean =>
  !(status === 401 || (status === 403 && body.type === '/problems/permission-missing'));

/** Who may call a route by these permissions, where the public sees nothing. */
const maySee = (route: Route, may: (permission: Permission) => boolean): boolean =>
  route.may === 'anyone' || route.may === 'signed-in' || may(route.may);

const isStream = ({ route }: Named) => route.streams === true;
/** Public where nobody may look without a key, too: pages need them to begin. */
const ask = (page: Pick<Browser, 'get' | 'post'>, route: Route) =>
  route.method === 'GET' ? page.get(blank(route)) : page.post(blank(route), { nothing: 'sensible' });

async function partiesOfAllKinds(app: App): Promise<void> {
  const rows = partyKinds.map((kind) => ({ id: `the-${kind}` as PartyId, name: kind, kind }));
  await app.doWork(async (work) => {
    await addParties(work, rows);
  });
}

test(
  'every role of every kind of organisation is let in where the policy says so, and nowhere else',
  withServer(
    async ({ app, as }) => {
      await partiesOfAllKinds(app);
      await (await as('admin')).post('/v1/drivers', { id: 'dora', name: 'Dora', payment: 'prepaid' });
      const wrong: string[] = [];
      let asked = 0;
      for (const kind of partyKinds)
        for (const [role, grants] of Object.entries(policy[kind]) as [Role, (typeof policy)[PartyKind][Role]][]) {
          const email = `${role}@${kind}.example`;
          const post = {
            partyId: `the-${kind}` as PartyId,
            role,
            driverId: role === 'driver' ? ('dora' as DriverId) : null,
          };
          await somebody(app, { email, post });
          const page = browser(app, `10.${partyKinds.indexOf(kind)}.${Object.keys(policy[kind]).indexOf(role)}.1`);
          assert.equal((await page.signIn(email)).status, 200);
          for (const it of doors.filter((one) => !isStream(one))) {
            const expected = maySee(it.route, (permission) => grants![permission] !== undefined);
            asked++;
            if (isLetIn(await ask(page, it.route)) !== expected)
              wrong.push(`${role} of ${kind}: ${it.name} ${expected ? 'is shut' : 'is open'}`);
          }
        }
      assert.deepEqual(wrong, []);
      assert.ok(asked > 2000, `${asked} were asked`);
    },
    { RATE_LIMIT: 0 },
  ),
);

test(
  'every scope of a key opens what it stands for, as far as the kind of its organisation goes; no key and a wrong key open nothing',
  withServer(
    async ({ app }) => {
      await partiesOfAllKinds(app);
      const opens: Record<Scope, RegExp> = {
        read: /^(network|station|swap|pack|ledger|record|audit)\.see$/,
        operate: /^(station\.operate|pack\.judge|token\.block|audit\.run)$/,
        register: /^(station\.(register|secret)|pack\.register|person\.(see|register)|money\.topUp)$/,
        drive: /^swap\.ask$/,
        mirror: /^record\.mirror$/,
        admin: /./,
      };
      const wrong: string[] = [];
      for (const kind of [undefined, ...partyKinds])
        for (const scope of scopes) {
          const partyId = kind && (`the-${kind}` as PartyId);
          const key = await app.doWork((work) =>
            makeKey(work, { name: 'x', scopes: [scope], partyId, random: randomBytes(32) }),
          );
          const asks = withKey(app, key);
          const most = policy[kind ?? 'platform'].admin!;
          for (const it of doors.filter((one) => !isStream(one))) {
            const expected = maySee(
              it.route,
              (permission) => opens[scope].test(permission) && most[permission] !== undefined,
            );
            if (isLetIn(await ask(asks as Browser, it.route)) !== expected)
              wrong.push(`${scope} of ${kind}: ${it.name} ${expected ? 'is shut' : 'is open'}`);
          }
        }
      assert.deepEqual(wrong, []);
      for (const it of doors.filter((one) => !isStream(one))) {
        const [without, guessed] = [
          await ask(browser(app), it.route),
          await ask(withKey(app, 'pl_x') as Browser, it.route),
        ];
        assert.equal(isLetIn(without), it.route.may === 'anyone', it.name);
        assert.equal(guessed.status, 401, it.name);
      }
    },
    { RATE_LIMIT: 0 },
  ),
);

test(
  'where the public view is closed nobody sees the network without signing in',
  withServer(async ({ app }) => {
    const open = new Set(['network.config', 'party.signInOptions', 'party.lookAtInvitation', 'party.acceptInvitation']);
    for (const it of routes.filter(({ route }) => route.may === 'anyone')) {
      const isCatalogue = it.route.path.startsWith('/v1/catalogue/');
      assert.equal(isLetIn(await ask(browser(app), it.route)), open.has(it.name) || isCatalogue, it.name);
    }
  }, closed),
);

/** The first entry in the record about something. */
const entries = new Map<string, number>();

/** Gives all that is recorded its place in the log. */
async function logged(app: App): Promise<void> {
  await (await app.openLog()).writer.once();
  const { rows } = await app.doWork(({ db }) =>
    sql<{ subject: string; seq: number }>`select subject, min(seq) as seq from record.entry group by subject`.execute(
      db,
    ),
  );
  for (const { subject, seq } of rows) entries.set(subject, seq);
}

/** The certificate of each organisation's first pack, by its id. */
const certificates = new Map<string, string>();

/** Each had its first pack from a dealer, by certificate. */
async function handedOver(app: App, tenants: readonly Tenant[]): Promise<void> {
  for (const { id: to, packs } of tenants)
    await app.doWork(async (work) => {
      const [code] = packs as [PackCode];
      const until = work.at.add({ hours: 1 }).toString();
      const note = await signedBy(
        { ...(await offerTo(work, code, 'dealer')), from: 'dealer' as PartyId, to, until },
        'dealer',
        to,
      );
      const handover = createHash('sha256')
        .update(note.slice(0, note.indexOf('\n') + 1))
        .digest('hex');
      const signed = { giverSigned: true, receiverSigned: true, no: 0 };
      await keep(work, {
        id: handover,
        packCode: code,
        giver: 'dealer' as PartyId,
        receiver: to,
        until,
        note,
        ...signed,
      });
      await append(work, [{ subject: `pack:${code}`, type: 'pack.handed-over', body: { handover, note } }]);
      certificates.set(to, handover);
    });
}

/** The report of a pack that left each station. */
const reports = new Map<string, string>();

/** A platform is told of what happened at the stations of these. */
async function reported(app: App, tenants: readonly Tenant[]): Promise<void> {
  await app.doWork(async (work) => {
    await append(
      work,
      tenants.map(({ station: stationId, packs: [code] }) => ({
        subject: `pack:${code}` as const,
        type: 'swap.pack-given',
        body: { stationId, soc: 90, soh: 98 },
      })),
    );
    await takeUpAll(work, ['national']);
    const { rows } = await sql<{ id: string; stationId: string }>`select id, station_id from exchange.report
      where station_id is not null`.execute(work.db);
    for (const { id, stationId } of rows) reports.set(stationId, id);
  });
}

/** The address of a route about something that belongs to somebody. */
function addressOf({ name, route }: Named, of: Tenant, table = ''): string {
  const ids: Record<string, string> = {
    stationId: of.station,
    swapId: of.swap,
    code: of.packs[0]!,
    driverId: of.driver,
    idToken: of.card,
    subject: `pack:${of.packs[0]}`,
    model: 'nio-75',
    seq: String(entries.get(`pack:${of.packs[0]}`)),
    table,
    id:
      {
        'handover.certificate': certificates.get(of.id)!,
        'party.revokeKey': of.keyId,
        'party.takeInvitationBack': of.invitation,
        'ledger.account': String(of.account),
        'ledger.transfers': String(of.account),
        'ledger.transfer': of.transfer,
        'regulator.report': reports.get(of.station)!,
        'regulator.correct': reports.get(of.station)!,
        'regulator.withdraw': reports.get(of.station)!,
      }[name] ?? of.membership,
  };
  const path = route.path.replaceAll(/:(\w+)/g, (_, it: string) => encodeURIComponent(ids[it]!));
  const query: Record<string, string> = {
    'swap.quote': `?idToken=${of.card}`,
    'map.history': '?at=2026-11-22T08:00:00Z',
    'compatibility.stations': `?vehicle=nio-et5&pack=${of.packs[0]}`,
    'files.table': ofWhat(table as ExportTable, of),
  };
  return path + (query[name] ?? '');
}

/** Some files are of one thing. */
function ofWhat(table: ExportTable, of: Tenant): string {
  const things: Partial<Record<ExportTable, string>> = {
    transfers: `account=${of.account}`,
    messages: `station=${of.station}`,
    slots: `station=${of.station}`,
    'pack-health': `pack=${of.packs[0]}`,
    'pack-charges': `pack=${of.packs[0]}`,
    'pack-grades': `pack=${of.packs[0]}`,
    'linked-transfers': `transfer=${of.transfer}`,
    'swap-transfers': `swap=${of.swap}`,
  };
  return things[table] ? `?${things[table]}` : '';
}

/** A body of each write about something that belongs to somebody; `undefined` for what belongs to nobody. */
const bodies: Record<string, ((of: Tenant) => unknown) | undefined> = {
  'swap.reserve': (of) => ({ idToken: of.card, arriveBy: '2026-11-22T08:40:00Z' }),
  'swap.request': (of) => ({ idToken: of.card }),
  'swap.cancel': () => ({}),
  'swap.resolve': () => ({ how: 'void', reason: 'because' }),
  'station.register': (of) => ({
    ...{ id: 'new-st', name: 'New', operatorId: of.id, presetId: 'nio-g3' },
    place: { latitude: 1, longitude: 1 },
  }),
  'station.change': () => ({ name: 'Taken' }),
  'station.takeStock': () => ({ slots: [{ slotNo: 1, packCode: null }] }),
  'station.renewPassword': () => ({}),
  'station.command': () => ({ action: 'Reset', payload: { type: 'OnIdle' } }),
  'pack.register': (of) => ({
    ...{ code: '001PB750000999G110000001', model: 'nio-75', soh: 98, soc: 90, leakTestedOn: '2026-10-01' },
    ...{ leakTestPassed: true, firmware: '9.0.0', holder: `station:${of.station}` },
    owners: [{ party: of.id, millionths: 1_000_000 }],
  }),
  'pack.quarantine': () => ({ why: 'because' }),
  'pack.clear': () => ({ finding: 'because' }),
  'pack.recall': () => ({ why: 'because' }),
  'pack.liftRecall': () => ({ finding: 'because' }),
  'pack.place': (of) => ({ holder: `party:${of.id}`, reason: 'because' }),
  'pack.succeed': () => ({}),
  'regulator.correct': () => ({ fields: { soc: 1 }, why: 'because' }),
  'regulator.withdraw': () => ({ why: 'because' }),
  'regulator.addLicence': (of) => ({
    ...{ partyId: of.id, scope: 'repair', number: '1', issuedBy: 'nobody' },
    ...{ fromAt: '2026-01-01T00:00:00Z', untilAt: '2027-01-01T00:00:00Z' },
  }),
  'regulator.revokeLicence': () => ({ why: 'because' }),
  'regulator.callLost': () => ({ why: 'because' }),
  'regulator.callFound': () => ({ finding: 'because' }),
  'pack.actOnTitle': () => ({ note: 'nothing' }),
  'pack.draftTitle': (of) => ({ act: { type: 'title.lease', lessee: of.id } }),
  'handover.draftHandover': (of) => ({ to: of.id, place: 'the yard' }),
  'handover.deliverHandover': () => ({ note: 'nothing' }),
  'pack.addTitleKey': (of) => ({ party: of.id, key: 'x'.repeat(60) }),
  'pack.endTitleKey': (of) => ({ party: of.id, key: 'x'.repeat(60) }),
  'pack.check': (of) => ({ vehicleModelId: 'nio-et5', presetId: 'nio-g3', packs: [of.packs[0]] }),
  'enquiry.byPlate': (of) => ({ plate: of.vin }),
  'enquiry.giveConsent': (of) => ({ vin: of.vin, until: '2026-12-01T00:00:00Z' }),
  'enquiry.endConsent': () => ({}),
  'passport.supply': () => ({ values: { massKg: 1 } }),
  'health.startTest': () => ({}),
  'health.takeStep': () => ({ measured: { step: 'look', swollen: false, damaged: false, historyKnown: true } }),
  'health.abortTest': () => ({ why: 'because' }),
  'health.clearRisk': () => ({ finding: 'because' }),
  'party.addDrivers': (of) => ({ id: of.driver, name: 'Taken', payment: 'prepaid' }),
  'party.addVehicles': (of) => ({ vin: of.vin, modelId: 'nio-et5', plate: 'taken', firmware: '9.0.0' }),
  'party.addTokens': (of) => ({ idToken: 'new', type: 'Central', driverId: of.driver, vin: of.vin, status: 'active' }),
  'party.setTokenStatus': () => ({ status: 'blocked' }),
  'party.topUp': () => ({ amount: 100 }),
  'party.makeKey': (of) => ({ name: 'x', scopes: ['read'], partyId: of.id }),
  'party.revokeKey': () => ({}),
  'party.actAs': (of) => ({ membershipId: of.membership }),
  'party.changeMember': () => ({ role: 'auditor' }),
  'party.removeMember': () => ({}),
  'party.resetPassword': () => ({}),
  'party.lockMember': () => ({ locked: true }),
  'party.invite': (of) => ({ role: 'auditor', partyId: of.id }),
  'party.takeInvitationBack': () => ({}),
  'party.addParties': undefined,
  'party.lookAtInvitation': undefined,
  'party.acceptInvitation': undefined,
  'audit.run': undefined,
  'record.admitProducer': undefined,
  'record.revokeProducer': undefined,
  // Whoever brings it: the seal says whose it is.
  'record.takeBatch': undefined,
  'erasure.eraseMe': () => ({ email: 'nobody@nowhere.example' }),
  'erasure.eraseMember': () => ({ reason: 'because' }),
  'erasure.eraseDriver': (of) => ({ driver: of.driver, reason: 'because', settled: true }),
};

/** What of somebody an answer tells, beyond what he who asked said himself. */
const told = (text: string, of: Tenant, asked: string): string[] =>
  of.names.filter((it) => text.includes(it) && !asked.includes(it));

test(
  'nothing of another organisation is told, whatever is asked, by whatever role or key; its own is',
  withServer(async ({ app }) => {
    const [ours, theirs] = [await tenant(app, 'alfa', 7), await tenant(app, 'zulu', 8)];
    await app.doWork((work) => addParties(work, [{ id: 'dealer' as PartyId, name: 'Dealer', kind: 'maker' }]));
    await handedOver(app, [ours, theirs]);
    await logged(app);
    await reported(app, [ours, theirs]);
    const everybody: [string, Pick<Browser, 'get'>][] = [['admin by key', ours.admin]];
    for (const role of Object.keys(policy.operator) as Role[]) {
      const confined =
        role === 'dispatcher'
          ? { regions: [ours.region] }
          : { stations: role === 'station-staff' ? [ours.station] : null };
      const email = `${role}@alfa.test`;
      await somebody(app, {
        email,
        post: { partyId: ours.id, role, ...confined, driverId: role === 'driver' ? (ours.driver as DriverId) : null },
      });
      const page = browser(app);
      assert.equal((await page.signIn(email)).status, 200);
      everybody.push([role, page]);
    }
    for (const scope of scopes) {
      const made = await ours.admin.post('/v1/keys', { name: 'one of alfa', scopes: [scope] });
      everybody.push([`key ${scope}`, withKey(app, made.body.key)]);
    }

    const leaks: string[] = [];
    const fruitless: string[] = [];
    for (const it of routes.filter((one) => one.route.method === 'GET' && !isStream(one)))
      for (const table of it.name === 'files.table' ? exportTables : [''])
        for (const [who, page] of everybody) {
          const [own, others] = [addressOf(it, ours, table), addressOf(it, theirs, table)];
          const mine = await page.get(own);
          if (told(JSON.stringify(mine.body), theirs, '').length > 0) leaks.push(`${who}: ${own}`);
          if (own === others) continue;
          if (who === 'admin by key' && mine.status !== 200)
            fruitless.push(`${own}: ${mine.status} ${JSON.stringify(mine.body).slice(0, 200)}`);
          const reply = await page.get(others);
          const text = JSON.stringify(reply.body);
          const isNothing = reply.status === 404 || reply.status === 403 || reply.status === 422;
          if (!isNothing && told(text, theirs, decodeURIComponent(others)).length > 0)
            leaks.push(`${who}: ${others} ${reply.status} tells ${told(text, theirs, decodeURIComponent(others))}`);
          if (!isNothing && reply.status !== 200) fruitless.push(`${who}: ${others}: ${reply.status}`);
          if (
            reply.status === 200 &&
            it.route.path.includes(':') &&
            !/"items":\[\]/.test(text) &&
            it.name !== 'files.table'
          )
            leaks.push(`${who}: ${others} answers ${text.slice(0, 200)}`);
        }
    assert.deepEqual(leaks, []);
    assert.deepEqual(fruitless, []);
  }, closed),
);

test(
  'nothing of another organisation is changed, whatever is asked; what is not there and what is not ours is refused alike',
  withServer(async ({ app }) => {
    const [ours, theirs] = [await tenant(app, 'alfa', 7), await tenant(app, 'zulu', 8)];
    await reported(app, [ours, theirs]);
    const writes = routes.filter(({ route }) => route.method === 'POST');
    assert.deepEqual(
      writes.filter(({ name }) => !(name in bodies)).map(({ name }) => name),
      [],
      'routes without a probe',
    );
    const seen = async () => {
      const paths = [
        'stations',
        'packs',
        'swaps',
        'drivers',
        'vehicles',
        'tokens',
        'keys',
        'members',
        'invitations',
        'ledger/accounts',
      ];
      const replies = await Promise.all(paths.map((it) => theirs.admin.get(`/v1/${it}`)));
      return JSON.stringify(replies.map(({ body }) => body.items)).replaceAll(/"(lastUsedAt|lastSeenAt)":[^,}]*/g, '');
    };
    const before = await seen();
    assert.ok(theirs.packs.every((it) => before.includes(it)));
    const page = browser(app);
    await page.signIn('admin@alfa.example');
    const wrong: string[] = [];
    for (const it of writes) {
      const body = bodies[it.name];
      if (!body) continue;
      for (const [who, by] of [
        ['key', ours.admin],
        ['person', page],
      ] as const) {
        const reply = await by.post(addressOf(it, theirs), body(theirs));
        const isNothing = [403, 404, 409, 422].includes(reply.status);
        if (!isNothing) wrong.push(`${who}: ${it.name} ${reply.status} ${JSON.stringify(reply.body).slice(0, 300)}`);
        // An id that he gave may come back to him in a sentence.
        const asked = `${addressOf(it, theirs)} ${JSON.stringify(body(theirs))} ${theirs.id} `;
        if (told(JSON.stringify(reply.body), theirs, asked).length > 0)
          wrong.push(`${who}: ${it.name} tells ${JSON.stringify(reply.body)}`);
      }
    }
    assert.deepEqual(wrong, []);
    assert.equal(await seen(), before);
  }, closed),
);

test(
  'a bank sees the packs in which it has a share, a fleet its drivers wherever they swap, a regulator all things and no person',
  withServer(async ({ app, as }) => {
    const root = await as('admin');
    for (const kind of ['bank', 'fleet', 'regulator'] as const)
      assert.equal((await root.post('/v1/parties', { id: `the-${kind}`, name: kind, kind })).status, 200);
    const station = await tenant(app, 'alfa', 7);
    await tenant(app, 'zulu', 8);
    const by = async (kind: string, role: Role) => {
      const email = `${role}@${kind}.test`;
      await somebody(app, { email, post: { partyId: `the-${kind}` as PartyId, role } });
      const page = browser(app);
      await page.signIn(email);
      return page;
    };
    const codes = async (page: Pick<Browser, 'get'>) =>
      (await page.get('/v1/packs')).body.items.map((it: { code: string }) => it.code);

    const code = '001PB750000777G110000001';
    const share = [
      { party: 'alfa', millionths: 400_000 },
      { party: 'the-bank', millionths: 600_000 },
    ];
    const pack = {
      model: 'nio-75',
      soh: 98,
      soc: 95,
      leakTestedOn: '2026-10-01',
      leakTestPassed: true,
      firmware: '9.0.0',
    };
    const made = await root.post('/v1/packs', { ...pack, code, holder: `station:${station.station}`, owners: share });
    assert.equal(made.status, 200, JSON.stringify(made.body));
    const bank = await by('bank', 'owner');
    assert.deepEqual(await codes(bank), [code]);
    assert.equal((await bank.get(`/v1/packs/${code}`)).status, 200);
    assert.equal((await bank.get(`/v1/packs/${station.packs[0]}`)).status, 404);
    assert.equal((await bank.get(`/v1/stations/${station.station}`)).status, 403);
    const shares = (await bank.get('/v1/ledger/accounts')).body.items;
    assert.deepEqual([...new Set(shares.map((it: { holder: string }) => it.holder))], ['party:the-bank']);

    const fleet = await by('fleet', 'admin');
    const rider = { vin: withCheckDigit(vinOf(555)), card: 'fleet-card' };
    await fleet.post('/v1/drivers', { id: 'rider', name: 'Rider', payment: 'prepaid' });
    await fleet.post('/v1/drivers/rider/top-ups', { amount: 100_000 });
    await fleet.post('/v1/vehicles', { vin: rider.vin, modelId: 'nio-et5', plate: 'x', firmware: '9.0.0' });
    await fleet.post('/v1/tokens', {
      idToken: rider.card,
      type: 'Central',
      driverId: 'rider',
      vin: rider.vin,
      status: 'active',
    });
    await root.post('/v1/packs', {
      ...pack,
      code: '001PB750000778G110000001',
      soc: 9,
      holder: `vehicle:${rider.vin}`,
      owners: [{ party: 'alfa', millionths: 1_000_000 }],
    });
    const reserve = { idToken: rider.card, arriveBy: '2026-11-22T08:40:00Z' };
    const swap = await fleet.post(`/v1/stations/${station.station}/reservations`, reserve);
    assert.equal(swap.status, 200, JSON.stringify(swap.body));
    const seen = (await fleet.get('/v1/swaps')).body.items.map((it: { id: string }) => it.id);
    assert.deepEqual(seen, [swap.body.id], 'and not those of others at the same station');
    assert.equal((await station.admin.get(`/v1/swaps/${swap.body.id}`)).status, 200, 'the station sees it, too');
    assert.deepEqual(
      (await fleet.get('/v1/drivers')).body.items.map((it: { id: string }) => it.id),
      ['rider'],
    );
    assert.equal(
      (await station.admin.get('/v1/drivers')).body.items.some((it: { id: string }) => it.id === 'rider'),
      false,
    );
    assert.equal((await fleet.post(`/v1/stations/${station.station}/swaps`, { idToken: station.card })).status, 404);

    const regulator = await by('regulator', 'auditor');
    assert.equal((await codes(regulator)).length, 10);
    assert.equal((await regulator.get('/v1/stations')).body.items.length, 2);
    assert.equal((await regulator.get('/v1/drivers')).status, 403);
    assert.equal((await regulator.post(`/v1/packs/${code}/recall`, { why: 'because' })).status, 403);
  }, closed),
);

test(
  'a dispatcher of a region and staff of a station reach these alone, also within their own organisation',
  withServer(async ({ app }) => {
    const alfa = await tenant(app, 'alfa', 7);
    const place = { latitude: 31, longitude: 121 };
    const other = { id: 'alfa-far', name: 'alfa far', operatorId: 'alfa', region: 'CN-FAR', presetId: 'nio-g3', place };
    assert.equal((await alfa.admin.post('/v1/stations', other)).status, 200);
    const reached = async (role: Role, confined: object) => {
      const email = `${role}@alfa.test`;
      await somebody(app, { email, post: { partyId: alfa.id, role, ...confined } });
      const page = browser(app);
      await page.signIn(email);
      const listed = (await page.get('/v1/stations')).body.items.map((it: { id: string }) => it.id);
      const packs = (await page.get('/v1/packs')).body.items.length;
      return {
        listed,
        packs,
        far: (await page.get('/v1/stations/alfa-far')).status,
        network: (await page.get('/v1/network')).body.stations.length,
      };
    };
    assert.deepEqual(await reached('dispatcher', { regions: ['CN-FAR'] }), {
      listed: ['alfa-far'],
      packs: 0,
      far: 200,
      network: 1,
    });
    // Three stand in it; the fourth is on the road, and it never gave that one out.
    assert.deepEqual(await reached('station-staff', { stations: [alfa.station] }), {
      listed: [alfa.station],
      packs: 3,
      far: 404,
      network: 1,
    });
    assert.deepEqual(await reached('technician', {}), {
      listed: ['alfa-far', alfa.station],
      packs: 4,
      far: 200,
      network: 2,
    });
  }, closed),
);

test(
  'with the public view open anybody sees that others swap, and not their packs, energy and bills; whoever signed in lists what is his, as his file does',
  withServer(async ({ app }) => {
    const [ours, theirs] = [await tenant(app, 'alfa', 7), await tenant(app, 'zulu', 8)];
    for (const { swap, packs } of [ours, theirs])
      await app.doWork((work) => {
        const moved = (n: number) => [{ code: packs[n], soc: 50, slotNo: n + 1, soh: 98, energyWh: 1, at: work.at }];
        const told = JSON.stringify({ returned: moved(0), given: moved(1), bill: { netWh: 34_567 } });
        return sql`update swap.swap set total_fen = 45678, body = (body::jsonb || ${told}::jsonb)::json where id = ${swap}`.execute(
          work.db,
        );
      });
    const line = { kind: 'refused', sentence: `${theirs.packs[0]} was refused`, facts: {} };
    await app.doWork((work) => anomaly(work, [{ stationId: theirs.station, ...line }]));
    const signedIn = async (role: Role, partyId: PartyId) => {
      await somebody(app, { email: `${role}@${partyId}.test`, post: { partyId, role } });
      const page = browser(app);
      assert.equal((await page.signIn(`${role}@${partyId}.test`)).status, 200);
      return page;
    };
    await app.doWork((work) => addParties(work, [{ id: 'the-bank' as PartyId, name: 'bank', kind: 'bank' }]));
    const [nobody, bank, admin] = [
      browser(app),
      await signedIn('owner', 'the-bank' as PartyId),
      await signedIn('admin', ours.id),
    ];

    const paths = ['swaps', 'network', 'map', 'anomalies', 'swaps/counts'].map((it) => `/v1/${it}`);
    for (const page of [nobody, bank])
      for (const path of paths) {
        const { status, body } = await page.get(path);
        assert.equal(status, 200, path);
        const text = JSON.stringify(body);
        for (const it of [...ours.packs, ...theirs.packs, '45678', '34567'])
          assert.ok(!text.includes(it), `${path} tells ${it}`);
      }
    const { items } = (await nobody.get('/v1/swaps')).body;
    assert.deepEqual(
      items.map((it: Record<string, unknown>) => [it.state, it.returned, it.given, it.netWh, it.totalFen]),
      [0, 1].map(() => ['reserved', [], [], null, null]),
      'that they swap is public',
    );
    assert.equal((await nobody.get('/v1/network')).body.stations.length, 2);
    assert.equal((await nobody.get('/v1/network')).body.totals.revenueTodayFen, null);
    const asked = `pack=${theirs.packs[0]}`;
    assert.equal((await nobody.get(`/v1/swaps?${asked}`)).body.type, '/problems/pack-filter');
    assert.equal((await nobody.get(`/v1/swaps/counts?${asked}`)).body.type, '/problems/pack-filter');
    assert.deepEqual((await nobody.get(`/v1/anomalies?search=${theirs.packs[0]}`)).body.items, []);
    assert.deepEqual((await admin.get(`/v1/swaps?${asked}`)).body.items, []);

    for (const path of paths) {
      const { status, body } = await admin.get(path);
      assert.equal(status, 200, path);
      assert.deepEqual(told(JSON.stringify(body), theirs, ''), [], path);
    }
    const [mine] = (await admin.get('/v1/swaps')).body.items;
    assert.deepEqual([mine.id, mine.netWh, mine.totalFen], [ours.swap, 34_567, 45_678]);
    const idsIn = async (table: string) =>
      String((await admin.get(`/v1/exports/${table}?format=csv`)).body)
        .trim()
        .split('\r\n')
        .slice(1)
        .map((it) => it.split(',')[0]);
    const idsOf = async (path: string) => (await admin.get(path)).body.items.map((it: { id: string }) => it.id);
    assert.deepEqual(await idsIn('swaps'), await idsOf('/v1/swaps'));
    assert.deepEqual(await idsIn('anomalies'), await idsOf('/v1/anomalies'));
    assert.deepEqual(await idsIn('stations'), (await admin.get('/v1/map')).body.id);
  }),
);
