import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { check } from '#kernel';
import { find, quarantine } from '#pack';
import { history } from '#record';
import type { PackCode } from '#units';
import { withServer } from '../../../test/app.ts';
import { cardOf, packCode, smallNetwork } from '../../../test/seed.ts';
import { rolledBack, type TestWork, testStart } from '../../../test/work.ts';
import { allInvariants } from '../../audit.ts';
import { unwatched } from '../risk/judged.ts';
import { putWatch } from '../risk/store.ts';
import type { Measured } from './capacityTest.ts';
import type { Evidence } from './evidence.ts';
import { gradePack } from './gradePack.ts';
import { abortTest, startTest, takeStep } from './runTest.ts';
import { gradeNow } from './store.ts';
import { lastTest } from './test-store.ts';

const one = packCode(1);
const charge: Measured = { step: 'charge', how: 'maker', temperatureC: 24.5, soc: 100 };
const rest: Measured = { step: 'rest', minutes: 61, temperatureC: 25 };
const discharge = (energyWh: number) =>
  ({ step: 'discharge', energyWh, minutes: (60 * energyWh) / 75_000, temperatureC: 25.5 }) as Measured;
const checks: Measured[] = [
  { step: 'look', swollen: false, damaged: false, historyKnown: true },
  { step: 'insulation', ohmPerVolt: 640 },
  { step: 'voltage', lowestCellV: 3.28, highestCellV: 3.3 },
];
const rounds = (...energies: number[]) => energies.flatMap((it) => [charge, rest, discharge(it)]);
const doubt: Evidence = {
  estimate: { soh: 81, lower: 78, upper: 84, level: 90, measuredAt: testStart.subtract({ hours: 9 }), basis: 'charge' },
  vetoes: [],
  resistanceRatio: 1.3,
  consistency: 2,
  historyKnown: true,
};
const packNow = async (work: TestWork, code: PackCode) => (await find(work, [code]))[0]!;
const takeAll = async (work: TestWork, steps: readonly Measured[]) => {
  for (const it of steps) {
    work.later({ hours: 1 });
    await takeStep(work, one, it, 'somebody');
  }
};
const isWhole = async (work: TestWork) =>
  assert.deepEqual(
    (await check(work, allInvariants)).filter((it) => it.violations.length > 0),
    [],
  );

test(
  'a pack in doubt is tested: in quarantine meanwhile, then graded by its narrow interval, and free again',
  rolledBack(async (work) => {
    await smallNetwork(work);
    await gradePack(work, one, doubt);
    await startTest(work, one, 'somebody');
    assert.equal((await packNow(work, one)).quarantinedWhy, 'residual capacity test under way');
    await takeAll(work, [...checks, ...rounds(61_500, 61_600)]);
    assert.equal((await lastTest(work, one))?.state, 'under-way');
    await isWhole(work);
    await takeAll(work, rounds(61_700));
    const now = (await gradeNow(work, one))!;
    assert.deepEqual([now.grade, now.evidence.estimate?.basis, now.nth], ['vehicle', 'capacity-test', 2]);
    assert.ok(now.evidence.estimate!.upper - now.evidence.estimate!.lower < 3);
    assert.deepEqual([now.evidence.resistanceRatio, now.evidence.consistency], [1.3, 2], 'what was known is kept');
    assert.equal((await packNow(work, one)).quarantined, false);
    const told = (await history(work, `pack:${one}`)).map((it) => it.type);
    for (const type of ['pack.test-started', 'pack.tested', 'pack.graded']) assert.ok(told.includes(type), type);
    await isWhole(work);
  }),
);

test(
  'a pack that the test finds too weak stays in quarantine, by its grade',
  rolledBack(async (work) => {
    await smallNetwork(work);
    await startTest(work, one, 'somebody');
    await takeAll(work, [...checks, ...rounds(50_000, 50_100, 50_200)]);
    assert.equal((await gradeNow(work, one))?.grade, 'storage');
    assert.match((await packNow(work, one)).quarantinedWhy!, /^graded storage/);
    await isWhole(work);
  }),
);

test(
  'what the test finds wrong with a pack is a veto: it is not charged, and kept back',
  rolledBack(async (work) => {
    await smallNetwork(work);
    await startTest(work, one, 'somebody');
    await takeAll(work, checks.slice(0, 1));
    const over = await takeStep(work, one, { step: 'insulation', ohmPerVolt: 40 }, 'somebody');
    assert.deepEqual([over.state, over.why], ['failed', 'its insulation is 40 ohm/V']);
    assert.equal((await gradeNow(work, one))?.grade, 'quarantine');
    await assert.rejects(takeStep(work, one, checks[2]!, 'somebody'), { code: 'test-none' });
    await isWhole(work);
  }),
);

