import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from '#kernel';
import { anomalies } from '#station';
import { authorise, get, reported } from '#swap';
import { Percent } from '#units';
import { cardOf, packCode, reading, smallNetwork, st1 } from '../../test/seed.ts';
import { rolledBack } from '../../test/work.ts';
import { allInvariants } from '../audit.ts';
import { finishCutOff } from './finish.ts';

test(
  'a driver whose swap was cut off after his pack came in gets the promised one and leaves; one who had moved nothing is free again',
  rolledBack(async (work) => {
    await smallNetwork(work);
    const answers = await authorise(
      work,
      [1, 2].map((n) => ({ stationId: st1, idToken: cardOf(n) })),
    );
    const [first, second] = [answers[0]!.swapId!, answers[1]!.swapId!];
    await reported(work, [
      {
        kind: 'in',
        stationId: st1,
        requestId: 7,
        at: work.at,
        idToken: cardOf(1),
        packs: [reading(20, 101, 10)],
      },
    ]);
    assert.equal(await finishCutOff(work, [st1]), 2);
    const finished = await get(work, first);
    assert.deepEqual(
      finished.given.map((it) => it.code),
      finished.promised.map((it) => it.code),
    );
    assert.deepEqual([finished.state, finished.bill !== null], ['released', true]);
    assert.equal((await get(work, second)).state, 'cancelled');
    assert.deepEqual(await anomalies(work, { most: 9 }), []);
    assert.equal(await finishCutOff(work, [st1]), 0);
    assert.deepEqual(
      (await check(work, allInvariants)).filter((it) => it.violations.length > 0),
      [],
    );
  }),
);

test(
  'a driver who has his new pack and still has the old one gives that back, and is billed once',
  rolledBack(async (work) => {
    await smallNetwork(work);
    const [answer] = await authorise(work, [{ stationId: st1, idToken: cardOf(1) }]);
    const swap = await get(work, answer!.swapId!);
    const { slotNo, code } = swap.promised[0]!;
    const packs = [{ slotNo, serial: code, soc: Percent(90), soh: Percent(98) }];
    await reported(work, [{ kind: 'out', stationId: st1, requestId: 7, at: work.at, idToken: cardOf(1), packs }]);
    assert.equal(await finishCutOff(work, [st1]), 1);
    const finished = await get(work, swap.id);
    assert.deepEqual(
      [finished.state, finished.returned.map((it) => [it.code, it.slotNo])],
      ['released', [[packCode(101), slotNo]]],
    );
    assert.deepEqual(
      (await check(work, allInvariants)).filter((it) => it.violations.length > 0),
      [],
    );
  }),
);
