// Profiles of cities, and what somebody does about reports that were rejected or are late.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { addParties, makeKey } from '#party';
import { append } from '#record';
import { anomalies } from '#station';
import type { PartyId } from '#units';
import { packCode, smallNetwork, st1 } from '../../test/seed.ts';
import { tenant, withKey } from '../../test/tenants.ts';
import { pauseMs } from './pause.ts';
import { covers, dueAt, profileOf, profiles } from './profiles.ts';
import { contentOf, periodOf, reportOf } from './report.ts';
import { reporting } from './testing.ts';

const at = Temporal.Instant.from('2026-11-22T08:00:00Z'); // a Sunday in China

test('a limit in working days ends with the last of them in China, and weekends do not count', () => {
  assert.equal(`${dueAt(at, { hours: 24 })}`, '2026-11-23T08:00:00Z');
  assert.equal(`${dueAt(at, { workingDays: 1 })}`, '2026-11-23T16:00:00Z');
  assert.equal(`${dueAt(at, { workingDays: 6 })}`, '2026-11-30T16:00:00Z');
  assert.equal(`${periodOf(at, 24)}`, '2026-11-21T16:00:00Z');
});

test('every profile says of each thing it wants where that comes from, and covers regions without a doubt', () => {
  for (const { id, source, wants } of profiles) {
    assert.ok(source.length > 5, id);
    for (const [kind, it] of Object.entries(wants)) assert.ok(it.source && it.fields.length > 0, `${id} ${kind}`);
  }
  const [national, shenzhen] = [profileOf('national')!, profileOf('shenzhen')!];
  assert.deepEqual(
    ['CN-GD-SZ', 'CN-GD-SZ-NANSHAN', 'CN-GD-SZX', 'CN-SH', null].map((it) => covers(shenzhen, it)),
    [true, true, false, false, false],
  );
  assert.ok(covers(national, null));
});

test('pauses grow, keep their jitter within bounds, and heed what the platform asks', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (failures, dice) => {
      const ms = pauseMs(failures, dice);
      assert.ok(ms >= 2_500 && ms <= 900_000);
      assert.ok(pauseMs(failures + 1, 0) >= pauseMs(failures, 0));
      assert.ok(pauseMs(failures, dice, 120_000) >= 120_000);
    }),
  );
});

test('a station whose clock is ahead does not date a report into the future, and a vehicle is not named', () => {
  const about = { id: 'r', connectedAt: at, site: undefined, recyclers: new Set(['party:green']) };
  const entry = { seq: 1, subject: `pack:${packCode(1)}` as const, at };
  const given = { ...entry, type: 'swap.pack-given', body: { at: '2031-01-01T00:00:00Z', soc: 90 } };
  assert.equal(`${reportOf(given, profileOf('national')!, about)!.happenedAt}`, `${at}`);
  const placed = {
    ...entry,
    type: 'pack.placed',
    body: { from: 'vehicle:LPL75ET50R0000001', to: 'party:green', by: 'key:1' },
  };
  const { message } = reportOf(placed, profileOf('national')!, about)!;
  assert.deepEqual(contentOf(message).fields, { from: 'vehicle', to: 'party:green' });
  assert.equal(reportOf({ ...placed, body: { to: 'party:bank' } }, profileOf('national')!, about), undefined);
});

test(
  'a station that moves to another city is reported there from then on, and its packs’ health as often as that city wants',
  reporting(
    async ({ app, as, later }) => {
      await app.doWork((work) => smallNetwork(work));
      const admin = await as('admin');
      const swapped = () =>
        app.doWork((work) =>
          append(work, [
            {
              subject: `pack:${packCode(1)}`,
              type: 'swap.pack-given',
              body: { stationId: st1, soc: 90, soh: 98, energyWh: 3 },
            },
          ]),
        );
      const found = async () => {
        const { items } = (await admin.get('/v1/regulator/reports?kind=swap')).body;
        return (items as { platform: string }[]).map((it) => it.platform).toSorted();
      };
      await swapped();
      await app.tick();
      assert.deepEqual(await found(), ['national']);
      await admin.post(`/v1/stations/${st1}`, { region: 'CN-GD-SZ' });
      await swapped();
      later({ hours: 2 });
      await app.tick();
      assert.deepEqual(await found(), ['national', 'national', 'shenzhen']);
      await admin.post(`/v1/stations/${st1}`, { region: 'CN-SH' });
      await swapped();
      later({ hours: 2 });
      await app.tick();
      assert.deepEqual(await found(), ['national', 'national', 'national', 'shanghai', 'shenzhen']);
      const soh = (await admin.get('/v1/regulator/reports?kind=soh')).body.items as { id: string; platform: string }[];
      assert.deepEqual(soh.map((it) => it.platform).toSorted(), ['shanghai', 'shenzhen']);
      const { fields } = (await admin.get(`/v1/regulator/reports/${soh[0]!.id}`)).body;
      assert.deepEqual(fields.packs.map((it: { code: string; soh: number }) => [it.code, it.soh]).length, 3);
    },
    ['national', 'shenzhen', 'shanghai'],
  ),
);

