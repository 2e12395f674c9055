// Packs go to whoever is licensed, and one that vanishes is noticed within a day.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { sql } from 'kysely';
import { addParties, makeKey } from '#party';
import { anomalies, setSlots } from '#station';
import { authorise, reported } from '#swap';
import type { PartyId, SlotNo } from '#units';
import { withServer } from '../../test/app.ts';
import { cardOf, packCode, reading, smallNetwork, st1 } from '../../test/seed.ts';
import { withKey } from '../../test/tenants.ts';
import { testStart } from '../../test/work.ts';
import type { App } from '../app.ts';
import { giveKeys, signed, transfer } from '../pack/title/testing.ts';

const takers = (app: App) =>
  app.doWork(async (work) => {
    await smallNetwork(work);
    await addParties(work, [
      { id: 'green' as PartyId, name: 'Green', kind: 'recycler' },
      { id: 'shed' as PartyId, name: 'Shed', kind: 'workshop' },
      { id: 'miit' as PartyId, name: 'MIIT', kind: 'regulator' },
    ]);
  });

const keyOf = (app: App, partyId: string) =>
  app.doWork(async (work) =>
    withKey(
      app,
      await makeKey(work, { name: partyId, scopes: ['admin'], partyId: partyId as PartyId, random: randomBytes(32) }),
    ),
  );

const licence = {
  scope: 'recycling',
  number: 'R-1',
  issuedBy: '工信部',
  fromAt: '2026-01-01T00:00:00Z',
  untilAt: '2026-12-01T00:00:00Z',
};

test(
  'a pack goes to a recycler only under a licence in force, which the authority registers and ends',
  withServer(async ({ app, as, later }) => {
    await takers(app);
    const admin = await as('admin');
    const regulator = await keyOf(app, 'miit');
    const recycler = await keyOf(app, 'green');
    const give = (n: number, to = 'green') =>
      admin.post(`/v1/packs/${packCode(n)}/place`, { holder: `party:${to}`, reason: 'end of life' });
    assert.equal((await give(1)).body.type, '/problems/receiver-unlicensed');
    const own = await recycler.post('/v1/licences', { ...licence, partyId: 'green' });
    assert.equal(own.body.type, '/problems/licence-not-yours');
    const made = await regulator.post('/v1/licences', { ...licence, partyId: 'green' });
    assert.equal(made.status, 200, JSON.stringify(made.body));
    assert.equal((await give(1)).status, 200);
    assert.equal((await give(2, 'shed')).body.type, '/problems/receiver-unlicensed', 'a workshop needs one of its own');
    assert.equal((await regulator.post('/v1/licences', { ...licence, partyId: 'shed' })).status, 200);
    assert.equal((await give(2, 'shed')).body.type, '/problems/receiver-unlicensed', 'not for repair');
    later({ hours: 24 * 10 });
    assert.equal((await give(2)).body.type, '/problems/receiver-unlicensed', 'it has expired');
    const longer = { ...licence, partyId: 'green', number: 'R-2', untilAt: '2027-12-01T00:00:00Z' };
    const { id } = (await regulator.post('/v1/licences', longer)).body;
    assert.equal((await regulator.post(`/v1/licences/${id}/revoke`, { why: 'fraud' })).status, 200);
    assert.equal((await give(2)).body.type, '/problems/receiver-unlicensed', 'it was revoked');
    const { items } = (await admin.get('/v1/licences?search=green')).body;
    assert.deepEqual(
      items.map((it: { valid: boolean }) => it.valid),
      [false, false],
    );
    const backwards = { ...licence, partyId: 'green', untilAt: licence.fromAt };
    assert.equal((await regulator.post('/v1/licences', backwards)).body.type, '/problems/licence-wrong');
  }),
);

test(
  'a share is not signed over to a recycler without a licence, though both sides signed',
  withServer(async ({ app, as }) => {
    await takers(app);
    await app.doWork((work) => giveKeys(work, 'bank', 'green'));
    const pack = packCode(3);
    const until = testStart.add({ hours: 1 }).toString();
    const said = { ...transfer('bank', 'green', 100_000), v: 1, pack, after: 0, until } as const;
    const note = await signed(said, ['bank', 'green']);
    const admin = await as('admin');
    const refused = await admin.post(`/v1/packs/${pack}/title/acts`, { note });
    assert.equal(refused.body.type, '/problems/receiver-unlicensed', JSON.stringify(refused.body));
    await admin.post('/v1/licences', { ...licence, partyId: 'green' });
    assert.equal((await admin.post(`/v1/packs/${pack}/title/acts`, { note })).status, 200);
  }),
);

