import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from '#kernel';
import { authorise, get, reported } from '#swap';
import { cardOf, reading, smallNetwork, st1 } from '../../test/seed.ts';
import { rolledBack } from '../../test/work.ts';
import { allInvariants } from '../audit.ts';
import { finishCutOff } from './finish.ts';

test(
  'a driver whose swap was cut off after his pack came in gets the promised one; one who had moved nothing is free again',
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
    assert.equal((await get(work, second)).state, 'cancelled');
    assert.deepEqual(
      (await check(work, allInvariants)).filter((it) => it.violations.length > 0),
      [],
    );
  }),
);
