import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { type PackModelId, packModel } from '#pack';
import { addParties, makeKey, type PartyKind } from '#party';
import type { PartyId } from '#units';
import { type TestApp, withServer } from '../../test/app.ts';
import { browser } from '../../test/people.ts';
import { packCode, smallNetwork } from '../../test/seed.ts';
import { withKey } from '../../test/tenants.ts';
import { madeUpValues } from '../demo/passports.ts';
import { attributes } from './attributes/index.ts';
import { supplySimulated } from './supply.ts';

const code = packCode(1);
const own = madeUpValues(packModel('nio-75' as PackModelId)!);
const gtin = '06291041500213';
const supplied = { gtin, codePrefix: code.slice(0, 7), values: own };
const path = `/v1/packs/${code}/passport`;
const upload = '/v1/catalogue/packs/nio-75/passport';

/** A key of an organisation of a kind, which owns a share of nothing unless it is told. */
async function keyOf({ app }: Pick<TestApp, 'app'>, kind: PartyKind, id = `the-${kind}`) {
  const partyId = id as PartyId;
  const key = await app.doWork(async (work) => {
    await addParties(work, [{ id: partyId, name: kind, kind }]);
    return await makeKey(work, { name: 'x', scopes: ['admin'], partyId, random: randomBytes(32) });
  });
  return withKey(app, key);
}

const network = (body: (it: TestApp) => Promise<void>) =>
  withServer(async (it) => {
    await it.app.doWork((work) => smallNetwork(work));
    await body(it);
  });

test(
  'before anybody supplied anything the passport says what is missing and from whom it is due; afterwards it is there',
  network(async (it) => {
    const platform = await it.as('admin');
    const before = (await platform.get(path)).body;
    assert.equal(before.coverage.mandatory, 70);
    assert.ok(before.coverage.known < 14);
    assert.ok(
      before.coverage.missing.some((one: { no: number; from: string }) => one.no === 4 && one.from === 'manufacturer'),
    );
    assert.equal(before.link, `/p/${code}`);

    const maker = await keyOf(it, 'maker', 'maker-n');
    const reply = await maker.post(upload, supplied);
    assert.equal(reply.status, 200, JSON.stringify(reply.body));
    assert.deepEqual([reply.body.version, reply.body.suppliedBy, reply.body.simulated], [1, 'maker-n', false]);
    const after = (await platform.get(path)).body;
    assert.deepEqual([after.document, after.responsible, after.reader.as], [1, 'maker-n', 'operator']);
    // No slot measured its temperature, and nobody has charged it: the rest of an EV's 70 is there.
    const missing = after.coverage.missing.map((one: { no: number }) => one.no);
    assert.deepEqual(missing, [75, 84]);
    assert.ok(after.coverage.percent >= 95, `${after.coverage.percent}`);
    assert.equal(after.link, `/01/${gtin}/21/${code.slice(7)}`);
    assert.equal(after.values.length, 93);
  }),
);

test(
  'a document is refused with every field at fault; only the maker that began supplies more, or the platform',
  network(async (it) => {
    const maker = await keyOf(it, 'maker', 'maker-n');
    const wrong = await maker.post(upload, { values: { ...own, massKg: 'heavy', soc: 5 } });
    assert.equal(wrong.status, 422);
    assert.equal(wrong.body.type, '/problems/passport-wrong');
    assert.deepEqual(
      wrong.body.issues.map((one: { field: string }) => one.field),
      ['values.massKg', 'values.soc'],
    );
    assert.equal(
      (await maker.post('/v1/catalogue/packs/none/passport', supplied)).body.type,
      '/problems/model-unknown',
    );
    assert.equal((await maker.post(upload, supplied)).status, 200);
    const others = [await keyOf(it, 'maker', 'other-maker'), await keyOf(it, 'bank'), await keyOf(it, 'operator')];
    for (const other of others) {
      const refused = await other.post(upload, supplied);
      assert.deepEqual([refused.status, refused.body.type], [403, '/problems/passport-not-supplier']);
      const { items } = (await other.get(upload)).body;
      assert.deepEqual([items.length, items[0].suppliedBy], [1, null]);
    }
    const platform = await it.as('admin');
    assert.equal((await platform.post(upload, { values: { massKg: 500 } })).body.version, 2);
  }),
);

