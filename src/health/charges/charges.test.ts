// What the platform keeps and tells after a pack has charged.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { chargeInvariants, chargesEnded, estimatesOf, gradeNow, newestUntil, replayed, sohEstimated } from '#health';
import { check } from '#kernel';
import { history } from '#record';
import { chance, type PackCode } from '#units';
import { packCode, smallNetwork, st1 } from '../../../test/seed.ts';
import { rolledBack } from '../../../test/work.ts';
import type { Charge, Plate } from './charge.ts';
import { simulatedCharge, simulatedPack, usualCourse } from './simulate.ts';

const code = packCode(1);
/** As a NIO 75 has it, which all packs of the seed are. */
const plate: Plate = { chemistry: 'LFP', series: 120, capacityAh: 75_000 / 384 };

/** So many charges of one simulated pack in slot 1, a day apart. */
function charges(many: number, packCode: PackCode = code): Charge[] {
  const dice = chance(5);
  const pack = simulatedPack(plate, dice);
  return Array.from({ length: many }, (_, no) => ({
    ...simulatedCharge(pack, usualCourse(dice), no),
    ...{ stationId: st1, packCode },
  }));
}

test(
  'after each charge a pack has an estimate with its band, and the record has each',
  rolledBack(async (work) => {
    await smallNetwork(work);
    for (const it of charges(5)) await chargesEnded(work, [it]);
    const estimates = await estimatesOf(work, code);
    assert.equal(estimates.length, 5);
    for (const { sohLower, soh, sohUpper, standing } of estimates) {
      assert.equal(standing, 'estimated');
      assert.ok(sohLower! < soh! && soh! < sohUpper!);
    }
    const [third] = estimates.slice(2);
    const until = await newestUntil(work, [{ code, at: third!.endedAt }]);
    assert.equal(until.get(code)?.transactionId, third!.transactionId, 'as it was known then');
    const told = (await history(work, `pack:${code}`)).filter((it) => it.type === 'health.soh-estimated');
    assert.deepEqual(
      told.map((it) => it.body.soh),
      estimates.toReversed().map((it) => it.soh),
    );
    assert.equal(work.announced.filter((it) => it.type === sohEstimated.name).length, 5);
    const graded = await gradeNow(work, code);
    assert.deepEqual([graded?.grade, graded?.evidence.estimate?.basis], ['vehicle', 'charge']);
    assert.ok(graded!.seenAt!.equals(estimates[0]!.endedAt), 'confirmed by the newest charge');
  }),
);

test(
  'a charge that is told of twice is estimated once, alone or in one batch',
  rolledBack(async (work) => {
    await smallNetwork(work);
    const [first, second] = charges(2) as [Charge, Charge];
    await chargesEnded(work, [second, first]);
    const before = await estimatesOf(work, code);
    await chargesEnded(work, [first]);
    await chargesEnded(work, [first, second]);
    assert.deepEqual(await estimatesOf(work, code), before);
    assert.equal(before.length, 2);
  }),
);

test(
  'an estimate can be made again from what is kept, to the last bit',
  rolledBack(async (work) => {
    await smallNetwork(work);
    const all = charges(3);
    await chargesEnded(work, all);
    for (const it of all) assert.equal(await replayed(work, it), true);
    const broken = async () =>
      (await check(work, chargeInvariants)).filter((it) => it.violations.length > 0).map((it) => it.id);
    assert.deepEqual(await broken(), []);
    await sql`update health.charge set soh = soh + 0.1, soh_upper = soh_upper + 0.1`.execute(work.db);
    assert.deepEqual(await broken(), ['health.estimate-follows'], 'the audit finds one that was altered');
  }),
);

test(
  'a charge that tells nothing leaves a line that says why, and what was believed stays',
  rolledBack(async (work) => {
    await smallNetwork(work);
    const [first, second, third] = charges(3) as [Charge, Charge, Charge];
    await chargesEnded(work, [first, { ...second, samples: second.samples.slice(0, 4) }, third]);
    const [newest, empty] = await estimatesOf(work, code);
    assert.deepEqual([empty?.standing, empty?.why, empty?.soh], ['abstained', 'too-few-readings', null]);
    assert.equal(newest?.standing, 'estimated');
    assert.equal(await replayed(work, second), undefined, 'nothing is kept that could be made again');
  }),
);

test(
  'a pack that nobody registered is not estimated',
  rolledBack(async (work) => {
    await smallNetwork(work);
    await chargesEnded(work, charges(1, packCode(999)));
    assert.deepEqual(await estimatesOf(work, packCode(999)), []);
  }),
);
