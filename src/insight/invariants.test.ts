import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { type Charge, chargesEnded } from '#health';
import { check } from '#kernel';
import { mustPost } from '#ledger';
import { succeed } from '#pack';
import { setSlots } from '#station';
import { authorise, reported, type SwapReport } from '#swap';
import { chance, type PartyId, type SlotNo } from '#units';
import { cardOf, packCode, reading, smallNetwork, st1 } from '../../test/seed.ts';
import { rolledBack, type TestWork } from '../../test/work.ts';
import { bring, offerTo, signedBy } from '../exchange/handover/testing.ts';
import { takeUpAll } from '../exchange/testing.ts';
import { simulatedCharge, simulatedPack } from '../health/charges/simulate.ts';
import { giveKeys, say, transfer } from '../pack/title/testing.ts';
import { insightInvariants } from './invariants.ts';

/** One swap that is done, one under way with money and pack set aside, and a pack that began its second life. */
async function livingNetwork(work: TestWork): Promise<void> {
  await smallNetwork(work);
  await authorise(work, [{ stationId: st1, idToken: cardOf(1) }]);
  const about = { stationId: st1, requestId: 7, idToken: cardOf(1), at: work.at } as const;
  const packs = { in: [reading(20, 101, 10)], out: [reading(1, 1, 90)] };
  const exchange: SwapReport[] = [
    { ...about, kind: 'in', packs: packs.in },
    { ...about, kind: 'out', packs: packs.out },
  ];
  await reported(work, exchange);
  await authorise(work, [{ stationId: st1, idToken: cardOf(2) }]);
  await setSlots(work, [{ stationId: st1, slotNo: 20 as SlotNo, state: 'empty', packCode: null }]);
  const second = await succeed(work, packCode(101), 'test');
  await giveKeys(work, 'bank', 'maker');
  await say(work, packCode(3), transfer('bank', 'maker', 100_000), ['bank', 'maker']);
  await giveKeys(work, 'op');
  await bring(work, second, await signedBy(await offerTo(work, second, 'bank'), 'op', 'bank'));
  await bring(work, second, await signedBy(await offerTo(work, second, 'maker'), 'bank', 'maker'));
  await preempted(work);
  await sql`insert into station.transaction
      (station_id, id, slot_no, pack_code, state, started_at, ended_at, first_wh, last_wh, booked_wh, first_seq_no,
       last_seq_no, received, updated_at)
    values (${st1}, 'tx/1', 1, ${packCode(3)}, 'ended', ${work.at.toString()}, ${work.at.toString()}, 0, 0, 0, 0, 1, 2,
      ${work.at.toString()})`.execute(work.db);
  await chargesEnded(work, [chargeOfTx1()]);
  await takeUpAll(work, ['national']);
}

/** Of a pack whose owners come first, a share is offered and taken in part. */
async function preempted(work: TestWork): Promise<void> {
  const [bank, maker] = ['bank', 'maker'] as PartyId[];
  const both = ['bank', 'maker'];
  const restrictions = { preemptionDays: 10, leastMillionths: null, buyers: null, lockedUntil: null };
  await say(work, packCode(2), { type: 'title.restrict', restrictions }, both);
  const offer = { offer: 'o1', from: bank!, to: maker!, millionths: 100_000, fen: 100 };
  await say(work, packCode(2), { type: 'title.offer', ...offer }, ['bank']);
  const [debit, credit] = (['outside:bank', 'party:maker'] as const).map((holder) => {
    return { unit: 'money' as const, asset: 'CNY', holder };
  });
  const paidIn = { kind: 'posted' as const, id: 'test/rich', amount: 50, reason: 'test' };
  await mustPost(work, [[{ ...paidIn, debit: debit!, credit: credit! }]]);
  await say(work, packCode(2), { type: 'title.take', offer: 'o1', by: maker!, millionths: 50_000 }, ['maker']);
}

/** Simulated. */
function chargeOfTx1(): Charge {
  const dice = chance(1);
  const pack = simulatedPack({ chemistry: 'LFP', series: 120, capacityAh: 195 }, dice);
  const course = { fromSoc: 0.2, toSoc: 0.9, chargeC: 0.5, everyS: 120 };
  return { ...simulatedCharge(pack, course, 0), stationId: st1, transactionId: 'tx/1', packCode: packCode(3) };
}

/** Early warning says so of a pack, and nothing followed. */
const watchedAs = (
  level: string,
) => `insert into health.watch (pack_code, watch, sessions, thresholds, level, reasons, since)
  values ('${packCode(3)}', '{}', 1, '1', '${level}', '[]', now())`;

const brokenIn = async (work: TestWork) =>
  (await check(work, insightInvariants)).filter((it) => it.violations.length > 0).map((it) => it.id);

