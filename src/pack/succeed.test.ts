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