test(
  'nobody tests a pack that early warning has stopped: somebody looks at it first',
  rolledBack(async (work) => {
    await smallNetwork(work);
    const facts = { chemistry: 'LFP', capacityAh: 200, cells: 96, probes: 24, hottestC: 65 } as const;
    await putWatch(work, { ...unwatched(work, one, facts), level: 'stop' });
    await assert.rejects(startTest(work, one, 'somebody'), { code: 'risk-stands' });
  }),
);

test(
  'a pack that early warning stops while it is tested stays in quarantine, whatever the test finds',
  rolledBack(async (work) => {
    await smallNetwork(work);
    await startTest(work, one, 'somebody');
    await takeAll(work, [...checks, ...rounds(66_000, 66_000)]);
    const facts = { chemistry: 'LFP', capacityAh: 200, cells: 96, probes: 24, hottestC: 65 } as const;
    await putWatch(work, { ...unwatched(work, one, facts), level: 'stop' });
    await takeAll(work, rounds(66_000));
    assert.match((await packNow(work, one)).quarantinedWhy!, /early warning/);
  }),
);

test(
  'an alarm of the thermal-runaway class is not tested away',
  rolledBack(async (work) => {
    await smallNetwork(work);
    await gradePack(work, one, { ...doubt, vetoes: ['thermal-runaway'] });
    work.later({ hours: 1 });
    const estimate = { ...doubt.estimate!, measuredAt: work.at };
    await gradePack(work, one, { ...doubt, estimate }); // by somebody who knows nothing of the alarm
    await startTest(work, one, 'somebody');
    await takeAll(work, [...checks, ...rounds(74_000, 74_000, 74_000)]);
    assert.equal((await gradeNow(work, one))?.grade, 'recycle');
    assert.ok((await packNow(work, one)).quarantined);
  }),
);

test(
  'an aborted test leaves the pack as it was, unless it was graded out meanwhile',
  rolledBack(async (work) => {
    await smallNetwork(work);
    await startTest(work, one, 'somebody');
    await assert.rejects(startTest(work, one, 'somebody'), { code: 'test-under-way' });
    await takeAll(work, checks);
    await abortTest(work, one, { why: 'the chamber broke', by: 'somebody' });
    assert.equal((await packNow(work, one)).quarantined, false);
    work.later({ hours: 1 });
    await startTest(work, one, 'somebody');
    await gradePack(work, one, { ...doubt, estimate: { ...doubt.estimate!, soh: 70, lower: 68, upper: 72 } });
    await abortTest(work, one, { why: 'no need', by: 'somebody' });
    assert.match((await packNow(work, one)).quarantinedWhy!, /^graded storage/);
    await quarantine(work, [{ code: packCode(2), why: 'dented' }]);
    await startTest(work, packCode(2), 'somebody');
    await abortTest(work, packCode(2), { why: 'no need', by: 'somebody' });
    assert.equal((await packNow(work, packCode(2))).quarantinedWhy, 'dented');
    await isWhole(work);
  }),
);

test(
  'a test that settles nothing leaves the pack for somebody to look at',
  rolledBack(async (work) => {
    await smallNetwork(work);
    await startTest(work, one, 'somebody');
    await takeAll(work, [...checks, ...rounds(60_000, 64_000, 60_000, 64_000, 60_000)]);
    assert.equal((await lastTest(work, one))?.state, 'failed');
    assert.equal(await gradeNow(work, one), undefined);
    assert.equal((await packNow(work, one)).quarantinedWhy, 'a residual capacity test settled nothing');
    await isWhole(work);
  }),
);