/** What has to be done to the tables, behind the rooms' backs, so that each invariant finds something. */
const corruptions: Readonly<Record<string, string>> = {
  'insight.pack-in-one-place': `update ledger.account set debits_posted = debits_posted + 1
    where unit = 'custody' and asset = '${packCode(3)}' and holder like 'station:%'`,
  'insight.no-nameless-pack': `insert into ledger.account (unit, asset, holder, bound, credits_posted)
    values ('custody', 'NOBODY', 'station:${st1}', 'debits', 1)`,
  'insight.keeper-has-pack': `update ledger.keeper set holder = 'station:NOWHERE' where asset = '${packCode(3)}'`,
  'insight.title-whole': `update ledger.account set credits_posted = credits_posted + 1
    where unit = 'title' and asset = '${packCode(3)}' and holder = 'party:bank'`,
  'insight.lien-has-its-share': `insert into pack.lien (pack_code, id, owner, holder, millionths, purpose, since)
    values ('${packCode(3)}', 'l1', 'maker', 'bank', 400001, 'loan', now())`,
  'insight.title-moves-as-signed': `update ledger.transfer set amount = amount + 1
    where id like 'title/%' and id not like '%/price'`,
  'insight.restrictions-as-agreed': `update pack.restriction set body = '{"preemptionDays":1}'`,
  'insight.offer-as-taken': `update pack.offer set takes = '{"maker":50001}'`,
  'insight.share-is-paid-as-recorded': `update ledger.transfer set amount = amount + 1 where id like 'title/%/price'`,
  'insight.title-key-is-recorded': `update pack.title_key set party_id = 'maker' where party_id = 'bank'`,
  'insight.title-act-is-recorded': `delete from record.entry where type = 'title.transferred'`,
  'insight.handover-is-booked': `update exchange.handover set certified_at = null, no = null`,
  'insight.custody-by-certificate': `update ledger.transfer set id = id || 'x' where id like 'handover/%'`,
  'insight.handover-is-recorded': `delete from record.entry where type = 'pack.handed-over' and body->>'to' = 'maker'`,
  'insight.fact-is-reported': `delete from exchange.report where kind = 'swap'`,
  'insight.slot-has-custody': `update station.slot set pack_code = '${packCode(1)}' where slot_no = 5`,
  'insight.energy-moves-with-its-pack': `update ledger.transfer set id = id || 'x' where id like 'swap/%/move/1/%' and id not like '%/energy'`,
  'insight.swap-charged-once': `delete from ledger.transfer where id like 'swap/%/charge'`,
  'insight.shares-are-the-bill': `delete from ledger.transfer where id like 'swap/%/share/party:bank' or id like 'swap/%/share/bank'`,
  'insight.nothing-left-in-clearing': `update ledger.account set credits_posted = credits_posted + 1
    where holder like 'clearing:swaps%'`,
  'insight.hold-has-its-swap': `delete from swap.promise;
    delete from swap.swap where ended_at is null`,
  'insight.swap-has-its-hold': `delete from ledger.transfer where id like 'swap/%/hold' and not exists
    (select from ledger.transfer r where r.pending_id = transfer.id)`,
  'insight.promise-has-its-swap': `delete from swap.promise`,
  'insight.move-is-booked': `update swap.move set booked = false where direction = 'in'`,
  'insight.charging-is-booked': `update station.transaction set booked_wh = 5`,
  'insight.estimate-has-its-charge': `update station.transaction set pack_code = '${packCode(2)}'`,
  'insight.estimate-is-recorded': `delete from record.entry where type = 'health.soh-estimated'`,
  'insight.swap-at-a-station': `update swap.swap set station_id = 'NOWHERE'`,
  'insight.moves-are-recorded': `delete from record.entry where type = 'swap.pack-given'`,
  'insight.settlement-is-recorded': `insert into record.entry (at, subject, type, body)
    select at, subject, type, body from record.entry where type = 'swap.settled'`,
  'insight.grade-is-recorded': `insert into record.entry (at, subject, type, body)
    values (now(), 'pack:${packCode(3)}', 'pack.graded', '{"grade": "vehicle"}')`,
  'insight.graded-out-is-kept-back': `insert into health.capacity_test (id, pack, state, started_at, rated_wh, chemistry, steps)
    values (gen_random_uuid(), '${packCode(3)}', 'under-way', now(), 1, 'LFP', '[]')`,
  'insight.stopped-is-kept-back': watchedAs('stop'),
  'insight.risk-is-recorded': watchedAs('inspect'),
  'insight.pack-entry-is-recorded': `delete from record.entry where type = 'pack.registered'`,
};

test(
  'a network in which packs were swapped, promised and charged keeps every rule between the rooms',
  rolledBack(async (work) => {
    await livingNetwork(work);
    assert.deepEqual(await brokenIn(work), []);
  }),
);

test('every rule between the rooms can be broken, and is then found', async (t) => {
  assert.deepEqual(Object.keys(corruptions).toSorted(), insightInvariants.map((it) => it.id).toSorted());
  for (const [id, statement] of Object.entries(corruptions))
    await t.test(
      id,
      rolledBack(async (work) => {
        await livingNetwork(work);
        for (const it of [
          'alter table ledger.transfer disable trigger user',
          'alter table record.entry disable trigger user',
        ])
          await sql.raw(it).execute(work.db);
        for (const it of statement.split(';')) await sql.raw(it).execute(work.db);
        assert.ok((await brokenIn(work)).includes(id), `${id} did not notice: ${statement}`);
      }),
    );
});