test(
  'what was made up gives way to a maker, and is never put over what a maker said',
  network(async (it) => {
    const made = { number: 1, codePrefix: code.slice(0, 7), values: own };
    await it.app.doWork((work) => supplySimulated(work, 'nio-75', made));
    const platform = await it.as('admin');
    const known = (await platform.get(path)).body.values.filter(
      (one: { is: { simulated?: boolean } }) => one.is.simulated,
    );
    assert.ok(known.length > 50, `${known.length}`);
    const maker = await keyOf(it, 'maker', 'maker-n');
    assert.equal((await maker.post(upload, supplied)).body.version, 2);
    await it.app.doWork((work) => supplySimulated(work, 'nio-75', made));
    const now = (await platform.get(path)).body;
    assert.deepEqual([now.document, now.coverage.simulated], [2, 0]);
  }),
);

test(
  'by no route does a value of a higher class reach whoever may not read it, and each gets all of his',
  network(async (it) => {
    // Each attribute that a maker supplies says who it is wherever it appears.
    const marked = structuredClone(own) as Record<string, unknown>;
    const marks = new Map<string, string>();
    for (const { key, no } of attributes) {
      const before = marked[key];
      const mark = `MARK${no}END`;
      if (typeof before === 'string') marked[key] = before.startsWith('https') ? `https://example.org/${mark}` : mark;
      else if (Array.isArray(before)) marked[key] = withMark(before, mark);
      else continue;
      if (JSON.stringify(marked[key]).includes(mark)) marks.set(key, mark);
    }
    const platform = await it.as('admin');
    const stored = await platform.post(upload, { ...supplied, values: marked });
    assert.equal(stored.status, 200, JSON.stringify(stored.body));
    assert.ok(marks.size > 20);

    const nobody = browser(it.app);
    const places = [`/p/${code}`, `/01/${gtin}/21/${code.slice(7)}`];
    const types = ['', '?linkType=packloop:eu', '?linkType=packloop:json', '?linkType=all'];
    const texts: string[] = [];
    for (const place of places)
      for (const type of types)
        for (const accept of ['text/html', 'application/json', '*/*', 'application/linkset+json']) {
          const reply = await nobody.get(place + type, { accept });
          assert.equal(reply.status, 200, place + type);
          texts.push(JSON.stringify(reply.body));
        }
    const publicly = texts.join('\n');
    assertOnly(publicly, marks, ['public']);

    // A workshop has the pack in its hands.
    const workshop = await keyOf(it, 'workshop');
    assert.equal((await workshop.get(path)).status, 404);
    const [fromAt, untilAt] = ['2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'];
    const licence = { partyId: 'the-workshop', scope: 'repair', number: 'R-1', issuedBy: 'MIIT', fromAt, untilAt };
    assert.equal((await platform.post('/v1/licences', licence)).status, 200);
    const placed = await platform.post(`/v1/packs/${code}/place`, { holder: 'party:the-workshop', reason: 'repair' });
    assert.equal(placed.status, 200, JSON.stringify(placed.body));
    const all = async (by: typeof workshop, query = '') =>
      JSON.stringify([(await by.get(path + query)).body, (await by.get(`${path}/eu${query}`)).body]);
    assertOnly(await all(workshop), marks, ['public']);
    assertOnly(await all(workshop, '?purpose=repair'), marks, ['public', 'interest', 'interest-commission']);
    assert.equal((await workshop.get(`${path}?purpose=curiosity`)).status, 400);
    const authority = await keyOf(it, 'regulator');
    assertOnly(await all(authority), marks, ['public', 'authorities']);
    const commission = await keyOf(it, 'regulator', 'european-commission');
    assertOnly(await all(commission), marks, ['public', 'interest-commission', 'authorities']);
    assertOnly(await all(platform as never), marks, ['public', 'interest', 'interest-commission', 'authorities']);

    const identity = async (by: typeof workshop) => (await by.get(`${path}/cn`)).status;
    assert.deepEqual([await identity(workshop), await identity(authority)], [403, 200]);
    assert.equal(await identity(commission), 403);
    assertOnly(JSON.stringify((await authority.get(`${path}/cn`)).body), marks, []);
    // What is kept of a model is not read back by whoever may supply for some.
    assertOnly(JSON.stringify((await (await keyOf(it, 'bank')).get(upload)).body), marks, []);
  }),
);

function withMark(list: unknown[], mark: string): unknown[] {
  return list.map((it) => {
    if (typeof it === 'string') return mark;
    const fields = it as Record<string, unknown>;
    const name = ['name', 'partName', 'nameOfSupplier'].find((one) => one in fields);
    if (name) return { ...fields, [name]: mark };
    return 'documentURL' in fields ? { ...fields, documentURL: `https://example.org/${mark}` } : fields;
  });
}