test(
  'a technician tests a pack by HTTP: steps out of order or of limits are refused, the same step sent twice is taken once',
  withServer(async ({ app, as, later }) => {
    await app.doWork(async (work) => void (await smallNetwork(work)));
    const technician = await as('read', 'operate');
    const at = `/v1/packs/${one}`;
    assert.deepEqual((await technician.get(`${at}/grades`)).body, { code: one, items: [], policies: [] });
    assert.equal(
      (await technician.post(`${at}/capacity-test/steps`, { measured: checks[0] })).body.type,
      '/problems/test-none',
    );
    assert.equal(
      (await technician.post(`/v1/packs/${packCode(101)}/capacity-test`, {})).body.type,
      '/problems/pack-on-road',
    );
    assert.equal((await technician.post(`${at}/capacity-test`, {})).status, 200);
    assert.equal(
      (await technician.post(`${at}/clear`, { finding: 'looks fine' })).body.type,
      '/problems/test-under-way',
    );
    const step = (it: Measured, key?: string) => technician.post(`${at}/capacity-test/steps`, { measured: it }, key);
    assert.equal((await step(charge)).body.type, '/problems/test-step-wrong');
    for (const it of checks) assert.equal((await step(it)).status, 200);
    const hot = await step({ ...charge, temperatureC: 31 } as Measured);
    assert.deepEqual(
      [hot.status, hot.body.type, hot.body.issues[0].field],
      [422, '/problems/test-limit-missed', 'temperatureC'],
    );
    const first = await step(charge, 'once');
    assert.deepEqual((await step(charge, 'once')).body, first.body);
    const early = await step(rest);
    assert.deepEqual([early.status, early.body.issues[0].field], [422, 'minutes'], 'an hour has not passed');
    for (const it of [rest, discharge(66_000), ...rounds(66_100, 66_000)]) {
      later({ hours: 1 });
      assert.equal((await step(it)).status, 200);
    }
    const { health } = (await technician.get(`${at}/story`)).body;
    assert.deepEqual(
      [health.tested.soh.value, health.estimated],
      [88.04, null],
      'what was measured is known of the pack',
    );
    assert.ok(health.remainingLife.days.lower > 0);
    const { body } = await technician.get(`${at}/capacity-test`);
    assert.deepEqual([body.test.state, body.test.next, body.test.result.soh], ['done', null, 88.04]);
    assert.deepEqual(body.limits.cellV, { min: 2, max: 3.65 });
    const grades = (await technician.get(`${at}/grades`)).body;
    assert.deepEqual([grades.items[0].grade, grades.policies[0].labels.vehicle.zh], ['vehicle', '车用']);
    assert.equal((await technician.get(`${at}`)).body.quarantined, false);
    assert.equal((await (await as('read')).post(`${at}/capacity-test`, {})).status, 403);
    assert.equal((await (await as('read')).post(`${at}/capacity-test/abort`, { why: 'because' })).status, 403);

    const third = `/v1/packs/${packCode(3)}/capacity-test`;
    assert.equal((await technician.post(third, {})).status, 200);
    assert.equal((await technician.post(`${third}/steps`, { measured: checks[0] })).status, 200);
    const bad = await technician.post(`${third}/steps`, { measured: { step: 'insulation', ohmPerVolt: 40 } });
    assert.deepEqual(
      [bad.body.state, bad.body.failure, bad.body.why],
      ['failed', { code: 'insulation-low', facts: { ohmPerVolt: 40 } }, 'its insulation is 40 ohm/V'],
    );
    await app.doWork((work) => sql`update health.capacity_test set why = 'as it was said of old'`.execute(work.db));
    const old = (await technician.get(third)).body.test;
    assert.deepEqual([old.failure, old.why], [null, 'as it was said of old'], 'what was written down stays');

    const weak = `/v1/packs/${packCode(2)}`;
    await app.doWork((work) =>
      gradePack(work, packCode(2), { ...doubt, estimate: { ...doubt.estimate!, soh: 70, lower: 68, upper: 72 } }),
    );
    const refused = await technician.post(`${weak}/clear`, { finding: 'looks fine' });
    assert.deepEqual([refused.body.type, refused.body.grade], ['/problems/graded-out', 'storage']);
    assert.ok((await app.audit()).clean);
  }),
);

test(
  'a driver to whom a pack was promised does not get it any more once it is graded out',
  withServer(async ({ app, as }) => {
    await app.doWork(async (work) => void (await smallNetwork(work)));
    const wish = { idToken: cardOf(1), arriveBy: '2026-11-22T08:30:00Z' };
    const reserved = await (await as('drive')).post('/v1/stations/ST-1/reservations', wish);
    assert.equal(reserved.status, 200, JSON.stringify(reserved.body));
    const promised = () =>
      app.doWork(
        async (work) => (await sql<{ code: PackCode }>`select code from swap.promise`.execute(work.db)).rows[0]?.code,
      );
    const code = (await promised())!;
    await app.doWork((work) => gradePack(work, code, { ...doubt, vetoes: ['internal-short'] }));
    await app.drain();
    assert.equal(await promised(), undefined);
    const { findings } = await app.audit();
    assert.deepEqual(
      findings.filter((it) => it.violations.length > 0),
      [],
    );
  }),
);
