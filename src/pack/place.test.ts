// By HTTP: an operator says where a pack really is, takes one back that waits for a driver, and ends a swap nobody can finish.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authorise, reported } from '#swap';
import { withServer } from '../../test/app.ts';
import { demandCleanAudit } from '../../test/crash/books.ts';
import { cardOf, packCode, reading, smallNetwork, st1, vinOf } from '../../test/seed.ts';
import { testStart } from '../../test/work.ts';

const [standing, driven] = [packCode(1), packCode(101)];
const reason = 'counted by hand';

test(
  'where a pack is can be corrected, with the reason in its record; its slot and its energy follow',
  withServer(async ({ app, as }) => {
    await app.doWork((work) => smallNetwork(work));
    const operator = await as('operate', 'read', 'register');
    await operator.post('/v1/parties', { id: 'garage', name: 'Garage', kind: 'workshop' });
    const licence = { partyId: 'garage', scope: 'repair', number: 'W-1', issuedBy: 'MIIT' };
    const years = { fromAt: '2026-01-01T00:00:00Z', untilAt: '2027-01-01T00:00:00Z' };
    await (await as('admin')).post('/v1/licences', { ...licence, ...years });
    const place = (code: string, holder: string) => operator.post(`/v1/packs/${code}/place`, { holder, reason });

    assert.deepEqual((await place(standing, 'party:garage')).body, { code: standing, custody: 'party:garage' });
    const { body: station } = await operator.get(`/v1/stations/${st1}`);
    assert.ok(station.slots.every((it: { packCode: string | null }) => it.packCode !== standing));
    const { body: record } = await operator.get(`/v1/record/pack:${standing}`);
    const { type, body } = record.items.at(-1);
    const by = body.by;
    assert.deepEqual([type, body], ['pack.placed', { from: `station:${st1}`, to: 'party:garage', reason, by }]);
    assert.match(by, /^key:/);
    assert.equal((await place(driven, `station:${st1}`)).status, 200);
    assert.equal((await place(standing, `vehicle:${vinOf(1)}`)).status, 200);

    for (const [code, holder, status, problem] of [
      [standing, `vehicle:${vinOf(1)}`, 409, 'pack-is-there'],
      [standing, 'party:nobody', 422, 'holder-unknown'],
      ['NO-SUCH-PACK', 'party:garage', 404, 'pack-unknown'],
      [standing, 'outside:maker', 400, 'malformed'],
    ] as const) {
      const refused = await place(code, holder);
      assert.deepEqual([refused.status, refused.body.type], [status, `/problems/${problem}`]);
    }
    await demandCleanAudit(app.doWork);
  }),
);

test(
  'a pack that is promised is not placed elsewhere; recalled or in quarantine it waits for nobody any more',
  withServer(async ({ app, as }) => {
    await app.doWork((work) => smallNetwork(work));
    const operator = await as('operate', 'read');
    const promisedNow = async () =>
      (await app.doWork((work) => authorise(work, [{ stationId: st1, idToken: cardOf(1) }])))[0]!.promised!;
    for (const [index, verb] of ['recall', 'quarantine'].entries()) {
      const { code } = (await promisedNow())[0]!;
      assert.equal(code, packCode(1 + index));
      const refused = await operator.post(`/v1/packs/${code}/place`, { holder: `vehicle:${vinOf(2)}`, reason });
      assert.equal(refused.body.type, '/problems/pack-in-swap');
      assert.equal((await operator.post(`/v1/packs/${code}/${verb}`, { why: 'smoke' })).status, 200);
      await demandCleanAudit(app.doWork);
      assert.equal(
        (await operator.post(`/v1/packs/${code}/place`, { holder: `vehicle:${vinOf(2)}`, reason })).status,
        200,
      );
    }
    assert.equal((await promisedNow())[0]!.code, packCode(3));
  }),
);

test(
  'a swap that nobody can finish is resolved by who runs the station, and the pack in it is free to be placed',
  withServer(async ({ app, as }) => {
    await app.doWork((work) => smallNetwork(work));
    const about = { stationId: st1, requestId: 7, idToken: cardOf(1), at: testStart };
    const swapId = await app.doWork(async (work) => {
      const [answer] = await authorise(work, [about]);
      await reported(work, [
        { ...about, kind: 'in', packs: [reading(20, 101, 10)] },
        { ...about, kind: 'out-timeout', packs: [reading(1, 1, 90)] },
      ]);
      return answer!.swapId!;
    });
    const [operator, driver] = [await as('operate', 'read'), await as('drive')];
    const back = { holder: `vehicle:${vinOf(1)}`, reason: 'put back by hand' };
    assert.equal((await operator.post(`/v1/packs/${driven}/place`, back)).body.type, '/problems/pack-in-swap');
    const resolve = { how: 'void', reason: 'the robot stood still' };
    assert.equal((await driver.post(`/v1/swaps/${swapId}/resolve`, resolve)).status, 403);
    const { status, body } = await operator.post(`/v1/swaps/${swapId}/resolve`, resolve);
    assert.deepEqual([status, body.state, body.totalFen], [200, 'aborted', null]);
    assert.equal((await operator.post(`/v1/swaps/${swapId}/resolve`, resolve)).body.type, '/problems/swap-has-ended');
    assert.equal((await operator.post(`/v1/packs/${driven}/place`, back)).status, 200);
    await demandCleanAudit(app.doWork);
  }),
);