function assertOnly(text: string, marks: ReadonlyMap<string, string>, may: readonly string[]): void {
  for (const { key, no, access } of attributes) {
    const mark = marks.get(key);
    // What one class sees, another may not: the mark is there if and only if the class is among these.
    if (mark) assert.equal(text.includes(mark), may.includes(access), `${no} ${key} (${access})`);
  }
}

test(
  'the address of the QR code gives people a page in their language, programs JSON, and anybody the links',
  network(async (it) => {
    const platform = await it.as('admin');
    await platform.post(upload, supplied);
    const nobody = browser(it.app);
    const html = { accept: 'text/html,application/xhtml+xml' };
    const page = await nobody.get(`/p/${code}`, { ...html, 'accept-language': 'zh-CN,zh;q=0.9' });
    assert.match(page.type, /^text\/html/);
    assert.match(page.body, /<html lang="zh-CN">/);
    assert.match(page.body, /电池护照/);
    assert.match((await nobody.get(`/p/${code}`, html)).body, /<h1>Battery passport<\/h1>/);
    const json = await nobody.get(`/01/${gtin}/21/${code.slice(7)}`, { accept: 'application/json' });
    assert.deepEqual([json.body.code, json.body.reader.as, json.body.values.length], [code, 'public', 93]);
    const links = await nobody.get(`/p/${code}?linkType=linkset`);
    assert.match(links.type, /^application\/linkset\+json/);
    for (const [name, [link]] of Object.entries(links.body.linkset[0]) as [string, { href: string }[]][])
      if (name !== 'anchor') assert.equal((await nobody.get(link!.href)).status, 200, link!.href);
    for (const path of ['/p/NONE', '/p/x', `/01/${gtin}/21/NONE`, '/01/06291041500210/21/A'])
      assert.equal((await nobody.get(path)).status, 404, path);
    const none = await nobody.get('/p/NONE', html);
    assert.deepEqual([none.status, none.type.split(';')[0]], [404, 'text/html']);
    assert.match(
      none.body,
      /no passport at this address.*href="\/battery\/"/s,
      'whoever scanned something else is helped on',
    );
    assert.equal((await nobody.get('/p/NONE', { accept: 'application/json' })).body.type, '/problems/pack-unknown');
    const script = structuredClone(supplied);
    script.values.labelsMean = '<script>alert(1)</script>';
    await platform.post(upload, script);
    const escaped = (await nobody.get(`/p/${code}`, html)).body;
    assert.ok(!escaped.includes('<script>') && escaped.includes('&lt;script&gt;'));
  }),
);

test(
  'at a second use a new passport begins, the old one says what it said and no more, and each names the other',
  network(async (it) => {
    const platform = await it.as('admin');
    await platform.post(upload, supplied);
    const { asOf: _, ...before } = (await platform.get(path)).body;
    const { successor } = (await platform.post(`/v1/packs/${code}/successor`, {})).body;
    assert.ok(successor);
    await platform.post(upload, { ...supplied, values: { ...own, massKg: 1 } });

    const old = (await platform.get(path)).body;
    assert.deepEqual([old.frozenAt !== null, old.successor, old.document], [true, successor, 1]);
    const mass = (one: typeof old) => one.values.find((row: { key: string }) => row.key === 'massKg').is.value;
    assert.equal(mass(old), mass(before));
    const now = (await platform.get(`/v1/packs/${successor}/passport`)).body;
    assert.deepEqual([now.original, now.category, now.document, now.frozenAt], [code, 'stationary', 2, null]);
    assert.equal(mass(now), 1);
    assert.notEqual(now.responsible, before.responsible);
    assert.ok(
      now.coverage.missing.some(
        (one: { key: string; from: string }) => one.key === 'warrantyUntil' && one.from === 'operator',
      ),
    );
    const [ended, began] = await Promise.all(
      [code, successor].map(async (one) => (await platform.get(`/v1/packs/${one}/passport/cn`)).body),
    );
    assert.ok(ended.events.some((one: { kind: string }) => one.kind === 'retirement'));
    assert.ok(began.events.some((one: { kind: string }) => one.kind === 'reuse'));
    assert.deepEqual([ended.successor, began.original], [successor, code]);
    const { findings } = await it.app.audit();
    assert.deepEqual(
      findings.filter((one) => one.violations.length > 0),
      [],
    );
  }),
);