test(
  'a lent pack that nobody sees, and one that is gone from its slot, are flagged within 24 hours of their limits',
  withServer(async ({ app, as, later }) => {
    await app.doWork((work) => smallNetwork(work));
    await app.tick();
    await app.doWork((work) =>
      setSlots(work, [{ stationId: st1, slotNo: 1 as SlotNo, state: 'empty', stateAt: work.at }]),
    );
    const admin = await as('admin');
    const missing = async () => {
      const { items } = (await admin.get('/v1/missing-packs')).body;
      return (items as { packCode: string; why: string }[]).map((it) => `${it.packCode} ${it.why}`).toSorted();
    };
    let flaggedAt: number | undefined;
    for (let hour = 1; hour <= 24 && flaggedAt === undefined; hour++) {
      later({ hours: 1 });
      await app.tick();
      if ((await missing()).length > 0) flaggedAt = hour;
    }
    assert.deepEqual(await missing(), [`${packCode(1)} slot-empty`]);
    assert.ok(flaggedAt! <= 2, `flagged after ${flaggedAt} hours`);
    later({ hours: 13 * 24 - 4 });
    await app.tick();
    assert.equal((await missing()).length, 1);
    later({ hours: 24 + 4 });
    await app.tick();
    assert.deepEqual(await missing(), [
      `${packCode(1)} slot-empty`,
      `${packCode(101)} unseen`,
      `${packCode(102)} unseen`,
    ]);
    const lines = (await app.doWork((work) => anomalies(work, { most: 50 }))).filter(
      (it) => it.kind === 'pack-missing',
    );
    assert.equal(lines.length, 3);
    // A driver comes back from a holiday: nothing is missing any more.
    await app.doWork(async (work) => {
      await sql`update pack.pack set observed_at = ${work.at.toString()} where code = ${packCode(101)}`.execute(
        work.db,
      );
      await setSlots(work, [{ stationId: st1, slotNo: 1 as SlotNo, state: 'occupied', stateAt: work.at }]);
    });
    later({ hours: 1 });
    await app.tick();
    assert.deepEqual(await missing(), [`${packCode(102)} unseen`]);
  }),
);

test(
  'a lost pack that comes back in a swap is kept back and alarmed, until somebody says that it was found and clears it',
  withServer(async ({ app, as, later }) => {
    await app.doWork((work) => smallNetwork(work));
    const admin = await as('admin');
    const path = `/v1/packs/${packCode(101)}`;
    assert.equal((await admin.post(`${path}/lost`, { why: 'the driver is gone' })).status, 200);
    assert.equal((await admin.post(`${path}/lost`, { why: 'the driver is gone' })).body.type, '/problems/pack-is-lost');
    later({ hours: 30 });
    await app.doWork(async (work) => {
      await authorise(work, [{ stationId: st1, idToken: cardOf(1) }]);
      const about = { stationId: st1, requestId: 7, idToken: cardOf(1), at: work.at } as const;
      await reported(work, [{ ...about, kind: 'in', packs: [reading(20, 101, 10)] }]);
    });
    await app.tick();
    await app.tick();
    const lines = (await app.doWork((work) => anomalies(work, { most: 50 }))).filter(
      (it) => it.kind === 'lost-pack-seen',
    );
    assert.deepEqual(
      lines.map((it) => it.stationId),
      [st1],
    );
    const [row] = (await admin.get('/v1/missing-packs')).body.items;
    assert.deepEqual([row.packCode, row.seenPlace], [packCode(101), `station:${st1}`]);
    const { body } = await admin.get(path);
    assert.equal(body.quarantined, true);
    assert.equal((await admin.post(`${path}/clear`, { finding: 'looks well' })).body.type, '/problems/pack-is-lost');
    assert.equal((await admin.post(`${path}/found`, { finding: 'brought back' })).status, 200);
    assert.equal((await admin.post(`${path}/found`, { finding: 'brought back' })).body.type, '/problems/pack-not-lost');
    assert.equal((await admin.post(`${path}/clear`, { finding: 'looks well' })).status, 200);
    const audit = await app.audit();
    assert.deepEqual(
      audit.findings.flatMap((it) => it.violations),
      [],
    );
  }),
);
