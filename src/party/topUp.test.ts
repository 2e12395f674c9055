import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withServer } from '../../test/app.ts';
import { cardOf, smallNetwork, st1 } from '../../test/seed.ts';
import type { App } from '../app.ts';

const path = '/v1/drivers/ann/top-ups';
const drivers = [
  { id: 'ann', name: 'Ann', payment: 'prepaid' },
  { id: 'bob', name: 'Bob', payment: 'prepaid' },
  { id: 'cyn', name: 'Cyn', payment: 'postpaid' },
];

const demandCleanBooks = async (app: App) =>
  assert.deepEqual(
    (await app.audit()).findings.filter((it) => it.violations.length > 0),
    [],
  );

test(
  'what a driver pays in is booked from outside to his balance, and he may swap for it',
  withServer(async ({ app, as }) => {
    await app.doWork((work) => smallNetwork(work));
    const caller = await as('register', 'read', 'drive');
    const paid = await caller.post('/v1/drivers/driver-1/top-ups', { amount: 12_345, payment: 'WX-1' });
    assert.equal(paid.status, 200, JSON.stringify(paid.body));
    assert.deepEqual(paid.body, { transfer: 'payment/WX-1', balance: 112_345, available: 112_345 });
    const [source] = (await caller.get('/v1/ledger/accounts?holder=outside:payments')).body.items;
    assert.deepEqual([source.unit, source.asset, source.balance], ['money', 'CNY', -12_345]);
    const [transfer] = (await caller.get(`/v1/ledger/accounts/${source.id}/transfers`)).body.items;
    assert.match(transfer.reason, /^top-up by key:/);

    const arriveBy = '2026-11-22T08:30:00Z';
    const held = await caller.post(`/v1/stations/${st1}/reservations`, { idToken: cardOf(1), arriveBy });
    assert.equal(held.status, 200, JSON.stringify(held.body));
    const { body } = await caller.post('/v1/drivers/driver-1/top-ups', { amount: 1 });
    assert.equal(body.balance, 112_346);
    assert.ok(body.available < body.balance, 'what is set aside for the swap is not available');
    await demandCleanBooks(app);
  }),
);

test(
  'a payment is booked once, whatever it is asked with',
  withServer(async ({ app, as }) => {
    const caller = await as('register');
    await caller.post('/v1/drivers', drivers);
    const asked = { amount: 500, payment: 'WX-2' };
    const first = await caller.post(path, asked, 'key');
    assert.deepEqual((await caller.post(path, asked, 'key')).body, first.body);
    assert.deepEqual((await caller.post(path, asked, 'another key')).body, first.body);
    assert.equal((await caller.post(path, { amount: 1 }, 'key')).body.type, '/problems/idempotency-key-reused');
    assert.equal((await caller.post(path, asked, null)).body.type, '/problems/idempotency-key-missing');
    for (const [to, other] of [
      [path, { ...asked, amount: 501 }],
      ['/v1/drivers/bob/top-ups', asked],
    ] as const) {
      const { status, body } = await caller.post(to, other);
      assert.deepEqual([status, body.type, body.number], [409, '/problems/payment-known', 'WX-2'], to);
    }
    const plain = await Promise.all([1, 2, 3].map(() => caller.post(path, { amount: 100 })));
    assert.deepEqual(
      plain.map((it) => it.body.balance).toSorted(),
      [600, 700, 800],
      'without a number each is another',
    );
    await demandCleanBooks(app);
  }),
);

test(
  'a top-up that cannot be is refused by its field, and books nothing',
  withServer(async ({ app, as }) => {
    const caller = await as('register');
    await caller.post('/v1/drivers', drivers);
    assert.equal((await (await as('read', 'operate', 'drive')).post(path, { amount: 1 })).status, 403);
    for (const amount of [0, -5, 1.5, 1_000_001, '100', null, 1e300]) {
      const { status, body } = await caller.post(path, { amount });
      assert.deepEqual([status, body.issues?.[0].field], [400, 'amount'], String(amount));
    }
    assert.match((await caller.post(path, { amount: 1_000_001 })).body.issues[0].problem, /from 1 to 1,000,000/);
    for (const payment of ['', 'a b', '粤', 'x'.repeat(65)])
      assert.equal((await caller.post(path, { amount: 1, payment })).body.issues?.[0].field, 'payment', payment);
    assert.equal((await caller.post(path, { amount: 1, currency: 'EUR' })).status, 400);
    const unknown = await caller.post('/v1/drivers/nobody/top-ups', { amount: 1 });
    assert.deepEqual([unknown.status, unknown.body.type], [404, '/problems/driver-unknown']);
    const invoiced = await caller.post('/v1/drivers/cyn/top-ups', { amount: 1 });
    assert.deepEqual([invoiced.status, invoiced.body.type], [409, '/problems/driver-postpaid']);
    await demandCleanBooks(app);
  }),
);

test(
  'a balance holds 50,000 yuan at the most, also when payments come in one moment',
  withServer(async ({ app, as }) => {
    const caller = await as('register', 'read');
    await caller.post('/v1/drivers', drivers);
    const replies = await Promise.all(Array.from({ length: 8 }, () => caller.post(path, { amount: 1_000_000 })));
    const refused = replies.filter((it) => it.status !== 200);
    assert.equal(refused.length, 3);
    for (const { status, body } of refused)
      assert.deepEqual([status, body.type, body.most], [409, '/problems/balance-too-high', 5_000_000]);
    const { items } = (await caller.get('/v1/ledger/accounts?holder=driver:ann')).body;
    assert.equal(items[0].balance, 5_000_000);
    await demandCleanBooks(app);
  }),
);

test(
  'the contract shows how to top up',
  withServer(async ({ as }) => {
    const { paths } = (await (await as()).get('/openapi.json')).body;
    const { post } = paths['/v1/drivers/{driverId}/top-ups'];
    assert.equal(post.description, 'Needs the permission "money.topUp"; of API keys the scope "register" or "admin".');
    const { amount } = post.requestBody.content['application/json'].schema.properties;
    assert.deepEqual([amount.type, amount.minimum, amount.maximum], ['integer', 1, 1_000_000]);
  }),
);
