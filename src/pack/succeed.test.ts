import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from '#kernel';
import { ledgerInvariants } from '#ledger';
import {
  bayOf,
  Firmware,
  find,
  isPackAllowed,
  linksOf,
  ownersOf,
  packInvariants,
  parseCode,
  quarantine,
  stationPreset,
  succeed,
  vehicleModel,
  whereAre,
} from '#pack';
import { withServer } from '../../test/app.ts';
import { packCode, smallNetwork } from '../../test/seed.ts';
import { rolledBack, testStart } from '../../test/work.ts';

test(
  'a pack that begins a second life gets a code of its own; both lead to each other, and it never goes into a car again',
  rolledBack(async (work) => {
    await smallNetwork(work);
    const [first, second] = [await succeed(work, packCode(1), 'test'), await succeed(work, packCode(2), 'test')];
    assert.equal(first.length, 19);
    assert.notEqual(first, second);
    assert.ok(parseCode(first, Temporal.PlainDate.from('2026-11-22')).ok);
    assert.deepEqual(await linksOf(work, packCode(1)), { successor: first });
    assert.deepEqual(await linksOf(work, first), { original: packCode(1) });

    assert.deepEqual([...(await whereAre(work, [packCode(1), first]))], [[first, 'station:ST-1']]);
    const shares = (await ownersOf(work, [first])).get(first)!.map((it) => it.millionths);
    assert.deepEqual(shares.toSorted(), [300_000, 700_000]);
    const [pack] = await find(work, [first]);
    const station = stationPreset('nio-g3' as never)!;
    const firmware = { vehicle: Firmware('9.0.0'), station: Firmware('9.0.0') };
    const question = {
      vehicle: vehicleModel('nio-et5' as never)!,
      packs: [],
      station,
      bay: bayOf(station),
      firmware,
      at: testStart,
    };
    assert.equal(isPackAllowed(question, pack!), false);
    for (const it of await check(work, [...ledgerInvariants, ...packInvariants]))
      assert.deepEqual(it.violations, [], it.sentence);
  }),
);

test(
  'a two-wheeler pack gets its second-use code by HTTP, after its own standard; both codes lead to each other',
  withServer(async ({ app, as }) => {
    const caller = await as('register', 'read', 'operate');
    await caller.post('/v1/parties', { id: 'op', name: 'Operator', kind: 'operator' });
    const pack = {
      ...{
        model: 'two-wheeler-48v',
        soh: 80,
        soc: 50,
        producedOn: '2026-01-01',
        leakTestedOn: null,
        leakTestPassed: false,
      },
      ...{ firmware: '2.4.0', holder: 'party:op', owners: [{ party: 'op', millionths: 1_000_000 }] },
    };
    const [original, successor] = ['AB12F48-26B2201', 'AB12F48-R-26B2201'];
    const unclear = 'AB12F48-R26B2202';
    const entered = await caller.post(
      '/v1/packs',
      [original, unclear].map((code) => ({ ...pack, code })),
    );
    assert.equal(entered.status, 200, JSON.stringify(entered.body));
    const succeeded = await caller.post(`/v1/packs/${original}/successor`, {});
    assert.deepEqual([succeeded.status, succeeded.body], [200, { original, successor }]);
    const [before, after] = [
      (await caller.get(`/v1/packs/${original}`)).body,
      await caller.get(`/v1/packs/${successor}`),
    ];
    assert.deepEqual([before.successor, before.custody, before.quarantined], [successor, null, true]);
    assert.deepEqual([after.body.original, after.body.custody, after.body.title], [original, 'party:op', pack.owners]);

    for (const [code, status, type] of [
      [original, 409, 'pack-has-successor'],
      [successor, 422, 'code-not-recodable'],
      [unclear, 422, 'code-not-recodable'],
    ] as const) {
      const refused = await caller.post(`/v1/packs/${code}/successor`, {});
      assert.deepEqual([refused.status, refused.body.type], [status, `/problems/${type}`], code);
    }
    const { findings } = await app.audit();
    assert.deepEqual(
      findings.filter((it) => it.violations.length > 0),
      [],
    );
  }),
);

test(
  'a pack is re-coded once, and not while a driver has it',
  rolledBack(async (work) => {
    await smallNetwork(work);
    await succeed(work, packCode(1), 'test');
    await assert.rejects(succeed(work, packCode(1), 'test'), { code: 'pack-has-successor' });
    await assert.rejects(succeed(work, packCode(101), 'test'), { code: 'pack-not-at-station' });
    await assert.rejects(succeed(work, 'NOBODY' as never, 'test'), { code: 'pack-unknown', status: 404 });
  }),
);

test(
  'a pack in quarantine stays in quarantine under its new code, and says why',
  rolledBack(async (work) => {
    await smallNetwork(work);
    await quarantine(work, [{ code: packCode(1), why: 'smoke' }]);
    const [pack] = await find(work, [await succeed(work, packCode(1), 'test')]);
    assert.deepEqual([pack!.quarantined, pack!.quarantinedWhy], [true, 'smoke']);
    for (const it of await check(work, packInvariants)) assert.deepEqual(it.violations, [], it.sentence);
  }),
);
