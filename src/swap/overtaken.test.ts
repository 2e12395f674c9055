import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reserve } from '#swap';
import { ownDatabase } from '../../test/database.ts';
import { cardOf, smallNetwork, st1 } from '../../test/seed.ts';
import { testStart } from '../../test/work.ts';

test(
  'drivers who reserve in the same moment each get a pack of their own, and the last one is told that none is left',
  ownDatabase(async ({ doWork }) => {
    const drivers = 5;
    await doWork((work) => smallNetwork(work, { standing: drivers - 1, drivers }));
    const arriveBy = testStart.add({ minutes: 10 });
    const asked = Array.from({ length: drivers }, (_, index) =>
      doWork((work) => reserve(work, { stationId: st1, idToken: cardOf(index + 1), arriveBy })),
    );
    const answers = await Promise.allSettled(asked);
    const swaps = answers.flatMap((it) => (it.status === 'fulfilled' ? [it.value] : []));
    assert.equal(new Set(swaps.map((it) => it.promised[0]!.code)).size, drivers - 1);
    const refused = answers.flatMap((it) => (it.status === 'rejected' ? [it.reason] : []));
    assert.deepEqual(
      refused.map((it) => it.code),
      ['no-pack'],
    );
  }),
);