test(
  'a rejected report is shown with its reason, corrected or withdrawn by whoever it belongs to, and no other',
  reporting(async ({ app, as, fail, inbox, later }) => {
    await app.doWork((work) => smallNetwork(work));
    await app.doWork((work) =>
      append(work, [
        { subject: `pack:${packCode(1)}`, type: 'swap.pack-given', body: { stationId: st1, soc: 900, soh: 98 } },
        { subject: `pack:${packCode(2)}`, type: 'swap.pack-given', body: { stationId: st1, soc: -4, soh: 98 } },
      ]),
    );
    await app.tick();
    fail({});
    for (let round = 0; round < 3; round++) await app.platforms.upload();
    const admin = await as('admin');
    const { items } = (await admin.get('/v1/regulator/reports?state=rejected')).body;
    assert.deepEqual(
      items.map((it: { field: string }) => it.field),
      ['soc', 'soc'],
    );
    const [first, second] = items as { id: string }[];
    const path = `/v1/regulator/reports/${first!.id}`;
    const { admin: stranger } = await tenant(app, 'other', 50);
    assert.equal((await stranger.get(path)).status, 404);
    assert.deepEqual((await stranger.get('/v1/regulator/reports?state=rejected')).body.items, []);
    const authority = await app.doWork(async (work) => {
      await addParties(work, [{ id: 'miit' as PartyId, name: 'MIIT', kind: 'regulator' }]);
      return await makeKey(work, {
        name: 'miit',
        scopes: ['read'],
        partyId: 'miit' as PartyId,
        random: randomBytes(32),
      });
    });
    const all = await withKey(app, authority).get('/v1/regulator/reports?state=rejected');
    assert.equal(all.body.items.length, 2, 'the regulator sees all');
    assert.equal((await stranger.post(`${path}/withdraw`, { why: 'not mine' })).status, 404);
    assert.equal(
      (await admin.post(`${path}/correct`, { fields: { vin: 'X' }, why: 'a try' })).body.type,
      '/problems/report-field-unknown',
    );
    assert.equal(
      (await admin.post(`${path}/correct`, { fields: { soc: 90 }, why: 'the sensor was wrong' })).status,
      200,
    );
    assert.equal(
      (await admin.post(`${path}/correct`, { fields: { soc: 80 }, why: 'once more' })).body.type,
      '/problems/report-not-rejected',
    );
    assert.equal(
      (await admin.post(`/v1/regulator/reports/${second!.id}/withdraw`, { why: 'nothing was measured' })).status,
      200,
    );
    later({ minutes: 1 });
    await app.platforms.upload();
    const { body } = await admin.get(path);
    assert.deepEqual([body.state, body.revision, body.fields.soc, body.revisions.length], ['received', 2, 90, 1]);
    assert.equal(inbox.all.find((it) => it.id === first!.id)!.revision, 2);
    assert.equal((await admin.get('/v1/regulator/reports?state=withdrawn')).body.items.length, 1);
  }),
);

test(
  'what is late is alarmed once, and counted for whoever looks',
  reporting(
    async ({ app, as, fail, later }) => {
      await app.doWork((work) => smallNetwork(work));
      await app.doWork((work) => sql`update station.station set region = 'CN-GD-SZ'`.execute(work.db));
      await app.doWork((work) =>
        append(work, [
          { subject: `pack:${packCode(1)}`, type: 'swap.pack-given', body: { stationId: st1, soc: 90, soh: 98 } },
        ]),
      );
      fail({ outage: 1 });
      await app.tick();
      await app.platforms.upload();
      later({ hours: 23 });
      await app.tick();
      const told = async () =>
        (await app.doWork((work) => anomalies(work, { most: 50 }))).filter((it) => it.kind === 'report-late');
      assert.equal((await told()).length, 0);
      later({ hours: 2 });
      await app.tick();
      await app.tick();
      const [line, ...others] = await told();
      assert.deepEqual([line!.stationId, line!.times, others.length], [st1, 2, 0]);
      const [platform] = (await (await as('read')).get('/v1/regulator/platforms')).body.items;
      assert.deepEqual([platform.id, platform.late, platform.failures], ['shenzhen', 2, 1]);
      assert.match(platform.lastError, /socket|closed|RESET/i);
    },
    ['shenzhen'],
  ),
);
