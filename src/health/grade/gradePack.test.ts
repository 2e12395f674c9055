import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { check, type Invariant } from '#kernel';
import { find, quarantine } from '#pack';
import { history } from '#record';
import type { PackCode } from '#units';
import { packCode, smallNetwork } from '../../../test/seed.ts';
import { rolledBack, type TestWork, testStart } from '../../../test/work.ts';
import { allInvariants } from '../../audit.ts';
import { BY_TEST, type Evidence } from './evidence.ts';
import { demandNotGradedOut, gradePack, replayGrade } from './gradePack.ts';
import { gradePolicy } from './policy.ts';
import { gradesOf, policiesOf } from './store.ts';

const one = packCode(1);
const seen = (lower: number, upper: number, { hours = 0, basis = 'charge', ...over } = {}): Evidence => ({
  estimate: {
    soh: (lower + upper) / 2,
    lower,
    upper,
    level: 90,
    measuredAt: testStart.add({ hours }),
    basis,
  },
  vetoes: [],
  resistanceRatio: 1.234_567_890_123,
  consistency: null,
  historyKnown: true,
  ...over,
});
const packNow = async (work: TestWork, code: PackCode) => (await find(work, [code]))[0]!;
const broken = async (work: TestWork, invariants: readonly Invariant[] = allInvariants) =>
  (await check(work, invariants)).filter((it) => it.violations.length > 0);
const entries = async (work: TestWork, code: PackCode) =>
  (await history(work, `pack:${code}`)).map((it) => it.type).filter((it) => it !== 'pack.registered');

test(
  'a grade is kept with its evidence, stands in the record, and follows from it again',
  rolledBack(async (work) => {
    await smallNetwork(work);
    await gradePack(work, one, seen(85, 90));
    const now = await gradePack(work, one, seen(78, 84, { hours: 1 }));
    assert.deepEqual([now.grade, now.nth, now.before?.grade], ['test-required', 2, 'vehicle']);
    const stored = await gradesOf(work, one);
    assert.deepEqual(stored, [now, stored[1]]);
    const [policy] = await policiesOf(work, [now.policy]);
    assert.deepEqual(policy, gradePolicy);
    for (const it of stored) assert.ok(replayGrade(policy!, it));
    assert.deepEqual(await entries(work, one), ['pack.graded', 'pack.graded']);
    const told = (await history(work, `pack:${one}`)).at(-1)!.body;
    assert.deepEqual([told.grade, told.lower, told.upper, told.policy], ['test-required', 78, 84, gradePolicy.version]);
    assert.equal(work.announced.filter((it) => it.type === 'pack.graded')[0]!.facts.length, 1);
    assert.deepEqual(await broken(work), []);
  }),
);

test(
  'a newer measurement that changes nothing is remembered, and makes no second grade',
  rolledBack(async (work) => {
    await smallNetwork(work);
    const first = await gradePack(work, one, seen(85, 90));
    const confirmed = await gradePack(work, one, seen(84, 89, { hours: 5 }));
    assert.deepEqual([confirmed.nth, confirmed.at, confirmed.evidence], [1, first.at, first.evidence]);
    assert.equal(confirmed.seenAt?.toString(), testStart.add({ hours: 5 }).toString());
    const late = await gradePack(work, one, seen(40, 45, { hours: 3 }));
    assert.equal(late.grade, 'vehicle', 'one that was measured before the newest changes nothing');
    assert.deepEqual(await entries(work, one), ['pack.graded']);
  }),
);

test(
  'a pack that is good for storage only is in quarantine by its grade, and no finding brings it back but a test',
  rolledBack(async (work) => {
    await smallNetwork(work);
    assert.ok(!(await packNow(work, one)).quarantined);
    await gradePack(work, one, seen(70, 75));
    const kept = await packNow(work, one);
    assert.equal(kept.quarantinedWhy, `graded storage by policy ${gradePolicy.version}`);
    assert.ok(work.announced.some((it) => it.type === 'pack.kept-back'));
    await assert.rejects(demandNotGradedOut(work, one), { code: 'graded-out' });
    await gradePack(work, one, seen(85, 90, { hours: 1 }));
    assert.ok((await packNow(work, one)).quarantined, 'an estimate does not bring it back');
    const back = await gradePack(work, one, seen(84, 86, { hours: 2, basis: BY_TEST }));
    assert.deepEqual([back.grade, (await packNow(work, one)).quarantined], ['vehicle', false]);
    await demandNotGradedOut(work, one);
    assert.deepEqual(await entries(work, one), [
      ...['pack.quarantined', 'pack.graded'],
      ...['pack.cleared', 'pack.graded'],
    ]);
    assert.deepEqual(await broken(work), []);
  }),
);

test(
  'the quarantine of a technician outlives every grade',
  rolledBack(async (work) => {
    await smallNetwork(work);
    await quarantine(work, [{ code: one, why: 'dented' }]);
    await gradePack(work, one, seen(70, 75));
    await gradePack(work, one, seen(84, 86, { hours: 2, basis: BY_TEST }));
    assert.equal((await packNow(work, one)).quarantinedWhy, 'dented');
  }),
);

test(
  'the audit finds a grade that was altered, one that the record does not tell, and a pack let out behind its grade',
  rolledBack(async (work) => {
    await smallNetwork(work);
    await gradePack(work, one, seen(70, 75));
    const ids = async () => (await broken(work)).map((it) => it.id);
    assert.deepEqual(await ids(), []);
    await sql`update pack.pack set quarantined = false, quarantined_why = null where code = ${one}`.execute(work.db);
    assert.deepEqual(await ids(), ['insight.graded-out-is-kept-back']);
    await sql`update health.grade set grade = 'vehicle'`.execute(work.db);
    assert.deepEqual(await ids(), ['health.grade-follows', 'insight.grade-is-recorded']);
    await sql`update health.grade set grade = 'storage', evidence = jsonb_set(evidence, '{estimate,lower}', '59')`.execute(
      work.db,
    );
    assert.deepEqual(await ids(), ['health.grade-follows', 'insight.graded-out-is-kept-back']);
  }),
);

test(
  'a policy that changes without a new version is refused',
  rolledBack(async (work) => {
    await smallNetwork(work);
    await gradePack(work, one, seen(85, 90));
    const other = { ...gradePolicy, marginPoints: 2 };
    await assert.rejects(gradePack(work, packCode(2), seen(85, 90), other), /version of its own/);
    await gradePack(work, packCode(2), seen(85, 90), { ...other, version: '2026-2' });
    assert.deepEqual(await broken(work), []);
  }),
);
