// A pack that is registered in the moment in which a station first reports it, on connections of their own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { check, type Work } from '#kernel';
import type { Holder } from '#ledger';
import { register, whereAre } from '#pack';
import { authorise, reported } from '#swap';
import type { PackCode, PartyId } from '#units';
import { type OwnDatabase, ownDatabase } from '../../test/database.ts';
import { cardOf, enteringPack, packCode, reading, smallNetwork, st1 } from '../../test/seed.ts';
import { allInvariants } from '../audit.ts';

const here: Holder = `station:${st1}`;
const owners = [{ party: 'bank' as PartyId, millionths: 1_000_000 }];

const registers = (code: PackCode) => (work: Work) => register(work, [enteringPack({ code, holder: here, owners })]);

/** Driver 1 brings the pack to the station. */
const turnsUp = (code: PackCode) => async (work: Work) => {
  await authorise(work, [{ stationId: st1, idToken: cardOf(1) }]);
  const packs = [{ ...reading(20, 101, 10), serial: code }];
  await reported(work, [{ kind: 'in', stationId: st1, requestId: 1, idToken: cardOf(1), packs, at: work.at }]);
};

/** Does `first`, and commits it only once `second` has come as far as it can without that. */
async function crossed(
  { doWork, db }: OwnDatabase,
  first: (work: Work) => Promise<void>,
  second: (work: Work) => Promise<void>,
): Promise<void> {
  const done = Promise.withResolvers<void>();
  const mayCommit = Promise.withResolvers<void>();
  const one = doWork(async (work) => {
    await first(work);
    done.resolve();
    await mayCommit.promise;
  });
  await Promise.race([done.promise, one]);
  let isOver = false;
  const other = doWork(second).finally(() => {
    isOver = true;
  });
  const isWaiting = async () => {
    const { rows } = await sql`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
    return rows.length > 0;
  };
  while (!isOver && !(await isWaiting()));
  mayCommit.resolve();
  await Promise.all([one, other]);
}

async function demandOnePlace({ doWork }: OwnDatabase, codes: readonly PackCode[]): Promise<void> {
  await doWork(async (work) => {
    assert.deepEqual([...(await whereAre(work, codes))].toSorted(), codes.map((it) => [it, here]).toSorted());
    for (const it of await check(work, allInvariants)) assert.deepEqual(it.violations, [], it.sentence);
  });
}

test(
  'a pack that turns up while it is being registered is in one place',
  ownDatabase(async (own) => {
    await own.doWork((work) => smallNetwork(work));
    await crossed(own, registers(packCode(500)), turnsUp(packCode(500)));
    await demandOnePlace(own, [packCode(500)]);
  }),
);

test(
  'a pack that is registered while it turns up is in one place, and somebody looks at it first',
  ownDatabase(async (own) => {
    await own.doWork((work) => smallNetwork(work));
    await crossed(own, turnsUp(packCode(500)), registers(packCode(500)));
    await demandOnePlace(own, [packCode(500)]);
    const { rows } = await sql<{ quarantined: boolean }>`select quarantined from pack.pack
      where code = ${packCode(500)}`.execute(own.db);
    assert.deepEqual(rows, [{ quarantined: true }]);
  }),
);

test(
  'packs that turn up and are registered in any order and all at once are each in one place',
  ownDatabase(async (own) => {
    const drivers = 8;
    await own.doWork((work) => smallNetwork(work, { drivers }));
    const codes = Array.from({ length: drivers }, (_, index) => packCode(500 + index));
    const arrivals = codes.map((code, index) =>
      own.doWork(async (work) => {
        const [idToken, requestId] = [cardOf(index + 1), index + 1];
        const packs = [{ ...reading(12 + index, 101, 10), serial: code }];
        await reported(work, [{ kind: 'in', stationId: st1, requestId, idToken, packs, at: work.at }]);
      }),
    );
    const registrations = codes.map((code) => own.doWork(registers(code)));
    await Promise.all([...arrivals, ...registrations]);
    await demandOnePlace(own, codes);
  }),
);
