import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { check, type Work } from '#kernel';
import { accounts, balance, type Holder } from '#ledger';
import { type Entering, find, ownersOf, register, whereAre } from '#pack';
import { history } from '#record';
import { authorise, reported } from '#swap';
import type { PackCode, PartyId } from '#units';
import { ownDatabase } from '../../test/database.ts';
import { cardOf, enteringPack, packCode, reading, smallNetwork, st1 } from '../../test/seed.ts';
import { rolledBack } from '../../test/work.ts';
import { allInvariants } from '../audit.ts';

const turnedUp = packCode(500);
const here: Holder = `station:${st1}`;
const entering = (code: PackCode, holder: Holder): Entering =>
  enteringPack({ code, holder, owners: [{ party: 'bank' as PartyId, millionths: 1_000_000 }] });

/** Driver 1 brings a pack that nobody registered, and the station takes it into slot 20. */
async function networkWithAStranger(work: Work): Promise<void> {
  await smallNetwork(work);
  await authorise(work, [{ stationId: st1, idToken: cardOf(1) }]);
  const packs = [{ ...reading(20, 101, 10), serial: turnedUp }];
  await reported(work, [{ kind: 'in', stationId: st1, requestId: 1, idToken: cardOf(1), packs, at: work.at }]);
  assert.deepEqual(await strangers(work), [turnedUp]);
}

const strangers = async (work: Work) =>
  (await sql<{ code: PackCode }>`select code from pack.stranger`.execute(work.db)).rows.map((it) => it.code);

async function storedAt(work: Work, holder: Holder): Promise<number> {
  const [account] = [...(await accounts(work, [{ unit: 'energy', asset: 'Wh', holder }])).values()];
  return account ? balance(account) : 0;
}

async function demandCleanBooks(work: Work): Promise<void> {
  for (const it of await check(work, allInvariants)) assert.deepEqual(it.violations, [], it.sentence);
}

test(
  'a pack that turned up before it was registered stays in its one place, and somebody looks at it first',
  rolledBack(async (work) => {
    await networkWithAStranger(work);
    await demandCleanBooks(work);
    const before = await storedAt(work, here);
    await register(work, [entering(turnedUp, here), entering(packCode(501), 'party:bank')]);

    assert.deepEqual(await strangers(work), []);
    assert.deepEqual([...(await whereAre(work, [turnedUp]))], [[turnedUp, here]]);
    assert.deepEqual((await ownersOf(work, [turnedUp])).get(turnedUp), [{ party: 'bank', millionths: 1_000_000 }]);
    assert.equal((await storedAt(work, here)) - before, 29_400); // 75 kWh x 98 % x 40 %
    const [pack, other] = await find(work, [turnedUp, packCode(501)]);
    assert.deepEqual(
      [pack?.quarantined, pack?.quarantinedWhy, other?.quarantined],
      [true, 'turned up before it was registered', false],
    );
    assert.deepEqual(
      (await history(work, `pack:${turnedUp}`)).map((it) => it.type),
      ['swap.pack-returned', 'pack.registered', 'pack.quarantined'],
    );
    await demandCleanBooks(work);
  }),
);

test(
  'a pack that turned up is registered where it is by the ledger, and nowhere else',
  ownDatabase(async ({ doWork }) => {
    await doWork(networkWithAStranger);
    await assert.rejects(
      doWork((work) => register(work, [entering(packCode(501), here), entering(turnedUp, 'party:bank')])),
      { code: 'pack-is-elsewhere', status: 409, message: /station:ST-1/, facts: { code: turnedUp, holder: here } },
    );
    assert.deepEqual(await doWork(strangers), [turnedUp]);
    await doWork(demandCleanBooks);
  }),
);

test(
  'what is registered already stays as it is, also when it had turned up before',
  rolledBack(async (work) => {
    await networkWithAStranger(work);
    const packs = [entering(turnedUp, here), entering(packCode(501), 'party:bank')];
    await register(work, packs);
    const before = await storedAt(work, here);
    await register(work, packs);
    assert.equal(await storedAt(work, here), before);
    await demandCleanBooks(work);
  }),
);
